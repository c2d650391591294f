import type { Thresholds } from './account.js';
import { UNREPORTED } from './blank-session.js';
import { withLifecycle } from './lifecycle.js';
import type { EndedSession, LiveSession } from './session.js';
import { DEFAULT_THRESHOLDS } from './staleness.js';

/** A document's data as the SDK gives it, or undefined where there is none. */
export type DocumentData = Record<string, unknown> | undefined;

/** A session as it is stored, live or ended; fields that older documents lack are filled in. Null: there is none. */
export function readSession<S extends LiveSession | EndedSession>(data: DocumentData): S | null {
  // The backend's writes are exact: what is stored was checked against the contract.
  return data === undefined
    ? null
    : withLifecycle({ programId: null, ...UNREPORTED, ...withDates(data) } as unknown as S);
}

/** The thresholds of an account document; those that an old one lacks are the contract's defaults. */
export function readThresholds(data: DocumentData): Thresholds {
  const minutes = (field: keyof Thresholds): number => {
    const value = data?.[field];
    return typeof value === 'number' ? value : DEFAULT_THRESHOLDS[field];
  };
  return {
    staleAfterMinutes: minutes('staleAfterMinutes'),
    deadAfterMinutes: minutes('deadAfterMinutes'),
    blockedDeadAfterMinutes: minutes('blockedDeadAfterMinutes'),
    archiveAfterMinutes: minutes('archiveAfterMinutes'),
  };
}

/** Timestamps are dates, at every depth. */
export function withDates<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if ('toDate' in value && typeof value.toDate === 'function') return value.toDate();
  if (Array.isArray(value)) return value.map(withDates) as T;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withDates(one)])) as T;
}
