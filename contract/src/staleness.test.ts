import type { LiveSession, LiveState } from '@quarterdeck/contract';
import fc from 'fast-check';
import { after, anAccount, anEndedSession, aSession, START } from '../../test/support/builders.js';
import {
  ageText,
  archiveAt,
  deadAfterSeconds,
  deadAt,
  isDead,
  isStale,
  lastSignOfLife,
  staleAfterSeconds,
  staleAt,
} from './staleness.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const account = anAccount();

/** Silence in milliseconds that is still forgiven; one more is too much. Null: silence never kills. */
const CASES: readonly [title: string, session: Partial<LiveSession>, staleMs: number, deadMs: number | null][] = [
  ['working, no interval', {}, 15 * MINUTE, 65 * MINUTE],
  ['blocked, no interval', { state: 'blocked' }, 15 * MINUTE, 24 * HOUR],
  ['pinned, no interval', { state: 'pinned' }, 15 * MINUTE, null],
  ['interval 30 s', { expectedIntervalSeconds: 30 }, 45_000, 65 * MINUTE],
  ['interval 31 s: half seconds count', { expectedIntervalSeconds: 31 }, 46_500, 65 * MINUTE],
  ['interval 975 s: 4 × is the 65 min of the account', { expectedIntervalSeconds: 975 }, 1_462_500, 65 * MINUTE],
  ['interval 976 s: 4 × is more', { expectedIntervalSeconds: 976 }, 1_464_000, 3_904_000],
  ['interval 3600 s', { expectedIntervalSeconds: 3600 }, 90 * MINUTE, 4 * HOUR],
  ['interval 3600 s, blocked', { expectedIntervalSeconds: 3600, state: 'blocked' }, 90 * MINUTE, 24 * HOUR],
  ['interval 3600 s, pinned', { expectedIntervalSeconds: 3600, state: 'pinned' }, 90 * MINUTE, null],
];

describe.each(CASES)('%s', (_title, fields, staleMs, deadMs) => {
  const session = aSession(fields);

  test('is stale one millisecond after the threshold, not at it', () => {
    expect(staleAt(session, account)).toEqual(after({ ms: staleMs }));
    expect(staleAfterSeconds(session, account) * 1000).toBe(staleMs);
    expect(isStale(session, account, after({ ms: staleMs }))).toBe(false);
    expect(isStale(session, account, after({ ms: staleMs + 1 }))).toBe(true);
  });

  test('is dead one millisecond after the threshold, not at it; pinned never', () => {
    expect(deadAt(session, account)).toEqual(deadMs === null ? null : after({ ms: deadMs }));
    if (deadMs === null) {
      expect(isDead(session, account, after({ days: 10_000 }))).toBe(false);
      return;
    }
    expect(deadAfterSeconds(session, account) * 1000).toBe(deadMs);
    expect(isDead(session, account, after({ ms: deadMs }))).toBe(false);
    expect(isDead(session, account, after({ ms: deadMs + 1 }))).toBe(true);
  });
});

test.each<[title: string, fields: Partial<LiveSession>, expected: Date]>([
  ['a session that never beat counts from its start', {}, START],
  ['a beat counts', { lastHeartbeat: after({ minutes: 3 }) }, after({ minutes: 3 })],
  ['a report without a beat counts', { lastActivityAt: after({ minutes: 4 }) }, after({ minutes: 4 })],
  ['the later counts: beat', { lastHeartbeat: after({ ms: 2 }), lastActivityAt: after({ ms: 1 }) }, after({ ms: 2 })],
  ['the later counts: report', { lastHeartbeat: after({ ms: 1 }), lastActivityAt: after({ ms: 2 }) }, after({ ms: 2 })],
  [
    'an old beat does not outweigh a new start',
    { startedAt: after({ hours: 9 }), lastHeartbeat: START },
    after({ hours: 9 }),
  ],
])('%s', (_title, fields, expected) => {
  expect(lastSignOfLife(aSession(fields))).toEqual(expected);
});

