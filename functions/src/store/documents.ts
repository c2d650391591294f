import { type DocumentSnapshot, Timestamp } from 'firebase-admin/firestore';

/** A document's data in contract types: timestamps are dates, at every depth. Undefined: there is no document. */
export function read<T>(snapshot: DocumentSnapshot, defaults: Partial<T> = {}): T | undefined {
  const data = snapshot.data();
  // The shape was checked when it was written: writes are exact, and defaults fill in what older documents lack.
  return data === undefined ? undefined : ({ ...defaults, ...(fromStored(data) as object) } as T);
}

function fromStored(value: unknown): unknown {
  if (value instanceof Timestamp) return value.toDate();
  if (Array.isArray(value)) return value.map(fromStored);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fromStored(inner)]));
  }
  return value;
}
