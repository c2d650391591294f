import { documents, limits } from '@quarterdeck/contract';
import { createMcpDoor } from '../../functions/src/entries/mcp/door.js';
import { type ServedDoor, serveDoor } from '../support/doors.js';
import { grpcError } from '../support/fault-gate.js';
import { post, refusalOf, type ToolResult, toolCall } from '../support/mcp.js';
import { anInstance, aWorld, hashOf, type World } from '../support/world.js';

const OWN_SITE = `https://${process.env.GCLOUD_PROJECT}.web.app`;

let world: World;
let door: ServedDoor;
let builder: { apiKey: string };
let bearer: { Authorization: string };

beforeAll(async () => {
  world = await aWorld();
  door = await serveDoor(createMcpDoor(world.app));
  builder = await world.aKey('builder');
  bearer = { Authorization: `Bearer ${builder.apiKey}` };
});
afterAll(async () => {
  await door.close();
  await world.close();
});

/** The refusal of an HTTP answer: `401 unauthenticated NO_CREDENTIAL`. */
async function httpRefusal(call: Promise<Response>): Promise<string> {
  const response = await call;
  const { error } = (await response.json()) as { error?: { data?: { code: string; reason: string } } };
  return `${response.status} ${error?.data?.code} ${error?.data?.reason}`;
}

/** The result of a tool that was called without a client. */
async function callTool(name: string, input: object, headers: Record<string, string> = bearer): Promise<ToolResult> {
  const response = await post(door.url, toolCall(name, input), headers);
  return ((await response.json()) as { result: ToolResult }).result;
}

describe('who is let in', () => {
  test.each<[what: string, headers: () => Record<string, string>, refusal: string]>([
    ['no credential', () => ({}), '401 unauthenticated NO_CREDENTIAL'],
    ['another scheme', () => ({ Authorization: 'Basic Zm9vOmJhcg==' }), '401 unauthenticated NO_CREDENTIAL'],
    ['a key with a typing error', () => ({ Authorization: 'Bearer cb_x' }), '401 unauthenticated INVALID_KEY'],
    ['a bearer that is no token', () => ({ Authorization: 'Bearer x.y.z' }), '401 unauthenticated INVALID_ID_TOKEN'],
    [
      'a forged session token',
      () => ({ ...bearer, 'X-Session-Token': 'x' }),
      '401 unauthenticated INVALID_SESSION_TOKEN',
    ],
  ])('%s is a plain 401 that says what to do', async (_, headers, refusal) => {
    const response = await post(door.url, toolCall('list_sessions'), headers());
    expect(response.headers.get('www-authenticate')).toBe('Bearer realm="quarterdeck"');
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await httpRefusal(Promise.resolve(response))).toBe(refusal);
  });

  test('a key that was revoked is let in no more', async () => {
    const key = await world.aKey('leaver');
    await world.call('revokeKey', { keyHash: hashOf(key) });
    world.clock.advance({ seconds: limits.CREDENTIAL_CACHE_SECONDS });
    const call = post(door.url, toolCall('list_sessions'), { 'X-Api-Key': key.apiKey });
    expect(await httpRefusal(call)).toBe('401 unauthenticated INVALID_KEY');
  });

  test("another program's session token is refused as permission-denied", async () => {
    const other = await world.aKey('other');
    const { sessionToken } = await world.call('activateAgent', {}, other);
    const call = post(door.url, toolCall('list_sessions'), { ...bearer, 'X-Session-Token': sessionToken });
    expect(await httpRefusal(call)).toBe('403 permission-denied NOT_OWNER');
  });

  test('nothing is told of OAuth, which would open a browser where a key has to be set', async () => {
    const response = await post(door.url, toolCall('list_sessions'));
    expect(response.headers.get('www-authenticate')).not.toContain('resource_metadata');
    expect((await fetch(`${door.url}/.well-known/oauth-protected-resource`)).status).toBe(405);
  });

  test('a database that does not answer is unavailable, not a bad key', async () => {
    const broken = anInstance({ gate: () => Promise.reject(grpcError(14)) });
    const brokenDoor = await serveDoor(createMcpDoor(broken.app));
    const refusal = await httpRefusal(post(brokenDoor.url, toolCall('list_sessions'), bearer));
    await brokenDoor.close();
    await broken.close();
    expect(refusal).toBe('503 unavailable DATABASE_UNAVAILABLE');
  });
});