test('every threshold is the account’s own', () => {
  const own = anAccount({
    staleAfterMinutes: 1,
    deadAfterMinutes: 2,
    blockedDeadAfterMinutes: 3,
    archiveAfterMinutes: 4,
  });
  expect(staleAt(aSession(), own)).toEqual(after({ minutes: 1 }));
  expect(deadAt(aSession(), own)).toEqual(after({ minutes: 2 }));
  expect(deadAt(aSession({ state: 'blocked' }), own)).toEqual(after({ minutes: 3 }));
  expect(archiveAt(anEndedSession({ endedAt: START }), own)).toEqual(after({ minutes: 4 }));
});

test('a blocked session never dies before a working one would', () => {
  const own = anAccount({ deadAfterMinutes: 200, blockedDeadAfterMinutes: 100 });
  expect(deadAt(aSession({ state: 'blocked' }), own)).toEqual(after({ minutes: 200 }));
});

test('an ended session is history 60 minutes after its end, to the millisecond', () => {
  expect(archiveAt(anEndedSession({ endedAt: after({ ms: 7 }) }), account)).toEqual(after({ minutes: 60, ms: 7 }));
});

const anySession = fc
  .record({
    state: fc.constantFrom<LiveState>('working', 'blocked', 'pinned'),
    expectedIntervalSeconds: fc.option(fc.integer({ min: 30, max: 3600 })),
    beatMs: fc.option(fc.nat(10 * HOUR)),
    activityMs: fc.nat(10 * HOUR),
  })
  .map(({ state, expectedIntervalSeconds, beatMs, activityMs }) =>
    aSession({
      state,
      expectedIntervalSeconds,
      lastHeartbeat: beatMs === null ? null : after({ ms: beatMs }),
      lastActivityAt: after({ ms: activityMs }),
    }),
  );
const anyAccount = fc
  .tuple(fc.integer({ min: 1, max: 43_200 }), fc.integer({ min: 0, max: 43_200 }), fc.integer({ min: 1, max: 43_200 }))
  .map(([stale, more, blocked]) =>
    anAccount({
      staleAfterMinutes: stale,
      deadAfterMinutes: Math.min(43_200, stale + more),
      blockedDeadAfterMinutes: blocked,
    }),
  );

test('silence only ever makes it worse: once stale or dead, stale or dead at every later moment', () => {
  fc.assert(
    fc.property(anySession, anyAccount, fc.nat(100 * HOUR), fc.nat(100 * HOUR), (session, own, first, more) => {
      const [now, later] = [after({ ms: first }), after({ ms: first + more })];
      if (isStale(session, own, now)) expect(isStale(session, own, later)).toBe(true);
      if (isDead(session, own, now)) expect(isDead(session, own, later)).toBe(true);
    }),
    { seed: 20260302 },
  );
});

test('nothing is dead that is not stale', () => {
  fc.assert(
    fc.property(anySession, anyAccount, fc.nat(2000 * HOUR), (session, own, ms) => {
      if (isDead(session, own, after({ ms }))) expect(isStale(session, own, after({ ms }))).toBe(true);
    }),
    { seed: 20260302 },
  );
});

test.each<[ms: number, text: string]>([
  [-1, '0s'],
  [-86_400_000, '0s'],
  [0, '0s'],
  [999, '0s'],
  [1000, '1s'],
  [59_999, '59s'],
  [60_000, '1m'],
  [119_999, '1m'],
  [3_599_999, '59m'],
  [3_600_000, '1h'],
  [86_399_999, '23h'],
  [86_400_000, '1d'],
  [172_799_999, '1d'],
  [365 * 86_400_000, '365d'],
])('an age of %d ms reads %s', (ms, text) => {
  expect(ageText(START, after({ ms }))).toBe(text);
});

test('what never happened has no age', () => {
  expect(ageText(null, START)).toBeNull();
});
