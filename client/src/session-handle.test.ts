import { QuarterdeckError } from './errors.js';
import type {
  CreateSessionInput,
  HeartbeatInput,
  HeartbeatOutput,
  Inbox,
  SessionCommand,
  SessionView,
  UpdateSessionInput,
  UpdateSessionOutput,
} from './operations.js';
import { SessionHandle, startSession } from './session-handle.js';

const MINUTE = 60_000;
const view = { sessionId: 's-1', name: 'Nightly build', status: null, staleAfterSeconds: 900 } as SessionView;
const at = (ms: number) => new Date(Date.parse('2026-03-02T10:00:00.000Z') + ms).toISOString();

/** What was said to the server, and what it answers. */
function aServer({ staleAfterMs = 15 * MINUTE } = {}) {
  const said: string[] = [];
  const answers: { refusal?: unknown; inbox: Inbox; command: SessionView['command'] } = {
    inbox: { pendingMessages: 0, pendingTasks: 0, command: null },
    command: null,
  };
  const asked: boolean[] = [];
  const inboxFor = ({ includeInbox = false }: { includeInbox?: boolean | undefined }) => {
    asked.push(includeInbox);
    return includeInbox ? { inbox: answers.inbox } : {};
  };
  const beatAnswer = () => ({ heartbeatAt: at(0), nextHeartbeatBy: at(staleAfterMs) });
  const answer = <T>(what: string, value: T): Promise<T> => {
    said.push(what);
    return answers.refusal === undefined ? Promise.resolve(value) : Promise.reject(answers.refusal);
  };
  const methods = {
    createSession: (input: CreateSessionInput) =>
      answer(`create ${input.sessionId}`, {
        success: true,
        sessionId: 's-1',
        message: 'Session created',
        session: { ...view, command: answers.command },
      } as const),
    heartbeat: (input: HeartbeatInput = {}) =>
      answer('beat', {
        ...{ success: true, sessionId: 's-1', coalesced: false },
        ...beatAnswer(),
        ...inboxFor(input),
      } as HeartbeatOutput),
    updateSession: ({ status, state, outcome, progress, ...input }: UpdateSessionInput) =>
      answer(['update', status, state, outcome, progress].filter((one) => one !== undefined).join(' '), {
        success: true,
        sessionId: 's-1',
        message: 'Session updated',
        ...beatAnswer(),
        ...inboxFor(input),
      } as UpdateSessionOutput),
  };
  return { methods, said, answers, asked };
}

const refused = (code: QuarterdeckError['code'], reason: QuarterdeckError['reason']) =>
  new QuarterdeckError('heartbeat', { code, reason, message: `Told: ${reason}` });

