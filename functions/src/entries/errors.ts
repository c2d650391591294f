import { HttpsError } from 'firebase-functions/https';
import { error as logError } from 'firebase-functions/logger';
import { DomainError } from '../domain/domain-error.js';

/** A refusal as callables carry it. What nobody foresaw is logged whole and leaves as `internal`, without a stack, a path or a secret. */
export function toHttpsError(operation: string, error: unknown): HttpsError {
  if (error instanceof DomainError) {
    return new HttpsError(error.code, error.message, { reason: error.reason, ...error.details });
  }
  logError('unexpected error', {
    operation,
    error: error instanceof Error ? { name: error.name, message: error.message, stack: error.stack } : error,
  });
  return new HttpsError(
    'internal',
    'Something went wrong on our side; it is in our log. Repeat the call in a moment.',
    { reason: 'UNEXPECTED' },
  );
}
