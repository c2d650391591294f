import { isDeepStrictEqual } from 'node:util';
import {
  type DocumentKind,
  documents,
  isVersioned,
  kindOfPath,
  SCHEMA_VERSION,
  type StoredFields,
  schemaVersionOf,
  upgrade,
  type VersionedKind,
} from '@quarterdeck/contract';
import type { DocumentSnapshot, Firestore } from 'firebase-admin/firestore';
import { documentsBelow } from './database-hash.js';

/** A field that only a newer version knows, and its schema version. */
export const FROM_THE_FUTURE = { surprise: { whole: [1, 'two'] }, [SCHEMA_VERSION]: 99 } as const;

/** Every document that belongs to an account, wherever it is. */
export async function documentsOf(db: Firestore, account: string): Promise<DocumentSnapshot[]> {
  const root = db.doc(documents.account(account));
  const beside = ['principals', 'apiKeys'].map(async (collection) => {
    const { docs } = await db.collection(collection).where('account', '==', account).get();
    return docs;
  });
  // Nothing is indexed of these.
  const isOwn = (doc: DocumentSnapshot) => doc.get('account') === account || account in (doc.get('accounts') ?? {});
  const others = ['invitations', 'deviceAccounts'].map(async (collection) =>
    (await db.collection(collection).get()).docs.filter(isOwn),
  );
  const all = [
    await root.get(),
    ...(await documentsBelow(root)),
    ...(await Promise.all([...beside, ...others])).flat(),
  ];
  return all.filter((doc) => doc.exists);
}

/** What is wrong with the versions of an account's documents; empty: each has the one that the contract says. */
export async function wrongVersions(db: Firestore, account: string): Promise<string[]> {
  return (await documentsOf(db, account)).flatMap((doc) => {
    const { path } = doc.ref;
    const kind = kindOfPath(path);
    if (kind === undefined) return [`${path} is of no kind of the contract`];
    const [found, wanted] = [doc.get(SCHEMA_VERSION), schemaVersionOf(kind)];
    return found === wanted ? [] : [`${path} has the version ${found}, and a ${kind} has ${wanted}`];
  });
}

/** Writes every document of an account as versions before there were any did. @returns how many */
export async function makeOld(db: Firestore, account: string): Promise<number> {
  const present = (await documentsOf(db, account)).filter((doc) => doc.get(SCHEMA_VERSION) !== undefined);
  await Promise.all(
    present.map((doc) => doc.ref.set(withoutSteps(kindOfPath(doc.ref.path) as VersionedKind, doc.data() ?? {}))),
  );
  return present.length;
}

/** Writes every document of an account as a newer version might. @returns their paths */
export async function makeNewer(db: Firestore, account: string): Promise<string[]> {
  const all = (await documentsOf(db, account)).filter(({ ref }) => isVersioned(kindOfPath(ref.path) as DocumentKind));
  await Promise.all(all.map(({ ref }) => ref.update(FROM_THE_FUTURE)));
  return all.map(({ ref }) => ref.path);
}

/** Without its version, and without whatever the steps put back as it was, in two levels: the least that a document from before versions can be. */
export function withoutSteps(kind: VersionedKind, data: StoredFields): StoredFields {
  const means = (less: StoredFields) => isDeepStrictEqual(upgrade(kind, less), data);
  const { [SCHEMA_VERSION]: _version, ...old } = data;
  let least: Record<string, unknown> = old;
  for (const field of Object.keys(old)) {
    const { [field]: value, ...rest } = least;
    if (means(rest)) least = rest;
    else if (isMap(value))
      least = { ...least, [field]: withoutParts(value, (part) => means({ ...rest, [field]: part })) };
  }
  return least;
}

function withoutParts(map: StoredFields, means: (less: StoredFields) => boolean): StoredFields {
  let least: Record<string, unknown> = { ...map };
  for (const key of Object.keys(map)) {
    const { [key]: _gone, ...rest } = least;
    if (means(rest)) least = rest;
  }
  return least;
}

function isMap(value: unknown): value is StoredFields {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
