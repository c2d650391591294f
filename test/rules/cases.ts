import type { Firestore } from 'firebase/firestore';
import type { CallerName } from './callers.js';
import type { World } from './world.js';

/** One request of one caller, and what the rules have to say to it. */
export interface Case {
  readonly title: string;
  readonly caller: CallerName;
  readonly allowed: boolean;
  /** The document that is asked for, or one of the collection. */
  readonly path: string;
  /** Documents that have to be there, by path. */
  readonly given: Readonly<Record<string, object>>;
  readonly writes: boolean;
  readonly request: (db: Firestore, path: string) => Promise<unknown>;
}

export type Answer = 'allowed' | 'denied';

/** What the rules answer. Throws when something else does, such as an emulator that is gone. */
export async function ask(world: World, one: Case): Promise<Answer> {
  try {
    await one.request(world.as(one.caller), one.path);
    return 'allowed';
  } catch (error) {
    if ((error as { code?: unknown }).code === 'permission-denied') return 'denied';
    throw new Error(`${one.title}: no answer of the rules`, { cause: error });
  }
}

/** Reads that are asked at once. With all of them a busy machine does not come to the answers before the SDK, after ten seconds without any, counts as offline. */
const READS_AT_ONCE = 50;

/**
 * Reads together, writes one after the other: the SDK opens a new stream after each refused write,
 * and with many at a time the emulator drops the connection as a flood (`too_many_internal_resets`).
 */
export async function askAll(world: World, cases: readonly Case[]): Promise<Map<Case, Answer>> {
  const answers = new Map<Case, Answer>();
  const reads = cases.filter(({ writes }) => !writes);
  for (let asked = 0; asked < reads.length; asked += READS_AT_ONCE) {
    const some = reads.slice(asked, asked + READS_AT_ONCE);
    await Promise.all(some.map(async (one) => answers.set(one, await ask(world, one))));
  }
  for (const one of cases.filter(({ writes }) => writes)) answers.set(one, await ask(world, one));
  return answers;
}

/** All documents that the cases need. */
export function givenOf(cases: readonly Case[]): Readonly<Record<string, object>> {
  return Object.assign({}, ...cases.map(({ given }) => given));
}
