import { documents } from '@quarterdeck/contract';
import type { Credentials } from '../../functions/src/operations/identify-caller.js';
import { sweepAccount } from '../../functions/src/operations/sweep-account.js';
import { rendezvous } from '../support/rendezvous.js';
import { anInstance, aWorld, caller, type Instance, refusal, type World } from '../support/world.js';

const open: { close(): Promise<void> }[] = [];
afterAll(() => Promise.all(open.map((one) => one.close())));

async function world(settings: Parameters<typeof aWorld>[0] = {}): Promise<World> {
  const one = await aWorld(settings);
  open.push(one);
  return one;
}

/** A program with an open window: its key, and key and token. */
async function anAgent(w: World, programId = 'builder', hours = 6) {
  const key = await w.aKey(programId);
  const window = await w.call('activateAgent', { hours }, key);
  return { key, window, both: { ...key, sessionToken: window.sessionToken } satisfies Credentials };
}

test('an activated agent has a session with an end, a token that names it, and its minutes', async () => {
  const w = await world();
  const { window, both } = await anAgent(w);
  expect(window).toMatchObject({
    programId: 'builder',
    epoch: 1,
    openedAt: '2026-03-02T10:00:00.000Z',
    expiresAt: '2026-03-02T16:00:00.000Z',
    timeRemainingMinutes: 360,
    superseded: null,
  });
  w.clock.advance({ minutes: 61, seconds: 30 });
  expect(await w.call('currentSession', {}, both)).toMatchObject({
    sessionId: window.sessionId,
    durationMinutes: 61,
    timeRemainingMinutes: 298,
  });
  const { sessions } = await w.call('listSessions', {});
  expect(sessions).toMatchObject([
    { sessionId: window.sessionId, name: 'builder', state: 'working', expiresAt: window.expiresAt },
  ]);
});

test('without a token the window of the program counts, so that a client without headers can use it', async () => {
  const w = await world();
  const { key, window } = await anAgent(w);
  expect(await w.call('currentSession', {}, key)).toMatchObject({ sessionId: window.sessionId });
  expect(await refusal(w.call('currentSession', {}, await w.aKey('idle')))).toBe('failed-precondition NO_OPEN_WINDOW');
});

test('activating again takes over: the former session ends as superseded, and its token can write no more', async () => {
  const w = await world();
  const first = await anAgent(w);
  const writeAs = (who: Credentials, lastTask: string) =>
    refusal(w.call('updateProgramState', { programId: 'builder', contextSummary: { lastTask } }, who));
  expect(await writeAs(first.both, 'before')).toBe('accepted');
  const second = await w.call('activateAgent', {}, first.key);
  expect(second).toMatchObject({ epoch: 2, superseded: first.window.sessionId });
  expect(await writeAs(first.both, 'too late')).toBe('aborted SUPERSEDED');
  expect(await refusal(w.call('currentSession', {}, first.both))).toBe('aborted SUPERSEDED');
  expect(await refusal(w.call('extendSession', {}, first.both))).toBe('aborted SUPERSEDED');
  expect(await refusal(w.call('deactivateAgent', {}, first.both))).toBe('aborted SUPERSEDED');
  expect(await writeAs({ ...first.key, sessionToken: second.sessionToken }, 'after')).toBe('accepted');
  const { contextSummary } = await w.call('getProgramState', { programId: 'builder' });
  expect(contextSummary.lastTask).toBe('after');
  const { session } = await w.call('getSession', { sessionId: first.window.sessionId });
  expect(session).toMatchObject({ state: 'complete', outcome: 'superseded' });
});

test('a token of a session that was superseded and then resumed stays worthless', async () => {
  const w = await world();
  const first = await anAgent(w);
  await w.call('activateAgent', {}, first.key);
  await w.call('createSession', { sessionId: first.window.sessionId, name: 'Back' }, first.key);
  const write = w.call('updateProgramState', { programId: 'builder', contextSummary: { lastTask: 'x' } }, first.both);
  expect(await refusal(write)).toBe('unauthenticated WINDOW_CLOSED');
});

