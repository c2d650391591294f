import { documents } from '@quarterdeck/contract';
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

test('a session is created, beats, completes, resumes and completes again', async () => {
  const { sessionId, message, session } = await create();
  expect(message).toBe('Session created');
  expect(session).toMatchObject({ programId: 'builder', state: 'working', lastHeartbeat: null, stale: false });

  world.clock.advance({ seconds: 5 });
  const beat = await world.call(
    'updateSession',
    { sessionId, status: 'Tests', progress: 40, lastHeartbeat: true },
    builder,
  );
  expect(beat).toMatchObject({ message: 'Session updated', heartbeatAt: world.clock.now().toISOString() });
  expect(beat.nextHeartbeatBy).toBe(new Date(world.clock.now().getTime() + 15 * 60_000).toISOString());

  expect((await world.call('updateSession', { sessionId, status: 'Done', state: 'complete' }, builder)).message).toBe(
    'Session completed',
  );
  const ended = await world.call('getSession', { sessionId }, reviewer);
  expect(ended.session).toMatchObject({ state: 'complete', outcome: 'completed', progress: 100, status: 'Done' });
  expect(await world.stored(documents.session(world.account, sessionId))).toBeUndefined();

  expect((await world.call('updateSession', { sessionId, status: 'Done', state: 'complete' }, builder)).message).toBe(
    'Session already complete',
  );
  expect((await world.call('updateSession', { sessionId, status: 'More', state: 'working' }, builder)).message).toBe(
    'Session resumed',
  );
  expect(await world.stored(documents.endedSession(world.account, sessionId))).toBeUndefined();
  expect((await world.call('getSession', { sessionId })).session).toMatchObject({
    state: 'working',
    status: 'More',
    outcome: null,
  });
});

test('omitted fields stay as they are, in an update, a beat and an upsert', async () => {
  const { sessionId } = await create({ status: 'Start', progress: 10, projectName: 'api', state: 'blocked' });
  await world.call('heartbeat', { sessionId, contextBytes: 5 }, builder);
  await world.call('updateSession', { sessionId, status: 'Next' }, builder);
  const { message } = await create({ sessionId, name: 'Renamed' });
  expect(message).toBe('Session updated');
  expect((await world.call('getSession', { sessionId })).session).toMatchObject({
    name: 'Renamed',
    status: 'Next',
    progress: 10,
    projectName: 'api',
    state: 'blocked',
    contextBytes: 5,
  });
});

test('a late beat or status never revives an ended session, and changes nothing', async () => {
  const { sessionId } = await create();
  await world.call('updateSession', { sessionId, status: 'Done', state: 'complete' }, builder);
  const before = await world.stored(documents.endedSession(world.account, sessionId));
  expect(await refusal(world.call('heartbeat', { sessionId }, builder))).toBe('failed-precondition SESSION_ENDED');
  expect(await refusal(world.call('updateSession', { sessionId, status: 'Late', lastHeartbeat: true }, builder))).toBe(
    'failed-precondition SESSION_ENDED',
  );
  expect(await world.stored(documents.endedSession(world.account, sessionId))).toEqual(before);
  expect(await world.stored(documents.session(world.account, sessionId))).toBeUndefined();
});

test('an unknown id is not found, and no ghost document appears', async () => {
  expect(await refusal(world.call('updateSession', { sessionId: 'nobody', status: 'x' }, builder))).toBe(
    'not-found SESSION_UNKNOWN',
  );
  expect(await refusal(world.call('heartbeat', { sessionId: 'nobody' }, builder))).toBe('not-found SESSION_UNKNOWN');
  expect(await world.stored(documents.session(world.account, 'nobody'))).toBeUndefined();
});

test('only the owner program and admins change a session; a program cannot start one of another', async () => {
  const { sessionId } = await create();
  expect(await refusal(world.call('updateSession', { sessionId, status: 'x' }, reviewer))).toBe(
    'permission-denied NOT_OWNER',
  );
  expect(await refusal(create({ sessionId }, reviewer))).toBe('permission-denied NOT_OWNER');
  expect(await refusal(create({ programId: 'builder' }, reviewer))).toBe('permission-denied NOT_OWNER');
  expect(await refusal(world.call('createSession', { name: 'x', programId: 'nobody' }))).toBe(
    'not-found PROGRAM_UNKNOWN',
  );
  const auditor = await world.aKey('builder', 'auditor');
  expect(await refusal(world.call('updateSession', { sessionId, status: 'x' }, auditor))).toBe(
    'permission-denied ROLE_NOT_ALLOWED',
  );
});

test("an admin's change is no sign of life", async () => {
  const { sessionId } = await create();
  world.clock.advance({ minutes: 20 });
  await world.call('updateSession', { sessionId, status: 'Admin was here', lastHeartbeat: true });
  expect((await world.call('getSession', { sessionId })).session).toMatchObject({
    status: 'Admin was here',
    stale: true,
    lastHeartbeat: null,
  });
});

test('without sessionId a report goes to the newest live session of the program', async () => {
  const key = await world.aKey('solo');
  expect(await refusal(world.call('heartbeat', {}, key))).toBe('failed-precondition NO_CURRENT_SESSION');
  await create({}, key);
  world.clock.advance({ seconds: 1 });
  const { sessionId } = await create({}, key);
  expect((await world.call('updateSession', { status: 'Here' }, key)).sessionId).toBe(sessionId);
});

