import { createRestDoor } from '../../functions/src/entries/rest/door.js';
import { v2Routes } from '../../functions/src/entries/rest/v2-routes.js';
import { type ServedDoor, serveDoor } from '../support/doors.js';
import { type RestAnswer, type RestClient, restClient } from '../support/rest.js';
import { aWorld, type World } from '../support/world.js';

let world: World;
let served: ServedDoor;
let call: RestClient;
let key: string;
let otherKey: string;
let adminKey: string;

beforeAll(async () => {
  world = await aWorld();
  served = await serveDoor(createRestDoor(world.app));
  call = declared(restClient(served.url));
  key = (await world.aKey('bot')).apiKey;
  otherKey = (await world.aKey('other-bot')).apiKey;
  adminKey = (await world.aKey('boss', 'admin')).apiKey;
});
afterAll(async () => {
  await served.close();
  await world.close();
});

/** Holds every answer against what its route declares: what is described is what is told, no more and no less. */
function declared(client: RestClient): RestClient {
  return async (path, request) => {
    const answer = await client(path, request);
    const pathname = path.replace(/\?.*$/, '');
    const route = v2Routes.find(
      (one) =>
        one.method === (request?.method ?? 'POST') &&
        new RegExp(`^/api/v2${one.path.replace(/:\w+/g, '[^/]+')}$`).test(pathname),
    );
    if (answer.status < 300) expect(route?.answer.parse(answer.json)).toEqual(answer.json);
    return answer;
  };
}

const activate = async (agent = 'bot', hours = '', who = key): Promise<string> => {
  const { status, json } = await call(`/api/v2/agents/${agent}/activate${hours}`, { key: who });
  expect(status).toBe(200);
  return String(json.session_token);
};
const get = (path: string, token?: string, who = key) => call(path, { method: 'GET', key: who, token });
const verdict = ({ json: { status, reason } }: RestAnswer) => `${status} ${reason}`;
const after = (hours: number) => new Date(world.clock.now().getTime() + hours * 3_600_000).toISOString();

test('a window is opened, looked at, extended and shut', async () => {
  const opened = world.clock.now().toISOString();
  const { json: window } = await call('/api/v2/agents/bot/activate', { key });
  expect(window).toEqual({
    success: true,
    session_id: expect.any(String),
    session_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
    agent_id: 'bot',
    started_at: opened,
    expires_at: after(6),
    duration_hours: 6,
    status: 'active',
  });
  const token = String(window.session_token);

  world.clock.advance({ hours: 5, seconds: 30 });
  expect((await get('/api/v2/session/current', token)).json).toEqual({
    success: true,
    session_id: window.session_id,
    agent_id: 'bot',
    created_at: opened,
    started_at: opened,
    expires_at: window.expires_at,
    duration_minutes: 300,
    time_remaining_minutes: 59,
    time_remaining_seconds: 3570,
    status: 'active',
  });

  const expires = new Date(Date.parse(String(window.expires_at)) + 6 * 3_600_000).toISOString();
  expect((await call('/api/v2/session/extend?extend_hours=6', { key, token })).json).toEqual({
    success: true,
    agent_id: 'bot',
    session_id: window.session_id,
    new_expires_at: expires,
    expires_at: expires,
    hours_added: 6,
    time_remaining_minutes: 419,
  });

  world.clock.advance({ minutes: 15 });
  expect((await call('/api/v2/agents/bot/deactivate', { key, token })).json).toEqual({
    success: true,
    session_id: window.session_id,
    agent_id: 'bot',
    started_at: opened,
    ended_at: world.clock.now().toISOString(),
    duration_hours: 5.26,
    memories_created: 0,
    status: 'terminated',
  });
});

test.each<[string, object | undefined, number]>([
  ['', undefined, 6],
  ['?hours=2', undefined, 2],
  ['?duration_hours=1.5', undefined, 1.5],
  ['', { duration_hours: 3 }, 3],
  ['', { hours: 4 }, 4],
  ['', {}, 6],
])('activating with %s and %j opens a window of so many hours: %d', async (query, body, hours) => {
  const { json } = await call(`/api/v2/agents/bot/activate${query}`, { key, body });
  expect(json).toMatchObject({ duration_hours: hours, expires_at: after(hours) });
});

