import { type DocumentSnapshot, Timestamp } from 'firebase-admin/firestore';

/** A document's data in contract types: timestamps are dates, at every depth. Undefined: there is no document. */
export function read<T>(snapshot: DocumentSnapshot, defaults: Partial<T> = {}): T | undefined {
  const data = snapshot.data();
  if (data === undefined) return undefined;
  useDates(data);
  for (const field in defaults) {
    if (!(field in data)) data[field] = defaults[field];
  }
  // The shape was checked when it was written: writes are exact, and defaults fill in what older documents lack.
  return data as T;
}

/** In place: `data()` has just made these values, for nobody else, and copying them took a tenth of the processor time of a list. */
function useDates(values: Record<string, unknown> | unknown[]): void {
  const holder = values as Record<string, unknown>;
  for (const key of Object.keys(holder)) {
    const value = holder[key];
    if (typeof value !== 'object' || value === null) continue;
    if (value instanceof Timestamp) holder[key] = value.toDate();
    else useDates(value as Record<string, unknown>);
  }
}
