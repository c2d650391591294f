import type { Lifecycle, LiveLifecycle, TerminalLifecycle } from './orchestration.js';
import type { Activity, LiveSession, Outcome, SessionState } from './session.js';

/**
 * How an orchestrator's lifecycle, an agent's state and the way a session ended belong together. Everything that moves one of them asks here, so that
 * they never contradict each other. Nothing here imports zod when it runs. Held by lifecycle.test.ts.
 */

/** What each lifecycle says of the agent. A pinned session stays pinned under any that is not terminal. */
const STATE_BY_LIFECYCLE: Readonly<Record<Lifecycle, Exclude<SessionState, 'pinned'>>> = {
  spawning: 'working',
  working: 'working',
  pr_open: 'working',
  ci_failed: 'working',
  review_pending: 'working',
  changes_requested: 'working',
  approved: 'working',
  mergeable: 'working',
  needs_input: 'blocked',
  stuck: 'blocked',
  merged: 'complete',
  cleanup: 'complete',
  errored: 'complete',
  killed: 'complete',
  done: 'complete',
  terminated: 'complete',
};

const OUTCOME_BY_LIFECYCLE: Readonly<Record<TerminalLifecycle, Outcome>> = {
  merged: 'completed',
  cleanup: 'completed',
  done: 'completed',
  errored: 'errored',
  killed: 'killed',
  terminated: 'killed',
};

const LIFECYCLE_BY_OUTCOME: Readonly<Record<Outcome, TerminalLifecycle>> = {
  completed: 'done',
  errored: 'errored',
  killed: 'killed',
  timed_out: 'terminated',
  expired: 'terminated',
  superseded: 'terminated',
};

/** Lifecycles of a session that is over. */
export const TERMINAL_LIFECYCLES: ReadonlySet<Lifecycle> = new Set(
  Object.keys(OUTCOME_BY_LIFECYCLE) as TerminalLifecycle[],
);

export function isTerminalLifecycle(lifecycle: Lifecycle): lifecycle is TerminalLifecycle {
  return TERMINAL_LIFECYCLES.has(lifecycle);
}

/** The state that a lifecycle means. */
export function stateOfLifecycle(lifecycle: LiveLifecycle): 'working' | 'blocked';
export function stateOfLifecycle(lifecycle: Lifecycle): Exclude<SessionState, 'pinned'>;
export function stateOfLifecycle(lifecycle: Lifecycle): Exclude<SessionState, 'pinned'> {
  return STATE_BY_LIFECYCLE[lifecycle];
}

/** How a session ended, by its terminal lifecycle. */
export function outcomeOfLifecycle(lifecycle: TerminalLifecycle): Outcome {
  return OUTCOME_BY_LIFECYCLE[lifecycle];
}

/** The nearest lifecycle of a live state. */
export function lifecycleOfState(state: Exclude<SessionState, 'complete'>): LiveLifecycle {
  return state === 'blocked' ? 'needs_input' : 'working';
}

/** The nearest lifecycle of an end. */
export function lifecycleOfOutcome(outcome: Outcome): TerminalLifecycle {
  return LIFECYCLE_BY_OUTCOME[outcome];
}

/** False when the two contradict each other: a session can't be both. */
export function agrees(lifecycle: Lifecycle, state: SessionState): boolean {
  const meant = STATE_BY_LIFECYCLE[lifecycle];
  return meant === state || (state === 'pinned' && meant !== 'complete');
}

/** Whether a session is over, by its lifecycle or because its process is gone. */
export function isTerminalSession(session: { readonly lifecycle: Lifecycle; readonly activity: Activity | null }) {
  return isTerminalLifecycle(session.lifecycle) || session.activity === 'exited';
}

/** Whether a session can come back: it is over, and its work is not merged. */
export function isRestorable(session: { readonly lifecycle: Lifecycle; readonly activity: Activity | null }): boolean {
  return isTerminalSession(session) && session.lifecycle !== 'merged';
}

/** What an orchestrator keeps of a session beside its lifecycle, of one that nobody told anything of. */
export const NOT_ORCHESTRATED = {
  branch: null,
  issueId: null,
  pr: null,
  workspacePath: null,
  runtimeHandle: null,
  agentInfo: null,
  metadata: {},
  restoredAt: null,
  spawnRequestedAt: null,
} as const satisfies Partial<LiveSession>;
