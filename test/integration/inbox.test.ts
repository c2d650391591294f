import { sweepAccount } from '../../functions/src/operations/sweep-account.js';
import { anInstance, aWorld, caller, type World } from '../support/world.js';

/** What a report answers of what waits for the agent: as exact as if it had been asked for, and what that costs. */

let w: World;
let builder: { apiKey: string };

beforeEach(async () => {
  w = await aWorld({ tier: 'team' });
  builder = await w.aKey('builder');
  await w.call('createSession', { name: 'x', sessionId: 's' }, builder);
});
afterEach(() => w.close());

const beat = async () => (await w.call('heartbeat', { sessionId: 's', includeInbox: true }, builder)).inbox;
const update = async (fields: object = {}) =>
  (await w.call('updateSession', { sessionId: 's', status: 'x', includeInbox: true, ...fields }, builder)).inbox;
const EMPTY = { pendingMessages: 0, pendingTasks: 0, command: null };

async function fill(): Promise<{ messageId: string; taskId: string }> {
  const { messageId } = await w.call('sendMessage', { target: 'builder', message: 'Hello' });
  const { taskId } = await w.call('createTask', { title: 'x', target: 'builder' });
  return { messageId, taskId };
}

test('only who asks for the inbox gets it', async () => {
  await fill();
  expect(await w.call('heartbeat', { sessionId: 's' }, builder)).not.toHaveProperty('inbox');
  expect(await w.call('updateSession', { sessionId: 's', status: 'x' }, builder)).not.toHaveProperty('inbox');
  expect([await beat(), await update()]).toEqual(
    Array.from({ length: 2 }, () => ({ ...EMPTY, pendingMessages: 1, pendingTasks: 1 })),
  );
});

test('its counts are those of the inbox, the fleet and the handoff, whatever became of tasks and messages', async () => {
  await w.call('createProgram', { programId: 'reviewer', groups: ['makers'] });
  await w.call('updateProgram', { programId: 'builder', groups: ['makers'] });
  const { messageId, taskId } = await fill();
  await fill();
  await w.call('createTask', { title: 'for both', target: 'group:makers' });
  await w.call('createTask', { title: 'short', target: 'builder', ttlSeconds: 60 });
  await w.call('createTask', { title: 'not for it', target: 'reviewer' });
  await w.call('sendMessage', { target: 'builder', message: 'short', ttlSeconds: 60 });
  await w.call('sendMessage', { target: 'reviewer', message: 'not for it' });
  const counted = async () => {
    const { pendingMessages, pendingTasks } = (await beat()) ?? EMPTY;
    const { programs } = await w.call('getFleetHealth', { maxAgeSeconds: 0 });
    const row = programs.find(({ programId }) => programId === 'builder');
    const boot = await w.call('boot', {}, builder);
    const { pendingMessages: unread } = await w.call('getMessages', { limit: 1 }, builder);
    expect([row?.pendingMessages, boot.pendingMessages, unread]).toEqual([
      pendingMessages,
      pendingMessages,
      pendingMessages,
    ]);
    expect([row?.pendingTasks, boot.pendingTasks]).toEqual([pendingTasks, pendingTasks]);
    return [pendingMessages, pendingTasks];
  };
  expect(await counted()).toEqual([3, 4]);
  // At this very moment two of them expire; the sweep has yet to say so.
  w.clock.advance({ minutes: 1 });
  expect(await counted()).toEqual([2, 3]);
  await sweepAccount(w.account, w.app.ports);
  expect(await counted()).toEqual([2, 3]);
  await w.call('claimTask', { taskId }, builder);
  await w.call('getMessages', { limit: 1, markAsRead: true }, builder);
  w.clock.advance({ seconds: 1 });
  expect(await counted()).toEqual([1, 2]);
  await w.call('unclaimTask', { taskId }, builder);
  w.clock.advance({ seconds: 1 });
  expect(await counted()).toEqual([1, 3]);
  expect(messageId).toEqual(expect.any(String));
});

test('a command is there with the next report, wherever it was given, until it is taken back', async () => {
  const elsewhere = anInstance({ clock: w.clock });
  const command = (name: 'stop' | 'drain' | null) =>
    caller(elsewhere.app)('commandSession', { sessionId: 's', command: name }, w.admin);
  expect((await beat())?.command).toBeNull();
  for (const name of ['drain', 'stop', null, 'drain'] as const) {
    await command(name);
    w.clock.advance({ minutes: 1 });
    expect((await beat())?.command).toBe(name);
    // Now this instance knows, and goes on knowing.
    expect((await update())?.command).toBe(name);
    await command(name === null ? 'stop' : null);
    expect((await update({ state: 'working' }))?.command).toBe(name === null ? 'stop' : null);
  }
  await elsewhere.close();
});

test('a beat that is absorbed tells what waits as well', async () => {
  const elsewhere = anInstance({ clock: w.clock });
  await beat();
  await fill();
  await caller(elsewhere.app)('commandSession', { sessionId: 's', command: 'stop' }, w.admin);
  await elsewhere.close();
  const { coalesced, inbox } = await w.call('heartbeat', { sessionId: 's', includeInbox: true }, builder);
  expect({ coalesced, inbox }).toEqual({
    coalesced: true,
    inbox: { pendingMessages: 1, pendingTasks: 1, command: 'stop' },
  });
});