test('memories are stored by query or body, singly or many, and are found and cited', async () => {
  const token = await activate();
  const path = '/api/v2/agents/bot';
  const byQuery =
    '/remember?content=The+customer+prefers+email&type=preference&confidence=0.9&tags=crm,contact&source=agent';
  const first = await call(path + byQuery, { key, token });
  expect([first.status, first.json]).toEqual([
    200,
    { success: true, memory_id: expect.any(String), agent_id: 'bot', status: 'stored' },
  ]);
  await call(`${path}/remember`, {
    key,
    token,
    body: { content: 'Invoices are due in thirty days', title: null, tags: ['billing'], provenance: 'inferred' },
  });
  const batch = await call(`${path}/batch-remember`, {
    key,
    token,
    body: {
      memories: [{ content: 'The office is in Turin' }, { content: 'The warehouse is in Genoa', source: 'agent' }],
    },
  });
  expect(batch.json).toEqual({
    success: true,
    agent_id: 'bot',
    total_submitted: 2,
    successful: 2,
    failed: 0,
    results: [
      { memory_id: expect.any(String), status: 'stored' },
      { memory_id: expect.any(String), status: 'stored' },
    ],
  });

  for (const found of [
    await call(`${path}/recall?query=customer+email&type=preference,fact&tags=crm&min_confidence=0.5`, { key, token }),
    await call(`${path}/recall`, { key, token, body: { query: 'customer email', type: 'preference', limit: 1 } }),
    await get(`${path}/recall?query=customer+email`, token),
  ]) {
    expect(found.json).toMatchObject({
      count: 1,
      ranking: 'text',
      memories: [
        {
          memory_id: first.json.memory_id,
          content: 'The customer prefers email',
          type: 'preference',
          title: expect.any(String),
          confidence: 0.9,
          tags: ['crm', 'contact'],
          provenance: 'explicit_statement',
          created_at: world.clock.now().toISOString(),
          session_id: expect.any(String),
          score: expect.any(Number),
        },
      ],
    });
  }
  const answer = await call(`${path}/answer?question=When+are+invoices+due`, { key, token });
  expect(answer.json).toMatchObject({
    answer: expect.stringContaining('thirty days'),
    citations: [{ number: 1, type: 'fact', quote: expect.any(String) }],
    sources: [expect.any(String)],
    composed_by: 'quotes',
  });
  const { json: summary } = await call(`${path}/deactivate`, { key, token });
  expect(summary).toMatchObject({ memories_created: 4 });
});

test('agents are made, listed, shown and deleted; a deleted one is gone until it is made again', async () => {
  const body = { agent_id: 'helper', pattern: 'support', description: 'Answers mail' };
  const agent = { agent_id: 'helper', pattern: 'support', description: 'Answers mail', created_at: expect.any(String) };
  const made = await call('/api/v2/agents', { key: adminKey, body });
  expect([made.status, made.json]).toEqual([201, { success: true, ...agent }]);
  expect(verdict(await call('/api/v2/agents', { key: adminKey, body }))).toBe('409 PROGRAM_EXISTS');
  expect((await get('/api/v2/agents/helper')).json).toEqual({ success: true, ...agent });
  const { json: listed } = await get('/api/v2/agents');
  expect(listed.agents).toContainEqual(agent);
  expect(listed.count).toBe((listed.agents as unknown[]).length);

  const gone = await call('/api/v2/agents/helper', { method: 'DELETE', key: adminKey });
  expect(gone.json).toEqual({ success: true, agent_id: 'helper', status: 'deleted', keys_revoked: 0 });
  const missing = await get('/api/v2/agents/helper');
  expect(verdict(missing)).toBe('404 PROGRAM_UNKNOWN');
  expect(missing.json.detail).toMatch(/^agent_id: /);
  expect((await get('/api/v2/agents')).json.agents).not.toContainEqual(agent);
  expect(verdict(await call('/api/v2/agents/helper/activate', { key: adminKey }))).toBe('404 PROGRAM_UNKNOWN');
  expect((await call('/api/v2/agents', { key: adminKey, body })).status).toBe(201);
});

test('sessions are listed with the end of their windows', async () => {
  await activate('bot', '?hours=2');
  const { json } = await get('/api/v2/sessions?agent_id=bot&state=working&limit=5');
  expect(json).toMatchObject({
    success: true,
    count: 1,
    sessions: [{ agent_id: 'bot', state: 'working', status: 'active', expires_at: after(2), ended_at: null }],
  });
});

test('the older of two tokens, the token of another agent, and no token', async () => {
  const former = await activate();
  const token = await activate();
  const others = await activate('other-bot', '', otherKey);
  const path = '/api/v2/agents/bot/remember?content=a';
  expect(verdict(await call(path, { key, token: former }))).toBe('409 SUPERSEDED');
  expect(verdict(await get('/api/v2/session/current', former))).toBe('409 SUPERSEDED');
  expect(verdict(await call(path, { key, token: others }))).toBe('403 NOT_OWNER');
  expect(verdict(await call(path, { key: adminKey, token: others }))).toBe('403 NOT_OWNER');
  expect(verdict(await call('/api/v2/agents/other-bot/activate', { key }))).toBe('403 NOT_OWNER');
  expect(verdict(await call('/api/v2/agents/nobody/activate', { key: adminKey }))).toBe('404 PROGRAM_UNKNOWN');
  expect(verdict(await call(path, { key, token: `${token}x` }))).toBe('401 INVALID_SESSION_TOKEN');
  expect(verdict(await call(path, { token }))).toBe('401 NO_CREDENTIAL');
  expect((await call(path, { key, token })).status).toBe(200);
});