beforeEach(() => {
  jest.useFakeTimers();
  jest.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

test('it beats by itself, once in two thirds of the time in which the session turns stale', async () => {
  const { methods, said } = aServer();
  await startSession(methods, { name: 'Nightly build' });
  await jest.advanceTimersByTimeAsync(10 * MINUTE - 1);
  expect(said).toHaveLength(1);
  await jest.advanceTimersByTimeAsync(1);
  expect(said.slice(1)).toEqual(['beat']);
  await jest.advanceTimersByTimeAsync(30 * MINUTE);
  expect(said.slice(1)).toEqual(['beat', 'beat', 'beat', 'beat']);
});

test('it follows the server when that asks for another pace', async () => {
  const { methods, said } = aServer({ staleAfterMs: 90_000 });
  await startSession(methods, { name: 'Nightly build' });
  await jest.advanceTimersByTimeAsync(10 * MINUTE);
  await jest.advanceTimersByTimeAsync(5 * MINUTE);
  expect(said.filter((what) => what === 'beat')).toHaveLength(1 + 5);
});

test.each([-24, 24])(
  'a clock that is %i hours off changes no beat: only distances between moments of the server count',
  async (hours) => {
    jest.setSystemTime(Date.parse(at(0)) + hours * 60 * MINUTE);
    const { methods, said } = aServer({ staleAfterMs: 90_000 });
    await startSession(methods, { name: 'Nightly build' });
    await jest.advanceTimersByTimeAsync(15 * MINUTE);
    expect(said.filter((what) => what === 'beat')).toHaveLength(1 + 5);
  },
);

test('whatever is said is a sign of life, and puts off the next beat', async () => {
  const { methods, said } = aServer();
  const session = await startSession(methods, { name: 'Nightly build' });
  await jest.advanceTimersByTimeAsync(9 * MINUTE);
  await session.update({ status: 'Testing', progress: 40 });
  await jest.advanceTimersByTimeAsync(9 * MINUTE);
  expect(said.slice(1)).toEqual(['update Testing 40']);
});

test('a report without a status keeps the last one', async () => {
  const { methods, said } = aServer();
  const session = await startSession(methods, { name: 'Nightly build' });
  await session.update({ progress: 10 });
  await session.block('Deploy now?');
  await session.update({ state: 'working' });
  expect(said.slice(1)).toEqual([
    'update Nightly build 10',
    'update Deploy now? blocked',
    'update Deploy now? working',
  ]);
});

test('a block of "await using" completes it at its end, and it beats no more', async () => {
  const { methods, said } = aServer();
  let signal: AbortSignal;
  {
    await using session = await startSession(methods, { name: 'Nightly build' });
    ({ signal } = session);
    await session.update({ progress: 90 });
  }
  expect(said.at(-1)).toBe('update Nightly build complete completed');
  expect(signal.aborted).toBe(true);
  await jest.advanceTimersByTimeAsync(60 * MINUTE);
  expect(said).toHaveLength(3);
});

test('it is ended once, as it was ended first', async () => {
  const { methods, said } = aServer();
  const session = await startSession(methods, { name: 'Nightly build' });
  await session.end('errored', { status: 'Exit code 3' });
  await session.complete();
  expect(said.slice(1)).toEqual(['update Exit code 3 complete errored']);
});

test('an end that could not be told is told to the caller, and the session lives on', async () => {
  const { methods, said, answers } = aServer();
  const session = await startSession(methods, { name: 'Nightly build' });
  answers.refusal = refused('unavailable', 'UNREACHABLE');
  await expect(session.complete()).rejects.toThrow('UNREACHABLE');
  answers.refusal = undefined;
  await jest.advanceTimersByTimeAsync(10 * MINUTE);
  expect(said.at(-1)).toBe('beat');
});

test("nothing beats while the end is told, and a beat that comes after it does not make the end somebody else's", async () => {
  const { methods, said } = aServer();
  const answers: Record<string, () => void> = {};
  const held = { ...methods };
  held.heartbeat = (input) =>
    new Promise((_, refuse) => {
      void methods.heartbeat(input);
      answers.beat = () => refuse(refused('failed-precondition', 'SESSION_ENDED'));
    });
  held.updateSession = async (input) => {
    const answer = await methods.updateSession(input);
    await new Promise<void>((done) => {
      answers.end = done;
    });
    return answer;
  };
  const session = await startSession(held, { name: 'Nightly build' });
  await jest.advanceTimersByTimeAsync(10 * MINUTE);
  const ending = session.complete();
  answers.beat?.();
  await jest.advanceTimersByTimeAsync(60 * MINUTE);
  expect(session.signal.aborted).toBe(false);
  answers.end?.();
  await ending;
  expect(session.signal.reason).not.toBeInstanceOf(QuarterdeckError);
  await jest.advanceTimersByTimeAsync(60 * MINUTE);
  expect(said.slice(1)).toEqual(['beat', 'update Nightly build complete completed']);
});

test('a beat that fails is told, and tried again soon', async () => {
  const { methods, said, answers } = aServer();
  const errors: unknown[] = [];
  const session = await startSession(
    methods,
    { name: 'Nightly build' },
    { onBeatError: (error) => errors.push(error) },
  );
  answers.refusal = refused('unavailable', 'UNREACHABLE');
  await jest.advanceTimersByTimeAsync(10 * MINUTE);
  answers.refusal = undefined;
  await jest.advanceTimersByTimeAsync(30_000);
  expect(errors).toMatchObject([{ reason: 'UNREACHABLE' }]);
  expect(said.slice(1)).toEqual(['beat', 'beat']);
  expect(session.signal.aborted).toBe(false);
});

test.each([
  ['failed-precondition', 'SESSION_ENDED'],
  ['failed-precondition', 'SESSION_ARCHIVED'],
  ['not-found', 'SESSION_UNKNOWN'],
  ['unauthenticated', 'INVALID_KEY'],
  ['permission-denied', 'NOT_OWNER'],
] as const)('when the server says %s %s, the signal says so and the beats stop', async (code, reason) => {
  const { methods, said, answers } = aServer();
  const errors: unknown[] = [];
  const session = await startSession(
    methods,
    { name: 'Nightly build' },
    { onBeatError: (error) => errors.push(error) },
  );
  answers.refusal = refused(code, reason);
  await jest.advanceTimersByTimeAsync(60 * MINUTE);
  expect(session.signal.reason).toMatchObject({ reason });
  expect(said.slice(1)).toEqual(['beat']);
  expect(errors).toEqual([]);
  await session.complete();
  expect(said).toHaveLength(2);
});

test('a session of no id gets one of its own, so that a repeated start is the same', async () => {
  const { methods, said } = aServer();
  await startSession(methods, { name: 'x' });
  await startSession(methods, { name: 'x', sessionId: 'mine' });
  expect(said[0]).toMatch(/^create [0-9a-f]{32}$/);
  expect(said[1]).toBe('create mine');
});

test('beats of many agents spread over time, and none comes too late', async () => {
  const { methods } = aServer();
  const wait = jest.spyOn(globalThis, 'setTimeout');
  for (const chance of [0, 0.5, 0.999]) {
    jest.spyOn(Math, 'random').mockReturnValue(chance);
    new SessionHandle(methods, view, {});
  }
  expect(wait.mock.calls.map(([, ms]) => Math.round(Number(ms) / 1000))).toEqual([600, 570, 540]);
});

describe('who listens', () => {
  const waits = (name: SessionCommand) => ({ name, by: 'person/ada', at: at(0) });

  test('hears of each command once, and of its end, by beats and by reports', async () => {
    const { methods, answers } = aServer();
    const heard: (SessionCommand | null)[] = [];
    const session = await startSession(methods, { name: 'x' }, { onCommand: (command) => heard.push(command) });
    const beats = () => jest.advanceTimersByTimeAsync(10 * MINUTE);
    await beats();
    expect(heard).toEqual([]);
    answers.inbox = { ...answers.inbox, command: 'drain' };
    await beats();
    await session.update({ progress: 10 });
    await beats();
    expect(heard).toEqual(['drain']);
    answers.inbox = { ...answers.inbox, pendingTasks: 3, command: 'stop' };
    await session.block('Really?');
    expect(heard).toEqual(['drain', 'stop']);
    answers.inbox = { ...answers.inbox, command: null };
    await beats();
    expect(heard).toEqual(['drain', 'stop', null]);
  });

  test('hears of a command that waited before it started, with the session to end', async () => {
    const { methods, answers, said } = aServer();
    answers.command = waits('stop');
    answers.inbox = { ...answers.inbox, command: 'stop' };
    const heard: unknown[] = [];
    const session = await startSession(
      methods,
      { name: 'x', sessionId: 'mine' },
      {
        onCommand: (command, handle) => {
          heard.push(command);
          void handle.end('killed', { status: 'Told to stop' });
        },
      },
    );
    await jest.advanceTimersByTimeAsync(0);
    expect(heard).toEqual(['stop']);
    expect(session.signal.aborted).toBe(true);
    expect(said.slice(1)).toEqual(['update Told to stop complete killed']);
  });

  test('hears of the inbox first, then of each change of it', async () => {
    const { methods, answers } = aServer();
    const heard: Inbox[] = [];
    const session = await startSession(methods, { name: 'x' }, { onInbox: (inbox) => heard.push(inbox) });
    const empty = answers.inbox;
    const changes: Inbox[] = [
      empty,
      { ...empty, pendingMessages: 1 },
      { ...empty, pendingMessages: 1, pendingTasks: 1 },
      { ...empty, pendingMessages: 1, pendingTasks: 1, command: 'drain' },
    ];
    for (const inbox of changes) {
      answers.inbox = inbox;
      await session.beat();
      answers.inbox = { ...inbox };
      await session.update({ progress: 1 });
    }
    expect(heard).toEqual(changes);
  });

  test('pays for it, and nobody else does; nor does an end ask', async () => {
    const { methods, asked } = aServer();
    const run = async (options: object) => {
      const session = await startSession(methods, { name: 'x' }, options);
      await session.beat();
      await session.update({ progress: 1 });
      await session.complete();
      return asked.splice(0);
    };
    expect(await run({})).toEqual([false, false, false]);
    expect(await run({ onBeatError: () => undefined })).toEqual([false, false, false]);
    expect(await run({ onCommand: () => undefined })).toEqual([true, true, false]);
    expect(await run({ onInbox: () => undefined })).toEqual([true, true, false]);
  });

  test('hears nothing more once the session is over', async () => {
    const { methods, answers } = aServer();
    const heard: unknown[] = [];
    const session = await startSession(methods, { name: 'x' }, { onInbox: (inbox) => heard.push(inbox) });
    const late = session.beat();
    await session.complete();
    answers.inbox = { ...answers.inbox, command: 'stop' };
    await late;
    await session.beat();
    expect(heard.filter((inbox) => (inbox as Inbox).command === 'stop')).toEqual([]);
  });
});
