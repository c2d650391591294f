import { limits, type Memory } from '@quarterdeck/contract';
import { titleOf } from './memory-title.js';
import { foldCase, searchTerms } from './search-terms.js';

/** How much more a word says in the title, and in a tag, than in the content. */
const TITLE_WEIGHT = 3;
const TAG_WEIGHT = 2;

/** What a memory can be found by, and how it is ranked without looking at its text again. */
export interface MemoryTerms {
  /** Each once, at most MEMORY_TERMS_MAX: the index has an entry for each. */
  readonly lookups: readonly string[];
  readonly weights: WeighedTerms;
}

/** How often each word occurs, those of title and tags counting more. */
export type WeighedTerms = Readonly<Record<string, number>>;

type Text = Pick<Memory, 'title' | 'tags' | 'content'>;

/** Tags and title come first: what has to go is what occurs least in the content. */
export function termsOfMemory({ title, tags, content }: Text): MemoryTerms {
  const weights = new Map<string, number>();
  const add = (text: string, weight: number) => {
    for (const term of searchTerms(text)) weights.set(term, (weights.get(term) ?? 0) + weight);
  };
  for (const tag of tags) add(tag, TAG_WEIGHT);
  // A title that is the beginning of the content says nothing more than the content does.
  if (title !== titleOf(content)) add(title, TITLE_WEIGHT);
  const leading = new Set(weights.keys());
  add(content, 1);
  const byWeight = [...weights].sort(([a, x], [b, y]) => Number(leading.has(b)) - Number(leading.has(a)) || y - x);
  const tagLookups = [...new Set(tags.map(tagLookup))];
  const kept = byWeight.slice(0, limits.MEMORY_TERMS_MAX - tagLookups.length);
  return {
    lookups: [...tagLookups, ...kept.map(([term]) => term)],
    weights: Object.fromEntries(kept),
  };
}

/** The look-up of a tag as a whole, in any case. No word begins with "#". */
export function tagLookup(tag: string): string {
  return `#${foldCase(tag.trim())}`;
}

/** The words of a query that are looked for: each once, and where there are too many the longest, which tell most. */
export function termsOfQuery(text: string): readonly string[] {
  const terms = [...new Set(searchTerms(text))];
  if (terms.length <= limits.QUERY_TERMS_MAX) return terms;
  return terms.sort((a, b) => b.length - a.length).slice(0, limits.QUERY_TERMS_MAX);
}
