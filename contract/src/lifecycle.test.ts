import {
  Activity,
  agrees,
  isRestorable,
  isTerminalSession,
  Lifecycle,
  lifecycleOfOutcome,
  lifecycleOfState,
  Outcome,
  outcomeOfLifecycle,
  SessionState,
  stateOfLifecycle,
  TERMINAL_LIFECYCLES,
  TerminalLifecycle,
} from '@quarterdeck/contract';

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
