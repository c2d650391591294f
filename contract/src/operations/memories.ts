import { z } from 'zod';
import {
  ANSWER_MEMORIES_DEFAULT,
  MEMORY_BATCH_MAX,
  PAGE_DEFAULT,
  PAGE_MAX,
  QUERY_MAX_CHARS,
  RECALL_DEFAULT,
  RECALL_MAX,
} from '../limits.js';
import { MemoryFilter, MemoryId, MemoryInput, MemoryView, Ranking } from '../memory.js';
import { defineOperation } from '../operation.js';
import { Count, PageToken, ProgramId, visibleText } from '../primitives.js';

const doors = ['mcp', 'rest'] as const;
const everyone = ['program', 'admin', 'auditor'] as const;
const TheProgram = ProgramId.optional().describe("The program. Absent: the session token's, else the caller's own.");
const windowErrors = ['NOT_OWNER', 'NO_OPEN_WINDOW', 'WINDOW_CLOSED', 'SESSION_EXPIRED', 'SUPERSEDED'] as const;
const Score = z.number().min(0).describe('Higher fits better; comparable within one answer only.');

/** Stores what the program should know in later sessions: one memory, or a batch that is stored whole or not at all. */
export const remember = defineOperation({
  name: 'remember',
  title: 'Remember',
  description:
    'Store a memory, or up to 100 at once, for this and later sessions of the program. Needs an open window.',
  access: ['program', 'admin'],
  doors,
  effect: 'create',
  input: z.strictObject({
    programId: TheProgram,
    content: MemoryInput.shape.content.optional(),
    // Without their defaults, so that a field beside a batch is not mistaken for one: the batch's memories have their own.
    type: MemoryInput.shape.type.unwrap().optional().describe('Absent: fact.'),
    title: MemoryInput.shape.title,
    confidence: MemoryInput.shape.confidence
      .unwrap()
      .optional()
      .describe('How sure the agent is, 0 to 1. Absent: 0.8.'),
    tags: MemoryInput.shape.tags.unwrap().optional(),
    provenance: MemoryInput.shape.provenance.unwrap().optional().describe('Absent: explicit_statement.'),
    memories: z
      .array(MemoryInput)
      .min(1)
      .max(MEMORY_BATCH_MAX)
      .optional()
      .describe('A batch, instead of content and the fields beside it.'),
  }),
  output: z.object({
    success: z.literal(true),
    memoryIds: z.array(MemoryId).describe('In the order in which they were given.'),
    programId: ProgramId,
    message: z.enum(['Memory stored', 'Memories stored']),
  }),
  errors: [...windowErrors, 'CONTENTION'],
});

/** Finds memories by what they say. */
export const recall = defineOperation({
  name: 'recall',
  title: 'Recall',
  description: 'Find memories of the program that fit a query, best first, whichever session stored them.',
  access: everyone,
  doors,
  effect: 'read',
  input: z.strictObject({
    programId: TheProgram,
    query: visibleText(QUERY_MAX_CHARS),
    limit: z.int().min(1).max(RECALL_MAX).default(RECALL_DEFAULT),
    ...MemoryFilter,
  }),
  output: z.object({
    success: z.literal(true),
    memories: z.array(MemoryView.extend({ score: Score })),
    ranking: Ranking,
  }),
  errors: windowErrors,
});

/** Answers a question out of what the program remembers, saying where each part comes from. */
export const answer = defineOperation({
  name: 'answer',
  title: 'Answer',
  description: 'Answer a question from the memories of the program, with citations.',
  access: everyone,
  doors,
  effect: 'read',
  input: z.strictObject({
    programId: TheProgram,
    question: visibleText(QUERY_MAX_CHARS),
    limit: z.int().min(1).max(RECALL_MAX).default(ANSWER_MEMORIES_DEFAULT).describe('Memories to answer from.'),
    ...MemoryFilter,
  }),
  output: z.object({
    success: z.literal(true),
    answer: z.string().describe('Cites as [1], [2], …; empty when nothing that is remembered fits.'),
    citations: z.array(
      MemoryView.pick({ memoryId: true, title: true, type: true, confidence: true, createdAt: true }).extend({
        number: z.int().min(1),
        quote: z.string().describe('The words that the answer rests on.'),
      }),
    ),
    composedBy: z.enum(['quotes', 'model']).describe('quotes: sentences of the memories; model: a generative model.'),
    ranking: Ranking,
  }),
  errors: windowErrors,
});

/** Memories of a program, newest first. */
export const listMemories = defineOperation({
  name: 'list_memories',
  title: 'List memories',
  description: 'Read the memories of the program, newest first.',
  access: everyone,
  doors,
  effect: 'read',
  input: z.strictObject({
    programId: TheProgram,
    type: MemoryInput.shape.type.unwrap().optional(),
    limit: z.int().min(1).max(PAGE_MAX).default(PAGE_DEFAULT),
    pageToken: PageToken.optional(),
  }),
  output: z.object({
    success: z.literal(true),
    memories: z.array(MemoryView),
    nextPageToken: z.string().optional().describe('Absent: this is the last page.'),
  }),
  errors: [...windowErrors, 'INVALID_PAGE_TOKEN'],
});

/** Removes memories for good. */
export const forget = defineOperation({
  name: 'forget',
  title: 'Forget',
  description: 'Remove memories for good. Those that are gone already are no error.',
  access: ['program', 'admin'],
  doors,
  effect: 'destructive',
  input: z.strictObject({
    programId: TheProgram,
    memoryIds: z.array(MemoryId).min(1).max(MEMORY_BATCH_MAX),
  }),
  output: z.object({ success: z.literal(true), forgotten: Count.describe('How many were there.') }),
  errors: [...windowErrors, 'CONTENTION'],
});
