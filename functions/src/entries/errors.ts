import type { ErrorCode, Reason } from '@quarterdeck/contract';
import { HttpsError } from 'firebase-functions/https';
import { DomainError } from '../domain/domain-error.js';
import { endsWith, error as logError } from '../log/log.js';

/** A refusal as every door tells it, each in its own form. */
export interface Failure {
  readonly code: ErrorCode;
  readonly reason: Reason;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/**
 * What callers may see of an error, which is how their call ends for the log too. What nobody foresaw is logged whole and leaves as `internal`, without a
 * stack, a path or a secret.
 */
export function failureOf(error: unknown): Failure {
  if (error instanceof DomainError) {
    const { code, reason, message, details } = error;
    endsWith(code, reason);
    return { code, reason, message, details };
  }
  logError('unexpected error', {
    error: error instanceof Error ? { name: error.name, message: error.message, stack: error.stack } : error,
  });
  endsWith('internal', 'UNEXPECTED');
  return {
    code: 'internal',
    reason: 'UNEXPECTED',
    message: 'Something went wrong on our side; it is in our log. Repeat the call in a moment.',
    details: {},
  };
}

/** A refusal as callables carry it. */
export function toHttpsError(error: unknown): HttpsError {
  const { code, reason, message, details } = failureOf(error);
  return new HttpsError(code, message, { reason, ...details });
}

/**
 * The HTTP status of each code: those of Google's APIs (google.aip.dev/193), but for `failed-precondition`. It is a conflict with the state of the
 * thing, and a script has to tell that from input that is wrong.
 */
const STATUSES: Readonly<Record<ErrorCode, number>> = {
  'invalid-argument': 400,
  unauthenticated: 401,
  'permission-denied': 403,
  'not-found': 404,
  'already-exists': 409,
  'failed-precondition': 409,
  aborted: 409,
  'resource-exhausted': 429,
  internal: 500,
  unavailable: 503,
  'deadline-exceeded': 504,
};

/** Reasons for which HTTP has a status of their own. */
const STATUSES_OF_REASONS: Partial<Record<Reason, number>> = {
  REQUEST_TOO_LARGE: 413,
  IDEMPOTENCY_KEY_REUSED: 422,
};

export function httpStatus({ code, reason }: Pick<Failure, 'code' | 'reason'>): number {
  return STATUSES_OF_REASONS[reason] ?? STATUSES[code];
}