test('of twenty activations at once on four instances one window is left, and every epoch was given once', async () => {
  const w = await world({ tier: 'team' });
  const key = await w.aKey('builder');
  const instances = Array.from({ length: 4 }, () => anInstance({ clock: w.clock }));
  open.push(...instances);
  const calls = instances.map((instance) => caller(instance.app));
  const windows = await Promise.all(Array.from({ length: 20 }, (_, n) => calls[n % 4]?.('activateAgent', {}, key)));
  expect(windows.map((window) => window?.epoch).sort((a, b) => Number(a) - Number(b))).toEqual(
    Array.from({ length: 20 }, (_, n) => n + 1),
  );
  const newest = windows.find((window) => window?.epoch === 20);
  const { sessions } = await w.call('listSessions', { limit: 50 });
  expect(sessions.filter(({ state }) => state !== 'complete').map(({ sessionId }) => sessionId)).toEqual([
    newest?.sessionId,
  ]);
  expect(sessions.filter(({ outcome }) => outcome === 'superseded')).toHaveLength(19);
  expect(await w.stored(documents.slots(w.account))).toMatchObject({
    sessions: { [String(newest?.sessionId)]: { programId: 'builder' } },
  });
});

test('of twenty activations at once after a window was shut none has the epoch of another', async () => {
  const w = await world();
  const { key } = await anAgent(w);
  await w.call('deactivateAgent', {}, key);
  const meet = rendezvous(4);
  const instances = Array.from({ length: 4 }, () => anInstance({ clock: w.clock, gate: meet }));
  open.push(...instances);
  const windows = await Promise.all(
    Array.from({ length: 20 }, (_, n) => caller((instances[n % 4] as Instance).app)('activateAgent', {}, key)),
  );
  expect(new Set(windows.map(({ epoch }) => epoch))).toEqual(new Set(Array.from({ length: 20 }, (_, n) => n + 2)));
});

test('a write under a token and the activation that fences it off, at once, thirty times: none lands behind it', async () => {
  const w = await world();
  const key = await w.aKey('builder');
  const other = anInstance({ clock: w.clock });
  open.push(other);
  const elsewhere = caller(other.app);
  let token = (await w.call('activateAgent', {}, key)).sessionToken;
  const outcomes = new Set<string>();
  for (let round = 0; round < 30; round++) {
    const contextSummary = { lastTask: `round ${round}` };
    const who = { ...key, sessionToken: token };
    const [outcome, next] = await Promise.all([
      refusal(elsewhere('updateProgramState', { programId: 'builder', contextSummary }, who)),
      w.call('activateAgent', {}, key),
    ]);
    outcomes.add(outcome);
    const [state, pointer] = await w.db.getAll(
      w.db.doc(documents.programState(w.account, 'builder')),
      w.db.doc(documents.window(w.account, 'builder')),
    );
    if (outcome === 'accepted') {
      expect(state?.updateTime?.valueOf() ?? '').not.toBe('');
      expect(String(state?.updateTime?.valueOf()) <= String(pointer?.updateTime?.valueOf())).toBe(true);
    } else expect(outcome).toBe('aborted SUPERSEDED');
    token = next.sessionToken;
  }
  expect(outcomes.size).toBeGreaterThan(0);
});

test('a window is shut at its end whether or not a sweep has been there, and the sweep then ends its session as expired', async () => {
  const w = await world();
  const { key, both, window } = await anAgent(w);
  for (let minute = 0; minute < 355; minute += 5) {
    w.clock.advance({ minutes: 5 });
    await sweepAccount(w.account, w.app.ports);
  }
  w.clock.advance({ minutes: 4, seconds: 59 });
  expect(await refusal(w.call('currentSession', {}, both))).toBe('accepted');
  w.clock.advance({ seconds: 1 });
  const write = w.call('updateProgramState', { programId: 'builder', contextSummary: { lastTask: 'x' } }, both);
  expect(await refusal(write)).toBe('unauthenticated SESSION_EXPIRED');
  expect(await refusal(w.call('currentSession', {}, both))).toBe('unauthenticated SESSION_EXPIRED');
  expect(await refusal(w.call('currentSession', {}, key))).toBe('unauthenticated SESSION_EXPIRED');
  expect(await refusal(w.call('extendSession', {}, both))).toBe('failed-precondition SESSION_EXPIRED');
  const { nextSweepAt } = (await w.stored(documents.account(w.account))) ?? {};
  expect(nextSweepAt.toDate()).toEqual(new Date(window.expiresAt));
  await sweepAccount(w.account, w.app.ports);
  const { session } = await w.call('getSession', { sessionId: window.sessionId });
  expect(session).toMatchObject({ state: 'complete', outcome: 'expired' });
  expect(await refusal(w.call('currentSession', {}, both))).toBe('unauthenticated SESSION_EXPIRED');
  expect(await refusal(w.call('currentSession', {}, key))).toBe('unauthenticated SESSION_EXPIRED');
});

