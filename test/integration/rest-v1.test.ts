import { createHash } from 'node:crypto';
import { limits } from '@quarterdeck/contract';
import { createRestDoor } from '../../functions/src/entries/rest/door.js';
import { restOperations } from '../../functions/src/entries/rest/v1.js';
import { type ServedDoor, serveDoor } from '../support/doors.js';
import { type RestClient, restClient } from '../support/rest.js';
import { aWorld, type World } from '../support/world.js';

let world: World;
let served: ServedDoor;
let call: RestClient;
let key: string;
let adminKey: string;

beforeAll(async () => {
  world = await aWorld();
  served = await serveDoor(createRestDoor(world.app));
  call = restClient(served.url);
  key = (await world.aKey('builder')).apiKey;
  adminKey = (await world.aKey('boss', 'admin')).apiKey;
});
afterAll(async () => {
  await served.close();
  await world.close();
});

const operations = [...restOperations.values()];
/** They are for a person who signs in, whom this table does not have. */
const ofMembers = operations.filter(({ access }) => !access.includes('person') && !access.includes('anyone'));

test.each(operations)('$name without a credential is 401 and asks for a bearer', async ({ name, access }) => {
  const { status, headers, json } = await call(`/v1/${name}`, { body: {} });
  if (access.includes('anyone')) return expect(status).not.toBe(401);
  expect(status).toBe(401);
  expect(headers.get('www-authenticate')).toMatch(/^Bearer/);
  return expect(json).toMatchObject({ status: 401, code: 'unauthenticated', reason: 'NO_CREDENTIAL' });
});

test.each(ofMembers)('$name names a field that it does not know', async ({ name, access }) => {
  const credential = access.includes('admin') ? adminKey : key;
  const { status, headers, json } = await call(`/v1/${name}`, { body: { colour: 'red' }, key: credential });
  expect(status).toBe(400);
  expect(headers.get('content-type')).toBe('application/problem+json');
  expect(json).toMatchObject({
    type: '/docs#INVALID_FIELD',
    title: 'Invalid field',
    status: 400,
    detail: expect.stringContaining('colour: is not a field of this operation'),
    code: 'invalid-argument',
    reason: 'INVALID_FIELD',
    details: { fields: expect.arrayContaining([expect.objectContaining({ field: 'colour' })]) },
  });
});

test('an operation answers its output, at each form of its address', async () => {
  for (const path of ['/v1/create_session', '/api/v1/create_session']) {
    const { status, headers, json } = await call(path, { body: { name: 'Refactor', sessionId: 'one' }, key });
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(json).toMatchObject({ success: true, sessionId: 'one', session: { programId: 'builder' } });
  }
});

test('no body is an empty input, and a key comes in either header', async () => {
  expect(await call('/v1/list_programs', { key })).toMatchObject({ status: 200, json: { success: true } });
  expect(await call('/v1/list_programs', { headers: { 'X-Api-Key': key } })).toMatchObject({ status: 200 });
});

test('a wrong key is 401, a role that may not is 403, a thing that is not there 404, one that exists 409', async () => {
  const problems = [
    await call('/v1/list_programs', { key: `${key}x` }),
    await call('/v1/create_program', { key, body: { programId: 'other' } }),
    await call('/v1/get_session', { key, body: { sessionId: 'nowhere' } }),
    await call('/v1/create_program', { key: adminKey, body: { programId: 'builder' } }),
  ];
  expect(problems.map(({ json: { status, reason } }) => `${status} ${reason}`)).toEqual([
    '401 INVALID_KEY',
    '403 ROLE_NOT_ALLOWED',
    '404 SESSION_UNKNOWN',
    '409 PROGRAM_EXISTS',
  ]);
});

test('a name that no operation has is 404 and names the nearest, if any is near', async () => {
  const { status, json } = await call('/v1/create_sesion', { key, body: {} });
  expect(status).toBe(404);
  expect(json).toMatchObject({ reason: 'OPERATION_UNKNOWN', detail: expect.stringContaining('create_session') });
  expect((await call('/v1/nope', { key })).json).toMatchObject({
    detail: 'There is no operation of this name. /docs describes them all.',
  });
  expect((await call('/v1/constructor', { key })).status).toBe(404);
  expect((await call('/elsewhere', { key })).json).toMatchObject({ status: 404, reason: 'OPERATION_UNKNOWN' });
});

test.each(['GET', 'PUT', 'DELETE', 'PATCH'])('%s of an operation is 405 and says what would do', async (method) => {
  const { status, headers } = await call('/v1/heartbeat', { method, key });
  expect([status, headers.get('allow')]).toEqual([405, 'POST']);
});

test('what is no JSON is 415, and what is too large 413', async () => {
  const form = await call('/v1/heartbeat', { key, body: 'a=b', headers: { 'Content-Type': 'text/plain' } });
  expect(form.json).toMatchObject({ status: 415, detail: expect.stringContaining('Content-Type: application/json') });
  const large = await call('/v1/heartbeat', { key, body: { sessionId: 'x'.repeat(limits.AGENT_REQUEST_MAX_BYTES) } });
  expect(large.json).toMatchObject({ status: 413, reason: 'REQUEST_TOO_LARGE' });
});

test('an idempotency key is passed on: repeated, the call makes one session and gets one answer', async () => {
  const headers = { 'Idempotency-Key': 'a-key-of-the-caller' };
  const [first, again] = [
    await call('/v1/create_session', { body: { name: 'Once' }, key, headers }),
    await call('/v1/create_session', { body: { name: 'Once' }, key, headers }),
  ];
  expect(first.status).toBe(200);
  expect(again.json).toEqual(first.json);
  const other = await call('/v1/create_session', { body: { name: 'Other' }, key, headers });
  expect(other.json).toMatchObject({ status: 422, reason: 'IDEMPOTENCY_KEY_REUSED' });
});

describe('the documentation', () => {
  test.each([
    ['/v1/openapi.json', 'application/json'],
    ['/api/v1/openapi.json', 'application/json'],
    ['/docs', 'text/html; charset=utf-8'],
  ])('%s is there for everybody, and is sent once to who keeps it', async (path, type) => {
    const first = await call(path, { method: 'GET' });
    expect([first.status, first.headers.get('content-type')]).toEqual([200, type]);
    expect(first.headers.get('cache-control')).toBe('public, max-age=300');
    const tag = String(first.headers.get('etag'));
    for (const known of [tag, `W/${tag}`, `"other", ${tag}`]) {
      const again = await call(path, { method: 'GET', headers: { 'If-None-Match': known } });
      expect([again.status, again.text.length]).toEqual([304, 0]);
    }
    expect((await call(path, { method: 'GET', headers: { 'If-None-Match': '"other"' } })).status).toBe(200);
    expect((await call(path, { body: {} })).headers.get('allow')).toBe('GET');
  });

  test('the page may load nothing but its own style', async () => {
    const { headers, text } = await call('/docs', { method: 'GET' });
    const style = String(/<style>([\s\S]*)<\/style>/.exec(text)?.[1]);
    const hash = createHash('sha256').update(style).digest('base64');
    expect(headers.get('content-security-policy')).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    );
  });
});
