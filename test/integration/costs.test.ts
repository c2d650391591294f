import type { InputOf, OperationName, Operations } from '@quarterdeck/contract';
import type { Credentials } from '../../functions/src/operations/identify-caller.js';
import { sweepAccount } from '../../functions/src/operations/sweep-account.js';
import type { Cost } from '../support/firestore-spy.js';
import { aWorld, type World } from '../support/world.js';

/** What the table of cost-table.test.ts can't say of an operation: what it costs in other circumstances, and what never grows. */
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

test('an update that repeats the state is one write and no read, once that is known', async () => {
  const update = { sessionId: 'warm', status: 'Tests', progress: 10, lastHeartbeat: true } as const;
  expect(await costOf('updateSession', { ...update, state: 'working' })).toEqual({ reads: 1, writes: 1, deletes: 0 });
  expect(await costOf('updateSession', { ...update, state: 'working' })).toEqual({ reads: 0, writes: 1, deletes: 0 });
  expect(await costOf('updateSession', { ...update, state: 'working' })).toEqual({ reads: 0, writes: 1, deletes: 0 });
});

test('without sessionId it costs the one read that finds the session', async () => {
  expect(await costOf('updateSession', { status: 'Tests' })).toEqual({ reads: 1, writes: 1, deletes: 0 });
});

test('creating with an id of one’s own looks for it first, among live and ended sessions; once it lives, it is an update', async () => {
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

test('an update of program state is one write, and one more with a summary', async () => {
  const programId = 'builder';
  await world.call('updateProgramState', { programId, contextSummary: { handoffNotes: 'x' } }, builder);
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

test('a further key of a program is its document, its principal and an event', async () => {
  const { admin } = world;
  // The look into what has been revoked, at most every 30 seconds, is not the operation's.
  await world.call('getAccount', {}, admin);
  const another = { programId: 'builder', label: 'another' };
  expect(await costOf('createKey', another, admin)).toEqual({ reads: 2, writes: 3, deletes: 0 });
});
