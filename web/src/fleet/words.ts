import type { Lifecycle, Outcome, SessionState } from '@quarterdeck/contract';
import { lifecycleOfOutcome, lifecycleOfState } from '@quarterdeck/contract/views';
import type { AnySession } from './zones.js';

/** A word of the contract as people write it: `ci_failed` is "CI failed". A word that is not known is shown as it is, with spaces. */
export function wordsOf(name: string): string {
  const text = name.replaceAll('_', ' ').replace(/\b(ci|pr)\b/g, (short) => short.toUpperCase());
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The lifecycle, where it says more than the state does, or than the outcome that stands beside it; null: it does not. */
export function tellingLifecycle({ state, lifecycle, outcome = 'completed' }: Standing): string | null {
  const plain = state === 'complete' ? lifecycleOfOutcome(outcome) : lifecycleOfState(state);
  return lifecycle === plain ? null : wordsOf(lifecycle);
}

interface Standing {
  readonly state: SessionState;
  readonly lifecycle: Lifecycle;
  /** Of a session that is over. */
  readonly outcome?: Outcome;
}

/** How full the context is, from 0; null: its limit is not known. */
export function contextShare({ contextBytes, contextLimitBytes }: AnySession): number | null {
  return contextBytes === null || contextLimitBytes === null || contextLimitBytes === 0
    ? null
    : contextBytes / contextLimitBytes;
}