test.each([
  ['GET', '/session/current'],
  ['POST', '/session/extend'],
  ['POST', '/agents/bot/remember?content=a'],
  ['POST', '/agents/bot/recall?query=a'],
  ['POST', '/agents/bot/answer?question=a'],
])('%s %s without a session token is 401', async (method, path) => {
  await activate();
  const answer = await call(`/api/v2${path}`, { method, key });
  expect(verdict(answer)).toBe('401 NO_SESSION_TOKEN');
  expect(answer.json).toMatchObject({ error: 'NO_SESSION_TOKEN', message: answer.json.detail });
});

test('after its end a window refuses at once, and can not be extended', async () => {
  const token = await activate('bot', '?hours=1');
  world.clock.advance({ hours: 1 });
  expect(verdict(await get('/api/v2/session/current', token))).toBe('401 SESSION_EXPIRED');
  expect(verdict(await call('/api/v2/agents/bot/remember?content=a', { key, token }))).toBe('401 SESSION_EXPIRED');
  expect(verdict(await call('/api/v2/session/extend', { key, token }))).toBe('409 SESSION_EXPIRED');
});

test.each<[string, string, unknown, string]>([
  ['POST', '/session/extend?extend_hours=0', undefined, 'extend_hours'],
  ['POST', '/session/extend?extend_hours=-1', undefined, 'extend_hours'],
  ['POST', '/session/extend?extend_hours=many', undefined, 'extend_hours'],
  ['POST', '/session/extend?hours=6', undefined, 'hours'],
  ['POST', '/agents/bot/activate?hours=169', undefined, 'hours'],
  ['POST', '/agents/bot/activate', { duration_hours: '6' }, 'duration_hours'],
  ['POST', '/agents/a%20b/activate', undefined, 'agent_id'],
  ['POST', '/agents/bot/remember?content=a&type=rumour', undefined, 'type'],
  ['POST', '/agents/bot/remember?content=a&colour=red', undefined, 'colour'],
  ['POST', '/agents/bot/remember', { content: 'a', confidence: 2 }, 'confidence'],
  ['POST', '/agents/bot/batch-remember', { memories: [{ content: 'a' }, { content: '' }] }, 'memories.1.content'],
  ['POST', '/agents/bot/recall?query=a&type=rumour', undefined, 'type.0'],
  ['POST', '/agents/bot/recall?query=a&min_confidence=2', undefined, 'min_confidence'],
  ['POST', '/agents', { agent_id: 'a b' }, 'agent_id'],
  ['GET', '/sessions?page_token=nonsense', undefined, ''],
  ['GET', '/sessions?limit=0', undefined, 'limit'],
])('%s %s with %j is 422 and names the field as it was sent: %s', async (method, path, body, field) => {
  const { apiKey } = { apiKey: path === '/agents' ? adminKey : key };
  const token = path.startsWith('/agents/a%20b') ? undefined : await activate();
  const { status, json } = await call(`/api/v2${path}`, { method, key: apiKey, token, body });
  expect(status).toBe(422);
  expect(json).toMatchObject({ status: 422, code: 'invalid-argument', error: json.reason, message: json.detail });
  if (field === '') return;
  expect(json).toMatchObject({ details: { fields: [expect.objectContaining({ field })] } });
  expect(String(json.detail).startsWith(`${field}: `)).toBe(true);
});

test('a wrong method is 405 and names those that would do', async () => {
  const { status, headers, json } = await call('/api/v2/agents/bot', { method: 'PUT', key });
  expect([status, headers.get('allow'), json.error]).toEqual([405, 'GET, DELETE', 'OPERATION_UNKNOWN']);
});

test('an address without a route is 404, in the form that its clients read', async () => {
  const { json } = await call('/api/v2/agents/bot/dance', { key });
  expect(json).toMatchObject({ status: 404, reason: 'OPERATION_UNKNOWN', error: 'OPERATION_UNKNOWN' });
});

test('an extension that is repeated with its idempotency key extends once', async () => {
  const token = await activate();
  const headers = { 'Idempotency-Key': 'extend-once' };
  const [first, again] = [
    await call('/api/v2/session/extend?extend_hours=6', { key, token, headers }),
    await call('/api/v2/session/extend?extend_hours=6', { key, token, headers }),
  ];
  expect(again.json).toEqual(first.json);
  expect((await get('/api/v2/session/current', token)).json).toMatchObject({ expires_at: after(12) });
});
