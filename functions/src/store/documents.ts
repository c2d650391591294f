import {
  type DocumentKind,
  isOfNewerSchema,
  SCHEMA_VERSION,
  schemaVersionOf,
  upgrade,
  type VersionedKind,
} from '@quarterdeck/contract';
import { type DocumentSnapshot, Timestamp } from 'firebase-admin/firestore';
import { DomainError } from '../domain/domain-error.js';

/** Marks what was read of a document that a newer version wrote. It travels with copies, and neither text nor the database sees it. */
const OF_NEWER_SCHEMA = Symbol('of a newer schema');

/**
 * A document's data in contract types, in the present shape, whatever version wrote it: timestamps are dates, at every depth, and the schema version is gone.
 * One of a newer version is as it is. Undefined: there is no document.
 */
export function read<T>(kind: DocumentKind, snapshot: DocumentSnapshot): T | undefined {
  const found = snapshot.data();
  if (found === undefined) return undefined;
  const data: Record<string | symbol, unknown> = upgrade(kind, found);
  if (isOfNewerSchema(kind, found)) data[OF_NEWER_SCHEMA] = true;
  delete data[SCHEMA_VERSION];
  useDates(data);
  // The shape was checked when it was written: writes are exact, and steps fill in what older documents lack.
  return data as T;
}

/** What a query has to ask for beside these fields, so that `readPart` knows which shape they have. */
export function partOf<Field extends string>(...fields: readonly Field[]): readonly (Field | typeof SCHEMA_VERSION)[] {
  return [...fields, SCHEMA_VERSION];
}

/** The same of a document of which only some fields were asked for: these, and no others. @param fields as `partOf` answered them */
export function readPart<T>(kind: DocumentKind, snapshot: DocumentSnapshot, fields: readonly string[]): T {
  const data = read<Record<string, unknown>>(kind, snapshot) as Record<string, unknown>;
  for (const field in data) if (!fields.includes(field)) delete data[field];
  return data as T;
}

/**
 * The whole of a document as it is stored: with its schema version. Everything that makes a document, or replaces one, comes through here; an update of single fields
 * leaves the version alone, because it does not make the others newer.
 * @param former what it takes the place of, where the data are not a copy of it
 * @throws DomainError `NEWER_DOCUMENT` when that was written by a newer version: what this one doesn't know of it would be lost
 */
export function stored<T extends object>(kind: VersionedKind, data: T, former?: object): T & { schemaVersion: number } {
  if (isOfNewer(data) || (former !== undefined && isOfNewer(former))) {
    throw new DomainError(
      'NEWER_DOCUMENT',
      'This was written by a newer version of Quarterdeck than the one that got the call; nothing was changed. Repeat the call: while a new version takes over, another instance answers it.',
    );
  }
  return { ...data, [SCHEMA_VERSION]: schemaVersionOf(kind) };
}

/** True for what was read of a document that a newer version wrote, and for copies of it. */
export function isOfNewer(data: object): boolean {
  return OF_NEWER_SCHEMA in data;
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
