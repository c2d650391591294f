import { createHash } from 'node:crypto';

/** Numbers from 0 to 1 without 1, the same for the same seed. */
export function seeded(seed: number): () => number {
  let drawn = 0;
  return () => createHash('sha256').update(`${seed}/${drawn++}`).digest().readUInt32BE(0) / 2 ** 32;
}

/** The same things in an order by chance. */
export function shuffled<T>(things: readonly T[], next: () => number): T[] {
  const left = [...things];
  const order: T[] = [];
  while (left.length > 0) order.push(...left.splice(Math.floor(next() * left.length), 1));
  return order;
}

/** One of them by chance. */
export function oneOf<T>(things: readonly T[], next: () => number): T {
  return things[Math.floor(next() * things.length)] as T;
}

/**
 * How much a suite does by chance: a fixed small number and a fixed seed in CI, so that a red run is red again; QUARTERDECK_RUNS and QUARTERDECK_SEED for more.
 * The seed is printed when it was chosen.
 * @param usual in CI
 */
export function chance(usual: number): { readonly runs: number; readonly seed: number } {
  const { QUARTERDECK_RUNS, QUARTERDECK_SEED } = process.env;
  const runs = Number(QUARTERDECK_RUNS ?? usual);
  const seed = Number(QUARTERDECK_SEED ?? 20260302);
  if (!(runs >= 1 && Number.isInteger(seed)))
    throw new Error('QUARTERDECK_RUNS and QUARTERDECK_SEED must be whole numbers');
  if (QUARTERDECK_RUNS !== undefined || QUARTERDECK_SEED !== undefined) console.log(`${runs} runs, seed ${seed}`);
  return { runs, seed };
}