describe('from where', () => {
  test.each(['https://evil.example', 'null', `${OWN_SITE}.evil.example`, 'http://localhost:3000'])(
    'a page of %s is refused before its key is looked at',
    async (origin) => {
      const response = await post(door.url, toolCall('list_sessions'), { ...bearer, Origin: origin });
      expect(response.headers.get('access-control-allow-origin')).toBeNull();
      expect(await httpRefusal(Promise.resolve(response))).toBe('403 permission-denied FOREIGN_ORIGIN');
      expect((await fetch(door.url, { method: 'OPTIONS', headers: { Origin: origin } })).status).toBe(403);
    },
  );

  test('a page of the own site may call, and is asked before it does', async () => {
    const response = await post(door.url, toolCall('list_sessions'), { ...bearer, Origin: OWN_SITE });
    expect(response.status).toBe(200);
    expect(response.headers.get('access-control-allow-origin')).toBe(OWN_SITE);
    expect(response.headers.get('vary')).toContain('Origin');
    const preflight = await fetch(door.url, { method: 'OPTIONS', headers: { Origin: OWN_SITE } });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-methods')).toBe('POST');
    const allowed = preflight.headers.get('access-control-allow-headers')?.toLowerCase().split(', ');
    expect(allowed).toEqual(
      expect.arrayContaining([
        'authorization',
        'content-type',
        'x-api-key',
        'x-session-token',
        'idempotency-key',
        'mcp-protocol-version',
        'mcp-method',
        'mcp-name',
      ]),
    );
  });

  test('a page can read why it was not let in', async () => {
    const response = await post(door.url, toolCall('list_sessions'), { Origin: OWN_SITE });
    expect(response.status).toBe(401);
    expect(response.headers.get('access-control-allow-origin')).toBe(OWN_SITE);
  });
});

describe('in which form', () => {
  test.each(['GET', 'DELETE', 'PUT'])('%s is not allowed: there is no stream and no session', async (method) => {
    const response = await fetch(door.url, { method, headers: bearer });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST');
  });

  test('a body above the limit is 413, with a key and without', async () => {
    const large = toolCall('remember', { content: 'x'.repeat(limits.AGENT_REQUEST_MAX_BYTES) });
    for (const headers of [bearer, {}]) {
      expect(await httpRefusal(post(door.url, large, headers))).toBe('413 invalid-argument REQUEST_TOO_LARGE');
    }
  });

  test.each([
    ['text/plain', JSON.stringify(toolCall('list_sessions'))],
    // A form is parsed too, and looks like JSON-RPC then.
    ['application/x-www-form-urlencoded', 'jsonrpc=2.0&id=1&method=tools/list'],
  ])('%s is 415', async (type, body) => {
    expect((await post(door.url, body, { ...bearer, 'Content-Type': type })).status).toBe(415);
  });

  test.each<[what: string, body: unknown, code: number]>([
    ['no JSON-RPC', { hello: 'world' }, -32600],
    ['an empty body', {}, -32600],
    ['an empty batch', [], -32600],
    ['a batch with something else in it', [toolCall('list_sessions'), 7], -32600],
  ])('%s is a 400', async (_, body, code) => {
    const response = await post(door.url, body, bearer);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { code } });
  });

  test('a revision that nobody knows is refused, with those that are spoken', async () => {
    const response = await post(door.url, toolCall('list_sessions'), {
      ...bearer,
      'MCP-Protocol-Version': '1999-01-01',
    });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('2025-11-25');
  });

  test('a method that nobody knows is an error of the protocol', async () => {
    const response = await post(door.url, { jsonrpc: '2.0', id: 7, method: 'resources/list' }, bearer);
    expect(await response.json()).toMatchObject({ id: 7, error: { code: -32601 } });
  });

  test('a notification is accepted without an answer', async () => {
    const response = await post(door.url, { jsonrpc: '2.0', method: 'notifications/initialized' }, bearer);
    expect([response.status, await response.text()]).toEqual([202, '']);
  });

  test('each request of a batch gets its answer, also one that the batch cancels', async () => {
    const batch = [
      toolCall('list_sessions', {}, 'a'),
      { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 'a' } },
      toolCall('get_session', { sessionId: 'nobody' }, 2),
    ];
    const answers = (await (await post(door.url, batch, bearer)).json()) as { id: unknown; result: ToolResult }[];
    expect(answers.map(({ id, result }) => [id, refusalOf(result)])).toEqual([
      ['a', 'accepted'],
      [2, 'not-found SESSION_UNKNOWN'],
    ]);
    const tooMany = Array.from({ length: 101 }, (_, id) => toolCall('list_sessions', {}, id));
    expect((await post(door.url, tooMany, bearer)).status).toBe(400);
  });

  test('whoever listens for changes is told at once that none will come: no stream stays open', async () => {
    const meta = {
      'io.modelcontextprotocol/protocolVersion': '2026-07-28',
      'io.modelcontextprotocol/clientInfo': { name: 'test', version: '1' },
      'io.modelcontextprotocol/clientCapabilities': {},
    };
    const params = { notifications: { toolsListChanged: true }, _meta: meta };
    const listen = { jsonrpc: '2.0', id: 1, method: 'subscriptions/listen', params };
    const headers = { ...bearer, 'MCP-Protocol-Version': '2026-07-28', 'Mcp-Method': 'subscriptions/listen' };
    const response = await post(door.url, listen, headers);
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const events = [...(await response.text()).matchAll(/^data: (.*)$/gm)].map(([, data]) => JSON.parse(String(data)));
    expect(events).toMatchObject([
      { method: 'notifications/subscriptions/acknowledged', params: { notifications: {} } },
      { id: 1, result: {} },
    ]);
  });

  test('a name of a prototype is refused as an argument, as at every door', async () => {
    const body = JSON.stringify(toolCall('list_sessions')).replace(
      '"arguments":{}',
      '"arguments":{"__proto__":{"x":1}}',
    );
    const { result } = (await (await post(door.url, body, bearer)).json()) as { result: ToolResult };
    expect(refusalOf(result)).toBe('invalid-argument INVALID_FIELD');
  });
});

