import type { ContextSnapshot, Memory, MemoryType, ProgramState } from '@quarterdeck/contract';
import type { MemoryQuery } from '../../domain/memory.js';
import type { FoundMemory } from '../../domain/rank-memories.js';
import type { Page } from './outside-ports.js';
import type { Fence } from './session-ports.js';

export interface ProgramStateStore {
  find(account: string, programId: string): Promise<ProgramState | undefined>;
  /**
   * Changes a state, and keeps a snapshot when the context summary was written.
   * @param fence absent: the caller named no window
   * @throws DomainError `SUPERSEDED`, `SESSION_EXPIRED`, `WINDOW_CLOSED` by the fence
   */
  change(
    account: string,
    programId: string,
    decide: (state: ProgramState) => ProgramState,
    keepSnapshot: boolean,
    fence?: Fence,
  ): Promise<ProgramState>;
  history(account: string, programId: string, limit: number): Promise<readonly ContextSnapshot[]>;
}

export interface MemoryStore {
  /**
   * Stores memories, all or none, if the window is open at that moment.
   * @param options.embeddings one for each memory, where a model is configured
   * @param options.isSignOfLife the session's owner is calling: renews the session, at most once in COALESCE_WINDOW_SECONDS
   * @throws DomainError `SUPERSEDED`, `SESSION_EXPIRED`, `WINDOW_CLOSED`
   */
  add(
    account: string,
    memories: readonly Memory[],
    fence: Fence,
    options: { readonly embeddings?: Embeddings | undefined; readonly isSignOfLife: boolean },
  ): Promise<void>;
  /** By the words of the query. Reads at most QUERY_TERMS_MAX × CANDIDATES_PER_TERM documents. */
  search(account: string, programId: string, text: string, query: MemoryQuery, limit: number): Promise<FoundByWords>;
  /** By nearness of embeddings of one model: best first. */
  searchNearest(
    account: string,
    programId: string,
    embedding: { readonly model: string; readonly vector: readonly number[] },
    query: MemoryQuery,
    limit: number,
  ): Promise<readonly FoundMemory[]>;
  /** Newest first. */
  list(
    account: string,
    programId: string,
    type: MemoryType | undefined,
    limit: number,
    pageToken?: string,
  ): Promise<Page<Memory>>;
  /**
   * Removes memories of a program.
   * @param fence absent: an admin's call, which needs no window
   * @returns how many of them were there
   */
  remove(account: string, programId: string, memoryIds: readonly string[], fence?: Fence): Promise<number>;
  countOfSession(account: string, sessionId: string): Promise<number>;
}

/** What a search by words found, best first. `recent`: the query had no word to look for, so the newest came. */
export interface FoundByWords {
  readonly ranking: 'text' | 'recent';
  readonly found: readonly FoundMemory[];
}

/** Vectors of one model, EMBEDDING_DIMENSIONS numbers each. */
export interface Embeddings {
  readonly model: string;
  readonly vectors: readonly (readonly number[])[];
}

/** A model that turns text into vectors whose nearness is likeness of meaning. */
export interface EmbeddingPort {
  /** @throws Error when the model does not answer; callers go on without it */
  embed(texts: readonly string[]): Promise<Embeddings>;
}

/** A model that writes. */
export interface GenerationPort {
  /** @throws Error when the model does not answer; callers go on without it */
  generate(instructions: string, text: string): Promise<string>;
}
