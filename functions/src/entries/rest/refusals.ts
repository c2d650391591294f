import { type Operation, REASONS, type Reason } from '@quarterdeck/contract';
import { httpStatus } from '../errors.js';
import { titleOf } from './problem.js';

/** Reasons for which any call may be refused. */
export const COMMON_REASONS: readonly Reason[] = [
  'INVALID_FIELD',
  'REQUEST_TOO_LARGE',
  'NO_CREDENTIAL',
  'INVALID_KEY',
  'INVALID_ID_TOKEN',
  'TOKEN_REVOKED',
  'INVALID_SESSION_TOKEN',
  'NO_ACCOUNT',
  'ROLE_NOT_ALLOWED',
  'DATABASE_UNAVAILABLE',
  'DATABASE_TIMEOUT',
  'NEWER_DOCUMENT',
  'UNEXPECTED',
];

/** Every reason for which a call of the operation may be refused, each once. */
export function reasonsOf({ errors, effect }: Operation): readonly Reason[] {
  const ofWrites: readonly Reason[] = effect === 'read' ? [] : ['IDEMPOTENCY_KEY_REUSED'];
  return [...new Set([...COMMON_REASONS, ...errors, ...ofWrites])];
}

export function v1Status(reason: Reason): number {
  return httpStatus({ code: REASONS[reason], reason });
}

/** At `/api/v2`, input that is wrong in a field is 422, as its clients know it. */
export function v2Status(reason: Reason): number {
  const status = v1Status(reason);
  return status === 400 ? 422 : status;
}

/** One OpenAPI response for each status, which names the reasons that it comes with. */
export function refusalResponses(reasons: readonly Reason[], statusOf: (reason: Reason) => number): object {
  const statuses = [...new Set(reasons.map(statusOf))].sort();
  return Object.fromEntries(
    statuses.map((status) => {
      const those = reasons.filter((reason) => statusOf(reason) === status);
      const description = those.map((reason) => `${reason}: ${titleOf(reason)}.`).join(' ');
      const schema = { $ref: '#/components/schemas/Problem' };
      return [status, { description, content: { 'application/problem+json': { schema } } }];
    }),
  );
}