test('a call may bring its idempotency key along, because clients set their headers once', async () => {
  const start = async (key: unknown, name: string) => {
    const { params, ...call } = toolCall('create_session', { name });
    const message = { ...call, params: { ...params, _meta: { 'quarterdeck/idempotencyKey': key } } };
    const response = await post(door.url, message, { ...bearer, 'Idempotency-Key': 'of-all-calls' });
    return ((await response.json()) as { result: ToolResult }).result;
  };
  const [first, again, other] = [await start('one', 'Once'), await start('one', 'Once'), await start('two', 'Once')];
  expect(again.structuredContent).toEqual(first.structuredContent);
  expect(other.structuredContent).not.toEqual(first.structuredContent);
  expect(refusalOf(await start('one', 'Twice'))).toBe('invalid-argument IDEMPOTENCY_KEY_REUSED');
  expect(refusalOf(await start(7, 'Once'))).toBe('invalid-argument INVALID_FIELD');
});

test('the same idempotency key has one effect and the same answer', async () => {
  const headers = { ...bearer, 'Idempotency-Key': 'start-once' };
  const [first, second] = await Promise.all([1, 2].map(() => callTool('create_session', { name: 'Once' }, headers)));
  expect(first?.structuredContent).toEqual(second?.structuredContent);
  expect(refusalOf(await callTool('create_session', { name: 'Twice' }, headers))).toBe(
    'invalid-argument IDEMPOTENCY_KEY_REUSED',
  );
});

test('ids of another account find nothing, as if they were not there', async () => {
  const stranger = await aWorld();
  const key = await stranger.aKey('builder');
  const { sessionId } = await stranger.call('createSession', { name: 'Theirs' }, key);
  for (const guess of [sessionId, 'guessed']) {
    expect(refusalOf(await callTool('get_session', { sessionId: guess }))).toBe('not-found SESSION_UNKNOWN');
    expect(refusalOf(await callTool('heartbeat', { sessionId: guess }))).toBe('not-found SESSION_UNKNOWN');
  }
  expect(JSON.stringify(await callTool('list_sessions', { limit: limits.PAGE_MAX }))).not.toContain(sessionId);
  expect(await world.stored(documents.session(world.account, sessionId))).toBeUndefined();
  await stranger.close();
});

test('an application has one door', () => {
  expect(createMcpDoor(world.app)).toBe(createMcpDoor(world.app));
});
