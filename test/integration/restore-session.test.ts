import { documents } from '@quarterdeck/contract';
import { invariants } from '../support/invariants.js';
import { aWorld, refusal, type World } from '../support/world.js';

let world: World;
let builder: { apiKey: string };
let reviewer: { apiKey: string };

beforeAll(async () => {
  world = await aWorld();
  builder = await world.aKey('builder');
  reviewer = await world.aKey('reviewer');
});
afterAll(() => world.close());

const create = (input: object = {}, who = builder) =>
  world.call('createSession', { name: 'Auth refactor', ...input }, who);

const end = (sessionId: string, who = builder) =>
  world.call('updateSession', { sessionId, status: 'Over', progress: 60, state: 'complete', outcome: 'killed' }, who);
const restore = (sessionId: string, who?: { apiKey: string }) => world.call('restoreSession', { sessionId }, who);

test('restoring reopens an ended session with what was said of it before, and does so once', async () => {
  const { sessionId } = await create();
  await end(sessionId);
  world.clock.advance({ minutes: 5 });
  const { message, session } = await restore(sessionId, builder);
  expect(message).toBe('Session restored');
  expect(session).toMatchObject({ state: 'working', status: 'Over', progress: 60, outcome: null, endedAt: null });
  expect(session).toMatchObject({ stale: false, lastSeenAt: world.clock.now().toISOString() });
  expect(await world.stored(documents.endedSession(world.account, sessionId))).toBeUndefined();
  const before = await world.stored(documents.session(world.account, sessionId));
  world.clock.advance({ seconds: 1 });
  expect(await restore(sessionId, builder)).toMatchObject({
    message: 'Session already live',
    session: { state: 'working' },
  });
  expect(await world.stored(documents.session(world.account, sessionId))).toEqual(before);
});

test('restoring reopens what is archived, which no report does', async () => {
  const { sessionId } = await create();
  await end(sessionId);
  const ended = world.db.doc(documents.endedSession(world.account, sessionId));
  await ended.update({ archivedAt: world.clock.now() });
  expect(await refusal(create({ sessionId }))).toBe('failed-precondition SESSION_ARCHIVED');
  expect((await restore(sessionId, builder)).session).toMatchObject({ state: 'working', archivedAt: null });
});

test('restoring leaves a live session in the state it is in', async () => {
  const { sessionId } = await create({ state: 'pinned' });
  expect(await restore(sessionId, builder)).toMatchObject({
    message: 'Session already live',
    session: { state: 'pinned' },
  });
});

test('restoring is for the owner and admins, and only for what there is', async () => {
  const { sessionId } = await create();
  await end(sessionId);
  expect(await refusal(restore(sessionId, reviewer))).toBe('permission-denied NOT_OWNER');
  expect(await refusal(restore(sessionId, await world.aKey('builder', 'auditor')))).toBe(
    'permission-denied ROLE_NOT_ALLOWED',
  );
  expect(await refusal(restore('nobody', builder))).toBe('not-found SESSION_UNKNOWN');
  expect((await world.call('getSession', { sessionId })).session.outcome).toBe('killed');
  expect((await restore(sessionId)).message).toBe('Session restored');
});

test('restoring takes a slot, and is refused where none is free', async () => {
  const small = await aWorld({ sessionLimit: 1 });
  const key = await small.aKey('builder');
  await small.call('createSession', { name: 'x', sessionId: 'first' }, key);
  await small.call('updateSession', { sessionId: 'first', status: 'x', state: 'complete' }, key);
  await small.call('createSession', { name: 'x', sessionId: 'second' }, key);
  expect(await refusal(small.call('restoreSession', { sessionId: 'first' }, key))).toBe(
    'resource-exhausted SESSION_LIMIT',
  );
  expect((await small.call('getSession', { sessionId: 'first' })).session.state).toBe('complete');
  await small.call('updateSession', { sessionId: 'second', status: 'x', state: 'complete' }, key);
  await small.call('restoreSession', { sessionId: 'first' }, key);
  expect(await refusal(small.call('restoreSession', { sessionId: 'second' }, key))).toBe(
    'resource-exhausted SESSION_LIMIT',
  );
  expect(await invariants(small.db, small.account)).toEqual([]);
  await small.close();
});

test('restoring is three reads, two writes and a delete; of a live session one read, and of an unknown one two', async () => {
  const { sessionId } = await create();
  await end(sessionId);
  const cost = async (id: string) => {
    world.spy.since();
    await refusal(restore(id, builder));
    const { reads, writes, deletes } = world.spy.since();
    return [reads, writes, deletes];
  };
  expect(await cost(sessionId)).toEqual([3, 2, 1]);
  expect(await cost(sessionId)).toEqual([1, 0, 0]);
  expect(await cost('nobody')).toEqual([2, 0, 0]);
});
