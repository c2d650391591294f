import { MemoryInput, type Operations, type ParsedInputOf } from '@quarterdeck/contract';
import { invalidField } from '../domain/domain-error.js';
import { newMemory } from '../domain/memory.js';
import type { Handler } from './handler.js';
import { requireFence } from './memory-access.js';
import { embedDocuments } from './model-attempts.js';
import { ownsSession } from './report-on-session.js';
import { subjectProgram } from './require-window.js';

/** Stores memories under the fence of the window: one read, and a write for each. Without a session token one more read finds the window. */
export const handleRemember: Handler<'remember'> = {
  for: 'member',
  run: async ({ programId: given, ...input }, caller, ports) => {
    const { memories: store, random, embedding, log } = ports;
    const inputs = memoriesOf(input);
    const programId = subjectProgram(caller, given);
    const fence = await requireFence(caller, programId, ports);
    const origin = { programId, sessionId: fence.sessionId, createdAt: fence.now };
    const memories = inputs.map((one) => newMemory(one, { ...origin, memoryId: random.memoryId() }));
    const embeddings = await embedDocuments(log, embedding, memories);
    await store.add(caller.account, memories, fence, { embeddings, isSignOfLife: ownsSession(caller, programId) });
    return {
      success: true,
      memoryIds: memories.map(({ memoryId }) => memoryId),
      programId,
      message: input.memories === undefined ? 'Memory stored' : 'Memories stored',
    };
  },
};

type Input = Omit<ParsedInputOf<Operations['remember']>, 'programId'>;

/** @throws DomainError `INVALID_FIELD` when there is neither one memory nor a batch, or both */
function memoriesOf({ memories, ...single }: Input): readonly MemoryInput[] {
  const [beside] = Object.entries(single).find(([, value]) => value !== undefined) ?? [];
  if (memories !== undefined) {
    if (beside === undefined) return memories;
    throw invalidField(beside, 'must not come beside memories: each memory of a batch has its own');
  }
  if (single.content !== undefined) return [MemoryInput.parse(single)];
  throw invalidField('content', 'is required, unless memories is given');
}
