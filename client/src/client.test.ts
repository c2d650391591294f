import { createClient } from './client.js';
import { QuarterdeckError } from './errors.js';
import { type Answer, fakeServer, problem } from './fake-server.js';
import { OPERATIONS } from './operations.js';
import type { ClientOptions } from './options.js';

const origin = 'http://deck.test';
const done: Answer = { json: { success: true } };

function connected(answers: readonly Answer[], options: Partial<ClientOptions> = {}) {
  const server = fakeServer(...answers);
  return { client: createClient({ origin, apiKey: 'cb_key', fetch: server.fetch, ...options }), seen: server.seen };
}

async function failureOf(call: Promise<unknown>): Promise<QuarterdeckError> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof QuarterdeckError) return error;
  throw new Error(`no QuarterdeckError: ${error}`);
}

beforeEach(() => {
  // Waits between repetitions take no time; how long they are, retry.test.ts shows.
  jest.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => jest.restoreAllMocks());

test.each(Object.entries(OPERATIONS))('%s goes to its address, with input and key', async (method, { name }) => {
  const { client, seen } = connected([done]);
  await expect(client[method as keyof typeof OPERATIONS]({ field: 1 } as never)).resolves.toEqual({ success: true });
  expect(seen).toMatchObject([
    { path: `/v1/${name}`, body: { field: 1 }, headers: { authorization: 'Bearer cb_key' } },
  ]);
});

test.each<[what: string, options: Partial<ClientOptions>, headers: object]>([
  ['an API key', {}, { authorization: 'Bearer cb_key' }],
  ['a person', { apiKey: undefined, idToken: async () => 'id-token' } as never, { authorization: 'Bearer id-token' }],
  ['a window', { sessionToken: 'window' }, { authorization: 'Bearer cb_key', 'x-session-token': 'window' }],
])('%s is who calls', async (_what, options, headers) => {
  const { client, seen } = connected([done], options);
  await client.listSessions();
  expect(seen[0]?.headers).toMatchObject(headers);
});

test('without a credential none is sent', async () => {
  const { client, seen } = connected([done], { apiKey: undefined } as never);
  await client.exchangeKey({ key: 'cb_x' });
  expect(seen[0]?.headers).not.toHaveProperty('authorization');
});

test('the client of a window carries its token beside the key', async () => {
  const { client, seen } = connected([done]);
  await client.withSessionToken('window').recall({ query: 'x' });
  expect(seen[0]?.headers).toMatchObject({ authorization: 'Bearer cb_key', 'x-session-token': 'window' });
});

test.each<[what: string, answer: Answer]>([
  ['nobody answers', 'unreachable'],
  ['the database does not answer', problem(503, 'unavailable', 'DATABASE_UNAVAILABLE')],
  ['the database answers too late', problem(504, 'deadline-exceeded', 'DATABASE_TIMEOUT')],
  ['others write at once', problem(409, 'aborted', 'CONTENTION')],
  ['a proxy finds nobody behind it', { status: 502, text: '<html>Bad gateway' }],
  ['an instance is being started', { status: 429, text: 'Rate exceeded.' }],
])('when %s, the call is repeated until it succeeds', async (_what, answer) => {
  const { client, seen } = connected([answer, answer, done]);
  await expect(client.getAccount()).resolves.toEqual({ success: true });
  expect(seen).toHaveLength(3);
});

test.each<[Answer, code: string, reason: string]>([
  [problem(401, 'unauthenticated', 'INVALID_KEY'), 'unauthenticated', 'INVALID_KEY'],
  [problem(409, 'failed-precondition', 'SESSION_ENDED'), 'failed-precondition', 'SESSION_ENDED'],
  [problem(409, 'aborted', 'REVISION_CONFLICT'), 'aborted', 'REVISION_CONFLICT'],
  [problem(429, 'resource-exhausted', 'SESSION_LIMIT'), 'resource-exhausted', 'SESSION_LIMIT'],
  [problem(500, 'internal', 'UNEXPECTED'), 'internal', 'UNEXPECTED'],
  [{ status: 404, text: '<html>' }, 'not-found', 'UNREACHABLE'],
  [{ status: 200, text: '<html>' }, 'not-found', 'UNREACHABLE'],
])('%j is told at once as %s %s', async (answer, code, reason) => {
  const { client, seen } = connected([answer]);
  expect(await failureOf(client.listSessions())).toMatchObject({
    name: 'QuarterdeckError',
    operation: 'list_sessions',
    code,
    reason,
  });
  expect(seen).toHaveLength(1);
});

test('a refusal carries what the server said', async () => {
  const { client } = connected([
    problem(400, 'invalid-argument', 'INVALID_FIELD', { fields: [{ field: 'limit', problem: 'too big' }] }),
  ]);
  const error = await failureOf(client.listSessions({ limit: 51 }));
  expect(error).toMatchObject({
    message: 'Told: INVALID_FIELD.',
    status: 400,
    details: { fields: [{ field: 'limit', problem: 'too big' }] },
  });
});

test.each([
  [0, 1],
  [2, 3],
])('with %d retries a call is tried %d times, then told', async (retries, tries) => {
  const { client, seen } = connected(['unreachable'], { retries });
  expect(await failureOf(client.listSessions())).toMatchObject({
    reason: 'UNREACHABLE',
    message: expect.stringMatching(/deck\.test.*ECONNREFUSED/),
  });
  expect(seen).toHaveLength(tries);
});

test('a call may say otherwise than its client', async () => {
  const { client, seen } = connected(['unreachable'], { retries: 0 });
  await failureOf(client.listSessions({}, { retries: 1 }));
  expect(seen).toHaveLength(2);
});

test('all tries of a write that could count twice carry the same idempotency key, and two writes never do', async () => {
  const { client, seen } = connected(['unreachable', done]);
  await client.createKey({ programId: 'builder', label: 'x' });
  await client.createKey({ programId: 'builder', label: 'x' });
  const [first, again, other] = seen.map(({ headers }) => headers['idempotency-key']);
  expect(first).toMatch(/^[0-9a-f]{32}$/);
  expect(again).toBe(first);
  expect(other).not.toBe(first);
});

test.each(['listSessions', 'heartbeat', 'updateProgramState'] as const)(
  '%s needs no key, and so costs nothing for one',
  async (method) => {
    const { client, seen } = connected([done]);
    await client[method]({} as never);
    expect(seen[0]?.headers).not.toHaveProperty('idempotency-key');
  },
);

test('a session with an id of its own is made once by that, and one without by a key', async () => {
  const { client, seen } = connected([done]);
  await client.createSession({ name: 'x', sessionId: 's' });
  await client.createSession({ name: 'x' });
  await client.createSession({ name: 'x', sessionId: undefined });
  expect(seen.map(({ headers }) => 'idempotency-key' in headers)).toEqual([false, true, true]);
});

test('a key of the caller is used as it is', async () => {
  const { client, seen } = connected([done]);
  await client.updateSession({ status: 'x' }, { idempotencyKey: 'mine' });
  expect(seen[0]?.headers).toMatchObject({ 'idempotency-key': 'mine' });
});

test('a server that says nothing is given up in time', async () => {
  const { client, seen } = connected(['silent'], { timeoutMs: 20, retries: 1 });
  expect(await failureOf(client.listSessions())).toMatchObject({ code: 'deadline-exceeded', reason: 'TIMEOUT' });
  expect(seen).toHaveLength(2);
});

test('whoever gives up gets the own reason, and the call is not repeated', async () => {
  const { client, seen } = connected(['silent']);
  const giveUp = new AbortController();
  const call = client.listSessions({}, { signal: giveUp.signal });
  giveUp.abort(new Error('enough'));
  await expect(call).rejects.toThrow('enough');
  expect(seen).toHaveLength(1);
});

test.each(['', 'deck', 'ftp://deck', 'localhost:5001'])('the origin %j is refused before anything is sent', (wrong) => {
  expect(() => createClient({ origin: wrong })).toThrow(/^origin: ".*" is no address/);
});

test('the server decides what time it is', async () => {
  const ahead = new Date(Date.now() + 86_400_000);
  const { client } = connected([{ json: { success: true }, headers: { Date: ahead.toUTCString() } }]);
  expect(Math.abs(client.serverNow().getTime() - Date.now())).toBeLessThan(1000);
  await client.getAccount();
  expect(Math.abs(client.serverNow().getTime() - ahead.getTime())).toBeLessThan(3000);
});
