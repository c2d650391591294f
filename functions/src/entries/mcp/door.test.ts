import { type ServedDoor, serveDoor } from '../../../../test/support/doors.js';
import { post, type ToolResult, toolCall } from '../../../../test/support/mcp.js';
import type { App } from '../../compose.js';
import { createMcpDoor } from './door.js';

jest.mock('firebase-functions/logger', () => ({ error: jest.fn(), write: jest.fn() }));
jest.mock('../../settings.js', () => ({ allowedOrigins: () => () => false }));

const SECRET = `cb_secret in ${__filename}`;

let door: ServedDoor;
async function serve(app: object): Promise<void> {
  door = await serveDoor(createMcpDoor({ ports: {}, ...app } as unknown as App));
}
afterEach(() => door.close());
const defect = async () => {
  throw new Error(SECRET);
};

test.each<[what: string, app: object, status: number]>([
  ['while it looks who is calling', { identify: defect }, 500],
  ['in an operation', { identify: async () => ({ role: 'program' }), dispatch: defect }, 200],
])('a defect %s leaves as internal, without stack, path or secret', async (_, app, status) => {
  await serve(app);
  const response = await post(door.url, toolCall('list_sessions', {}, 'mine'));
  const text = await response.text();
  expect(response.status).toBe(status);
  expect(JSON.parse(text).id).toBe('mine');
  expect(text).toMatch(/internal UNEXPECTED: /);
  expect(text).not.toMatch(/secret|\.ts\b|\\n/);
});

test.each(['{bad', '[1,', '"x', '\u0000'])('a body of %j is no JSON: the answer is that of JSON-RPC', async (body) => {
  await serve({ identify: async () => ({ role: 'program' }) });
  const response = await fetch(door.url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
  expect(response.status).toBe(400);
  expect(await response.json()).toEqual({
    jsonrpc: '2.0',
    error: {
      code: -32700,
      message: 'The body is not well-formed JSON: send one JSON-RPC message, or a list of them.',
    },
    id: null,
  });
});

test('JSON that is no message is refused as such', async () => {
  await serve({ identify: async () => ({ role: 'program' }) });
  const response = await fetch(door.url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: '5',
  });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ jsonrpc: '2.0', error: { code: -32600 } });
});

test('credentials, session token and idempotency key reach the operation with its arguments', async () => {
  const dispatch = jest.fn(async () => ({ success: true }));
  await serve({ identify: async () => ({ role: 'program' }), dispatch });
  const headers = { Authorization: 'Bearer cb_key', 'X-Session-Token': 'token', 'Idempotency-Key': 'once' };
  const response = await post(door.url, toolCall('update_session', { status: 'x' }), headers);
  expect(dispatch.mock.calls).toEqual([
    ['updateSession', { status: 'x' }, { apiKey: 'cb_key', sessionToken: 'token' }, { idempotencyKey: 'once' }],
  ]);
  const { result } = (await response.json()) as { result: ToolResult };
  expect(result).toEqual({
    content: [{ type: 'text', text: '{"success":true}' }],
    structuredContent: { success: true },
  });
});
