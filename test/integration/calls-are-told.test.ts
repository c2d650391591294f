import '../../functions/src/entries/quiet-debug.js';
import { limits } from '@quarterdeck/contract';
import type { App } from '../../functions/src/compose.js';
import { aBusMessage } from '../support/bus-message.js';
import { serveDoor } from '../support/doors.js';
import { FaultGate, grpcError } from '../support/fault-gate.js';
import { type LogEntry, recordFunctionLog } from '../support/function-log.js';
import { startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.js';
import { sendToThisMachine } from '../support/webhooks.js';
import { aWorld, type World } from '../support/world.js';

/** Every call, at every door and in the background, is told by one line of the log. Here the functions run as they are deployed, in their wrappers. */

const log = recordFunctionLog('everything');

let current: App;
jest.mock('../../functions/src/compose.js', () => ({
  ...jest.requireActual<object>('../../functions/src/compose.js'),
  deployedApp: () => current,
}));

const faults = new FaultGate();
const INVALID_ARGUMENT = 3;
const UNAVAILABLE = 14;
let w: World;
let key: string;
let admin: string;
let receiver: WebhookReceiver;
let urls: { api: string; mcp: string; callable: string };
const opened: { close(): Promise<unknown> }[] = [];
let names = 0;
const fresh = (kind: string) => `${kind}-${++names}`;

beforeAll(async () => {
  process.env.FUNCTIONS_EMULATOR ??= 'true';
  w = await aWorld({ gate: faults.gate });
  current = w.app;
  receiver = await startWebhookReceiver();
  sendToThisMachine(w);
  key = (await w.aKey('builder')).apiKey;
  admin = (await w.aKey('boss', 'admin')).apiKey;
  const [{ api, mcp }, { callables }] = await Promise.all([
    import('../../functions/src/entries/http.js'),
    import('../../functions/src/entries/callables.js'),
  ]);
  const served = await Promise.all([
    serveDoor(api),
    serveDoor(mcp),
    serveDoor((request: { path: string }, response: never) =>
      callables[request.path.slice(1)]?.(request as never, response),
    ),
  ]);
  urls = { api: String(served[0]?.url), mcp: String(served[1]?.url), callable: String(served[2]?.url) };
  opened.push(...served, receiver, w);
});
beforeEach(() => log.clear());
afterEach(() => faults.arm());
afterAll(async () => {
  for (const one of opened) await one.close();
});

type Headers = Readonly<Record<string, string>>;

/** @returns the line that tells of it, when there is exactly one */
async function told(call: () => unknown): Promise<LogEntry> {
  await call();
  const lines = log.entries.filter(({ metric }) => metric === 'call');
  expect(lines.map(({ message }) => message)).toHaveLength(1);
  return lines[0] as LogEntry;
}

async function post(url: string, body: unknown, headers: Headers = {}): Promise<void> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(url, {
    method: 'POST',
    body: text,
    headers: { 'Content-Type': 'application/json', ...headers },
  });
  await response.text();
}

const tool = (name: string, input: object, id = 1) => ({
  jsonrpc: '2.0',
  id,
  method: 'tools/call',
  params: { name, arguments: input },
});

/** One operation by each door. */
const DOORS = {
  rest: (input: object, headers: Headers) => post(`${urls.api}/v1/list_sessions`, input, headers),
  mcp: (input: object, headers: Headers) => post(urls.mcp, tool('list_sessions', input), headers),
  callable: (input: object, headers: Headers) => post(`${urls.callable}/listSessions`, { data: input }, headers),
} as const;

