import type { Memory, MemoryInput, MemoryType, MemoryView } from '@quarterdeck/contract';
import { iso } from '@quarterdeck/contract';
import { tagLookup } from './memory-terms.js';
import { titleOf } from './memory-title.js';

/** Where, by whom and when a memory is made. */
export type MemoryOrigin = Pick<Memory, 'memoryId' | 'programId' | 'sessionId' | 'createdAt'>;

/** Which memories are asked for; undefined fields ask for all. */
export interface MemoryQuery {
  readonly types?: readonly MemoryType[] | undefined;
  /** All of these, in any case. */
  readonly tags?: readonly string[] | undefined;
  readonly minConfidence?: number | undefined;
}

/** A memory out of what an agent wants to remember. Without a title the beginning of the content is one. */
export function newMemory(input: MemoryInput, origin: MemoryOrigin): Memory {
  const { content, type, title = titleOf(content), confidence, tags, provenance } = input;
  return { ...origin, content, type, title, confidence, tags: [...new Set(tags)], provenance };
}

export function fitsQuery(memory: Memory, { types, tags = [], minConfidence = 0 }: MemoryQuery): boolean {
  const has = new Set(memory.tags.map(tagLookup));
  return (
    (types?.includes(memory.type) ?? true) &&
    memory.confidence >= minConfidence &&
    tags.every((tag) => has.has(tagLookup(tag)))
  );
}

export function viewMemory(memory: Memory): MemoryView {
  return { ...memory, tags: [...memory.tags], createdAt: iso(memory.createdAt) };
}
