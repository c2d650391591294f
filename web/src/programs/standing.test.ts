import type { FleetRow } from '@quarterdeck/contract';
import { DEFAULT_THRESHOLDS } from '@quarterdeck/contract/views';
import { after, anEndedSession, aSession, START } from '../../../test/support/builders.js';
import { type Known, type Standing, standingsOf } from './standing.js';

const NOTHING: Known = { live: [], done: [], rows: new Map(), thresholds: DEFAULT_THRESHOLDS };
const row = (fields: Partial<FleetRow>): ReadonlyMap<string, FleetRow> =>
  new Map([['builder', { programId: 'builder', lastSeenAt: null, ...fields } as FleetRow]]);
const standing = (known: Partial<Known>, now = START): Standing =>
  standingsOf(['builder'], { ...NOTHING, ...known }, now).get('builder') as Standing;

test('a program of which nothing is known is offline, and nothing is said to be counted', () => {
  expect(standing({})).toEqual({
    health: 'offline',
    lastSeenAt: null,
    liveSessions: 0,
    needing: 0,
    handoffRequired: false,
    pendingTasks: null,
    pendingMessages: null,
  });
});

test('health is that of the newest live session, as the fleet counts it', () => {
  const old = aSession({
    sessionId: 'old',
    startedAt: after({ minutes: -60 }),
    lastActivityAt: after({ minutes: -60 }),
  });
  const fresh = aSession({
    sessionId: 'fresh',
    startedAt: after({ minutes: -1 }),
    lastActivityAt: after({ minutes: -1 }),
  });
  expect(standing({ live: [old] })).toMatchObject({
    health: 'stale',
    lastSeenAt: after({ minutes: -60 }),
    liveSessions: 1,
  });
  for (const live of [
    [old, fresh],
    [fresh, old],
  ]) {
    expect(standing({ live })).toMatchObject({
      health: 'healthy',
      lastSeenAt: after({ minutes: -1 }),
      liveSessions: 2,
    });
  }
});

test('health turns stale with the clock alone, a moment after the threshold', () => {
  const live = [aSession({ startedAt: START, lastActivityAt: START })];
  expect(standing({ live }, after({ minutes: 15 })).health).toBe('healthy');
  expect(standing({ live }, after({ minutes: 15, ms: 1 })).health).toBe('stale');
});

test('blocked sessions wait for somebody, also beside one that works', () => {
  const [one, other] = [aSession({ sessionId: 'b' }), aSession({ sessionId: 'c' })];
  const live = [aSession({ sessionId: 'a', state: 'blocked' }), one, other];
  expect(standing({ live })).toMatchObject({ needing: 1, liveSessions: 3, handoffRequired: false });
  expect(standing({ live: [...live, aSession({ sessionId: 'd', handoffRequired: true })] }).handoffRequired).toBe(true);
});

test('sessions of others and of the account do not count', () => {
  const live = [aSession({ programId: 'reviewer' }), aSession({ programId: null })];
  expect(standing({ live })).toMatchObject({ health: 'offline', liveSessions: 0 });
});

test('an offline program was last heard when its last session was: the fleet may not have counted its end yet', () => {
  const done = [anEndedSession({ lastActivityAt: after({ minutes: 5 }) })];
  expect(standing({ done }).lastSeenAt).toEqual(after({ minutes: 5 }));
  expect(standing({ done, rows: row({ lastSeenAt: START.toISOString() }) }).lastSeenAt).toEqual(after({ minutes: 5 }));
  expect(standing({ done, rows: row({ lastSeenAt: after({ hours: 1 }).toISOString() }) }).lastSeenAt).toEqual(
    after({ hours: 1 }),
  );
});

test('what waits is what the fleet counted', () => {
  expect(standing({ rows: row({ pendingTasks: 3, pendingMessages: 0 }) })).toMatchObject({
    pendingTasks: 3,
    pendingMessages: 0,
  });
});

test('a standing that has not changed stays the same object, and with all of them the map', () => {
  const known = { ...NOTHING, live: [aSession({ startedAt: START, lastActivityAt: START })] };
  const before = standingsOf(['builder', 'reviewer'], known, START);
  expect(standingsOf(['builder', 'reviewer'], known, after({ minutes: 1 }), before)).toBe(before);
  const later = standingsOf(['builder', 'reviewer'], known, after({ minutes: 16 }), before);
  expect(later.get('builder')?.health).toBe('stale');
  expect(later.get('reviewer')).toBe(before.get('reviewer'));
  expect(standingsOf(['builder'], known, START, before)).not.toBe(before);
});
