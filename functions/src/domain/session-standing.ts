import {
  agrees,
  isTerminalLifecycle,
  type LiveLifecycle,
  type LiveState,
  lifecycleOfOutcome,
  lifecycleOfState,
  type Outcome,
  outcomeOfLifecycle,
  stateOfLifecycle,
  type TerminalLifecycle,
} from '@quarterdeck/contract';
import { invalidField } from './domain-error.js';
import type { SessionReport } from './session-report.js';

/** Where a live session stands: what its agent says, and what its orchestrator says. The two always agree. */
export interface Standing {
  readonly state: LiveState;
  readonly lifecycle: LiveLifecycle;
}

/** How a report ends a session. */
export interface Ending {
  readonly outcome: Outcome;
  readonly lifecycle: TerminalLifecycle;
}

type Said = Pick<SessionReport, 'state' | 'lifecycle' | 'outcome' | 'activity'>;

/**
 * The one table that moves state and lifecycle together: what a report makes of a live session's standing. Held by session-standing.test.ts.
 * @throws DomainError `INVALID_FIELD` when the report contradicts itself
 */
export function moveStanding(now: Standing, said: Said): Standing | Ending {
  requireAgreement(said);
  const { state, lifecycle, outcome, activity } = said;
  if (lifecycle !== undefined && isTerminalLifecycle(lifecycle)) {
    return { lifecycle, outcome: outcomeOfLifecycle(lifecycle) };
  }
  if (state === 'complete') {
    const how = outcome ?? 'completed';
    return { lifecycle: lifecycleOfOutcome(how), outcome: how };
  }
  if (activity === 'exited') return { lifecycle: 'terminated', outcome: outcomeOfLifecycle('terminated') };
  if (lifecycle !== undefined) {
    const meant = now.state === 'pinned' ? 'pinned' : stateOfLifecycle(lifecycle);
    return { lifecycle, state: state ?? meant };
  }
  if (state === undefined || state === 'pinned') return { ...now, state: state ?? now.state };
  return { state, lifecycle: stateOfLifecycle(now.lifecycle) === state ? now.lifecycle : lifecycleOfState(state) };
}

export function isEnding(move: Standing | Ending): move is Ending {
  return 'outcome' in move;
}

/** @throws DomainError `INVALID_FIELD` */
function requireAgreement({ state, lifecycle, outcome }: Said): void {
  if (lifecycle === undefined) return;
  if (state !== undefined && !agrees(lifecycle, state)) {
    const meant = stateOfLifecycle(lifecycle);
    throw invalidField(
      'lifecycle',
      `"${lifecycle}" means the state "${meant}", and state says "${state}": send one of them`,
    );
  }
  if (outcome === undefined) return;
  if (isTerminalLifecycle(lifecycle) && outcomeOfLifecycle(lifecycle) === outcome) return;
  throw invalidField('outcome', `"${outcome}" does not fit the lifecycle "${lifecycle}": leave it out`);
}
