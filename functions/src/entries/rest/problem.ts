import { ERROR_CODES, type Reason } from '@quarterdeck/contract';
import { z } from 'zod';
import { DomainError } from '../../domain/domain-error.js';
import { type Failure, failureOf, httpStatus } from '../errors.js';

/** A refusal as REST tells it: RFC 9457, with our code and reason beside the standard's members. */
export const Problem = z.object({
  type: z.string().describe('Where the documentation explains this reason.'),
  title: z.string().describe('The reason in words.'),
  status: z.int().describe('The HTTP status.'),
  detail: z.string().describe('What was wrong, with which field, and what to do.'),
  code: z.enum(ERROR_CODES),
  reason: z.string().describe('Why, for programs to tell cases apart.'),
  details: z.record(z.string(), z.unknown()).optional().describe('What this reason has to say beside its name.'),
});
export type Problem = z.infer<typeof Problem>;

type Headers = Readonly<Record<string, string>>;

/** A refusal that HTTP itself knows, with a status that no reason has: a wrong method, a body that is no JSON. */
export class HttpRefusal extends DomainError {
  constructor(
    readonly status: number,
    reason: Reason,
    message: string,
    details: Readonly<Record<string, unknown>> = {},
    readonly headers: Headers = {},
  ) {
    super(reason, message, details);
  }
}

/** A failure with the status it goes out with. */
export interface RestFailure extends Failure {
  readonly status: number;
  readonly headers: Headers;
}

export function restFailureOf(error: unknown): RestFailure {
  const failure = failureOf(error);
  const status = error instanceof HttpRefusal ? error.status : httpStatus(failure);
  return { ...failure, status, headers: error instanceof HttpRefusal ? error.headers : {} };
}

export function problemOf({ code, reason, message, details, status }: RestFailure): Problem {
  return {
    type: `/docs#${reason}`,
    title: titleOf(reason),
    status,
    detail: message,
    code,
    reason,
    ...(Object.keys(details).length === 0 ? {} : { details }),
  };
}

/** @param more members that a route's clients know beside those of the standard */
export function problemResponse(failure: RestFailure, more: Readonly<Record<string, unknown>> = {}): Response {
  return new Response(JSON.stringify({ ...problemOf(failure), ...more }), {
    status: failure.status,
    headers: {
      'Content-Type': 'application/problem+json',
      'Cache-Control': 'no-store',
      ...(failure.status === 401 ? { 'WWW-Authenticate': 'Bearer realm="quarterdeck"' } : {}),
      ...retryAfter(failure),
      ...failure.headers,
    },
  });
}

/** `SESSION_LIMIT` → `Session limit`. */
export function titleOf(reason: string): string {
  const words = reason.toLowerCase().replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/**
 * Seconds after which the same call may well succeed. A limit is reached until something ends, which takes longer than a hiccup of the database. Of
 * what is `aborted`, only contention passes by itself: to repeat a write that was overtaken would overwrite what overtook it.
 */
function retryAfter({ code, reason }: Failure): Headers {
  if (code === 'resource-exhausted') return { 'Retry-After': '60' };
  const passes = code === 'unavailable' || code === 'deadline-exceeded' || reason === 'CONTENTION';
  return passes ? { 'Retry-After': '1' } : {};
}