test('an agent that is silent for hours keeps its window: stale, but not dead', async () => {
  const w = await world();
  const { both } = await anAgent(w);
  for (let minute = 0; minute < 300; minute += 5) {
    w.clock.advance({ minutes: 5 });
    await sweepAccount(w.account, w.app.ports);
  }
  expect(await w.call('currentSession', {}, both)).toMatchObject({ timeRemainingMinutes: 60 });
  expect((await w.call('listSessions', {})).sessions).toMatchObject([{ state: 'working', stale: true }]);
});

test('the first token stays good through extensions, until the end for good', async () => {
  const w = await world();
  const { both } = await anAgent(w);
  w.clock.advance({ hours: 5 });
  expect(await w.call('extendSession', { hours: 6 }, both)).toMatchObject({
    expiresAt: '2026-03-02T22:00:00.000Z',
    timeRemainingMinutes: 420,
    hoursAdded: 6,
  });
  expect(await w.call('extendSession', { hours: 12 }, both)).toMatchObject({ timeRemainingMinutes: 19 * 60 });
  for (let week = 0; week < 5; week++) {
    await refusal(w.call('extendSession', { hours: 168 }, both));
    w.clock.advance({ days: 6 });
  }
  // 30 days and 5 hours after the activation: nothing could be added beyond the 30th day.
  expect(await refusal(w.call('currentSession', {}, both))).toBe('unauthenticated INVALID_SESSION_TOKEN');
});

test('at the limit an agent takes over its own window, and nobody else gets its slot', async () => {
  const w = await world({ sessionLimit: 1 });
  const { key } = await anAgent(w);
  expect(await w.call('activateAgent', {}, key)).toMatchObject({ epoch: 2 });
  expect(await refusal(w.call('activateAgent', {}, await w.aKey('other')))).toBe('resource-exhausted SESSION_LIMIT');
  w.clock.advance({ hours: 6 });
  expect(await w.call('activateAgent', {}, key)).toMatchObject({ epoch: 3 });
});

test('a window is its program’s: admins may act for it, other programs, auditors and other accounts may not', async () => {
  const w = await world();
  const { window, both } = await anAgent(w);
  const [other, auditor] = [await w.aKey('other'), await w.aKey('watcher', 'auditor')];
  const stranger = await world();
  const { sessionToken } = both;
  const current = (who: Credentials, programId?: string) =>
    refusal(w.call('currentSession', programId === undefined ? {} : { programId }, who));
  expect(await current({ ...w.admin, sessionToken })).toBe('accepted');
  expect(await current(w.admin, 'builder')).toBe('accepted');
  expect(await current(w.admin)).toBe('invalid-argument INVALID_FIELD');
  expect(await current({ ...w.admin, sessionToken }, 'other')).toBe('permission-denied NOT_OWNER');
  expect(await current({ ...other, sessionToken })).toBe('permission-denied NOT_OWNER');
  expect(await current(other, 'builder')).toBe('permission-denied NOT_OWNER');
  expect(await current({ ...auditor, sessionToken })).toBe('permission-denied NOT_OWNER');
  expect(await refusal(w.call('activateAgent', { programId: 'builder' }, other))).toBe('permission-denied NOT_OWNER');
  expect(await refusal(w.call('activateAgent', {}, auditor))).toBe('permission-denied ROLE_NOT_ALLOWED');
  expect(await refusal(w.call('activateAgent', { programId: 'nobody' }))).toBe('not-found PROGRAM_UNKNOWN');
  expect(await refusal(w.call('currentSession', {}, { ...stranger.admin, sessionToken }))).toBe(
    'unauthenticated INVALID_SESSION_TOKEN',
  );
  // A bad token spoils a call that would not need one.
  expect(await refusal(w.call('listSessions', {}, { ...both, sessionToken: `${sessionToken}x` }))).toBe(
    'unauthenticated INVALID_SESSION_TOKEN',
  );
  expect(await w.call('activateAgent', { programId: 'builder' })).toMatchObject({ superseded: window.sessionId });
});

