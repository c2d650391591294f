import type { LearnedPattern } from '@quarterdeck/contract';

/** Promoted patterns first, then the surest, the last reinforced first among equals; those that are not kept come last. */
export function byWorth(patterns: readonly LearnedPattern[], kept: ReadonlySet<LearnedPattern>): LearnedPattern[] {
  return [...patterns].sort(
    (a, b) =>
      Number(kept.has(b)) - Number(kept.has(a)) ||
      Number(b.promoted) - Number(a.promoted) ||
      b.confidence - a.confidence ||
      b.lastReinforcedAt.getTime() - a.lastReinforcedAt.getTime(),
  );
}
