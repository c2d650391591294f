import { documents } from '@quarterdeck/contract';
import { anInstance, aWorld, caller, type Instance, refusal, type World } from '../support/world.js';

/** The orchestrator's lifecycle, from the spawning of a session to its cleanup. */
let world: World;
let builder: { apiKey: string };
let reviewer: { apiKey: string };

beforeAll(async () => {
  world = await aWorld();
  builder = await world.aKey('builder');
  reviewer = await world.aKey('reviewer');
});
afterAll(() => world.close());

const update = (sessionId: string, fields: object, who = builder) =>
  world.call('updateSession', { sessionId, status: 'x', ...fields }, who);
const spawn = (fields: object = {}, who?: { apiKey: string }) =>
  world.call('spawnSession', { projectId: 'my-app', ...fields }, who ?? builder);
const get = async (sessionId: string, who = builder) => (await world.call('getSession', { sessionId }, who)).session;
const stored = (sessionId: string) => world.stored(documents.session(world.account, sessionId));

describe('state and lifecycle', () => {
  test('move together, and a terminal lifecycle ends the session', async () => {
    const { sessionId } = await world.call('createSession', { name: 'x' }, builder);
    expect(await get(sessionId)).toMatchObject({ state: 'working', lifecycle: 'working' });
    await update(sessionId, { lifecycle: 'pr_open' });
    expect(await get(sessionId)).toMatchObject({ state: 'working', lifecycle: 'pr_open' });
    await update(sessionId, { state: 'working' });
    expect(await get(sessionId)).toMatchObject({ lifecycle: 'pr_open' });
    await update(sessionId, { state: 'blocked' });
    expect(await get(sessionId)).toMatchObject({ state: 'blocked', lifecycle: 'needs_input' });
    await update(sessionId, { lifecycle: 'mergeable' });
    expect(await get(sessionId)).toMatchObject({ state: 'working', lifecycle: 'mergeable' });
    const { message } = await update(sessionId, { lifecycle: 'merged' });
    expect(message).toBe('Session completed');
    expect(await get(sessionId)).toMatchObject({
      state: 'complete',
      lifecycle: 'merged',
      outcome: 'completed',
      progress: 100,
    });
    expect((await update(sessionId, { lifecycle: 'merged' })).message).toBe('Session already complete');
    expect(await refusal(update(sessionId, { lifecycle: 'done' }))).toBe('failed-precondition SESSION_ENDED');
  });

  test('that contradict each other in one call are refused, and nothing changes', async () => {
    const { sessionId } = await world.call('createSession', { name: 'x' }, builder);
    const before = await stored(sessionId);
    for (const fields of [
      { state: 'blocked', lifecycle: 'pr_open' },
      { state: 'working', lifecycle: 'merged' },
      { state: 'complete', lifecycle: 'working' },
      { lifecycle: 'merged', outcome: 'errored' },
      { lifecycle: 'pr_open', outcome: 'completed' },
    ]) {
      expect([fields, await refusal(update(sessionId, fields))]).toEqual([fields, 'invalid-argument INVALID_FIELD']);
    }
    expect(await stored(sessionId)).toEqual(before);
  });

  test('of a merged session are final at every door back', async () => {
    const { sessionId } = await world.call('createSession', { name: 'x', lifecycle: 'merged' }, builder);
    const again = world.call('createSession', { name: 'x', sessionId }, builder);
    expect(await refusal(again)).toBe('failed-precondition NOT_RESTORABLE');
    const restored = world.call('restoreSession', { sessionId }, builder);
    expect(await refusal(restored)).toBe('failed-precondition NOT_RESTORABLE');
    expect(await refusal(update(sessionId, { state: 'working' }))).toBe('failed-precondition SESSION_ENDED');
    expect(await get(sessionId)).toMatchObject({ lifecycle: 'merged', restoredAt: null });
  });

  test('of any other session come back as working, and it says when', async () => {
    for (const lifecycle of ['cleanup', 'errored', 'killed', 'done', 'terminated'] as const) {
      const { sessionId } = await world.call('createSession', { name: 'x', lifecycle }, builder);
      const { session } = await world.call('restoreSession', { sessionId }, builder);
      const restoredAt = world.clock.now().toISOString();
      expect(session).toMatchObject({ state: 'working', lifecycle: 'working', outcome: null, restoredAt });
    }
  });
});

