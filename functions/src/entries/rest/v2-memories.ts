import {
  Count,
  Instant,
  MemoryId,
  MemoryType,
  type Operations,
  type OutputOf,
  ProgramId,
  Provenance,
  Ranking,
  SessionId,
} from '@quarterdeck/contract';
import { z } from 'zod';
import { batch, list, number, text, unused } from './v2-fields.js';
import { route, success, type V2Route } from './v2-route.js';

const Remembered = z.object({ success, memory_id: MemoryId, agent_id: ProgramId, status: z.literal('stored') });

function remembered(stored: OutputOf<Operations['remember']>): z.infer<typeof Remembered> {
  const [memoryId] = stored.memoryIds;
  if (memoryId === undefined) throw new Error('remember answers the id of what it stored');
  return { success: true, memory_id: memoryId, agent_id: stored.programId, status: 'stored' };
}

const BatchRemembered = z.object({
  success,
  agent_id: ProgramId,
  total_submitted: Count,
  successful: Count.describe('All: a batch is stored whole or not at all.'),
  failed: z.literal(0),
  results: z.array(z.object({ memory_id: MemoryId, status: z.literal('stored') })),
});

function batchRemembered(stored: OutputOf<Operations['remember']>): z.infer<typeof BatchRemembered> {
  const { memoryIds, programId } = stored;
  return {
    success: true,
    agent_id: programId,
    total_submitted: memoryIds.length,
    successful: memoryIds.length,
    failed: 0,
    results: memoryIds.map((memory_id) => ({ memory_id, status: 'stored' })),
  };
}

const Recalled = z.object({
  success,
  memories: z.array(
    z.object({
      memory_id: MemoryId,
      content: z.string(),
      type: MemoryType,
      title: z.string(),
      confidence: z.number(),
      tags: z.array(z.string()),
      provenance: Provenance,
      created_at: Instant,
      session_id: SessionId,
      score: z.number().describe('Higher fits better; comparable within one answer only.'),
    }),
  ),
  count: Count,
  ranking: Ranking,
});

function recalled({ memories, ranking }: OutputOf<Operations['recall']>): z.infer<typeof Recalled> {
  const found = memories.map(({ memoryId, sessionId, createdAt, programId: _, ...memory }) => ({
    memory_id: memoryId,
    ...memory,
    created_at: createdAt,
    session_id: sessionId,
  }));
  return { success: true, memories: found, count: found.length, ranking };
}

const Answered = z.object({
  success,
  answer: z.string().describe('Cites as [1], [2], …; empty when nothing that is remembered fits.'),
  citations: z.array(
    z.object({
      number: z.int().min(1),
      memory_id: MemoryId,
      title: z.string(),
      type: MemoryType,
      confidence: z.number(),
      created_at: Instant,
      quote: z.string().describe('The words that the answer rests on.'),
    }),
  ),
  sources: z.array(MemoryId).describe('The memories that are cited.'),
  composed_by: z.enum(['quotes', 'model']),
  ranking: Ranking,
});

function answered(output: OutputOf<Operations['answer']>): z.infer<typeof Answered> {
  const citations = output.citations.map(({ memoryId, createdAt, ...citation }) => ({
    ...citation,
    memory_id: memoryId,
    created_at: createdAt,
  }));
  const sources = [...new Set(citations.map(({ memory_id }) => memory_id))];
  const { answer, composedBy, ranking } = output;
  return { success: true, answer, citations, sources, composed_by: composedBy, ranking };
}

const filters = {
  limit: number('limit'),
  type: list('types'),
  tags: list('tags'),
  min_confidence: number('minConfidence'),
};
const memory = {
  content: text('content'),
  type: text('type'),
  title: text('title'),
  confidence: number('confidence'),
  tags: list('tags'),
  provenance: text('provenance'),
  source: unused,
};

/** What an agent remembers. All of it needs an open window. */
export const memoryRoutes: readonly V2Route[] = [
  route({
    method: 'POST',
    path: '/agents/:agent_id/remember',
    operation: 'remember',
    summary: 'Store a memory',
    needsToken: true,
    fields: memory,
    answer: Remembered,
    view: remembered,
  }),
  route({
    method: 'POST',
    path: '/agents/:agent_id/batch-remember',
    operation: 'remember',
    summary: 'Store up to 100 memories, all or none',
    needsToken: true,
    fields: { memories: batch('memories', memory) },
    answer: BatchRemembered,
    view: batchRemembered,
  }),
  ...(['POST', 'GET'] as const).map((method) =>
    route({
      method,
      path: '/agents/:agent_id/recall',
      operation: 'recall',
      summary: 'Find memories that fit a query, best first',
      needsToken: true,
      fields: { query: text('query'), ...filters },
      answer: Recalled,
      view: recalled,
    }),
  ),
  route({
    method: 'POST',
    path: '/agents/:agent_id/answer',
    operation: 'answer',
    summary: 'Answer a question from memories, with citations',
    needsToken: true,
    fields: { question: text('question'), ...filters },
    answer: Answered,
    view: answered,
  }),
];
