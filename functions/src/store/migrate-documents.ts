import { setTimeout } from 'node:timers/promises';
import {
  collectionIdOf,
  kindOfPath,
  type StoredFields,
  schemaVersionOf,
  storedSchemaVersion,
  upgrade,
  VERSIONED_KINDS,
  type VersionedKind,
} from '@quarterdeck/contract';
import {
  type DocumentReference,
  type DocumentSnapshot,
  FieldPath,
  FieldValue,
  type Firestore,
} from 'firebase-admin/firestore';
import { FAILED_PRECONDITION, grpcCode, isTransient, NOT_FOUND } from './firestore-errors.js';

/** For whoever asks for some of them only. */
export { VERSIONED_KINDS };

/** Documents of one query: the largest there can be fit into memory together. */
const PAGE = 50;
/** Attempts for one document that somebody else writes at the same time, or whose write the database refuses for now. */
const ATTEMPTS = 8;
/** The longest wait before the first repetition; it doubles with each. */
const FIRST_WAIT_MS = 10;

/** What a migration found of one kind, and what it cost. */
export interface MigrationCounts {
  /** Documents that were looked at. */
  readonly documents: number;
  /** Of an older version, and made present; in a dry run, that would be. */
  readonly upgraded: number;
  /** Of a newer version than this one knows; they are left alone. */
  readonly newer: number;
  /** Of an older version still, because somebody wrote them again and again, or deleted them: another run finds out. */
  readonly left: number;
  /** As Firestore bills them. */
  readonly reads: number;
  readonly writes: number;
}

const NOTHING: MigrationCounts = { documents: 0, upgraded: 0, newer: 0, left: 0, reads: 0, writes: 0 };

/** How far a migration has come. */
export interface MigrationProgress {
  readonly kind: VersionedKind;
  /** The path of the last document that was looked at: another migration can go on after it. Null: the kind is done. */
  readonly place: string | null;
  /** Of the kind, so far. */
  readonly counts: MigrationCounts;
}

export interface MigrationOptions {
  /** Default: all that have versions. */
  readonly kinds?: readonly VersionedKind[];
  /** True: nothing is written. Default: false. */
  readonly dryRun?: boolean;
  /** A place that an earlier migration told: it goes on there. Default: at the beginning. */
  readonly after?: string;
  /** Documents of one query. Default: 50. */
  readonly pageSize?: number;
}

/**
 * Brings stored documents to the present schema versions, page by page, beside live traffic: each is written on condition that nobody has since it was read, and only
 * where it changes. One that is present, or of a newer version, costs a read. It can be ended at any moment and begun again.
 * @throws RangeError when `after` is no path of these kinds
 */
export async function* migrateDocuments(
  db: Firestore,
  { kinds = VERSIONED_KINDS, dryRun = false, after, pageSize = PAGE }: MigrationOptions = {},
): AsyncIterable<MigrationProgress> {
  const collectionId = after?.split('/').at(-2);
  const first = after === undefined ? 0 : kinds.map(collectionIdOf).indexOf(String(collectionId));
  if (first < 0) throw new RangeError(`after: "${after}" is not the path of a document of ${kinds.join(', ')}.`);
  for (const [index, kind] of kinds.entries()) {
    if (index < first) continue;
    yield* migrateKind(db, kind, dryRun, pageSize, index === first ? after : undefined);
  }
}

async function* migrateKind(
  db: Firestore,
  kind: VersionedKind,
  dryRun: boolean,
  pageSize: number,
  after: string | undefined,
): AsyncIterable<MigrationProgress> {
  const inOrder = db.collectionGroup(collectionIdOf(kind)).orderBy(FieldPath.documentId()).limit(pageSize);
  let counts = NOTHING;
  for (let place: string | null = after ?? null; ; ) {
    const { docs } = await (place === null ? inOrder : inOrder.startAfter(db.doc(place))).get();
    // A query that finds nothing is billed as one read.
    counts = { ...counts, reads: counts.reads + Math.max(1, docs.length) };
    // A collection of the same name may be somebody else's.
    const found = docs.filter((doc) => kindOfPath(doc.ref.path) === kind);
    counts = total([counts, ...(await Promise.all(found.map((doc) => migrateDocument(kind, doc, dryRun))))]);
    place = docs.length < pageSize ? null : (docs.at(-1)?.ref.path ?? null);
    yield { kind, place, counts };
    if (place === null) return;
  }
}

async function migrateDocument(
  kind: VersionedKind,
  found: DocumentSnapshot,
  dryRun: boolean,
): Promise<MigrationCounts> {
  const { ref } = found;
  const counted = { ...NOTHING, documents: 1 };
  let doc = found;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const data = doc.data();
    // It was deleted, or moved by somebody who wrote the whole of it.
    if (data === undefined) return counted;
    const version = storedSchemaVersion(data);
    if (version >= schemaVersionOf(kind)) return { ...counted, newer: version > schemaVersionOf(kind) ? 1 : 0 };
    if (dryRun) return { ...counted, upgraded: 1 };
    if (await isUpdated(ref, changesOf(kind, data), doc)) {
      return { ...counted, upgraded: 1, writes: 1 };
    }
    await setTimeout(Math.random() * FIRST_WAIT_MS * 2 ** attempt);
    doc = await ref.get();
    counted.reads++;
  }
  return { ...counted, left: 1 };
}

/** @returns false when somebody wrote it since it was read, or the database refuses for now */
async function isUpdated(ref: DocumentReference, changes: StoredFields, { updateTime }: DocumentSnapshot) {
  try {
    await ref.update(changes as FirebaseFirestore.UpdateData<FirebaseFirestore.DocumentData>, {
      lastUpdateTime: updateTime as FirebaseFirestore.Timestamp,
    });
    return true;
  } catch (error) {
    if (isTransient(error) || [FAILED_PRECONDITION, NOT_FOUND].includes(grpcCode(error) ?? -1)) return false;
    throw error;
  }
}

/** The fields that steps changed: what they passed on is the very same value. */
function changesOf(kind: VersionedKind, data: StoredFields): StoredFields {
  const present = upgrade(kind, data);
  const changed = Object.entries(present).filter(([field, value]) => value !== data[field]);
  const gone = Object.keys(data).filter((field) => !(field in present));
  return Object.fromEntries([...changed, ...gone.map((field) => [field, FieldValue.delete()] as const)]);
}

/** Counts of several kinds together. */
export function total(all: readonly MigrationCounts[]): MigrationCounts {
  const fields = Object.keys(NOTHING) as (keyof MigrationCounts)[];
  const sumOf = (field: keyof MigrationCounts) => all.reduce((sum, one) => sum + one[field], 0);
  return Object.fromEntries(fields.map((field) => [field, sumOf(field)])) as unknown as MigrationCounts;
}