test('what an orchestrator says of a session stays until it says otherwise', async () => {
  const { sessionId } = await world.call('createSession', { name: 'x', branch: 'feat/x', issueId: '#1' }, builder);
  const pr = { number: 7, url: 'https://example.com/pull/7' };
  const cost = { inputTokens: 10, outputTokens: 2, estimatedCostUsd: 0.25 };
  await update(sessionId, { pr, agentInfo: { cost }, metadata: { team: 'blue', 'a.b': '1' } });
  await update(sessionId, { workspacePath: '/work/x', runtimeHandle: { id: '42', runtimeName: 'process' } });
  await update(sessionId, { issueId: null, metadata: { team: null, size: 'L' } });
  expect(await get(sessionId)).toMatchObject({
    branch: 'feat/x',
    issueId: null,
    pr: { ...pr, title: null, isDraft: false },
    agentInfo: { summary: null, agentSessionId: null, cost },
    workspacePath: '/work/x',
    runtimeHandle: { id: '42', runtimeName: 'process', data: {} },
    metadata: { 'a.b': '1', size: 'L' },
  });
});

test('labels that two instances add at once are all kept', async () => {
  const { sessionId } = await world.call('createSession', { name: 'x' }, builder);
  const others = [anInstance({ clock: world.clock }), anInstance({ clock: world.clock })];
  const calls = [world, ...others].map(({ app }) => caller(app));
  for (let round = 0; round < 3; round++) {
    await Promise.all(
      calls.map((call, i) =>
        call('updateSession', { sessionId, status: 'x', metadata: { [`k${round}-${i}`]: 'x' } }, builder),
      ),
    );
  }
  expect(Object.keys((await get(sessionId)).metadata)).toHaveLength(9);
  await Promise.all(others.map((one) => one.close()));
});

describe('old documents', () => {
  const FIELDS = ['lifecycle', 'branch', 'issueId', 'pr', 'workspacePath', 'runtimeHandle', 'agentInfo'];
  const withoutFields = async (path: string) => {
    const data = (await world.stored(path)) as Record<string, unknown>;
    for (const field of [...FIELDS, 'metadata', 'restoredAt', 'spawnRequestedAt', 'schemaVersion']) delete data[field];
    await world.db.doc(path).set(data);
  };

  test('are read as what they mean, and changed like any other', async () => {
    const { sessionId } = await world.call('createSession', { name: 'x', state: 'blocked' }, builder);
    await withoutFields(documents.session(world.account, sessionId));
    const old = anInstance({ clock: world.clock });
    const call = caller(old.app);
    const { session } = await call('getSession', { sessionId }, builder);
    expect(session).toMatchObject({ lifecycle: 'needs_input', pr: null, metadata: {}, restoredAt: null });
    await call('updateSession', { sessionId, status: 'x', metadata: { a: 'b' } }, builder);
    await call('updateSession', { sessionId, status: 'x', lifecycle: 'stuck' }, builder);
    expect(await get(sessionId)).toMatchObject({ lifecycle: 'stuck', state: 'blocked', metadata: { a: 'b' } });
    await call('updateSession', { sessionId, status: 'x', state: 'complete', outcome: 'errored' }, builder);
    await withoutFields(documents.endedSession(world.account, sessionId));
    expect(await get(sessionId)).toMatchObject({ lifecycle: 'errored', metadata: {} });
    expect((await world.call('restoreSession', { sessionId }, builder)).session.lifecycle).toBe('working');
    await old.close();
  });
});

