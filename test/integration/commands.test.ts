import { collections, documents, type SessionCommand } from '@quarterdeck/contract';
import { sweepAccount } from '../../functions/src/operations/sweep-account.js';
import { anInstance, aWorld, caller, refusal, type World } from '../support/world.js';

/** What somebody tells a session to do: who may, how it waits, and when it is gone. */

let w: World;
let builder: { apiKey: string };
let planner: { apiKey: string };
let auditor: { apiKey: string };

beforeEach(async () => {
  w = await aWorld({ tier: 'team' });
  builder = await w.aKey('builder');
  planner = await w.aKey('planner');
  auditor = await w.aKey('watcher', 'auditor');
  await w.call('createSession', { name: 'x', sessionId: 's' }, builder);
});
afterEach(() => w.close());

const command = (name: SessionCommand | null, who = w.admin, sessionId = 's') =>
  w.call('commandSession', { sessionId, command: name }, who);
const waiting = async (sessionId = 's') => (await w.call('getSession', { sessionId })).session.command;
const eventsOf = async () =>
  (await w.call('listEvents', { types: ['session.commanded'] })).events.map(({ actor, data }) => [actor, data.command]);

test('a command waits in the session for everybody to see, and is told once', async () => {
  const { message, session } = await command('drain', builder);
  expect(message).toBe('Session commanded');
  const waits = { name: 'drain', by: 'program/builder', at: w.clock.now().toISOString() };
  expect([session.command, await waiting()]).toEqual([waits, waits]);
  expect((await w.call('listSessions', {}, auditor)).sessions[0]?.command).toEqual(waits);
  const stored = await w.stored(documents.session(w.account, 's'));
  expect(stored?.command).toMatchObject({ name: 'drain', by: 'program/builder' });
  expect(await eventsOf()).toEqual([['program/builder', 'drain']]);
});

test('the same command again changes nothing, a new one replaces it, and null takes it back', async () => {
  await command('drain', builder);
  const first = await waiting();
  w.clock.advance({ minutes: 1 });
  expect([(await command('drain')).message, await waiting()]).toEqual(['Nothing changed', first]);
  expect((await command('stop')).session.command?.name).toBe('stop');
  w.clock.advance({ minutes: 1 });
  expect((await command(null, builder)).message).toBe('Command taken back');
  expect((await command(null)).message).toBe('Nothing changed');
  expect(await waiting()).toBeNull();
  expect((await eventsOf()).map(([, name]) => name)).toEqual([null, 'stop', 'drain']);
});

test('a program commands its own sessions, admins all, auditors none', async () => {
  await w.call('createSession', { name: 'of the account', sessionId: 'a' });
  expect(await refusal(command('stop', planner))).toBe('permission-denied NOT_OWNER');
  expect(await refusal(command('stop', builder))).toBe('accepted');
  expect(await refusal(command('stop', auditor))).toBe('permission-denied ROLE_NOT_ALLOWED');
  expect(await refusal(command('stop', planner, 'a'))).toBe('permission-denied NOT_OWNER');
  expect(await refusal(command('stop', w.admin, 'a'))).toBe('accepted');
  expect((await waiting('a'))?.name).toBe('stop');
});

test('nobody commands a session of another account, or one that is not there', async () => {
  const stranger = await aWorld();
  const theirs = stranger.call('commandSession', { sessionId: 's', command: 'stop' });
  expect(await refusal(theirs)).toBe('not-found SESSION_UNKNOWN');
  expect(await refusal(command('stop', w.admin, 'nobody'))).toBe('not-found SESSION_UNKNOWN');
  // Who asks for a session of somebody else's is not helped by one of their own.
  await expect(command('stop', w.admin, 'nobody')).rejects.toThrow('list_sessions shows those that there are.');
  await stranger.close();
});

test('a session that is over takes no command, also none back, and says how it ended', async () => {
  await w.call('killSession', { sessionId: 's' });
  for (const name of ['stop', null] as const)
    await expect(command(name)).rejects.toMatchObject({
      code: 'failed-precondition',
      reason: 'SESSION_ENDED',
      message: expect.stringMatching(/^sessionId: .*\(killed\).*Restore it/),
      details: { outcome: 'killed' },
    });
});

test.each<[how: string, end: () => Promise<unknown>]>([
  ['completes', () => w.call('updateSession', { sessionId: 's', status: 'x', state: 'complete' }, builder)],
  ['exits', () => w.call('heartbeat', { sessionId: 's', activity: 'exited' }, builder)],
  ['is killed', () => w.call('killSession', { sessionId: 's' })],
  ['dies', () => pass({ minutes: 66 })],
])('a session that %s leaves its command behind, and comes back without it', async (_how, end) => {
  await command('stop');
  await end();
  expect((await w.stored(documents.endedSession(w.account, 's')))?.command).toBeNull();
  expect((await w.call('restoreSession', { sessionId: 's' })).session.command).toBeNull();
});

