import { documents } from '@quarterdeck/contract';
import { Firestore } from 'firebase-admin/firestore';
import { call as callable, type Local } from '../support/local';
import { type RestAnswer, type RestClient, restClient } from '../support/rest';
import { START_TIMEOUT_MS, type Visit, visitSharedCopy } from '../support/shared-copy';

/** The routes of session windows, on a copy that was started as a person does. Time passes by moving the end of a window. */

const AGENT = 'continuous-bot';

let visit: Visit;
let local: Local;
let db: Firestore;
let call: RestClient;
let key: string;

beforeAll(async () => {
  visit = await visitSharedCopy();
  ({ local } = visit);
  db = new Firestore({ projectId: local.projectId, host: local.firestore, ssl: false });
  call = restClient(`${local.origin}/api/v2`);
  key = await aKey(AGENT);
}, START_TIMEOUT_MS);

afterAll(async () => {
  await db?.terminate();
  visit?.leave();
});

async function aKey(programId: string): Promise<string> {
  const answer = await callable(local, 'createKey', { programId, label: programId, role: 'program' }, local.adminKey);
  return String(answer.key);
}

async function activate(agent = AGENT, who = key): Promise<{ token: string; sessionId: string }> {
  const { status, json } = await call(`/agents/${agent}/activate`, { key: who });
  expect(status).toBe(200);
  return { token: String(json.session_token), sessionId: String(json.session_id) };
}

/** Moves the end of a window, as if time had passed. */
async function endWindow(sessionId: string, inMinutes: number): Promise<void> {
  const expiresAt = new Date(Date.now() + inMinutes * 60_000);
  await db.doc(documents.session(local.account, sessionId)).update({ 'window.expiresAt': expiresAt });
}

const remember = (token?: string, who = key) =>
  call(`/agents/${AGENT}/remember?content=It+went+well&type=fact`, { key: who, token });
const current = (token?: string) => call('/session/current', { method: 'GET', key, token });
const extend = (token: string, hours = '6') => call(`/session/extend?extend_hours=${hours}`, { key, token });
const verdict = ({ json: { status, reason } }: RestAnswer) => `${status} ${reason}`;

test('an agent remembers, sees its window run out, extends it, and goes on with the same token', async () => {
  const { token, sessionId } = await activate();
  expect((await remember(token)).json).toMatchObject({ status: 'stored', agent_id: AGENT });
  expect((await current(token)).json.time_remaining_minutes).toBeGreaterThan(350);

  await endWindow(sessionId, 59.5);
  expect((await current(token)).json.time_remaining_minutes).toBe(59);
  expect((await extend(token)).json).toMatchObject({ hours_added: 6, agent_id: AGENT });
  expect((await current(token)).json.time_remaining_minutes).toBeGreaterThan(415);

  await remember(token);
  expect((await call(`/agents/${AGENT}/recall?query=went+well`, { key, token })).json).toMatchObject({ count: 2 });
  expect((await call(`/agents/${AGENT}/deactivate`, { key, token })).json).toMatchObject({
    session_id: sessionId,
    memories_created: 2,
    status: 'terminated',
  });
});

test('a window that has run out refuses at once, before any sweep has looked', async () => {
  const { token, sessionId } = await activate();
  await endWindow(sessionId, -0.01);
  expect(verdict(await remember(token))).toBe('401 SESSION_EXPIRED');
  expect(verdict(await current(token))).toBe('401 SESSION_EXPIRED');
  expect(verdict(await extend(token))).toBe('409 SESSION_EXPIRED');
});

test('tokens: handed over, of another agent, and missing', async () => {
  const former = await activate();
  const { token } = await activate();
  expect(verdict(await remember(former.token))).toBe('409 SUPERSEDED');
  const otherKey = await aKey('other-bot');
  const other = await activate('other-bot', otherKey);
  expect(verdict(await remember(other.token))).toBe('403 NOT_OWNER');
  expect(verdict(await remember(other.token, local.adminKey))).toBe('403 NOT_OWNER');
  expect(verdict(await remember())).toBe('401 NO_SESSION_TOKEN');
  expect((await remember(token)).status).toBe(200);
});

test('an agent that is not there, one that is, and hours that are none', async () => {
  const { token } = await activate();
  expect(verdict(await call('/agents/nobody/activate', { key: local.adminKey }))).toBe('404 PROGRAM_UNKNOWN');
  const duplicate = await call('/agents', { key: local.adminKey, body: { agent_id: AGENT } });
  expect(verdict(duplicate)).toBe('409 PROGRAM_EXISTS');
  const none = await extend(token, '0');
  expect(none.json).toMatchObject({ status: 422, details: { fields: [{ field: 'extend_hours' }] } });
});

test.each(['/v1/list_sessions', '/demo-quarterdeck/us-central1/api/v1/list_sessions'])(
  '%s answers, and says itself what is wrong with a body',
  async (path) => {
    const rest = restClient(local.origin);
    expect((await rest(path, { key })).json).toMatchObject({ success: true });
    const malformed = await rest(path, { key, body: '{"limit":' });
    expect(malformed.headers.get('content-type')).toBe('application/problem+json');
    expect(malformed.json).toMatchObject({
      status: 400,
      reason: 'INVALID_FIELD',
      detail: expect.stringMatching(/^the body: /),
    });
  },
);

test('the documentation is below the same origin', async () => {
  const rest = restClient(local.origin);
  expect((await rest('/docs', { method: 'GET' })).text).toContain('/v1/create_session');
  expect((await rest('/v1/openapi.json', { method: 'GET' })).json).toMatchObject({ openapi: '3.1.0' });
});
