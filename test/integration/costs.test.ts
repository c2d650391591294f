import type { InputOf, OperationName, Operations } from '@quarterdeck/contract';
import type { Credentials } from '../../functions/src/operations/identify-caller.js';
import { sweepAccount } from '../../functions/src/operations/sweep-account.js';
import type { Cost } from '../support/firestore-spy.js';
import { aWorld, type World } from '../support/world.js';

/** What each operation reads and writes on a warm instance, exactly. Deletes are billed apart, at a tenth of a write. */
let world: World;
let builder: { apiKey: string };

beforeAll(async () => {
  world = await aWorld({ tier: 'team' });
  builder = await world.aKey('builder');
  await world.call('createSession', { name: 'warm', sessionId: 'warm' }, builder);
  await world.call('heartbeat', { sessionId: 'warm' }, builder);
});
afterAll(() => world.close());

async function costOf<N extends OperationName>(
  name: N,
  input: InputOf<Operations[N]>,
  who: Credentials = builder,
): Promise<Pick<Cost, 'reads' | 'writes' | 'deletes'>> {
  world.spy.since();
  await world.call(name, input, who);
  const { reads, writes, deletes } = world.spy.since();
  return { reads, writes, deletes };
}

test('a beat is one write and no read; one that changes nothing is neither', async () => {
  world.clock.advance({ seconds: 31 });
  // A clock that moved by 30 seconds asks once for what has been revoked; the beat after it does not.
  await world.call('getAccount', {}, builder);
  expect(await costOf('heartbeat', { sessionId: 'warm' })).toEqual({ reads: 0, writes: 1, deletes: 0 });
  expect(await costOf('heartbeat', { sessionId: 'warm' })).toEqual({ reads: 0, writes: 0, deletes: 0 });
});

test('an update without a change of state is one write and no read, also when it repeats the state, once that is known', async () => {
  const update = { sessionId: 'warm', status: 'Tests', progress: 10, lastHeartbeat: true } as const;
  expect(await costOf('updateSession', update)).toEqual({ reads: 0, writes: 1, deletes: 0 });
  expect(await costOf('updateSession', { ...update, state: 'working' })).toEqual({ reads: 1, writes: 1, deletes: 0 });
  expect(await costOf('updateSession', { ...update, state: 'working' })).toEqual({ reads: 0, writes: 1, deletes: 0 });
  expect(await costOf('updateSession', { ...update, state: 'working' })).toEqual({ reads: 0, writes: 1, deletes: 0 });
});

test('without sessionId it costs the one read that finds the session', async () => {
  expect(await costOf('updateSession', { status: 'Tests' })).toEqual({ reads: 1, writes: 1, deletes: 0 });
});

test('a change of state is at most two reads and three writes, the event included', async () => {
  const update = { sessionId: 'warm', status: 'x' } as const;
  expect(await costOf('updateSession', { ...update, state: 'blocked' })).toEqual({ reads: 1, writes: 2, deletes: 0 });
  expect(await costOf('updateSession', { ...update, state: 'complete' })).toEqual({ reads: 2, writes: 3, deletes: 1 });
});

test('creating takes at most three reads, one count and four writes, the event included', async () => {
  expect(await costOf('createSession', { name: 'x' })).toEqual({ reads: 2, writes: 3, deletes: 0 });
  expect(await costOf('createSession', { name: 'x', sessionId: 'own' })).toEqual({ reads: 4, writes: 3, deletes: 0 });
  expect(await costOf('createSession', { name: 'x', sessionId: 'own' })).toEqual({ reads: 1, writes: 1, deletes: 0 });
});

test('the first session of an idle account also says when it is visited', async () => {
  const idle = await aWorld();
  const key = await idle.aKey('builder');
  await idle.call('getAccount', {}, key);
  idle.spy.since();
  await idle.call('createSession', { name: 'x' }, key);
  expect(idle.spy.since()).toMatchObject({ reads: 2, writes: 3 });
  await idle.close();
});

test('a page of ten is at most eleven reads and no write', async () => {
  const many = await aWorld();
  const key = await many.aKey('builder');
  for (let i = 0; i < 14; i++) await many.call('createSession', { name: 'x', sessionId: `s${i}` }, key);
  for (let i = 0; i < 6; i++)
    await many.call('updateSession', { sessionId: `s${i}`, status: 'x', state: 'complete' }, key);
  many.spy.since();
  await many.call('listSessions', { limit: 10 }, key);
  expect(many.spy.since()).toMatchObject({ reads: 11, writes: 0 });
  await many.close();
});