test('lists show live sessions first, newest first, page by page, without gaps or repeats', async () => {
  const other = await aWorld();
  const key = await other.aKey('builder');
  const ids: string[] = [];
  for (let i = 0; i < 7; i++) {
    other.clock.advance({ seconds: 1 });
    ids.push((await other.call('createSession', { name: `s${i}`, sessionId: `s${i}` }, key)).sessionId);
  }
  for (const sessionId of ['s5', 's1', 's3'])
    await other.call('updateSession', { sessionId, status: 'x', state: 'complete' }, key);
  const seen: string[] = [];
  let pageToken: string | undefined;
  do {
    const page = await other.call('listSessions', { limit: 2, ...(pageToken ? { pageToken } : {}) });
    seen.push(...page.sessions.map((s) => s.sessionId));
    pageToken = page.nextPageToken;
  } while (pageToken);
  expect(seen).toEqual(['s6', 's4', 's2', 's0', 's5', 's3', 's1']);
  expect((await other.call('listSessions', { state: 'complete' })).sessions.map((s) => s.sessionId)).toEqual([
    's5',
    's3',
    's1',
  ]);
  expect(
    (await other.call('listSessions', { state: 'working', programId: 'builder', limit: 1 })).sessions[0]?.sessionId,
  ).toBe('s6');
  expect(await refusal(other.call('listSessions', { pageToken: 'nonsense' }))).toBe(
    'invalid-argument INVALID_PAGE_TOKEN',
  );
  await other.close();
});

test('beats that change nothing are absorbed for 30 seconds, and say so', async () => {
  const { sessionId } = await create();
  await world.call('heartbeat', { sessionId, contextBytes: 7 }, builder);
  const first = world.clock.now().toISOString();
  world.clock.advance({ seconds: 29 });
  expect(await world.call('heartbeat', { sessionId, contextBytes: 7 }, builder)).toMatchObject({
    coalesced: true,
    heartbeatAt: first,
  });
  expect(await world.call('heartbeat', { sessionId, contextBytes: 8 }, builder)).toMatchObject({ coalesced: false });
  world.clock.advance({ seconds: 31 });
  expect(await world.call('heartbeat', { sessionId }, builder)).toMatchObject({ coalesced: false });
});

test('a context above 60 % of its limit asks for a handoff by itself, until the caller says otherwise', async () => {
  const { sessionId } = await create({ contextLimitBytes: 100_000 });
  const handoff = async () => (await world.call('getSession', { sessionId })).session.handoffRequired;
  await world.call('heartbeat', { sessionId, contextBytes: 60_000 }, builder);
  expect(await handoff()).toBe(false);
  await world.call('heartbeat', { sessionId, contextBytes: 60_001 }, builder);
  expect(await handoff()).toBe(true);
  await world.call('updateSession', { sessionId, status: 'x', handoffRequired: false, contextBytes: 90_000 }, builder);
  await world.call('heartbeat', { sessionId, contextBytes: 91_000 }, builder);
  expect(await handoff()).toBe(false);
  const { sessions } = await world.call('getContextUtilization', { sessionId });
  expect(sessions[0]?.samples.at(-1)).toMatchObject({ bytes: 91_000 });
});

test('a process that says it exited ends its session', async () => {
  const { sessionId } = await create();
  await world.call('heartbeat', { sessionId, activity: 'exited' }, builder);
  expect((await world.call('getSession', { sessionId })).session).toMatchObject({
    state: 'complete',
    outcome: 'killed',
  });
});

describe('an end that is reported with its outcome', () => {
  test.each([
    ['completed', 100],
    ['errored', 40],
    ['killed', 40],
  ] as const)(
    '%s is how the session ended, with progress %i; the same again changes nothing',
    async (outcome, progress) => {
      const { sessionId } = await create({ progress: 40 });
      const end = { sessionId, status: 'Over', state: 'complete', outcome } as const;
      expect((await world.call('updateSession', end, builder)).message).toBe('Session completed');
      const { session } = await world.call('getSession', { sessionId });
      expect(session).toMatchObject({ state: 'complete', outcome, progress, status: 'Over' });
      world.clock.advance({ seconds: 1 });
      const again = await world.call('updateSession', { ...end, status: 'Again' }, builder);
      expect(again.message).toBe('Session already complete');
      expect((await world.call('getSession', { sessionId })).session).toEqual(session);
      for (const other of ['completed', 'errored', 'killed'] as const) {
        const call = world.call('updateSession', { ...end, outcome: other }, builder);
        expect([other, await refusal(call)]).toEqual([
          other,
          other === outcome ? 'accepted' : 'failed-precondition SESSION_ENDED',
        ]);
      }
    },
  );

  test('without an outcome it is completed, and another end is refused in the same way', async () => {
    const { sessionId } = await create();
    await world.call('updateSession', { sessionId, status: 'Over', state: 'complete', outcome: 'errored' }, builder);
    expect(await refusal(world.call('updateSession', { sessionId, status: 'x', state: 'complete' }, builder))).toBe(
      'failed-precondition SESSION_ENDED',
    );
  });

  test.each([undefined, 'working', 'blocked', 'pinned'] as const)('is refused with state %s', async (state) => {
    const { sessionId } = await create();
    const report = { sessionId, status: 'x', outcome: 'errored', ...(state ? { state } : {}) } as const;
    expect(await refusal(world.call('updateSession', report, builder))).toBe('invalid-argument INVALID_FIELD');
    expect((await world.call('getSession', { sessionId })).session).toMatchObject({ state: 'working', status: null });
  });
});
