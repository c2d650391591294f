import type { LiveSession } from '@quarterdeck/contract';
import { anAccount, aSession, START } from '../../../test/support/builders.js';
import { zonesOf } from '../fleet/zones.js';
import { arrivalsOf } from './arrivals.js';

const zones = (...live: LiveSession[]) => zonesOf(live, [], anAccount(), START);
const blocked = (sessionId: string) =>
  aSession({
    sessionId,
    name: 'Build',
    programId: 'builder',
    state: 'blocked',
    lifecycle: 'needs_input',
    status: 'Which branch?',
  });
const working = (sessionId: string) => aSession({ sessionId });

test('what was so when the page opened is no news', () => {
  expect(arrivalsOf(zones(blocked('a')), undefined).arrived).toEqual([]);
});

test('a session that comes to need a person is told of once, with what it asks', () => {
  const first = arrivalsOf(zones(working('a')), undefined);
  const second = arrivalsOf(zones(blocked('a')), first.next);
  expect(second.arrived).toEqual([{ sessionId: 'a', title: 'builder needs you', body: 'Build: Which branch?' }]);
  expect(arrivalsOf(zones(blocked('a')), second.next).arrived).toEqual([]);
});

test('one that was helped and asks again is told of again', () => {
  const asked = arrivalsOf(zones(blocked('a')), undefined);
  const helped = arrivalsOf(zones(working('a')), asked.next);
  expect(arrivalsOf(zones(blocked('a')), helped.next).arrived).toHaveLength(1);
});

test('one that falls silent is told of', () => {
  const before = arrivalsOf(zones(working('a')), undefined);
  const silent = zonesOf([working('a')], [], anAccount(), new Date(START.getTime() + 3_600_000));
  expect(arrivalsOf(silent, before.next).arrived).toMatchObject([
    { sessionId: 'a', title: expect.stringContaining('has gone silent') },
  ]);
});
