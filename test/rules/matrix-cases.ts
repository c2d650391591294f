import { documents } from '@quarterdeck/contract';
import {
  collection,
  collectionGroup,
  deleteDoc,
  doc,
  documentId,
  type Firestore,
  getDoc,
  getDocs,
  limit,
  query,
  serverTimestamp,
  setDoc,
  updateDoc,
  where,
} from 'firebase/firestore';
import { ACCOUNT, type CallerName, callers, OTHER_ACCOUNT, OWNER } from './callers.js';
import type { Case } from './cases.js';
import { type Verdict, verdicts } from './verdicts.js';

type DocumentName = keyof typeof documents;
export const documentNames = Object.keys(documents) as DocumentName[];

/** A kind of document: how titles name it, where one of it is, and who may do what with it. */
interface Kind {
  readonly pattern: string;
  readonly sample: (caller: CallerName) => string;
  readonly verdict: Verdict;
  readonly callers: readonly CallerName[];
}

/** A path of the contract with these ids in it, as far as it takes any. Every part of a path is text once it is in it. */
export function pathOf(name: DocumentName, ...ids: string[]): string {
  return (documents[name] as (...ids: string[]) => string)(...ids);
}

const NOTHING: Verdict = {};
const callerNames = Object.keys(callers) as CallerName[];

const kinds: readonly Kind[] = [
  ...documentNames.map(kindOf),
  { pattern: 'unknown/{id}', sample: () => `unknown/${ACCOUNT}`, verdict: NOTHING, callers: callerNames },
  unknownBelow('account', callerNames),
  // What a rule of one level would open if it reached further down: the one caller that may do most is enough.
  ...documentNames
    .filter((name) => name !== 'account')
    .map((name) => unknownBelow(name, ["the owner program's admin key"])),
];

function kindOf(name: DocumentName): Kind {
  return {
    pattern: pathOf(name, '{id}', '{id}', '{id}'),
    // One's own principal is the one that tempts.
    sample: (caller) =>
      name === 'principal' ? documents.principal(callers[caller].uid) : pathOf(name, ACCOUNT, OWNER, '0'),
    // A kind without a row is reported by a test of its own.
    verdict: verdicts[name] ?? NOTHING,
    callers: callerNames,
  };
}

function unknownBelow(name: DocumentName, asked: readonly CallerName[]): Kind {
  const { pattern, sample } = kindOf(name);
  return {
    pattern: `${pattern}/unknown/{id}`,
    sample: (caller) => `${sample(caller)}/unknown/${OWNER}`,
    verdict: NOTHING,
    callers: asked,
  };
}

interface Operation {
  readonly title: string;
  readonly writes?: true;
  readonly allowedTo: (verdict: Verdict) => readonly CallerName[];
  readonly request: (db: Firestore, path: string) => Promise<unknown>;
}

const nobody = () => [];
const collectionOf = (path: string): string => path.slice(0, path.lastIndexOf('/'));
/** What a fixture needs to be taken for the owner program's: rules look at no other field of it. */
const OWNED = { programId: OWNER, audience: [OWNER] };

const operations: readonly Operation[] = [
  { title: 'get', allowedTo: ({ get = [] }) => get, request: (db, path) => getDoc(doc(db, path)) },
  {
    title: 'list',
    allowedTo: ({ list = [] }) => list,
    request: (db, path) => getDocs(collection(db, collectionOf(path))),
  },
  {
    title: 'list by program',
    allowedTo: ({ list = [], listOwn = list }) => listOwn,
    request: (db, path) =>
      getDocs(query(collection(db, collectionOf(path)), where('programId', '==', OWNER), limit(1))),
  },
  {
    title: 'list by id',
    allowedTo: ({ list = [], listInbox = list, listOwn = listInbox }) => listOwn,
    request: (db, path) =>
      getDocs(query(collection(db, collectionOf(path)), where(documentId(), '==', path.split('/').at(-1)))),
  },
  {
    title: 'list by audience',
    allowedTo: ({ list = [], listInbox = list }) => listInbox,
    request: (db, path) =>
      getDocs(query(collection(db, collectionOf(path)), where('audience', 'array-contains', OWNER), limit(1))),
  },
  {
    title: 'query the collection group of',
    allowedTo: nobody,
    request: (db, path) => getDocs(collectionGroup(db, path.split('/').at(-2) ?? '')),
  },
  {
    title: 'create',
    writes: true,
    allowedTo: nobody,
    request: (db, path) => setDoc(doc(db, collectionOf(path), 'new'), OWNED),
  },
  {
    title: 'update',
    writes: true,
    allowedTo: ({ beat = [] }) => beat,
    request: (db, path) => updateDoc(doc(db, path), { lastHeartbeat: serverTimestamp() }),
  },
  { title: 'delete', writes: true, allowedTo: nobody, request: (db, path) => deleteDoc(doc(db, path)) },
];

/** Every caller, on every kind of document, with every operation. */
export const matrixCases: readonly Case[] = [
  ...kinds.flatMap(({ pattern, sample, verdict, callers: asked }) =>
    asked.flatMap((caller) =>
      operations.map(({ title, allowedTo, request, writes = false }): Case => {
        const path = sample(caller);
        const allowed = allowedTo(verdict).includes(caller);
        return {
          title: `${caller} ${allowed ? 'may' : 'may not'} ${title} ${pattern}`,
          caller,
          allowed,
          writes,
          // Its principal is there, or not, by what the caller is.
          given: path === documents.principal(callers[caller].uid) ? {} : { [path]: OWNED },
          path,
          request,
        };
      }),
    ),
  ),
  {
    // The account of every other caller is there already.
    title: "another account's admin may not create its own account",
    caller: "another account's admin",
    allowed: false,
    writes: true,
    given: {},
    path: documents.account(OTHER_ACCOUNT),
    request: (db, path) => setDoc(doc(db, path), OWNED),
  },
];