test('deactivating answers what the window was, and again the same', async () => {
  const w = await world();
  const { both, key, window } = await anAgent(w);
  w.clock.advance({ minutes: 90 });
  const summary = await w.call('deactivateAgent', {}, both);
  expect(summary).toMatchObject({
    sessionId: window.sessionId,
    outcome: 'completed',
    durationMinutes: 90,
    memoriesCreated: 0,
  });
  w.clock.advance({ minutes: 5 });
  expect(await w.call('deactivateAgent', {}, key)).toEqual(summary);
  expect(await refusal(w.call('currentSession', {}, both))).toBe('unauthenticated WINDOW_CLOSED');
  expect(await refusal(w.call('deactivateAgent', {}, await w.aKey('idle')))).toBe('failed-precondition NO_OPEN_WINDOW');
});

test('a retired program has no key, no window and no way in; put back, it has its state', async () => {
  const w = await world();
  const { key, both } = await anAgent(w);
  await w.call('updateProgramState', { programId: 'builder', contextSummary: { lastTask: 'kept' } }, both);
  const second = await w.aKey('builder');
  expect(await w.call('retireProgram', { programId: 'builder' })).toMatchObject({
    keysRevoked: 2,
    program: { retiredAt: expect.any(String) },
  });
  expect(await w.call('retireProgram', { programId: 'builder' })).toMatchObject({ keysRevoked: 0 });
  w.clock.advance({ seconds: 30 });
  for (const who of [key, second, both])
    expect(await refusal(w.call('listSessions', {}, who))).toBe('unauthenticated INVALID_KEY');
  expect(await refusal(w.call('activateAgent', { programId: 'builder' }))).toBe('not-found PROGRAM_UNKNOWN');
  expect((await w.call('listSessions', {})).sessions).toMatchObject([{ outcome: 'killed' }]);
  await w.call('createProgram', { programId: 'builder', displayName: 'Builder' });
  expect(await refusal(w.call('createProgram', { programId: 'builder' }))).toBe('already-exists PROGRAM_EXISTS');
  expect(await w.call('activateAgent', { programId: 'builder' })).toMatchObject({ epoch: 2 });
  const { contextSummary } = await w.call('getProgramState', { programId: 'builder' });
  expect(contextSummary.lastTask).toBe('kept');
});

test('what windows cost', async () => {
  const w = await world();
  const { both, key } = await anAgent(w);
  const cost = async (call: Promise<unknown>) => {
    await call;
    const { reads, writes, deletes } = w.spy.since();
    return { reads, writes: writes + deletes };
  };
  await w.call('listSessions', {}, both);
  w.spy.since();
  expect(await cost(w.call('currentSession', {}, both))).toEqual({ reads: 1, writes: 0 });
  expect(await cost(w.call('currentSession', {}, key))).toEqual({ reads: 2, writes: 0 });
  expect(await cost(w.call('extendSession', {}, both))).toEqual({ reads: 1, writes: 2 });
  // Without a summary: the state, the fence; with one also its snapshot.
  const state = { programId: 'builder', config: { preferredOutputFormat: 'terse' } };
  expect(await cost(w.call('updateProgramState', state, both))).toEqual({ reads: 2, writes: 1 });
  // Pointer, former session and account are read; both sessions, two events and the pointer are written.
  expect(await cost(w.call('activateAgent', {}, key))).toEqual({ reads: 3, writes: 6 });
});
