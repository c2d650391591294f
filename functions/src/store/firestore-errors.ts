import type { Reason } from '@quarterdeck/contract';
import { DomainError } from '../domain/domain-error.js';

/** gRPC status codes that the store decides on (grpc.github.io/grpc/core/md_doc_statuscodes.html). */
export const NOT_FOUND = 5;
export const ALREADY_EXISTS = 6;
export const FAILED_PRECONDITION = 9;

const UNAVAILABLE: { reason: Reason; message: string } = {
  reason: 'DATABASE_UNAVAILABLE',
  message: 'The database did not answer. Nothing is known to be changed; repeat the call in a moment.',
};

const CONTENTION: { reason: Reason; message: string } = {
  reason: 'CONTENTION',
  message: 'Too many calls changed the same thing at once; nothing was changed. Repeat the call.',
};

const TRANSIENT: Readonly<Record<number, { reason: Reason; message: string }>> = {
  1: UNAVAILABLE, // CANCELLED: the connection went away
  2: UNAVAILABLE, // UNKNOWN: as a broken connection shows at times
  4: {
    reason: 'DATABASE_TIMEOUT',
    message: 'The database answered too late. Repeat the call; it may have been carried out.',
  },
  8: UNAVAILABLE, // RESOURCE_EXHAUSTED: a quota of the database, not one of ours
  10: CONTENTION,
  13: UNAVAILABLE, // INTERNAL: of the database
  14: UNAVAILABLE,
};

/** The gRPC code of an error of the Firestore client; undefined for anything else. */
export function grpcCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'number' ? error.code : undefined;
}

/** True for a fault that may be gone a moment later. */
export function isTransient(error: unknown): boolean {
  return (grpcCode(error) ?? -1) in TRANSIENT;
}

/** True when a write did not happen because what it was based on has moved. */
export function isOutpaced(error: unknown): boolean {
  return [NOT_FOUND, ALREADY_EXISTS, FAILED_PRECONDITION].includes(grpcCode(error) ?? -1);
}

/** A fault of the database as callers may see it; anything else stays what it is. */
export function translateError(error: unknown): unknown {
  const known = isOutpaced(error) ? CONTENTION : TRANSIENT[grpcCode(error) ?? -1];
  return known === undefined ? error : new DomainError(known.reason, known.message);
}

/** The same store, with the database's faults translated in everything it returns a promise for, or reads page by page. */
export function translatingErrors<T extends object>(store: T): T {
  return new Proxy(store, {
    get(target, property, receiver) {
      const member: unknown = Reflect.get(target, property, receiver);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]) => {
        const result: unknown = member.apply(target, args);
        if (isReadByPages(result)) return translatingPages(result);
        if (!(result instanceof Promise)) return result;
        return result.catch((error: unknown) => {
          throw translateError(error);
        });
      };
    },
  });
}

function isReadByPages(result: unknown): result is AsyncIterable<unknown> {
  return typeof result === 'object' && result !== null && Symbol.asyncIterator in result;
}

async function* translatingPages(pages: AsyncIterable<unknown>): AsyncIterable<unknown> {
  try {
    yield* pages;
  } catch (error) {
    throw translateError(error);
  }
}