test('a report that ends, or repeats an end, has no command; one that resumes starts without one', async () => {
  await fill();
  const counts = { pendingMessages: 1, pendingTasks: 1, command: null };
  await w.call('commandSession', { sessionId: 's', command: 'stop' });
  expect((await update({ state: 'blocked' }))?.command).toBe('stop');
  expect(await update({ state: 'complete' })).toEqual(counts);
  expect(await update({ state: 'complete' })).toEqual(counts);
  expect(await update({ state: 'working' })).toEqual(counts);
});

test('a session of the account has no messages and no tasks, and is commanded all the same', async () => {
  await fill();
  await w.call('createSession', { name: 'of the account', sessionId: 'a' });
  await w.call('commandSession', { sessionId: 'a', command: 'drain' });
  const { inbox } = await w.call('heartbeat', { sessionId: 'a', includeInbox: true });
  expect(inbox).toEqual({ ...EMPTY, command: 'drain' });
});

describe('what it costs', () => {
  async function costOf(call: () => Promise<unknown>) {
    w.spy.since();
    await call();
    const { reads, writes, deletes, counts } = w.spy.since();
    return { reads, writes, deletes, counts };
  }
  const plain = () => w.call('heartbeat', { sessionId: 's' }, builder);
  /** A clock that moved by 30 seconds asks once for what has been revoked, which is not the beat's. */
  async function aMinuteLater(): Promise<void> {
    w.clock.advance({ minutes: 1 });
    await w.call('getAccount', {}, builder);
  }

  test('a beat that does not ask is one write and no read, whether or not the one before it asked', async () => {
    for (const before of [plain, beat]) {
      await before();
      await aMinuteLater();
      expect(await costOf(plain)).toEqual({ reads: 0, writes: 1, deletes: 0, counts: 0 });
    }
  });

  test('one that asks is one write and two counts, and one read when somebody else wrote the session since', async () => {
    await beat();
    await aMinuteLater();
    const warm = { reads: 0, writes: 1, deletes: 0, counts: 2 };
    expect(await costOf(beat)).toEqual(warm);
    expect(await costOf(update)).toEqual(warm);
    await w.call('commandSession', { sessionId: 's', command: 'drain' });
    await aMinuteLater();
    expect(await costOf(beat)).toEqual({ ...warm, reads: 1 });
    expect(await costOf(update)).toEqual(warm);
  });

  test('one that another instance overtook writes twice at most, and still tells the command', async () => {
    const elsewhere = anInstance({ clock: w.clock });
    await beat();
    await aMinuteLater();
    await caller(elsewhere.app)('commandSession', { sessionId: 's', command: 'stop' }, w.admin);
    // The first write is on condition that nobody else wrote, and refused.
    expect(await costOf(beat)).toEqual({ reads: 1, writes: 2, deletes: 0, counts: 2 });
    await elsewhere.close();
  });

  test('one that is absorbed is a read and two counts', async () => {
    await aMinuteLater();
    await plain();
    expect(await costOf(beat)).toEqual({ reads: 1, writes: 0, deletes: 0, counts: 2 });
  });

  test('a cold instance reads the session once, and knows the command by it', async () => {
    const cold = anInstance({ clock: w.clock });
    const call = caller(cold.app);
    await call('getAccount', {}, builder);
    await w.call('commandSession', { sessionId: 's', command: 'stop' });
    cold.spy.since();
    const { inbox } = await call('heartbeat', { sessionId: 's', includeInbox: true }, builder);
    expect(inbox?.command).toBe('stop');
    expect(cold.spy.since()).toMatchObject({ reads: 1, writes: 1, counts: 2 });
    await cold.close();
  });

  test('a session of the account is counted nothing', async () => {
    await w.call('createSession', { name: 'of the account', sessionId: 'a' });
    const ask = () => w.call('heartbeat', { sessionId: 'a', includeInbox: true });
    await ask();
    await aMinuteLater();
    await w.call('getAccount', {});
    expect(await costOf(ask)).toEqual({ reads: 0, writes: 1, deletes: 0, counts: 0 });
  });

  test('a command is one read and two writes, the event included, and no write when it waits already', async () => {
    const command = () => w.call('commandSession', { sessionId: 's', command: 'stop' });
    await w.call('getAccount', {});
    expect(await costOf(command)).toEqual({ reads: 1, writes: 2, deletes: 0, counts: 0 });
    expect(await costOf(command)).toEqual({ reads: 1, writes: 0, deletes: 0, counts: 0 });
  });

  test('a claim that is refused because the session drains is the two reads of any claim', async () => {
    const { taskId } = await fill();
    await w.call('commandSession', { sessionId: 's', command: 'drain' });
    const claim = () => w.call('claimTask', { taskId }, builder).catch(() => undefined);
    expect(await costOf(claim)).toEqual({ reads: 2, writes: 0, deletes: 0, counts: 0 });
  });
});
