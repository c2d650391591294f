import { limits, sessionLimitOf } from '@quarterdeck/contract';
import { after, anAccount, aSession } from '../../../test/support/builders.js';
import { findSuperseded, hasFreeSlot, type Slots, sessionLimitError } from './session-slots.js';

const now = after({ minutes: 20 });

function slots(count: number): Slots {
  return Object.fromEntries(
    Array.from({ length: count }, (_, i) => [`s${i}`, { programId: 'builder', since: after({ minutes: i }) }]),
  );
}

test.each([
  ['free', null, 1],
  ['pro', null, 5],
  ['team', null, 10],
  ['unlimited', null, null],
  ['free', 3, 3],
  ['unlimited', 2, 2],
] as const)('the limit of tier %s, with %p set by the operator, is %p', (tier, sessionLimit, expected) => {
  expect(sessionLimitOf(anAccount({ tier, sessionLimit }))).toBe(expected);
});

test.each([
  ['free', 0, true],
  ['free', 1, false],
  ['pro', 4, true],
  ['pro', 5, false],
  ['team', 9, true],
  ['team', 10, false],
  ['team', 11, false],
  ['unlimited', 100_000, true],
] as const)('tier %s with %d live sessions has a free slot: %p', (tier, count, expected) => {
  expect(hasFreeSlot(anAccount({ tier }), slots(count))).toBe(expected);
});

describe('who gives way at the limit', () => {
  const stale = aSession({ sessionId: 'stale' });
  const staler = aSession({ sessionId: 'staler', startedAt: after({ minutes: -1 }) });
  const fresh = aSession({ sessionId: 'fresh', lastHeartbeat: after({ minutes: 5 }) });
  const pinned = aSession({ sessionId: 'pinned', state: 'pinned', startedAt: after({ hours: -9 }) });
  const blocked = aSession({ sessionId: 'blocked', state: 'blocked', startedAt: after({ minutes: -2 }) });
  const another = aSession({ sessionId: 'another', programId: 'reviewer', startedAt: after({ hours: -9 }) });
  const ofAccount = aSession({ sessionId: 'account', programId: null, startedAt: after({ hours: -9 }) });

  test.each([
    ['nobody, when all speak', [fresh], undefined],
    ['nobody at 15 minutes to the millisecond', [aSession({ lastHeartbeat: after({ minutes: 5 }) })], undefined],
    ['the stale one', [fresh, stale], 'stale'],
    ['the one that is silent for longest', [stale, staler, fresh], 'staler'],
    ['a blocked one too: it can be resumed', [blocked, stale], 'blocked'],
    ['never a pinned one', [pinned], undefined],
    ['never one of another program, nor of the account', [another, ofAccount], undefined],
  ])('%s', (_title, holders, expected) => {
    const before = structuredClone(holders);
    expect(findSuperseded(holders, 'builder', anAccount(), now)?.sessionId).toBe(expected);
    expect(holders).toEqual(before);
  });

  test('nobody for a session of the account: nothing says that it replaces another', () => {
    expect(findSuperseded([ofAccount], null, anAccount(), now)).toBeUndefined();
  });
});

describe('the refusal at the limit', () => {
  test('names who holds the slots, since when, and when each was last heard', () => {
    const holder = aSession({ name: 'Auth', state: 'blocked', lastHeartbeat: after({ minutes: 2 }) });
    const error = sessionLimitError(anAccount({ tier: 'free' }), slots(1), [holder]);
    expect(error).toMatchObject({ code: 'resource-exhausted', reason: 'SESSION_LIMIT' });
    expect(error.message).toBe(
      'The account has 1 live session and may have 1 (tier free). Complete one of details.holders first, or let it go stale.',
    );
    expect(error.details).toEqual({
      limit: 1,
      active: 1,
      tier: 'free',
      holders: [
        {
          sessionId: 'session-1',
          programId: 'builder',
          name: 'Auth',
          state: 'blocked',
          since: '2026-03-02T10:00:00.000Z',
          lastSeenAt: '2026-03-02T10:02:00.000Z',
        },
      ],
    });
  });

  test('names at most 20 of them, and counts all', () => {
    const holders = Array.from({ length: 30 }, (_, i) => aSession({ sessionId: `s${i}` }));
    const { details } = sessionLimitError(anAccount({ sessionLimit: 30 }), slots(30), holders);
    expect(details).toMatchObject({ active: 30, limit: 30 });
    expect(details.holders).toHaveLength(limits.HOLDERS_SHOWN_MAX);
  });
});
