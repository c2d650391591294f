import type { Firestore } from 'firebase-admin/firestore';
import { canonicalText, databaseText } from './database-hash.js';
import { rootDocuments } from './root-documents.js';

export interface ComparableOptions {
  /** Names that ids of this run get, so that they are those of another run: see namesOf. */
  readonly names: ReadonlyMap<string, string>;
  /** Leaves out a document below the account, by its path. Whoever leaves out says why. Default: nothing. */
  readonly without?: (path: string) => boolean;
  /** Of moments about this one, what is compared is how many hours they are before or after it. Absent: whether they are there. */
  readonly since?: Date | undefined;
}

/**
 * All that is stored of an account, one line for each document, sorted, so that two runs of the same calls have the same lines. Ids that were made by chance are
 * replaced by names, or where no call answered them, as those of events, by what they are.
 */
export async function comparable(
  db: Firestore,
  account: string,
  { names, without = () => false, since }: ComparableOptions,
): Promise<string[]> {
  const below = await databaseText(db, account, { without: (path, field) => field === undefined && without(path) });
  const beside = await rootDocuments(db, account);
  // Noted by the way: no call fails because that did.
  for (const data of Object.values(beside)) delete data.lastUsedAt;
  const all: [string, string][] = [
    ...Object.entries(below),
    ...Object.entries(beside).map(([path, data]): [string, string] => [path, canonicalText(data)]),
  ];
  const replace = replacer(new Map([...names, [account, '‹account›']]), since);
  return all.map(([path, text]) => `${replace(path)} ${replace(inOrder(replace(text)))}`).sort();
}

/** Lines that only one of them has; empty: they are equal. */
export function comparableDifference(found: readonly string[], expected: readonly string[]): string[] {
  const surplus = (of: readonly string[], than: readonly string[]) => {
    const left = [...than];
    return of.filter((line) => {
      const at = left.indexOf(line);
      if (at >= 0) left.splice(at, 1);
      return at < 0;
    });
  };
  return [
    ...surplus(found, expected).map((line) => `unexpected: ${line.slice(0, 1500)}`),
    ...surplus(expected, found).map((line) => `missing: ${line.slice(0, 1500)}`),
  ];
}

/** A name for each id by chance in an answer: whose answer it is, and where the id stands in it. */
export function namesOf(answer: unknown, name: string): [string, string][] {
  if (typeof answer === 'string') return CHANCE.test(answer) ? [[answer, `‹${name}›`]] : [];
  if (typeof answer !== 'object' || answer === null) return [];
  return Object.entries(answer).flatMap(([key, inner]) => namesOf(inner, `${name}.${key}`));
}

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
/** Ids, hashes of keys, and accounts. */
const CHANCE = new RegExp(`^(${UUID}|[0-9a-f]{64}|[a-z0-5]{20})$`);
const UNNAMED: readonly [RegExp, string][] = [
  [new RegExp(UUID, 'g'), '‹id›'],
  [/[0-9a-f]{64}/g, '‹hash›'],
  // What is sealed is another text each time.
  [/eyJ[\w-]+\.[\w.-]+/g, '‹sealed›'],
  // Samples of a context lie in a ring, by the moment.
  [/"contextSamples":\{"\d+"/g, '"contextSamples":{"‹n›"'],
];

const MOMENT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z/g;
const HOUR_MS = 3_600_000;
/** Nothing is decided for a time further away: such a moment was given, or means never. */
const DECIDED_FOR_HOURS = 100 * 24;

/** In whole hours, because no run takes half of one. */
function momentOf(moment: string, since: Date | undefined): string {
  if (since === undefined) return '‹time›';
  const hours = (Date.parse(moment) - since.getTime()) / HOUR_MS;
  return Math.abs(hours) > DECIDED_FOR_HOURS || hours < -1 ? '‹far›' : `‹${Math.round(hours)} h›`;
}

function replacer(names: ReadonlyMap<string, string>, since: Date | undefined): (text: string) => string {
  const known = new RegExp(`${UUID}|[0-9a-f]{64}|[a-z0-5]{20}`, 'g');
  return (text) => {
    const named = text.replace(known, (id) => names.get(id) ?? id).replace(MOMENT, (moment) => momentOf(moment, since));
    return UNNAMED.reduce((line, [pattern, name]) => line.replace(pattern, name), named);
  };
}

/** Maps by id are in the order of their names now. */
function inOrder(json: string): string {
  return canonicalText(JSON.parse(json));
}
