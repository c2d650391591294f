import type { DocumentKind } from './document-schemas.js';
import { documents } from './documents.js';

/** Ids of any kind, in paths that say where the documents of a kind are. */
const ANY = '*';

/** Of the first document of a kind, and where its number is part of the path, as with the fleet's, of those that follow. */
const PATHS = (Object.keys(documents) as DocumentKind[]).flatMap((kind) => {
  const path = documents[kind] as (...ids: string[]) => string;
  const ids = (count: number) => Array.from({ length: count }, () => ANY);
  return [ids(path.length), ids(3)].map((some) => ({ kind, path: path(...some) }));
});

const PATTERNS = PATHS.map(({ kind, path }) => ({
  kind,
  pattern: new RegExp(`^${path.replaceAll(ANY, '[^/]+')}$`),
}));

/** The kind of the document at a path below the database. Undefined: the contract knows no such document. */
export function kindOfPath(path: string): DocumentKind | undefined {
  return PATTERNS.find(({ pattern }) => pattern.test(path))?.kind;
}

/** The id of the collections that the documents of a kind are in: every kind has one of its own. */
export function collectionIdOf(kind: DocumentKind): string {
  return PATHS.find((one) => one.kind === kind)
    ?.path.split('/')
    .at(-2) as string;
}
