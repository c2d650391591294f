/** Values as they stand in documents of CacheBash. What is of another kind than it should be is left as it is: the record's schema names it. */

/** A text; empty or absent: null. */
export function textOf(value: unknown): unknown {
  return value === undefined || value === '' ? null : value;
}

/** A value; absent: what it means by that. */
export function orElse(value: unknown, absent: unknown): unknown {
  return value ?? absent;
}

/** A moment as an export has it, from a timestamp of Firestore in any of its forms, a date, or milliseconds; absent: null. */
export function momentOf(value: unknown): unknown {
  if (value === undefined || value === null || value === '') return null;
  const ms = millisecondsOf(value);
  // The range of dates: what lies outside is no moment, and its schema says so.
  return ms === undefined || Math.abs(ms) > 8.64e15 ? value : new Date(ms).toISOString();
}

/** The first moment that is there; null: none is. */
export function firstMoment(...values: readonly unknown[]): unknown {
  return momentOf(values.find((value) => value !== undefined && value !== null && value !== ''));
}

export function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function millisecondsOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value === 'string') {
    const ms = /^\d{4}-\d{2}-\d{2}T/.test(value) ? Date.parse(value) : Number.NaN;
    return Number.isNaN(ms) ? undefined : ms;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { _seconds, _nanoseconds, seconds = _seconds, nanoseconds = _nanoseconds } = value as Record<string, unknown>;
  if (typeof seconds !== 'number' || !Number.isFinite(seconds)) return undefined;
  return seconds * 1000 + (typeof nanoseconds === 'number' ? Math.floor(nanoseconds / 1e6) : 0);
}
