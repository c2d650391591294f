import type { Local } from '../support/local';
import { CLIENTS, post, toolCall } from '../support/mcp';
import { START_TIMEOUT_MS, type Visit, visitSharedCopy } from '../support/shared-copy';

/** What an agent's client does, against what `npm start` starts: the bundle as it is deployed. */

let visit: Visit;
let local: Local;

beforeAll(async () => {
  visit = await visitSharedCopy();
  ({ local } = visit);
}, START_TIMEOUT_MS);
afterAll(() => visit?.leave());

test.each(['v1', 'v2'] as const)('an agent with the %s client works a session and leaves notes', async (version) => {
  const agent = await CLIENTS[version](local.mcp, { Authorization: `Bearer ${local.programKey}` });
  expect((await agent.tools()).length).toBeGreaterThan(20);
  const sessionId = `e2e-${version}`;
  const contextSummary = { handoffNotes: `Left by ${version}` };
  const reports = [
    await agent.call('create_session', { sessionId, name: 'End to end' }),
    await agent.call('update_session', { sessionId, status: 'Testing', lastHeartbeat: true }),
    await agent.call('update_program_state', { programId: local.programId, contextSummary }),
    await agent.call('update_session', { sessionId, status: 'Done', state: 'complete' }),
  ];
  expect(reports.map(({ isError }) => isError ?? false)).toEqual([false, false, false, false]);
  expect((await agent.call('boot')).structuredContent).toMatchObject({
    predecessor: { sessionId, outcome: 'completed' },
    programState: { contextSummary },
  });
  await agent.close();
});

test('a body that is no JSON is answered in the words of JSON-RPC', async () => {
  const headers = { Authorization: `Bearer ${local.programKey}`, 'Content-Type': 'application/json' };
  for (const url of [local.mcp, `${local.functions}/mcp`]) {
    const response = await fetch(url, { method: 'POST', headers, body: '{bad' });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ jsonrpc: '2.0', error: { code: -32700 }, id: null });
  }
});

test('without a key the door stays shut, and says what to do', async () => {
  const response = await post(local.mcp, toolCall('list_sessions'));
  expect(response.status).toBe(401);
  expect(await response.text()).toContain('Authorization: Bearer');
});

test('a page that this machine serves may call, one from elsewhere may not', async () => {
  const from = (Origin: string) =>
    post(local.mcp, toolCall('list_sessions'), { Origin, 'X-Api-Key': local.programKey }).then(({ status }) => status);
  expect([await from('http://localhost:3000'), await from('https://evil.example')]).toEqual([200, 403]);
});

test('a person who signed in is let in at every door, and a token that nobody signed at none', async () => {
  const url = `http://${local.auth}/identitytoolkit.googleapis.com/v1/accounts:signInWithPassword?key=local`;
  const json = { 'Content-Type': 'application/json' };
  const credentials = { email: local.adminEmail, password: local.adminPassword, returnSecureToken: true };
  const signedIn = await fetch(url, { method: 'POST', headers: json, body: JSON.stringify(credentials) });
  const { idToken } = (await signedIn.json()) as { idToken: string };
  const answers = async (token: string) => {
    const headers = { ...json, Authorization: `Bearer ${token}` };
    const responses = await Promise.all([
      post(local.mcp, toolCall('get_account'), headers),
      fetch(`${local.rest}/get_account`, { method: 'POST', headers, body: '{}' }),
      fetch(`${local.functions}/getAccount`, { method: 'POST', headers, body: '{"data":{}}' }),
    ]);
    return Promise.all(responses.map(async (one) => [one.status, (await one.text()).includes(local.account)]));
  };
  expect(await answers(idToken)).toEqual(Array(3).fill([200, true]));
  const [header, payload] = idToken.split('.');
  expect(await answers(`${header}.${payload?.slice(0, -4)}`)).toEqual(Array(3).fill([401, false]));
});
