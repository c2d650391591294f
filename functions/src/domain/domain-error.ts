import { type ErrorCode, REASONS, type Reason } from '@quarterdeck/contract';

/** A refusal that a caller is meant to read. The reason decides the code; the message says what was wrong, where, and what to do. */
export class DomainError extends Error {
  readonly code: ErrorCode;

  constructor(
    readonly reason: Reason,
    message: string,
    /** What a program needs to tell cases apart, beside the reason. */
    readonly details: Readonly<Record<string, unknown>> = {},
    /** Only where the contract gives a reason another code than its usual one. */
    code: ErrorCode = REASONS[reason],
  ) {
    super(message);
    this.name = 'DomainError';
    this.code = code;
  }
}

/** One field of the input is wrong. @param problem what is wrong with it and what is allowed, without a full stop */
export function invalidField(field: string, problem: string): DomainError {
  return new DomainError('INVALID_FIELD', `${field}: ${problem}.`, { fields: [{ field, problem }] });
}
