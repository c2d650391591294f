import { z } from 'zod';
import {
  MEMORY_CONFIDENCE_DEFAULT,
  MEMORY_MAX_CHARS,
  MEMORY_TAG_MAX_CHARS,
  MEMORY_TAGS_MAX,
  MEMORY_TITLE_MAX_CHARS,
} from './limits.js';
import { Instant, ProgramId, SessionId, Share, visibleText } from './primitives.js';

/** What kind of thing is remembered. */
export const MemoryType = z.enum([
  'fact',
  'preference',
  'goal',
  'decision',
  'artifact',
  'learning',
  'event',
  'instruction',
  'relationship',
  'context',
  'observation',
  'commitment',
  'error',
]);
export type MemoryType = z.infer<typeof MemoryType>;

/** How the agent came to know it. */
export const Provenance = z.enum(['explicit_statement', 'inferred', 'corrected', 'validated', 'observed', 'imported']);
export type Provenance = z.infer<typeof Provenance>;

export const MemoryId = z
  .string()
  .regex(/^[0-9a-f-]{36}$/, 'must be a memoryId that remember answered')
  .describe('The memory.');

const Tag = visibleText(MEMORY_TAG_MAX_CHARS);

/** Something to remember. */
export const MemoryInput = z.strictObject({
  content: visibleText(MEMORY_MAX_CHARS).describe('What to remember, in words that a later question may use.'),
  type: MemoryType.default('fact'),
  title: visibleText(MEMORY_TITLE_MAX_CHARS).optional().describe('Absent: the beginning of the content.'),
  confidence: Share.default(MEMORY_CONFIDENCE_DEFAULT).describe('How sure the agent is, 0 to 1.'),
  tags: z.array(Tag).max(MEMORY_TAGS_MAX).default([]),
  provenance: Provenance.default('explicit_statement'),
});
export type MemoryInput = z.infer<typeof MemoryInput>;

/** Which memories are asked for; absent fields ask for all. */
export const MemoryFilter = {
  types: z.array(MemoryType).min(1).optional().describe('Only memories of these types.'),
  tags: z.array(Tag).min(1).max(MEMORY_TAGS_MAX).optional().describe('Only memories that have all of these tags.'),
  minConfidence: Share.optional(),
} as const;

/** A memory, as stored. It outlives the window it was made in. */
export interface Memory {
  readonly memoryId: string;
  readonly programId: string;
  /** The session in whose window it was made. */
  readonly sessionId: string;
  readonly content: string;
  readonly type: MemoryType;
  readonly title: string;
  readonly confidence: number;
  readonly tags: readonly string[];
  readonly provenance: Provenance;
  readonly createdAt: Date;
}

export const MemoryView = z.object({
  memoryId: MemoryId,
  programId: ProgramId,
  sessionId: SessionId,
  content: z.string(),
  type: MemoryType,
  title: z.string(),
  confidence: z.number(),
  tags: z.array(z.string()),
  provenance: Provenance,
  createdAt: Instant,
});
export type MemoryView = z.infer<typeof MemoryView>;

/**
 * How memories were found. `text`: by the words of the query. `vector`: by meaning, where an embedding model is configured.
 * `recent`: the query had no word to look for, so the newest came.
 */
export const Ranking = z.enum(['text', 'vector', 'recent']);
export type Ranking = z.infer<typeof Ranking>;