describe.each(Object.entries(DOORS))('at the door %s', (door, ask) => {
  test('what is carried out has one line, which says who called and how long it took', async () => {
    expect(await told(() => ask({ limit: 1 }, { 'X-Api-Key': key }))).toEqual({
      severity: 'INFO',
      message: 'list_sessions ok',
      metric: 'call',
      door,
      operation: 'list_sessions',
      outcome: 'ok',
      durationMs: expect.any(Number),
      calls: 1,
      account: w.account,
      program: 'builder',
    });
    expect(log.entries).toHaveLength(1);
  });

  test('what is refused has one, which says why', async () => {
    const refused = { door, operation: 'list_sessions', outcome: 'invalid-argument', reason: 'INVALID_FIELD' };
    expect(await told(() => ask({ limit: -1 }, { 'X-Api-Key': key }))).toMatchObject({
      ...refused,
      program: 'builder',
    });
  });

  test('so has what comes without a key that is good, and it names nobody', async () => {
    const line = await told(() => ask({}, { 'X-Api-Key': `${key}x` }));
    expect(line).toMatchObject({ door, outcome: 'unauthenticated', reason: 'INVALID_KEY' });
    // At the MCP door nobody's message is looked at before it is known who calls.
    expect(line.operation).toBe(door === 'mcp' ? 'none' : 'list_sessions');
    expect(Object.keys(line)).not.toEqual(expect.arrayContaining(['account']));
  });

  test.each([
    [UNAVAILABLE, 'unavailable', 'DATABASE_UNAVAILABLE'],
    [INVALID_ARGUMENT, 'internal', 'UNEXPECTED'],
  ])('when the database fails with %i, that is its outcome', async (code, outcome, reason) => {
    faults.arm(() => Promise.reject(grpcError(code)));
    expect(await told(() => ask({}, { 'X-Api-Key': key }))).toMatchObject({
      door,
      outcome,
      reason,
      account: w.account,
    });
    const unexpected = log.entries.filter(({ severity }) => severity === 'ERROR');
    const whole = { door, operation: 'list_sessions', account: w.account, program: 'builder' };
    expect(unexpected).toMatchObject(code === UNAVAILABLE ? [] : [whole]);
  });

  test.each<[from: string, headers: Headers]>([
    ['traceparent', { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' }],
    ['X-Cloud-Trace-Context', { 'X-Cloud-Trace-Context': '0af7651916cd43dd8448eb211c80319c/123;o=1' }],
  ])('lines carry the trace that came as %s', async (_from, headers) => {
    faults.arm(() => Promise.reject(grpcError(INVALID_ARGUMENT)));
    await told(() => ask({}, { 'X-Api-Key': key, ...headers }));
    const trace = `projects/${process.env.GCLOUD_PROJECT}/traces/0af7651916cd43dd8448eb211c80319c`;
    expect(log.entries.map((entry) => entry['logging.googleapis.com/trace'])).toEqual([trace, trace]);
  });
});

test('a call with an idempotency key says its id, the same when it is repeated', async () => {
  const once = { 'X-Api-Key': key, 'Idempotency-Key': fresh('call') };
  const create = () => post(`${urls.api}/v1/create_session`, { name: 'Once' }, once);
  const first = await told(create);
  log.clear();
  const second = await told(create);
  expect(first.callId).toMatch(/^[0-9a-f]{64}$/);
  expect(second.callId).toBe(first.callId);
});

describe('what is no call of an operation has one line too', () => {
  const bearer = () => ({ Authorization: `Bearer ${key}` });
  const message = (method: string, params: object = {}) => ({ jsonrpc: '2.0', id: 1, method, params });

  test.each<[what: string, ask: () => Promise<unknown>, line: object]>([
    ['an address where nothing is', () => post(`${urls.api}/nowhere`, {}), { door: 'rest', outcome: 'not-found' }],
    [
      'an operation that does not exist',
      () => post(`${urls.api}/v1/${key}`, {}, bearer()),
      { door: 'rest', outcome: 'not-found', reason: 'OPERATION_UNKNOWN' },
    ],
    ['the documentation', () => fetch(`${urls.api}/docs`), { door: 'rest', outcome: 'ok' }],
    ['the list of tools', () => post(urls.mcp, message('tools/list'), bearer()), { door: 'mcp', outcome: 'ok' }],
    [
      'a tool that does not exist',
      () => post(urls.mcp, tool(key, {}), bearer()),
      { door: 'mcp', outcome: 'not-found', reason: 'OPERATION_UNKNOWN' },
    ],
    ['another method', () => fetch(urls.mcp), { door: 'mcp', outcome: 'invalid-argument', reason: 'HTTP_405' }],
    [
      'a page of another site',
      () => post(urls.mcp, message('tools/list'), { ...bearer(), Origin: 'https://elsewhere.example' }),
      { door: 'mcp', outcome: 'permission-denied', reason: 'FOREIGN_ORIGIN' },
    ],
  ])('%s', async (_what, ask, line) => {
    const { operation, ...found } = await told(ask);
    expect(operation).toBe('none');
    expect(found).toMatchObject(line);
  });
});

test('of two calls in one message each has its line, and the message has none', async () => {
  const batch = [tool('list_sessions', {}), tool('get_session', { sessionId: 'nobody' }, 2)];
  await post(urls.mcp, batch, { Authorization: `Bearer ${key}` });
  const lines = log.entries.map(({ operation, outcome }) => [operation, outcome]);
  expect(lines.sort()).toEqual([
    ['get_session', 'not-found'],
    ['list_sessions', 'ok'],
  ]);
});

test('a route of session windows is told as the operation that it calls', async () => {
  const line = await told(() =>
    post(`${urls.api}/api/v2/agents/builder/activate`, {}, { Authorization: `Bearer ${key}` }),
  );
  expect(line).toMatchObject({ door: 'rest', operation: 'activate_agent', outcome: 'ok', account: w.account });
});

describe('a hook', () => {
  const hook = (event: object, headers: Headers = { Authorization: `Bearer ${key}` }) =>
    post(`${urls.api}/hooks/claude-code`, event, headers);
  const anEvent = () => ({
    session_id: fresh('conversation'),
    hook_event_name: 'UserPromptSubmit',
    cwd: '/',
    prompt: 'Go',
  });

  test('that is recorded has one line', async () => {
    const line = { door: 'hooks', operation: 'hook', outcome: 'ok', program: 'builder' };
    expect(await told(() => hook(anEvent()))).toMatchObject(line);
  });

  test('that is refused has one, although its answer is 200', async () => {
    const line = { door: 'hooks', operation: 'hook', outcome: 'unauthenticated', reason: 'NO_CREDENTIAL' };
    expect(await told(() => hook(anEvent(), {}))).toMatchObject(line);
  });

  test('of which a field is wrong has one', async () => {
    expect(await told(() => hook({ session_id: '/' }))).toMatchObject({ outcome: 'invalid-argument' });
  });

  test('whose name is no word is not named', async () => {
    faults.arm(() => Promise.reject(grpcError(UNAVAILABLE)));
    await told(() => hook({ ...anEvent(), hook_event_name: key }));
    expect(log.entries.filter(({ severity }) => severity === 'WARNING')).toMatchObject([{ hook: 'other' }]);
  });
});

describe('in the background', () => {
  const background = () => import('../../functions/src/entries/background.js');
  const webhooks = () => import('../../functions/src/entries/webhooks.js');
  const devices = () => import('../../functions/src/entries/devices.js');
  const outbox = () => import('../../functions/src/entries/outbox.js');
  const fail = (code = UNAVAILABLE) => faults.arm(() => Promise.reject(grpcError(code)));
  /** What it throws is for Pub/Sub and the scheduler. */
  const ignored = () => undefined;
  const attempt = (eventId: string, webhookId: string, number = 1) =>
    aBusMessage({ account: w.account, webhookId, eventId, attempt: number });
  const lastEvent = async () => {
    const { docs } = await w.db.collection(`accounts/${w.account}/events`).orderBy('time', 'desc').limit(1).get();
    const id = String(docs[0]?.id);
    return {
      id,
      message: aBusMessage({ account: w.account, id }, { type: String(docs[0]?.get('type')) }),
      doc: docs[0],
    };
  };

  test('a tick of the schedule says how many accounts are due and for how long the first has been', async () => {
    await w.call('createSession', { name: 'Late' }, { apiKey: key });
    w.clock.advance({ minutes: 30 });
    const { sweep } = await background();
    const line = await told(() => sweep.run({} as never));
    expect(line).toMatchObject({ door: 'schedule', operation: 'sweep', outcome: 'ok' });
    // Other test files have accounts that are due too.
    expect(line.accounts).toBeGreaterThanOrEqual(1);
    expect(line.lateSeconds).toBeGreaterThanOrEqual(15 * 60);
  });

  test('a tick that fails says so, and fails', async () => {
    const { sweep } = await background();
    fail();
    const tick = () => expect(sweep.run({} as never)).rejects.toMatchObject({ reason: 'DATABASE_UNAVAILABLE' });
    expect(await told(tick)).toMatchObject({
      operation: 'sweep',
      outcome: 'unavailable',
      reason: 'DATABASE_UNAVAILABLE',
    });
  });

  test('a visit says how late it comes and what it changed', async () => {
    const { sweepAccount } = await background();
    const visit = () => sweepAccount.run(aBusMessage({ account: w.account }));
    const line = await told(visit);
    expect(line).toMatchObject({
      door: 'topic',
      operation: 'sweepAccount',
      outcome: 'ok',
      account: w.account,
      ended: 0,
    });
    expect(line.lateSeconds).toBeGreaterThanOrEqual(15 * 60);
    expect([line.live, line.marked].every((figure) => Number(figure) >= 1)).toBe(true);
    log.clear();
    expect(await told(visit)).toMatchObject({ lateSeconds: 0, marked: 0 });
  });

  test.each([
    ['no account', { account: '../x' }],
    ['no JSON', undefined],
  ])('a visit to %s is dropped', async (_what, json) => {
    const { sweepAccount } = await background();
    expect(await told(() => sweepAccount.run(aBusMessage(json)))).toMatchObject({
      outcome: 'dropped',
      reason: 'NO_ACCOUNT',
    });
  });

  test('a visit that fails says so', async () => {
    const { sweepAccount } = await background();
    fail(INVALID_ARGUMENT);
    const visit = () => Promise.resolve(sweepAccount.run(aBusMessage({ account: w.account }))).catch(ignored);
    expect(await told(visit)).toMatchObject({ outcome: 'internal', reason: 'UNEXPECTED', account: w.account });
  });

  test('an event that is handed to Pub/Sub, one of an unknown type, and one that Pub/Sub does not take', async () => {
    const { publishEvent } = await outbox();
    const { id, doc } = await lastEvent();
    const params = { account: w.account, event: id };
    const line = { door: 'trigger', operation: 'publishEvent', account: w.account, event: id };
    expect(await told(() => publishEvent.run({ params, data: doc } as never))).toMatchObject({
      ...line,
      outcome: 'ok',
    });
    log.clear();
    const odd = { params, data: { get: () => 'session.exploded' } } as never;
    expect(await told(() => publishEvent.run(odd))).toMatchObject({ ...line, outcome: 'dropped' });
    log.clear();
    const { bus } = w.app.ports;
    Object.assign(w.app.ports, { bus: { publish: () => Promise.reject(new Error('down')) } });
    const lost = () => Promise.resolve(publishEvent.run({ params, data: doc } as never)).catch(ignored);
    expect(await told(lost)).toMatchObject({ ...line, outcome: 'internal' });
    Object.assign(w.app.ports, { bus });
  });

  /** A webhook whose receiver answers with this status, and an event that it asks for. */
  async function anEventForAWebhook(status: number) {
    receiver.answer = () => status;
    const { webhook } = await w.call(
      'createWebhook',
      { url: receiver.url, eventTypes: ['session.started'] },
      { apiKey: admin },
    );
    w.clock.advance({ seconds: 1 });
    await w.call('createSession', { name: 'Tells' }, { apiKey: key });
    return { webhookId: webhook.webhookId, ...(await lastEvent()) };
  }

  test.each<[status: string, answer: number, outcome: string, reason: string | undefined]>([
    ['delivered', 204, 'ok', undefined],
    ['to be tried again', 500, 'again', 'WAITING'],
  ])('an attempt at a delivery that is %s', async (_what, answer, outcome, reason) => {
    const { notifyWebhooks, deliverWebhook } = await webhooks();
    const { webhookId, id, message } = await anEventForAWebhook(answer);
    const about = { door: 'topic', account: w.account, event: id };
    const notified = { ...about, operation: 'notifyWebhooks', outcome: 'ok', deliveries: 1 };
    expect(await told(() => notifyWebhooks.run(message))).toMatchObject(notified);
    log.clear();
    const line = await told(() => deliverWebhook.run(attempt(id, webhookId)));
    expect(line).toMatchObject({
      ...about,
      operation: 'deliverWebhook',
      webhook: webhookId,
      outcome,
      httpStatus: answer,
    });
    expect([line.reason, line.attempts]).toEqual([reason, 1]);
    await w.call('deleteWebhook', { webhookId }, { apiKey: admin });
  });

  test('the last attempt at a delivery that is given up', async () => {
    const { notifyWebhooks, deliverWebhook } = await webhooks();
    const { webhookId, id, message } = await anEventForAWebhook(410);
    await notifyWebhooks.run(message);
    log.clear();
    const line = await told(() => deliverWebhook.run(attempt(id, webhookId)));
    expect(line).toMatchObject({ outcome: 'parked', reason: 'FAILED', httpStatus: 410 });
  });

  test('a message of a delivery that names none, and one of an event that names none, are dropped', async () => {
    const { deliverWebhook, notifyWebhooks } = await webhooks();
    expect(await told(() => deliverWebhook.run(aBusMessage([])))).toMatchObject({
      outcome: 'dropped',
      reason: 'NO_DELIVERY',
    });
    log.clear();
    expect(await told(() => notifyWebhooks.run(aBusMessage(null)))).toMatchObject({
      outcome: 'dropped',
      reason: 'NO_EVENT',
    });
  });

  test('the schedule of deliveries says how many were due', async () => {
    const { retryWebhooks } = await webhooks();
    const line = await told(() => retryWebhooks.run({} as never));
    expect(line).toMatchObject({ door: 'schedule', operation: 'retryWebhooks', outcome: 'ok' });
    expect(line.deliveries).toBeGreaterThanOrEqual(0);
  });

  test('an alert that reaches its devices, has to come again, and is given up', async () => {
    const { notifyDevices } = await devices();
    await w.call('registerDevice', { token: fresh('token'), platform: 'web', label: 'x' }, { apiKey: key });
    const sessionId = fresh('session');
    await w.call('createSession', { sessionId, name: 'Alerts' }, { apiKey: key });
    const block = async () => {
      w.clock.advance({ minutes: 2 });
      await w.call('updateSession', { sessionId, status: 'Which?', state: 'working' }, { apiKey: key });
      w.clock.advance({ minutes: 2 });
      await w.call('updateSession', { sessionId, status: 'Which?', state: 'blocked' }, { apiKey: key });
      log.clear();
      return lastEvent();
    };
    const pushed = await block();
    const line = { door: 'topic', operation: 'notifyDevices', account: w.account };
    expect(await told(() => notifyDevices.run(pushed.message))).toMatchObject({ ...line, outcome: 'ok', sent: 1 });

    const { pushSender } = w.app.ports;
    Object.assign(w.app.ports, { pushSender: { send: async () => [{ outcome: 'later', error: 'busy' }] } });
    const held = await block();
    const retry = () => Promise.resolve(notifyDevices.run(held.message)).catch(ignored);
    const again = { ...line, outcome: 'again', reason: 'PUSH_UNFINISHED', event: held.id };
    expect(await told(retry)).toMatchObject(again);
    const { docs } = await w.db.collection(`accounts/${w.account}/pushes`).get();
    // All but its last attempt are over.
    const push = docs.find((doc) => doc.get('eventId') === held.id);
    await push?.ref.update({ attempts: limits.PUSH_ATTEMPTS_MAX - 1 });
    log.clear();
    const parked = { ...line, outcome: 'parked', reason: 'PUSH_GIVEN_UP' };
    expect(await told(() => notifyDevices.run(held.message))).toMatchObject(parked);
    Object.assign(w.app.ports, { pushSender });
  });
});
