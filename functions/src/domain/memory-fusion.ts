import type { FoundMemory } from './rank-memories.js';

/** Reciprocal rank fusion's usual constant: the larger, the less the very first places outweigh the next. */
const FLATNESS = 60;

/**
 * One list out of several whose scores can't be compared, best first: a memory counts by its place in each (reciprocal rank fusion). What only one list
 * knows is in it as well.
 */
export function fuseRankings(rankings: readonly (readonly FoundMemory[])[], limit: number): FoundMemory[] {
  const fused = new Map<string, FoundMemory>();
  for (const ranking of rankings) {
    for (const [place, { memory }] of ranking.entries()) {
      const score = (fused.get(memory.memoryId)?.score ?? 0) + 1 / (FLATNESS + place + 1);
      fused.set(memory.memoryId, { memory, score });
    }
  }
  return [...fused.values()].sort((a, b) => b.score - a.score).slice(0, limit);
}