describe('spawning', () => {
  test('makes a session that waits for its runner, and the prompt is for its program and overseers alone', async () => {
    const config = { issueId: '#5', branch: 'feat/5', prompt: 'Fix it.', agent: 'claude', metadata: { by: 'me' } };
    const { sessionId, message, session } = await spawn({ projectId: 'secret', ...config });
    expect([sessionId, message]).toEqual(['secret-1', 'Session spawning']);
    expect(session).toMatchObject({
      programId: 'builder',
      projectName: 'secret',
      state: 'working',
      lifecycle: 'spawning',
      issueId: '#5',
      branch: 'feat/5',
      metadata: { by: 'me' },
      spawnRequestedAt: world.clock.now().toISOString(),
    });
    const asked = (who?: { apiKey: string }) => world.call('getSession', { sessionId }, who);
    const spawnRequest = { prompt: 'Fix it.', agent: 'claude', requestedAt: world.clock.now().toISOString() };
    const auditor = await world.aKey('watcher', 'auditor');
    for (const who of [builder, auditor, undefined]) expect((await asked(who)).spawnRequest).toEqual(spawnRequest);
    expect((await asked(reviewer)).spawnRequest).toBeUndefined();
    expect(JSON.stringify(await stored(sessionId))).not.toContain('Fix it');
    await update(sessionId, { lifecycle: 'working' });
    expect((await asked(builder)).spawnRequest).toEqual(spawnRequest);
  });

  test('is for the own program, unless an admin names another one that exists', async () => {
    expect(await refusal(spawn({ programId: 'builder' }, reviewer))).toBe('permission-denied NOT_OWNER');
    const asAdmin = (programId?: string) =>
      world.call('spawnSession', { projectId: 'named', ...(programId ? { programId } : {}) });
    expect(await refusal(asAdmin('nobody'))).toBe('not-found PROGRAM_UNKNOWN');
    expect((await asAdmin('builder')).session.programId).toBe('builder');
    expect((await asAdmin()).session.programId).toBeNull();
  });

  test('leaves out the numbers that somebody used by hand, ended or not', async () => {
    await world.call('createSession', { name: 'x', sessionId: 'by-hand-1' }, builder);
    await world.call('createSession', { name: 'x', sessionId: 'by-hand-3', state: 'complete' }, builder);
    const ids = [await spawn({ projectId: 'by-hand' }), await spawn({ projectId: 'by-hand' })];
    expect(ids.map(({ sessionId }) => sessionId)).toEqual(['by-hand-2', 'by-hand-4']);
  });

  test('by the same call with an idempotency key is once, also when the first answer was never kept', async () => {
    const other = anInstance({ clock: world.clock });
    const input = { projectId: 'once' };
    const { idempotentCalls } = world.app.ports;
    const record = idempotentCalls.record.bind(idempotentCalls);
    idempotentCalls.record = () => Promise.reject(new Error('the instance died'));
    const first = world.app.dispatch('spawnSession', input, builder, { idempotencyKey: 'spawn-1' });
    await expect(first).rejects.toThrow('the instance died');
    idempotentCalls.record = record;
    world.clock.advance({ minutes: 20 });
    const again = await other.app.dispatch('spawnSession', input, builder, { idempotencyKey: 'spawn-1' });
    expect(again.sessionId).toBe('once-1');
    expect((await spawn(input)).sessionId).toBe('once-2');
    await other.close();
  });

  test('in parallel on four instances gives each number once and without gaps, up to the limit exactly', async () => {
    const limited = await aWorld({ sessionLimit: 7 });
    const key = await limited.aKey('builder');
    const instances: Instance[] = [1, 2, 3].map(() => anInstance({ clock: limited.clock }));
    const calls = [limited, ...instances].map(({ app }) => caller(app));
    const outcomes = await Promise.all(
      Array.from({ length: 16 }, async (_, i) => {
        const spawned = calls[i % 4]?.('spawnSession', { projectId: 'app' }, key) as Promise<{ sessionId: string }>;
        return spawned.then(
          ({ sessionId }) => sessionId,
          (error) => error.reason as string,
        );
      }),
    );
    const ids = outcomes.filter((one) => one !== 'SESSION_LIMIT').sort();
    expect(ids).toEqual([1, 2, 3, 4, 5, 6, 7].map((n) => `app-${n}`));
    await limited.call('killSession', { sessionId: 'app-3' }, key);
    expect((await limited.call('spawnSession', { projectId: 'app' }, key)).sessionId).toBe('app-8');
    await Promise.all([limited, ...instances].map((one) => one.close()));
  });
});

