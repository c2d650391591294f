import type { Memory } from '@quarterdeck/contract';
import MiniSearch from 'minisearch';
import type { WeighedTerms } from './memory-terms.js';

/** What certainty and newness add at the most: they decide between memories that fit equally well. */
const CONFIDENCE_SHARE = 0.1;
const RECENCY_SHARE = 0.05;
const RECENCY_HALF_LIFE_DAYS = 30;
const DAY_MS = 86_400_000;
/** Between words: no word has a blank in it. */
const SEPARATOR = ' ';

/** A memory that some word of the query led to. */
export interface Candidate {
  readonly memory: Memory;
  readonly terms: WeighedTerms;
}

/** A memory that was found, and how well it fits: higher is better, comparable within one search only. */
export interface FoundMemory {
  readonly memory: Memory;
  readonly score: number;
}

/**
 * Candidates by how well they fit the words of a query, best first; those that have none of the words are left out. MiniSearch ranks them (BM25+), its
 * statistics taken from the candidates: a word that few of them have tells most. Their words were found when they were written, so no text is taken
 * apart here.
 */
export function rankMemories(candidates: readonly Candidate[], query: readonly string[], now: Date): FoundMemory[] {
  const index = new MiniSearch<IndexedCandidate>({
    fields: ['terms'],
    tokenize: (terms) => terms.split(SEPARATOR),
    processTerm: (term) => term,
  });
  index.addAll(candidates.map(({ terms }, id) => ({ id, terms: wordsOf(terms) })));
  return index
    .search(query.join(SEPARATOR), { boostDocument: (id: number) => preference(candidates[id], now) })
    .flatMap(({ id, score }) => {
      const memory = candidates[id]?.memory;
      return memory === undefined ? [] : [{ memory, score }];
    })
    .sort((a, b) => b.score - a.score || b.memory.createdAt.getTime() - a.memory.createdAt.getTime());
}

interface IndexedCandidate {
  readonly id: number;
  readonly terms: string;
}

/** Each word as often as it weighs: one in the title counts like several in the content. */
function wordsOf(weights: WeighedTerms): string {
  return Object.entries(weights)
    .flatMap(([term, weight]) => Array<string>(weight).fill(term))
    .join(SEPARATOR);
}

function preference(candidate: Candidate | undefined, now: Date): number {
  if (candidate === undefined) return 1;
  const { confidence, createdAt } = candidate.memory;
  const ageDays = Math.max(0, now.getTime() - createdAt.getTime()) / DAY_MS;
  return 1 + CONFIDENCE_SHARE * confidence + RECENCY_SHARE * 0.5 ** (ageDays / RECENCY_HALF_LIFE_DAYS);
}
