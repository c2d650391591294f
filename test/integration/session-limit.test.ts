import { setTimeout } from 'node:timers/promises';
import { collections, documents } from '@quarterdeck/contract';
import type { Rpc } from '../support/firestore-spy.js';
import { anInstance, aWorld, caller, type Instance, refusal, type World } from '../support/world.js';

/** R1: limits are exact, whatever the parallelism, over several instances of the functions. */

const ROUNDS = Number(process.env.QUARTERDECK_LIMIT_ROUNDS ?? 2);
const PARALLEL = 200;
const INSTANCES = 4;

/**
 * Makes writes of several instances meet: each waits until one of every instance is about to be sent, so all of them were decided on the same
 * reading. On one machine a write follows its read at once, and rivals would hardly ever meet between the two.
 */
function rendezvous(size: number): (rpc: Rpc) => Promise<void> {
  let meeting: { arrived: number; met: Promise<void>; meet: () => void } | undefined;
  return async ({ method }) => {
    if (method !== 'commit') return;
    if (meeting === undefined) {
      let meet: () => void = () => undefined;
      const met = new Promise<void>((resolve) => {
        meet = resolve;
      });
      meeting = { arrived: 0, met, meet };
      // Whoever has no rival left goes alone.
      void setTimeout(25).then(meet);
    }
    const mine = meeting;
    if (++mine.arrived === size) mine.meet();
    void mine.met.then(() => {
      if (meeting === mine) meeting = undefined;
    });
    await mine.met;
  };
}

async function countLive(world: World): Promise<number> {
  return (await world.db.collection(collections.sessions(world.account)).count().get()).data().count;
}

test.each([1, 5, 16])(
  '200 parallel starts at a limit of %i on four instances: exactly that many succeed',
  async (limit) => {
    const world = await aWorld({ sessionLimit: limit });
    const keys = await Promise.all(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((program) => world.aKey(program)));
    const gate = rendezvous(INSTANCES);
    const instances = Array.from({ length: INSTANCES }, () => anInstance({ clock: world.clock, gate }));
    for (let round = 0; round < ROUNDS; round++) {
      const outcomes = await Promise.all(
        Array.from({ length: PARALLEL }, (_, i) => {
          const { app } = instances[i % INSTANCES] as Instance;
          const named = i % 2 === 0 ? { sessionId: `r${round}-${i}` } : {};
          return refusal(caller(app)('createSession', { name: 'x', ...named }, keys[i % keys.length]));
        }),
      );
      expect(outcomes.filter((outcome) => outcome === 'accepted')).toHaveLength(limit);
      expect(new Set(outcomes.filter((outcome) => outcome !== 'accepted'))).toEqual(
        new Set(['resource-exhausted SESSION_LIMIT']),
      );
      expect(await countLive(world)).toBe(limit);
      const { sessions: slots } = (await world.stored(documents.slots(world.account))) as { sessions: object };
      const live = (await world.db.collection(collections.sessions(world.account)).get()).docs.map((doc) => doc.id);
      expect(Object.keys(slots).sort()).toEqual(live.sort());
      await Promise.all(
        live.map((sessionId) => world.call('updateSession', { sessionId, status: 'x', state: 'complete' })),
      );
      expect(await countLive(world)).toBe(0);
    }
    await Promise.all([world, ...instances].map((instance) => instance.close()));
  },
);

describe('at the limit', () => {
  let world: World;
  let builder: { apiKey: string };
  let reviewer: { apiKey: string };

  beforeEach(async () => {
    world = await aWorld({ tier: 'free' });
    builder = await world.aKey('builder');
    reviewer = await world.aKey('reviewer');
    await world.call('createSession', { name: 'First', sessionId: 'first' }, builder);
  });
  afterEach(() => world.close());

  test('the refusal names the limit, the tier, who holds the slots and since when each was last heard', async () => {
    const error = await world.call('createSession', { name: 'x' }, reviewer).catch((e: unknown) => e);
    expect(error).toMatchObject({
      code: 'resource-exhausted',
      details: {
        limit: 1,
        active: 1,
        tier: 'free',
        holders: [{ sessionId: 'first', programId: 'builder', name: 'First' }],
      },
    });
  });

  test('an upsert of a live session takes no new slot', async () => {
    expect((await world.call('createSession', { name: 'Again', sessionId: 'first' }, builder)).message).toBe(
      'Session updated',
    );
  });

  test('a crashed agent can start again: its stale session gives way', async () => {
    expect(await refusal(world.call('createSession', { name: 'x' }, builder))).toBe('resource-exhausted SESSION_LIMIT');
    world.clock.advance({ minutes: 16 });
    expect(await refusal(world.call('createSession', { name: 'x' }, reviewer))).toBe(
      'resource-exhausted SESSION_LIMIT',
    );
    await world.call('createSession', { name: 'Again', sessionId: 'second' }, builder);
    expect((await world.call('getSession', { sessionId: 'first' })).session.outcome).toBe('superseded');
    expect(await countLive(world)).toBe(1);
  });

  test('a pinned session never gives way', async () => {
    await world.call('updateSession', { sessionId: 'first', status: 'x', state: 'pinned' }, builder);
    world.clock.advance({ days: 2 });
    expect(await refusal(world.call('createSession', { name: 'x' }, builder))).toBe('resource-exhausted SESSION_LIMIT');
  });

  test('resuming takes a slot again', async () => {
    await world.call('updateSession', { sessionId: 'first', status: 'x', state: 'complete' }, builder);
    await world.call('createSession', { name: 'x', sessionId: 'other' }, reviewer);
    const resume = world.call('updateSession', { sessionId: 'first', status: 'x', state: 'working' }, builder);
    expect(await refusal(resume)).toBe('resource-exhausted SESSION_LIMIT');
  });

  test('a tier that comes later counts the sessions that live already; one that goes takes its count along', async () => {
    await world.call('updateAccount', { tier: 'unlimited' });
    expect(await world.stored(documents.slots(world.account))).toBeUndefined();
    await world.call('createSession', { name: 'x', sessionId: 'second' }, reviewer);
    await world.call('updateAccount', { tier: 'free' });
    const { sessions } = (await world.stored(documents.slots(world.account))) as { sessions: object };
    expect(Object.keys(sessions).sort()).toEqual(['first', 'second']);
    await world.call('updateSession', { sessionId: 'first', status: 'x', state: 'complete' }, builder);
    expect(await refusal(world.call('createSession', { name: 'x' }, builder))).toBe('resource-exhausted SESSION_LIMIT');
  });
});
