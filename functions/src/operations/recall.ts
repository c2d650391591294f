import type { Ranking } from '@quarterdeck/contract';
import type { MemoryQuery } from '../domain/memory.js';
import { viewMemory } from '../domain/memory.js';
import { fuseRankings } from '../domain/memory-fusion.js';
import type { FoundMemory } from '../domain/rank-memories.js';
import type { Handler } from './handler.js';
import { embedQuery } from './model-attempts.js';
import type { Ports } from './ports.js';
import { requireWindow, subjectProgram } from './require-window.js';

/** Finds memories, whichever session stored them. */
export const handleRecall: Handler<'recall'> = {
  for: 'member',
  run: async ({ programId: given, query, limit, ...filter }, caller, ports) => {
    const programId = subjectProgram(caller, given);
    await requireWindow(caller, programId, ports);
    const { found, ranking } = await findMemories(caller.account, programId, query, filter, limit, ports);
    return { success: true, memories: found.map(({ memory, score }) => ({ ...viewMemory(memory), score })), ranking };
  },
};

/**
 * The memories that fit a text best. With a model, those that are near in meaning and those that have its words make one list, so that a memory from
 * before the model, or a name that means nothing to it, is found as well.
 */
export async function findMemories(
  account: string,
  programId: string,
  text: string,
  filter: MemoryQuery,
  limit: number,
  { memories, embedding, log }: Pick<Ports, 'memories' | 'embedding' | 'log'>,
): Promise<{ readonly found: readonly FoundMemory[]; readonly ranking: Ranking }> {
  const vector = await embedQuery(log, embedding, text);
  if (vector === undefined) return memories.search(account, programId, text, filter, limit);
  const [near, byWords] = await Promise.all([
    memories.searchNearest(account, programId, vector, filter, limit),
    memories.search(account, programId, text, filter, limit),
  ]);
  if (near.length === 0) return byWords;
  const rankings = byWords.ranking === 'text' ? [near, byWords.found] : [near];
  return { found: fuseRankings(rankings, limit), ranking: 'vector' };
}
