import type { Thresholds } from './account.js';
import { type DocumentKind, SCHEMA_VERSION, upgrade } from './document-schemas.js';
import type { EndedSession, LiveSession } from './session.js';

/** A document's data as the SDK gives it, or undefined where there is none. */
export type DocumentData = Record<string, unknown> | undefined;

/**
 * A stored document in its present shape, whatever version wrote it, with dates for timestamps and without its schema version. Null: there is none.
 * One of a newer version is as it is: what reads it has to live with what it does not know.
 */
export function readDocument<T>(kind: DocumentKind, data: DocumentData): T | null {
  if (data === undefined) return null;
  const { [SCHEMA_VERSION]: _version, ...fields } = withDates(upgrade(kind, data));
  // The backend's writes are exact: what is stored was checked against the contract.
  return fields as T;
}

/** A session, live or ended: the two have the same shapes. Null: there is none. */
export function readSession<S extends LiveSession | EndedSession>(data: DocumentData): S | null {
  return readDocument<S>('session', data);
}

/** The thresholds of an account document; without one, the contract's defaults. */
export function readThresholds(data: DocumentData): Thresholds {
  const { staleAfterMinutes, deadAfterMinutes, blockedDeadAfterMinutes, archiveAfterMinutes } = upgrade(
    'account',
    data ?? {},
  ) as unknown as Thresholds;
  return { staleAfterMinutes, deadAfterMinutes, blockedDeadAfterMinutes, archiveAfterMinutes };
}

/** Timestamps are dates, at every depth. */
export function withDates<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if ('toDate' in value && typeof value.toDate === 'function') return value.toDate();
  if (Array.isArray(value)) return value.map(withDates) as T;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withDates(one)])) as T;
}