test.each([10, 1000])('fleet health of %i sessions is one read', async (count) => {
  const fleet = await aWorld();
  const key = await fleet.aKey('builder');
  const { db } = fleet;
  await fleet.call('createSession', { name: 'x', sessionId: 's0' }, key);
  const one = await fleet.stored(`accounts/${fleet.account}/sessions/s0`);
  const writer = db.bulkWriter();
  for (let i = 1; i < count; i++) {
    void writer.set(db.doc(`accounts/${fleet.account}/sessions/s${i}`), {
      ...one,
      sessionId: `s${i}`,
      programId: `p${i}`,
    });
  }
  await writer.close();
  await sweepAccount(fleet.account, fleet.app.ports);
  fleet.spy.since();
  const { programs } = await fleet.call('getFleetHealth', {});
  expect(fleet.spy.since()).toMatchObject({ reads: 1, writes: 0 });
  expect(programs).toHaveLength(count);
  await fleet.close();
});

test('program state is one read; its update one read and one write, and one more with a summary', async () => {
  const programId = 'builder';
  await world.call('updateProgramState', { programId, contextSummary: { handoffNotes: 'x' } }, builder);
  expect(await costOf('getProgramState', { programId })).toEqual({ reads: 1, writes: 0, deletes: 0 });
  expect(await costOf('updateProgramState', { programId, baselines: { sessionsCompleted: 1 } })).toEqual({
    reads: 1,
    writes: 1,
    deletes: 0,
  });
  expect(await costOf('updateProgramState', { programId, contextSummary: { handoffNotes: 'y' } })).toEqual({
    reads: 1,
    writes: 2,
    deletes: 0,
  });
});

test('no promise is left unsettled when an answer goes out', async () => {
  world.spy.since();
  await world.call('createSession', { name: 'x' }, builder);
  const answered = world.spy.rpcs.length;
  await new Promise((resolve) => setImmediate(resolve));
  expect(world.spy.rpcs).toHaveLength(answered);
});

test('a key is its document, its principal and an event; a program comes with its first', async () => {
  const { admin } = world;
  // The look into what has been revoked, at most every 30 seconds, is not the operation's.
  await world.call('getAccount', {}, admin);
  const another = { programId: 'builder', label: 'another' };
  expect(await costOf('createKey', another, admin)).toEqual({ reads: 2, writes: 3, deletes: 0 });
  const first = { programId: 'newcomer', label: 'first' };
  expect(await costOf('createKey', first, admin)).toEqual({ reads: 2, writes: 6, deletes: 0 });
  const made = { programId: 'made' };
  expect(await costOf('createProgram', made, admin)).toEqual({ reads: 1, writes: 3, deletes: 0 });
  // Its keys are listed, and none is there; it never had a window.
  expect(await costOf('retireProgram', made, admin)).toEqual({ reads: 3, writes: 3, deletes: 0 });
});

test('1,000 agents that beat once a minute for 30 days cost at most $40 of Firestore', async () => {
  // us-central1, per 100,000: firebase.google.com/docs/firestore/pricing, read 2026-11.
  const price = { reads: 0.03, writes: 0.09, deletes: 0.01 };
  const agents = 1000;
  const minutes = 30 * 24 * 60;
  const beat = await costOfBeatAfterAMinute();
  const visit = await costOfVisit(agents);
  const visits = minutes / 15;
  // One read of the invalidations per instance and half a minute; two instances carry 1,000 agents. A session is read again every six hours.
  const upkeep = { reads: 2 * 2 * minutes + agents * 30 * 4, writes: agents * 30 };
  const reads = beat.reads * agents * minutes + visit.reads * visits + upkeep.reads;
  const writes = beat.writes * agents * minutes + visit.writes * visits + upkeep.writes;
  const dollars = (reads * price.reads + writes * price.writes) / 100_000;
  expect(dollars).toBeLessThanOrEqual(40);
  expect(dollars).toBeGreaterThan(30);
});

async function costOfBeatAfterAMinute(): Promise<Pick<Cost, 'reads' | 'writes'>> {
  await world.call('createSession', { name: 'beats', sessionId: 'beats' }, builder);
  await world.call('heartbeat', { sessionId: 'beats' }, builder);
  world.clock.advance({ minutes: 1 });
  await world.call('getAccount', {}, builder);
  return costOf('heartbeat', { sessionId: 'beats' });
}

/** A visit in which nothing is due, extrapolated from 50 sessions: its reads are the sessions and a constant. */
async function costOfVisit(sessions: number): Promise<Pick<Cost, 'reads' | 'writes'>> {
  const small = await aWorld();
  const key = await small.aKey('builder');
  for (let i = 0; i < 50; i++) await small.call('createSession', { name: 'x' }, key);
  await sweepAccount(small.account, small.app.ports);
  small.clock.advance({ minutes: 5 });
  small.spy.since();
  await sweepAccount(small.account, small.app.ports);
  const { reads, writes } = small.spy.since();
  await small.close();
  // The account, the fleet; and asking for what is not there costs a read each: no session that ended, no open task, no unread message.
  expect(reads).toBe(50 + 5);
  expect(writes).toBe(3);
  return { reads: reads - 50 + sessions, writes };
}
