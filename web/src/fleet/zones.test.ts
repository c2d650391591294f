import { after, anAccount, anEndedSession, aSession, START } from '../../../test/support/builders.js';
import { zonesOf } from './zones.js';

const account = anAccount();
const ids = (sessions: readonly { sessionId: string }[]) => sessions.map(({ sessionId }) => sessionId);

test('every session is in the zone of what a person should do about it, in the order in which it came', () => {
  const live = [
    aSession({ sessionId: 'w1', lastActivityAt: START }),
    aSession({ sessionId: 'asks', state: 'blocked', lifecycle: 'needs_input' }),
    aSession({ sessionId: 'w2', lastActivityAt: START }),
    aSession({ sessionId: 'rests', activity: 'ready' }),
    aSession({ sessionId: 'kept', state: 'pinned' }),
  ];
  const zones = zonesOf(live, [anEndedSession({ sessionId: 'over' })], account, START);
  expect(Object.fromEntries(Object.entries(zones).map(([zone, sessions]) => [zone, ids(sessions)]))).toEqual({
    'needs you': ['asks'],
    stale: [],
    working: ['w1', 'w2'],
    idle: ['rests'],
    pinned: ['kept'],
    done: ['over'],
  });
});

test('silence alone moves a session, on time', () => {
  const live = [aSession({ sessionId: 'a', lastActivityAt: START, expectedIntervalSeconds: 60 })];
  const at = (seconds: number) => zonesOf(live, [], account, new Date(START.getTime() + seconds * 1000));
  expect(ids(at(90).working)).toEqual(['a']);
  expect(ids(at(91).stale)).toEqual(['a']);
});

test('while nothing changes the zones are the same object, and an unchanged zone is the same array', () => {
  const live = [aSession({ sessionId: 'a', lastActivityAt: START })];
  const first = zonesOf(live, [], account, START);
  expect(zonesOf(live, [], account, after({ minutes: 1 }), first)).toBe(first);
  const beaten = zonesOf([aSession({ sessionId: 'a', progress: 5, lastActivityAt: START })], [], account, START, first);
  expect(beaten).not.toBe(first);
  expect(beaten.done).toBe(first.done);
});
