import { limits } from '@quarterdeck/contract';
import { aConversation, PRIVATE_TEXTS } from '../support/claude-code-events.js';
import { databaseHash } from '../support/database-hash.js';
import { FaultGate } from '../support/fault-gate.js';
import { recordFunctionLog } from '../support/function-log.js';
import { aHook, aHookWorld, type HookWorld, missed, newId, outcomeOf } from '../support/hooks.js';
import { invariants } from '../support/invariants.js';

const log = recordFunctionLog();
const gate = new FaultGate();
let world: HookWorld;

beforeAll(async () => {
  world = await aHookWorld({ gate: gate.gate });
});
beforeEach(() => log.clear());
afterEach(() => gate.arm());
afterAll(async () => {
  expect(await invariants(world.db, world.account)).toEqual([]);
  await world.close();
});

describe('what is refused', () => {
  test.each<[title: string, as: () => Promise<string | undefined>, reason: string]>([
    ['no key', async () => undefined, 'NO_CREDENTIAL'],
    ['a key with a typing error', async () => `${world.key}x`, 'INVALID_KEY'],
    ['a bearer that is no key', async () => 'nonsense', 'INVALID_ID_TOKEN'],
    ["an auditor's key", async () => (await world.aKey('watcher', 'auditor')).apiKey, 'ROLE_NOT_ALLOWED'],
    ['a revoked key', revokedKey, 'INVALID_KEY'],
  ])('%s: 200, and nothing is written', async (_title, as, reason) => {
    const id = newId();
    const credential = await as();
    const before = await databaseHash(world.db, world.account);
    const headers = credential === undefined ? {} : { key: credential };
    const beat = await world.rest('/hooks/claude-code', { body: aHook(id, 'PostToolUse'), ...headers });
    expect([outcomeOf(beat), beat.json]).toEqual([reason, {}]);
    const start = await world.rest('/hooks/claude-code', { body: aHook(id, 'SessionStart'), ...headers });
    expect([outcomeOf(start), start.json]).toEqual([
      reason,
      { systemMessage: expect.stringMatching(/^Quarterdeck: ./) },
    ]);
    expect(await databaseHash(world.db, world.account)).toEqual(before);
    expect(log.entries).toMatchObject([missed(reason, 'PostToolUse', id), missed(reason, 'SessionStart', id)]);
  });

  async function revokedKey(): Promise<string> {
    const { key: made, keyHash } = await world.call('createKey', { programId: 'gone', label: 'x' });
    const id = newId();
    expect(await world.send(aHook(id, 'PostToolUse'), { as: made })).toBe('recorded');
    await world.call('revokeKey', { keyHash });
    return made;
  }

  test('an event about a session of another program, from which it stays untouched', async () => {
    const id = newId();
    await world.send(aHook(id, 'UserPromptSubmit', { prompt: 'Mine' }));
    const reviewer = (await world.aKey('reviewer')).apiKey;
    const boss = (await world.aKey('boss', 'admin')).apiKey;
    for (const as of [reviewer, boss]) {
      for (const name of ['PostToolUse', 'SessionStart', 'SessionEnd'])
        expect(await world.send(aHook(id, name), { as })).toBe('NOT_OWNER');
    }
    expect(await world.session(id)).toMatchObject({ programId: 'builder', state: 'working', status: 'Mine' });
  });

  test("none of an admin's key about a session of its own program", async () => {
    const as = (await world.aKey('chief', 'admin')).apiKey;
    const id = newId();
    for (const { event } of aConversation(id)) expect(await world.send(event, { as })).toBe('recorded');
    expect(await world.session(id)).toMatchObject({ programId: 'chief', outcome: 'completed' });
  });

  test('nothing of the same id in another account: it has a session of its own there', async () => {
    const other = await aHookWorld();
    const id = newId();
    await world.send(aHook(id, 'UserPromptSubmit', { prompt: 'Mine' }));
    expect(await other.send(aHook(id, 'UserPromptSubmit', { prompt: 'Theirs' }))).toBe('recorded');
    expect((await world.session(id)).status).toBe('Mine');
    expect((await other.session(id)).status).toBe('Theirs');
    await other.close();
  });

  test('a session beyond the limit: its start says who holds the slot, and later events are let go', async () => {
    const small = await aHookWorld({ sessionLimit: 1 });
    expect(await small.send(aHook('holder', 'SessionStart'))).toBe('recorded');
    const refused = await small.post(aHook('second', 'SessionStart'));
    expect(outcomeOf(refused)).toBe('SESSION_LIMIT');
    expect(refused.json.systemMessage).toMatch(/^Quarterdeck: .*limit/);
    expect(await small.send(aHook('second', 'PostToolUse'))).toBe('SESSION_LIMIT');
    await small.send(aHook('holder', 'SessionEnd'));
    expect(await small.send(aHook('second', 'PostToolUse'))).toBe('recorded');
    await small.close();
  });

  test.each<[title: string, body: unknown]>([
    ['nothing', undefined],
    ['a list', []],
    ['an empty object', {}],
    ['no session', { hook_event_name: 'Stop' }],
    ['a session that is a number', { hook_event_name: 'Stop', session_id: 7 }],
    ['a session that names another document', aHook('../../other/sessions/x', 'Stop')],
    ['a session that Firestore reserves', aHook('__x__', 'Stop')],
    ['a session that is too long', aHook('x'.repeat(101), 'Stop')],
    ['no event', { session_id: 'x' }],
    ['an event that is a list', { session_id: 'x', hook_event_name: ['Stop'] }],
    ['a name that is too long for a log', aHook('x', 'S'.repeat(101))],
    ['a folder that is a number', aHook('x', 'Stop', { cwd: 1 })],
    ['a prompt that is an object', aHook('x', 'UserPromptSubmit', { prompt: {} })],
    ['a message that is a list', aHook('x', 'Notification', { message: [] })],
  ])('%s: 200, and nothing is written', async (_title, body) => {
    const before = await databaseHash(world.db, world.account);
    const answer = await world.rest('/hooks/claude-code', { body, key: world.key });
    expect([outcomeOf(answer), answer.json]).toEqual(['INVALID_FIELD', {}]);
    expect(await databaseHash(world.db, world.account)).toEqual(before);
  });

  test('a body that is no JSON', async () => {
    const headers = { 'Content-Type': 'application/vnd.claude+json' };
    expect(outcomeOf(await world.rest('/hooks/claude-code', { body: '{"session_id":', key: world.key, headers }))).toBe(
      'INVALID_FIELD',
    );
  });

  test('a body of more than a megabyte; just below it, a large tool output is no matter', async () => {
    const id = newId();
    const output = (bytes: number) => aHook(id, 'PostToolUse', { tool_response: { stdout: 'x'.repeat(bytes) } });
    expect(await world.send(output(limits.AGENT_REQUEST_MAX_BYTES))).toBe('REQUEST_TOO_LARGE');
    expect(await world.send(output(limits.AGENT_REQUEST_MAX_BYTES - 1000))).toBe('recorded');
  });

  test('null for a field that may be absent is as if it were', async () => {
    const id = newId();
    for (const name of ['SessionStart', 'UserPromptSubmit', 'Notification', 'StopFailure']) {
      const fields = { cwd: null, source: null, prompt: null, message: null, notification_type: null, error: null };
      expect(await world.send(aHook(id, name, fields))).toBe('recorded');
    }
    expect(await world.session(id)).toMatchObject({ name: 'Claude Code', projectName: null, status: null });
  });

  test.each(['GET', 'PUT', 'DELETE'])(
    '%s of the address is 405, and another address below it 404, with what would do',
    async (method) => {
      const { status, headers } = await world.rest('/hooks/claude-code', { method, key: world.key });
      expect([status, headers.get('allow')]).toEqual([405, 'POST']);
      const elsewhere = await world.rest('/hooks/claude', { method, key: world.key });
      expect(elsewhere.status).toBe(404);
      expect(elsewhere.json.detail).toContain('POST /hooks/claude-code');
    },
  );
});

test('what people and agents wrote, where they work and the key never reach the log', async () => {
  const id = newId();
  const auditor = (await world.aKey('watcher', 'auditor')).apiKey;
  for (const { event } of aConversation(id)) {
    await world.send(event, { as: auditor });
    await world.rest('/hooks/claude-code', { body: { ...event, cwd: 7 }, key: world.key });
  }
  gate.arm(() => Promise.reject(new TypeError('broken')));
  for (const { event } of aConversation(id)) await world.send(event);
  gate.arm();
  expect(log.entries.map(({ severity }) => severity)).toContain('ERROR');
  const written = JSON.stringify(log.entries);
  for (const text of [...PRIVATE_TEXTS, auditor, world.key]) expect(written).not.toContain(text);
});
