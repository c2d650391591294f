import { createHash } from 'node:crypto';
import { documents } from '@quarterdeck/contract';
import { type DocumentReference, type DocumentSnapshot, type Firestore, Timestamp } from 'firebase-admin/firestore';

export interface HashOptions {
  /**
   * Leaves out a field, or with `field` absent a whole document. Default: nothing is left out but the account's own id, which is another in
   * every copy of a fleet. Whoever leaves out more says why.
   * @param path below the account: `sessions/s1`; empty for the account itself
   */
  readonly without?: (path: string, field?: string) => boolean;
}

/** Every document of an account as canonical JSON, by its path below the account: what a difference of hashes is explained with. */
export async function databaseText(
  db: Firestore,
  account: string,
  { without = () => false }: HashOptions = {},
): Promise<Readonly<Record<string, string>>> {
  const root = db.doc(documents.account(account));
  const found = [await root.get(), ...(await documentsBelow(root))];
  const text: [string, string][] = [];
  for (const snapshot of found) {
    const path = snapshot.ref.path.slice(root.path.length + 1);
    if (!snapshot.exists || without(path)) continue;
    const fields = Object.entries(snapshot.data() ?? {}).filter(([field]) => !without(path, field));
    const kept = Object.fromEntries(fields.filter(([field]) => path !== '' || field !== 'accountId'));
    text.push([path, canonicalText(kept)]);
  }
  return Object.fromEntries(text.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A document's data, the same for the same data. */
export function canonicalText(data: unknown): string {
  return JSON.stringify(canonical(data));
}

/** The whole of an account as one value: equal exactly when every document is. */
export async function databaseHash(db: Firestore, account: string, options?: HashOptions): Promise<string> {
  return createHash('sha256')
    .update(JSON.stringify(await databaseText(db, account, options)))
    .digest('hex');
}

/** Which fields differ, one line each; empty: the two are equal. */
export function databaseDifference(
  found: Readonly<Record<string, string>>,
  expected: Readonly<Record<string, string>>,
): string[] {
  const paths = [...new Set([...Object.keys(found), ...Object.keys(expected)])].sort();
  return paths.flatMap((path) => {
    const [have, want] = [found[path], expected[path]].map((text) => JSON.parse(text ?? '{}'));
    const fields = [...new Set([...Object.keys(have), ...Object.keys(want)])];
    return fields
      .filter((field) => JSON.stringify(have[field]) !== JSON.stringify(want[field]))
      .map((field) => `${path || '.'}#${field}: ${brief(have[field])} instead of ${brief(want[field])}`);
  });
}

function brief(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 200);
}

/** What of the client is internal to it: this asks for documents of every name at every depth, for which it has no words. */
interface Internals {
  readonly formattedName: string;
  requestStream(method: string, bidirectional: boolean, request: object, tag: string): Promise<AsyncIterable<Found>>;
  snapshot_(document: object, readTime: object | undefined): DocumentSnapshot;
}
interface Found {
  readonly document?: object | null;
  readonly readTime?: object;
}

/** Every document below another, also below those that are not there, in one request. */
export async function documentsBelow({ firestore, path }: DocumentReference): Promise<DocumentSnapshot[]> {
  const client = firestore as unknown as Internals;
  const parent = `${client.formattedName}/documents/${path}`;
  const request = { parent, structuredQuery: { from: [{ collectionId: '', allDescendants: true }] } };
  const found: DocumentSnapshot[] = [];
  for await (const { document, readTime } of await client.requestStream('runQuery', false, request, 'below'))
    if (document) found.push(client.snapshot_(document, readTime));
  return found;
}

/** Keys in order, instants as milliseconds: a finer clock of one emulator is no difference. */
function canonical(value: unknown): unknown {
  if (value instanceof Timestamp) return value.toDate().toISOString();
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(entries.map(([key, inner]) => [key, canonical(inner)]));
  }
  return value;
}
