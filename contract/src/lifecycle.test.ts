import {
  Activity,
  agrees,
  type EndedSession,
  isRestorable,
  isTerminalSession,
  Lifecycle,
  type LiveSession,
  lifecycleOfOutcome,
  lifecycleOfState,
  Outcome,
  outcomeOfLifecycle,
  SessionState,
  stateOfLifecycle,
  TERMINAL_LIFECYCLES,
  TerminalLifecycle,
  withLifecycle,
} from '@quarterdeck/contract';
import { anEndedSession, aSession } from '../../test/support/builders.js';

const TERMINAL = ['merged', 'cleanup', 'errored', 'killed', 'done', 'terminated'];

/** The state that each lifecycle means. */
const MEANT: Readonly<Record<Lifecycle, SessionState>> = {
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

const activities = [null, ...Activity.options];
const pairs = Lifecycle.options.flatMap((lifecycle) => activities.map((activity) => ({ lifecycle, activity })));

test('there are 16 lifecycles and 6 activities, and six of the lifecycles are terminal', () => {
  expect([Lifecycle.options.length, Activity.options.length]).toEqual([16, 6]);
  expect([...TERMINAL_LIFECYCLES].sort()).toEqual([...TERMINAL].sort());
  expect([...TerminalLifecycle.options].sort()).toEqual([...TERMINAL].sort());
});

test.each(pairs)('$lifecycle with activity $activity: is it over, and can it come back?', (session) => {
  const isOver = TERMINAL.includes(session.lifecycle) || session.activity === 'exited';
  expect(isTerminalSession(session)).toBe(isOver);
  expect(isRestorable(session)).toBe(isOver && session.lifecycle !== 'merged');
});

describe.each(Lifecycle.options)('%s', (lifecycle) => {
  test('means a state', () => expect(stateOfLifecycle(lifecycle)).toBe(MEANT[lifecycle]));

  test.each(SessionState.options)('beside %s: does it contradict?', (state) => {
    const pinned = state === 'pinned' && MEANT[lifecycle] !== 'complete';
    expect(agrees(lifecycle, state)).toBe(state === MEANT[lifecycle] || pinned);
  });
});

test('the nearest lifecycle of a state or an outcome means that state', () => {
  for (const state of ['working', 'blocked', 'pinned'] as const)
    expect(agrees(lifecycleOfState(state), state)).toBe(true);
  for (const outcome of Outcome.options) expect(agrees(lifecycleOfOutcome(outcome), 'complete')).toBe(true);
});

test.each([
  ['merged', 'completed'],
  ['cleanup', 'completed'],
  ['done', 'completed'],
  ['errored', 'errored'],
  ['killed', 'killed'],
  ['terminated', 'killed'],
] as const)('%s ends as %s', (lifecycle, outcome) => {
  expect(outcomeOfLifecycle(lifecycle)).toBe(outcome);
});

test.each([
  ['completed', 'done'],
  ['errored', 'errored'],
  ['killed', 'killed'],
  ['timed_out', 'terminated'],
  ['expired', 'terminated'],
  ['superseded', 'terminated'],
] as const)('an older document that ended as %s is read as %s', (outcome, lifecycle) => {
  const session = anEndedSession({ outcome });
  expect(withLifecycle(withoutFields(session))).toEqual({ ...session, lifecycle });
});

test.each([
  ['working', 'working'],
  ['blocked', 'needs_input'],
  ['pinned', 'working'],
] as const)('an older document that is %s is read as %s, and with null where it says nothing', (state, lifecycle) => {
  const session = aSession({ state });
  expect(withLifecycle(withoutFields(session))).toEqual({ ...session, lifecycle });
});

test('what a document says stays as it is', () => {
  const session = aSession({ lifecycle: 'pr_open', branch: 'main' });
  expect(withLifecycle(session)).toEqual(session);
});

function withoutFields<S extends LiveSession | EndedSession>(session: S): S {
  const { lifecycle, branch, issueId, pr, workspacePath, runtimeHandle, agentInfo, ...rest } = session;
  const { metadata, restoredAt, spawnRequestedAt, ...old } = rest;
  return old as unknown as S;
}
