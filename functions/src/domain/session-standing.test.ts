import { agrees, Lifecycle, LiveLifecycle, LiveState, lifecycleOfState, SessionState } from '@quarterdeck/contract';
import { isEnding, moveStanding, type Standing } from './session-standing.js';

/** Every standing that a live session can have. */
const STANDINGS: readonly Standing[] = LiveState.options.flatMap((state) =>
  LiveLifecycle.options.filter((lifecycle) => agrees(lifecycle, state)).map((lifecycle) => ({ state, lifecycle })),
);
const TERMINAL = {
  merged: 'completed',
  cleanup: 'completed',
  done: 'completed',
  errored: 'errored',
  killed: 'killed',
  terminated: 'killed',
};
const isTerminal = (lifecycle: Lifecycle): lifecycle is keyof typeof TERMINAL => lifecycle in TERMINAL;

test('a live session has one of 20 standings', () => expect(STANDINGS).toHaveLength(20));

describe.each(STANDINGS)('a session that is $state and $lifecycle', (standing) => {
  test('stays as it is when a report says neither', () => {
    expect(moveStanding(standing, { activity: 'idle' })).toEqual(standing);
  });

  test.each(LiveState.options)(
    'that is reported %s keeps its lifecycle if that means the state, else takes the nearest',
    (state) => {
      const keeps = state === 'pinned' || (agrees(standing.lifecycle, state) && state === meant(standing.lifecycle));
      const lifecycle = keeps ? standing.lifecycle : lifecycleOfState(state);
      expect(moveStanding(standing, { state })).toEqual({ state, lifecycle });
    },
  );

  test.each([
    [undefined, 'done', 'completed'],
    ['completed', 'done', 'completed'],
    ['errored', 'errored', 'errored'],
    ['killed', 'killed', 'killed'],
  ] as const)('that is complete, %s, is %s', (said, lifecycle, outcome) => {
    expect(moveStanding(standing, { state: 'complete', outcome: said })).toEqual({ lifecycle, outcome });
  });

  test.each(Lifecycle.options)('that becomes %s moves its state along, but for a pin', (lifecycle) => {
    const state = standing.state === 'pinned' ? 'pinned' : meant(lifecycle);
    const ending = isTerminal(lifecycle) ? { lifecycle, outcome: TERMINAL[lifecycle] } : { lifecycle, state };
    expect(moveStanding(standing, { lifecycle })).toEqual(ending);
  });

  test.each(Lifecycle.options.flatMap((lifecycle) => SessionState.options.map((state) => ({ lifecycle, state }))))(
    'that is told $lifecycle and $state is refused if they contradict each other, and is both if not',
    ({ lifecycle, state }) => {
      const move = () => moveStanding(standing, { lifecycle, state });
      if (!agrees(lifecycle, state)) {
        expect(move).toThrow(/^lifecycle: .* send one of them\.$/);
        return;
      }
      expect(move()).toEqual(
        isTerminal(lifecycle) ? { lifecycle, outcome: TERMINAL[lifecycle] } : { lifecycle, state },
      );
    },
  );

  test('whose process exited is terminated, unless the report says how it ended', () => {
    const exited = { activity: 'exited' } as const;
    expect(moveStanding(standing, exited)).toEqual({ lifecycle: 'terminated', outcome: 'killed' });
    expect(moveStanding(standing, { ...exited, lifecycle: 'pr_open' })).toMatchObject({ lifecycle: 'terminated' });
    expect(moveStanding(standing, { ...exited, lifecycle: 'merged' })).toMatchObject({ lifecycle: 'merged' });
    expect(moveStanding(standing, { ...exited, state: 'complete' })).toMatchObject({ lifecycle: 'done' });
  });

  test('never stands on a contradiction', () => {
    for (const lifecycle of Lifecycle.options) {
      const move = moveStanding(standing, { lifecycle });
      expect(isEnding(move) ? isTerminal(move.lifecycle) : agrees(move.lifecycle, move.state)).toBe(true);
    }
  });
});

test.each([
  ['merged', 'errored'],
  ['errored', 'completed'],
  ['pr_open', 'completed'],
] as const)('the outcome of %s is not %s', (lifecycle, outcome) => {
  expect(() => moveStanding({ state: 'working', lifecycle: 'working' }, { lifecycle, outcome })).toThrow(
    'does not fit',
  );
});

function meant(lifecycle: Lifecycle): SessionState {
  if (isTerminal(lifecycle)) return 'complete';
  return lifecycle === 'needs_input' || lifecycle === 'stuck' ? 'blocked' : 'working';
}
