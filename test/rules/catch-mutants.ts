import { Activity, Role } from '@quarterdeck/contract';
import { aSession } from '../support/builders.js';
import { beatCases } from './beat-cases.js';
import { ask, type Case, givenOf } from './cases.js';
import { matrixCases } from './matrix-cases.js';
import { type Mutant, mutantsOf } from './mutations.js';
import { openWorld, RULES } from './world.js';

const cases = strewn([...beatCases, ...matrixCases]);

/** Every mutant of the repository's rules. `surprise` is a word that nothing knows. */
export function allMutants(): Mutant[] {
  return mutantsOf(RULES, [Role.options, [...Activity.options, 'surprise'], [...Object.keys(aSession()), 'surprise']]);
}

/** The rules as they are: what has to survive, or else the tests see faults where there are none. */
export const control: Mutant = { line: 0, collection: '', change: 'none', source: RULES };

/** Those of the mutants that no case tells from the rules. */
export async function survivorsOf(mutants: readonly Mutant[], lane: string): Promise<Mutant[]> {
  const world = await openWorld(`mutants-${lane}`);
  const survivors: Mutant[] = [];
  // A case that caught one mutant is likely to catch the next: it is asked first.
  const order = [...cases];

  async function isRight(one: Case): Promise<boolean> {
    return (await ask(world, one)) === (one.allowed ? 'allowed' : 'denied');
  }

  /** The first case with a wrong answer, and what the cases before it wrote. */
  async function tryAll(collection: string): Promise<{ catcher: Case | undefined; written: Case[] }> {
    const written: Case[] = [];
    const near = order.filter(({ path }) => path.includes(`${collection}/`));
    const far = order.filter(({ path }) => !path.includes(`${collection}/`));
    for (const some of chunks([...near, ...far])) {
      const reads = some.filter(({ writes }) => !writes);
      const wrong = (await Promise.all(reads.map(isRight))).indexOf(false);
      if (wrong >= 0) return { catcher: reads[wrong], written };
      for (const one of some.filter(({ writes }) => writes)) {
        if (!(await isRight(one))) return { catcher: one, written };
        if (one.allowed) written.push(one);
      }
    }
    return { catcher: undefined, written };
  }

  try {
    const given = givenOf(cases);
    await world.reset(given);
    for (const mutant of mutants) {
      await world.use(mutant.source);
      const { catcher, written } = await tryAll(mutant.collection);
      if (catcher) order.unshift(...order.splice(order.indexOf(catcher), 1));
      else survivors.push(mutant);
      // A mutant that lets too much be written may have changed anything.
      if (catcher?.writes && !catcher.allowed) await world.reset(given);
      else await world.put(givenOf(written));
    }
    return survivors;
  } finally {
    await world.close();
  }
}

/** Few at first, because those are the likely ones. */
function* chunks(all: readonly Case[]): Generator<readonly Case[]> {
  for (let from = 0, size = 8; from < all.length; from += size, size = Math.min(2 * size, 64)) {
    yield all.slice(from, from + size);
  }
}

/** In an order without order, but always the same: what catches a mutant is seldom next to what does not. */
function strewn<T>(all: readonly T[]): T[] {
  const stride = 7919;
  return all
    .map((one, index) => ({ one, at: (index * stride) % all.length }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one);
}