describe('killing', () => {
  test('ends a session as killed, pinned ones too, and does so once', async () => {
    const { sessionId } = await world.call('createSession', { name: 'x', state: 'pinned', progress: 30 }, builder);
    const kill = () => world.call('killSession', { sessionId }, builder);
    expect(await kill()).toMatchObject({
      message: 'Session killed',
      session: { state: 'complete', lifecycle: 'killed', outcome: 'killed', progress: 30 },
    });
    const before = await world.stored(documents.endedSession(world.account, sessionId));
    world.clock.advance({ seconds: 1 });
    expect((await kill()).message).toBe('Session already over');
    expect(await world.stored(documents.endedSession(world.account, sessionId))).toEqual(before);
    const late = world.call('heartbeat', { sessionId }, builder);
    expect(await refusal(late)).toBe('failed-precondition SESSION_ENDED');
  });

  test('leaves what is over as it ended', async () => {
    const { sessionId } = await world.call('createSession', { name: 'x', lifecycle: 'merged' }, builder);
    const { message, session } = await world.call('killSession', { sessionId }, builder);
    expect([message, session.lifecycle, session.outcome]).toEqual(['Session already over', 'merged', 'completed']);
  });

  test('is for the owner and admins', async () => {
    const { sessionId } = await world.call('createSession', { name: 'x' }, builder);
    expect(await refusal(world.call('killSession', { sessionId }, reviewer))).toBe('permission-denied NOT_OWNER');
    expect(await refusal(world.call('killSession', { sessionId: 'nobody' }))).toBe('not-found SESSION_UNKNOWN');
    expect((await world.call('killSession', { sessionId })).message).toBe('Session killed');
  });
});

describe('cleaning up', () => {
  test('archives what is over, of one project or of all, and with dryRun nothing', async () => {
    const w = await aWorld();
    const key = await w.aKey('builder');
    const other = await w.aKey('reviewer');
    const create = (sessionId: string, projectName: string, who = key, fields: object = { state: 'complete' }) =>
      w.call('createSession', { name: 'x', sessionId, projectName, ...fields }, who);
    await create('a1', 'a');
    await create('a2', 'a', other);
    await create('b1', 'b');
    await create('live', 'a', key, {});
    const cleanup = async (input: object, who?: { apiKey: string }) => {
      const { cleaned, skipped } = await w.call('cleanupSessions', input, who);
      return [[...cleaned].sort(), skipped];
    };
    const archivedAt = async (id: string) => (await w.call('getSession', { sessionId: id })).session.archivedAt;
    expect(await cleanup({ dryRun: true })).toEqual([['a1', 'a2', 'b1'], []]);
    expect(await archivedAt('a1')).toBeNull();
    expect(await cleanup({ projectId: 'a' }, key)).toEqual([['a1'], []]);
    expect(await archivedAt('a1')).toBe(w.clock.now().toISOString());
    expect(await cleanup({ projectId: 'a' })).toEqual([['a2'], []]);
    expect(await cleanup({})).toEqual([['b1'], []]);
    expect(await cleanup({})).toEqual([[], []]);
    expect(await archivedAt('live')).toBeNull();
    expect((await w.call('restoreSession', { sessionId: 'a1' }, key)).session.archivedAt).toBeNull();
    await w.close();
  });

  test('is bounded for each call, and goes on with the next page', async () => {
    const w = await aWorld();
    const key = await w.aKey('builder');
    await w.call('createSession', { name: 'x', sessionId: 's0', state: 'complete' }, key);
    const one = await w.stored(documents.endedSession(w.account, 's0'));
    const writer = w.db.bulkWriter();
    for (let i = 1; i < 130; i++)
      void writer.set(w.db.doc(documents.endedSession(w.account, `s${i}`)), { ...one, sessionId: `s${i}` });
    await writer.close();
    w.spy.since();
    const first = await w.call('cleanupSessions', {});
    const { reads, writes } = w.spy.since();
    expect([first.cleaned.length, reads, writes]).toEqual([100, 201, 100]);
    const second = await w.call('cleanupSessions', { pageToken: first.nextPageToken });
    expect([second.cleaned.length, second.nextPageToken]).toEqual([30, undefined]);
    await w.close();
  });

  test('leaves alone what came back to life meanwhile', async () => {
    const { sessionId } = await world.call('createSession', { name: 'x', state: 'complete' }, builder);
    const { sessions } = world.app.ports;
    const over = await sessions.find(world.account, sessionId);
    await world.call('restoreSession', { sessionId }, builder);
    const archived = await sessions.archive(world.account, [over as never], world.clock.now());
    expect([...archived]).toEqual([]);
    expect(await get(sessionId)).toMatchObject({ lifecycle: 'working', archivedAt: null });
  });
});

