import {
  collections,
  documents,
  type LiveSession,
  lastSignOfLife,
  limits,
  type Memory,
  type MemoryType,
} from '@quarterdeck/contract';
import { type DocumentSnapshot, FieldPath, FieldValue, type Query, Timestamp } from 'firebase-admin/firestore';
import { fitsQuery, type MemoryQuery } from '../domain/memory.js';
import { tagLookup, termsOfMemory, termsOfQuery, type WeighedTerms } from '../domain/memory-terms.js';
import { type Candidate, type FoundMemory, rankMemories } from '../domain/rank-memories.js';
import type { Embeddings, Fence, FoundByWords, MemoryStore, Page } from '../operations/ports.js';
import { partOf, readPart, stored } from './documents.js';
import { requireFence } from './fence.js';
import { decodePageToken, encodePageToken } from './page-token.js';
import type { StoreContext } from './store-context.js';

/** The fields of a memory, without what it is found by: vectors and index terms would be most of what a search transfers. */
const MEMORY_FIELDS = partOf<keyof Memory>(
  'memoryId',
  'programId',
  'sessionId',
  'content',
  'type',
  'title',
  'confidence',
  'tags',
  'provenance',
  'createdAt',
);
const FOUND_FIELDS = [...MEMORY_FIELDS, 'distance'];
const CANDIDATE_FIELDS = [...MEMORY_FIELDS, 'weightsJson'];

/** What a search may read, and so the most that a filter which the database does not apply can look through. */
const READS_MAX = limits.QUERY_TERMS_MAX * limits.CANDIDATES_PER_TERM;

/** As stored: the weights of the terms are JSON text, because hundreds of maps take the client longer to decode than to rank. */
type Stored = Memory & { readonly terms: readonly string[]; readonly weightsJson: string };

/** Memories, found by an index entry for each of their words: see docs/decisions/014-memories.md. */
export class FirestoreMemoryStore implements MemoryStore {
  constructor(private readonly context: StoreContext) {}

  async add(
    account: string,
    memories: readonly Memory[],
    fence: Fence,
    { embeddings, isSignOfLife }: { readonly embeddings?: Embeddings | undefined; readonly isSignOfLife: boolean },
  ): Promise<void> {
    const { db } = this.context;
    const sessionRef = db.doc(documents.session(account, fence.sessionId));
    const all = memories.map((memory, index) =>
      stored('memory', storedMemory(memory, embeddings?.vectors[index], embeddings?.model)),
    );
    await this.context.transaction(async (tx) => {
      const session = await requireFence(db, tx, account, fence);
      // Not create: a repetition of the call writes the same documents again.
      for (const one of all) tx.set(db.doc(documents.memory(account, one.memoryId)), one);
      if (isSignOfLife && isWorthNoting(session, fence.now)) tx.update(sessionRef, { lastActivityAt: fence.now });
    }, sessionRef.path);
  }

  async search(
    account: string,
    programId: string,
    text: string,
    query: MemoryQuery,
    limit: number,
  ): Promise<FoundByWords> {
    const terms = termsOfQuery(text);
    const of = this.ofProgram(account, programId);
    const narrowed = byFilter(of, query);
    if (terms.length === 0) {
      const newest = await this.gather(narrowed.length > 0 ? narrowed : [of], query, limit);
      const found = newest.map(({ memory }) => memory).sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
      return { ranking: 'recent', found: found.slice(0, limit).map((memory) => ({ memory, score: 0 })) };
    }
    const byWord = terms.map((term) => of.where('terms', 'array-contains', term));
    const candidates = await this.gather([...byWord, ...narrowed], query, limits.CANDIDATES_PER_TERM);
    return { ranking: 'text', found: rankMemories(candidates, terms, this.context.clock.now()).slice(0, limit) };
  }

  async searchNearest(
    account: string,
    programId: string,
    { model, vector }: { readonly model: string; readonly vector: readonly number[] },
    query: MemoryQuery,
    limit: number,
  ): Promise<readonly FoundMemory[]> {
    const nearest = this.ofProgram(account, programId)
      .where('embeddingModel', '==', model)
      .select(...FOUND_FIELDS)
      .findNearest({
        vectorField: 'embedding',
        queryVector: [...vector],
        limit: isFiltered(query) ? READS_MAX : limit,
        distanceMeasure: 'COSINE',
        distanceResultField: 'distance',
      });
    return (await nearest.get()).docs
      .map((doc) => {
        const { distance, ...memory } = readPart<Memory & { distance: number }>('memory', doc, FOUND_FIELDS);
        return { memory, score: Math.max(0, 1 - distance) };
      })
      .filter(({ memory }) => fitsQuery(memory, query))
      .slice(0, limit);
  }

