import { MemberId } from '@quarterdeck/contract';
import { DomainError } from '../domain/domain-error.js';

/** A place in a list, opaque to callers. */
export function encodePageToken(place: Readonly<Record<string, string | number>>): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/**
 * @throws DomainError `INVALID_PAGE_TOKEN`
 */
export function decodePageToken<T extends Record<string, 'string' | 'number'>>(
  token: string,
  shape: T,
): { [K in keyof T]: T[K] extends 'string' ? string : number } {
  try {
    const place: unknown = JSON.parse(Buffer.from(token, 'base64url').toString());
    const fits = (key: string) => typeof (place as Record<string, unknown>)[key] === shape[key];
    if (typeof place === 'object' && place !== null && Object.keys(shape).every(fits)) {
      if (Object.values(place).every(isPosition)) return place as never;
    }
  } catch {
    // Not JSON: the same answer as for JSON of another shape.
  }
  throw new DomainError(
    'INVALID_PAGE_TOKEN',
    'pageToken: is not one that this operation answered. Omit it to begin at the first page.',
  );
}

/** The last moment that Firestore can store, in milliseconds. */
const LAST_MOMENT = 253_402_300_799_999;

/** A document id or a moment: what the database would refuse must not reach it. Of all ids those of members are the least strict. */
function isPosition(value: unknown): boolean {
  if (typeof value === 'number') return Number.isInteger(value) && value >= 0 && value <= LAST_MOMENT;
  return MemberId.safeParse(value).success;
}