test('a session that takes the slot of a stale one that was commanded starts without a command', async () => {
  const free = await aWorld({ tier: 'free' });
  const key = await free.aKey('builder');
  await free.call('createSession', { name: 'x', sessionId: 'old' }, key);
  await free.call('commandSession', { sessionId: 'old', command: 'stop' });
  free.clock.advance({ minutes: 16 });
  expect((await free.call('createSession', { name: 'x', sessionId: 'new' }, key)).session.command).toBeNull();
  expect((await free.stored(documents.endedSession(free.account, 'old')))?.command).toBeNull();
  await free.close();
});

test('reports and upserts leave the command alone, and it is no sign of life', async () => {
  const { session } = await command('drain');
  w.clock.advance({ minutes: 16 });
  expect((await command('stop')).session).toMatchObject({ lastSeenAt: session.lastSeenAt, stale: true });
  await w.call('heartbeat', { sessionId: 's' }, builder);
  await w.call('updateSession', { sessionId: 's', status: 'x', state: 'blocked' }, builder);
  await w.call('createSession', { name: 'y', sessionId: 's', state: 'working' }, builder);
  expect((await waiting())?.name).toBe('stop');
});

test('a document that was written before there were commands reads as one without', async () => {
  const path = documents.session(w.account, 's');
  const { command: _none, schemaVersion: _version, ...old } = (await w.stored(path)) ?? {};
  await w.db.doc(path).set(old);
  expect(await waiting()).toBeNull();
  const { inbox } = await w.call('heartbeat', { sessionId: 's', includeInbox: true }, builder);
  expect(inbox?.command).toBeNull();
  await command('stop');
  expect((await waiting())?.name).toBe('stop');
});

test('of many that command at once on two instances, the last one waits and each change is told', async () => {
  const instances = [anInstance({ clock: w.clock }), anInstance({ clock: w.clock })];
  const names = ['stop', 'drain', null] as const;
  await Promise.all(
    Array.from({ length: 6 }, (_, i) => {
      const { app } = instances[i % 2] as (typeof instances)[number];
      return caller(app)('commandSession', { sessionId: 's', command: names[i % 3] ?? null }, w.admin);
    }),
  );
  const events = (await w.db.collection(collections.events(w.account)).where('type', '==', 'session.commanded').get())
    .docs;
  // Each begins where another ended: together they are one chain from null to what waits.
  const balance = new Map<unknown, number>();
  const add = (name: unknown, by: number) => balance.set(name, (balance.get(name) ?? 0) + by);
  for (const event of events) {
    add(event.data().data.from, 1);
    add(event.data().data.command, -1);
  }
  add(null, -1);
  add((await waiting())?.name ?? null, 1);
  expect([...balance.values()].every((sum) => sum === 0)).toBe(true);
  await Promise.all(instances.map((instance) => instance.close()));
});

describe('a session that drains', () => {
  const task = async () => (await w.call('createTask', { title: 'x', target: 'builder' }, planner)).taskId;

  test('claims nothing new and keeps what it holds, until the command is taken back', async () => {
    const [held, next] = [await task(), await task()];
    await w.call('claimTask', { taskId: held }, builder);
    await command('drain', builder);
    await expect(w.call('claimTask', { taskId: next }, builder)).rejects.toMatchObject({
      code: 'failed-precondition',
      reason: 'SESSION_DRAINING',
      message: expect.stringMatching(/^sessionId: session "s" was told to drain by program\/builder/),
    });
    expect((await w.call('getTask', { taskId: next })).task.status).toBe('pending');
    const again = await w.call('claimTask', { taskId: held }, builder);
    expect(again).toMatchObject({ message: 'Task is claimed by this program already', task: { sessionId: 's' } });
    await w.call('completeTask', { taskId: held, outcome: 'SUCCESS' }, builder);
    await command(null, builder);
    expect(await refusal(w.call('claimTask', { taskId: next }, builder))).toBe('accepted');
  });

  test('is refused by name and for an admin as well, while another session of its program claims', async () => {
    await command('stop');
    w.clock.advance({ seconds: 1 });
    await w.call('createSession', { name: 'y', sessionId: 't' }, builder);
    const taskId = await task();
    const draining = 'failed-precondition SESSION_DRAINING';
    expect(await refusal(w.call('claimTask', { taskId, sessionId: 's' }, builder))).toBe(draining);
    expect(await refusal(w.call('claimTask', { taskId, programId: 'builder', sessionId: 's' }))).toBe(draining);
    expect((await w.call('claimTask', { taskId }, builder)).task.sessionId).toBe('t');
  });

  test('does not take over what a session of its program that is gone had begun', async () => {
    const taskId = await task();
    await w.call('claimTask', { taskId }, builder);
    await w.call('killSession', { sessionId: 's' });
    await w.call('createSession', { name: 'y', sessionId: 't' }, builder);
    await command('drain', w.admin, 't');
    expect(await refusal(w.call('claimTask', { taskId }, builder))).toBe('failed-precondition SESSION_DRAINING');
    await command(null, w.admin, 't');
    expect((await w.call('claimTask', { taskId }, builder)).task.sessionId).toBe('t');
  });
});

/** Lets time pass as the sweep sees it: it comes often enough to count no outage. */
async function pass({ minutes }: { minutes: number }): Promise<void> {
  for (let passed = 0; passed < minutes; passed += 5) {
    w.clock.advance({ minutes: 5 });
    await sweepAccount(w.account, w.app.ports);
  }
}