describe('what it costs', () => {
  const cost = async (work: () => Promise<unknown>) => {
    world.spy.since();
    await work();
    const { reads, writes, deletes } = world.spy.since();
    return [reads, writes, deletes];
  };

  test('a report that moves neither state nor lifecycle is one write and no read, also with a pull request or labels', async () => {
    const { sessionId } = await world.call('createSession', { name: 'x' }, builder);
    const pr = { number: 1, url: 'https://example.com/1' };
    expect(await cost(() => update(sessionId, { pr, branch: 'main' }))).toEqual([0, 1, 0]);
    // Labels, and a lifecycle that is repeated, rest on what is known: the first time it is looked up.
    expect(await cost(() => update(sessionId, { metadata: { a: 'b' } }))).toEqual([1, 1, 0]);
    expect(await cost(() => update(sessionId, { metadata: { b: 'c' } }))).toEqual([0, 1, 0]);
    expect(await cost(() => update(sessionId, { lifecycle: 'working', pr: null }))).toEqual([0, 1, 0]);
    expect((await get(sessionId)).metadata).toEqual({ a: 'b', b: 'c' });
  });

  test('a change of lifecycle alone is one read and two writes, the event included', async () => {
    const { sessionId } = await world.call('createSession', { name: 'x' }, builder);
    expect(await cost(() => update(sessionId, { lifecycle: 'pr_open' }))).toEqual([1, 2, 0]);
  });

  test('a spawn is four reads and five writes, of which two are events', async () => {
    await spawn({ projectId: 'cost' });
    await world.call('getAccount', {}, builder);
    expect(await cost(() => spawn({ projectId: 'cost' }))).toEqual([4, 5, 0]);
  });

  test('a kill is two reads, two writes and a delete; of what is over two reads', async () => {
    const { sessionId } = await world.call('createSession', { name: 'x' }, builder);
    const kill = () => world.call('killSession', { sessionId }, builder);
    expect(await cost(kill)).toEqual([2, 2, 1]);
    expect(await cost(kill)).toEqual([2, 0, 0]);
  });

  test('reading a spawned session costs one read more, for those whom its request concerns', async () => {
    const { sessionId } = await spawn({ projectId: 'read' });
    expect(await cost(() => get(sessionId))).toEqual([2, 0, 0]);
    expect(await cost(() => get(sessionId, reviewer))).toEqual([1, 0, 0]);
  });
});
