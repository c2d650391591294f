import { collections, documents } from '@quarterdeck/contract';
import { invariants } from '../support/invariants.js';
import { rendezvous } from '../support/rendezvous.js';
import { anInstance, aWorld, caller, type Instance, refusal, TestClock, type World } from '../support/world.js';

/** R1: limits are exact, whatever the parallelism, over several instances of the functions. */

const ROUNDS = Number(process.env.QUARTERDECK_LIMIT_ROUNDS ?? 1);
const PARALLEL = 200;
const INSTANCES = 4;

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

test('of forty first starts in a new account exactly one succeeds where it may have one, also when it is visited already', async () => {
  const gate = rendezvous(INSTANCES);
  const clock = new TestClock();
  // A deployment may give new accounts a limit, and then they have no slots until the first start.
  const instances = Array.from({ length: INSTANCES }, () => anInstance({ clock, gate, defaultTier: 'free' }));
  const world = await aWorld({ clock });
  const { account } = world;
  await world.db.doc(documents.account(account)).update({ tier: 'free' });
  await world.call('createTask', { title: 'x', target: 'builder', ttlSeconds: 60 }, await world.aKey('builder'));
  const keys = await Promise.all(['a', 'b', 'c', 'd'].map((program) => world.aKey(program)));
  const outcomes = await Promise.all(
    Array.from({ length: 40 }, (_, i) => {
      const { app } = instances[i % INSTANCES] as Instance;
      return refusal(caller(app)('createSession', { name: 'x' }, keys[i % keys.length]));
    }),
  );
  expect(outcomes.filter((outcome) => outcome === 'accepted')).toHaveLength(1);
  expect(outcomes.filter((outcome) => outcome === 'resource-exhausted SESSION_LIMIT')).toHaveLength(39);
  expect(await invariants(world.db, account)).toEqual([]);
  await Promise.all([world, ...instances].map((instance) => instance.close()));
});

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
