import type { LearnedPattern, ProgramState } from './program-state.js';

/** When what a program remembers counts as old. Everything that shows it or forgets it asks here. */

const DAY_MS = 86_400_000;

/** True when the context summary is to be read with care. One that was never written is not old. */
export function isSummaryStale(
  { contextSummaryUpdatedAt, decay }: Pick<ProgramState, 'contextSummaryUpdatedAt' | 'decay'>,
  now: Date,
): boolean {
  if (contextSummaryUpdatedAt === null) return false;
  return now.getTime() - contextSummaryUpdatedAt.getTime() > decay.contextSummaryTTLDays * DAY_MS;
}

/** The moment after which an unpromoted pattern is forgotten, unless it is reinforced before. */
export function patternDecaysAt(
  { lastReinforcedAt }: Pick<LearnedPattern, 'lastReinforcedAt'>,
  { learnedPatternMaxAge }: Pick<ProgramState['decay'], 'learnedPatternMaxAge'>,
): Date {
  return new Date(lastReinforcedAt.getTime() + learnedPatternMaxAge * DAY_MS);
}

/** What is left after forgetting: promoted patterns, and the best of the others that are young enough. */
export function decayedPatterns(
  { learnedPatterns, decay }: Pick<ProgramState, 'learnedPatterns' | 'decay'>,
  now: Date,
): readonly LearnedPattern[] {
  const kept = new Set(
    learnedPatterns
      .filter((p) => !p.promoted && now <= patternDecaysAt(p, decay))
      .sort((a, b) => b.confidence - a.confidence || b.lastReinforcedAt.getTime() - a.lastReinforcedAt.getTime())
      .slice(0, decay.maxUnpromotedPatterns),
  );
  return learnedPatterns.filter((p) => p.promoted || kept.has(p));
}