  async list(
    account: string,
    programId: string,
    type: MemoryType | undefined,
    limit: number,
    pageToken?: string,
  ): Promise<Page<Memory>> {
    const of = this.ofProgram(account, programId);
    const ordered = newestFirst(type === undefined ? of : of.where('type', '==', type));
    const docs = (
      await startingAt(ordered, pageToken)
        .select(...MEMORY_FIELDS)
        .limit(limit + 1)
        .get()
    ).docs;
    const items = docs.slice(0, limit).map(readMemory);
    const last = items.at(-1);
    if (docs.length <= limit || last === undefined) return { items };
    return { items, nextPageToken: encodePageToken({ createdAt: last.createdAt.getTime(), id: last.memoryId }) };
  }

  remove(account: string, programId: string, memoryIds: readonly string[], fence?: Fence): Promise<number> {
    const { db } = this.context;
    const refs = [...new Set(memoryIds)].map((id) => db.doc(documents.memory(account, id)));
    return this.context.transaction(async (tx) => {
      if (fence !== undefined) await requireFence(db, tx, account, fence);
      const found = (await tx.getAll(...refs, { fieldMask: ['programId'] })).filter(
        (doc) => doc.get('programId') === programId,
      );
      for (const { ref } of found) tx.delete(ref);
      return found.length;
    });
  }

  async countOfSession(account: string, sessionId: string): Promise<number> {
    const ofSession = this.context.db.collection(collections.memories(account)).where('sessionId', '==', sessionId);
    return (await ofSession.count().get()).data().count;
  }

  /** The newest that each of the queries leads to, each memory once. Where a filter takes some away, all that may be read is. */
  private async gather(queries: readonly Query[], filter: MemoryQuery, limit: number): Promise<Candidate[]> {
    const depth = isFiltered(filter) ? Math.floor(READS_MAX / queries.length) : limit;
    const pages = await Promise.all(
      queries.map((query) =>
        newestFirst(query)
          .select(...CANDIDATE_FIELDS)
          .limit(depth)
          .get(),
      ),
    );
    const docs = new Map(pages.flatMap((page) => page.docs).map((doc) => [doc.id, doc]));
    return [...docs.values()].map(readCandidate).filter(({ memory }) => fitsQuery(memory, filter));
  }

  private ofProgram(account: string, programId: string): Query {
    return this.context.db.collection(collections.memories(account)).where('programId', '==', programId);
  }
}

/** Ways to what a filter asks for that common words would bury. Each has its index; together with a word they would need more of them. */
function byFilter(of: Query, { tags = [], types = [] }: MemoryQuery): Query[] {
  const byTag = tags.slice(0, 1).map((tag) => of.where('terms', 'array-contains', tagLookup(tag)));
  return byTag.length > 0 ? byTag : [...new Set(types)].map((type) => of.where('type', '==', type));
}

function isFiltered({ types, tags, minConfidence }: MemoryQuery): boolean {
  return types !== undefined || tags !== undefined || minConfidence !== undefined;
}

function newestFirst(query: Query): Query {
  return query.orderBy('createdAt', 'desc').orderBy(FieldPath.documentId(), 'desc');
}

function startingAt(query: Query, pageToken: string | undefined): Query {
  if (pageToken === undefined) return query;
  const { createdAt, id } = decodePageToken(pageToken, { createdAt: 'number', id: 'string' });
  return query.startAfter(Timestamp.fromMillis(createdAt), id);
}

function isWorthNoting(session: LiveSession, now: Date): boolean {
  return now.getTime() - lastSignOfLife(session).getTime() >= limits.COALESCE_WINDOW_SECONDS * 1000;
}

/** A memory as it is stored: with the words that it is found by, and its vector where a model made one. */
export function storedMemory(
  memory: Memory,
  vector: readonly number[] | undefined,
  model: string | undefined,
): Stored & { readonly embedding?: FieldValue; readonly embeddingModel?: string } {
  const { lookups, weights } = termsOfMemory(memory);
  const words = { ...memory, terms: lookups, weightsJson: JSON.stringify(weights) };
  if (vector === undefined || model === undefined) return words;
  return { ...words, embedding: FieldValue.vector([...vector]), embeddingModel: model };
}

function readMemory(doc: DocumentSnapshot): Memory {
  return readPart<Memory>('memory', doc, MEMORY_FIELDS);
}

function readCandidate(doc: DocumentSnapshot): Candidate {
  const { weightsJson, ...memory } = readPart<Memory & { weightsJson: string }>('memory', doc, CANDIDATE_FIELDS);
  return { memory, terms: JSON.parse(weightsJson) as WeighedTerms };
}
