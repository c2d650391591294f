import '../../functions/src/entries/quiet-debug.js';
import { type Door, type Operation, type OperationName, operations } from '@quarterdeck/contract';
import type { Firestore } from 'firebase-admin/firestore';
import { type Canary, needlesOf, sightings, type Trace } from '../support/canaries.js';
import { documentsBelow } from '../support/database-hash.js';
import {
  type Asker,
  anIdToken,
  claimsOf,
  type DoorAnswer,
  type ServedDoors,
  serveEveryDoor,
} from '../support/every-door.js';
import { FaultGate, grpcError } from '../support/fault-gate.js';
import { recordFunctionLog } from '../support/function-log.js';
import { type OwnEmulator, useOwnEmulator } from '../support/own-emulator.js';
import { type Actor, allNames, type Scene, validCalls } from '../support/valid-calls.js';
import { startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.js';
import { aBackground, sendToThisMachine } from '../support/webhooks.js';
import { aWorld, recordedAuth, SESSION_TOKEN_KEYS, type World } from '../support/world.js';

/**
 * Keys, tokens and secrets go through every operation and every kind of refusal at every door. Then all that was stored, logged, published, sent and answered
 * is searched for them.
 */

const log = recordFunctionLog('everything');

/** What answers with a secret, and in which field: nothing else may, and nowhere else. */
const SHOWS: Partial<Record<OperationName, string>> = {
  createKey: 'key',
  rotateKey: 'key',
  activateAgent: 'sessionToken',
  createWebhook: 'secret',
  exchangeKey: 'customToken',
};

const faults = new FaultGate();
const canaries: Canary[] = [];
const traces: Trace[] = [];
/** All of its documents are searched. */
let emulator: OwnEmulator;
let w: World;
let doors: ServedDoors;
let receiver: WebhookReceiver;
let scene: Scene;
let askers: Record<Actor, Asker>;
let names = 0;
const fresh = (kind: string) => `${kind}-${++names}`;

function note(what: string, secret: unknown): void {
  if (typeof secret !== 'string' || secret.length < 40) throw new Error(`${what} is no secret: ${secret}`);
  canaries.push({ what, secret });
}

beforeAll(async () => {
  emulator = await useOwnEmulator();
  w = await aWorld({ gate: faults.gate, auth: customTokens() });
  doors = await serveEveryDoor(w.app);
  receiver = await startWebhookReceiver();
  sendToThisMachine(w);
  const keyOf = async (programId: string, role: 'program' | 'admin') => {
    const { apiKey } = await w.aKey(programId, role);
    note(`the key of ${programId}`, apiKey);
    return apiKey;
  };
  const [program, admin] = [await keyOf('builder', 'program'), await keyOf('overseer', 'admin')];
  const { sessionToken } = await w.call('activateAgent', { programId: 'builder' });
  note('the session token of builder', sessionToken);
  const idToken = anIdToken('newcomer', {
    auth_time: 1_700_000_000,
    nonce: 'n'.repeat(30),
    jti: `${w.account}-${'j'.repeat(40)}`,
  });
  note('the ID token', `eyJ.${idToken.split('.')[1]}`);
  for (const { kid, k } of SESSION_TOKEN_KEYS.keys) note(`the signing key ${kid}`, k);
  askers = { program: { key: program, token: sessionToken }, admin: { key: admin }, newcomer: { idToken } };
  scene = {
    programId: 'builder',
    webhookUrl: receiver.url,
    fresh,
    call: (async (name: OperationName, input: unknown, actor: Actor = 'program') => {
      const { answer, verdict, message } = await ask('rest', name, input, askers[actor]);
      if (verdict !== 'accepted') throw new Error(`${name}: ${verdict}: ${message}`);
      return answer;
    }) as Scene['call'],
  };
});

afterAll(async () => {
  await doors.close();
  await receiver.close();
  await w.close();
  await emulator.close();
});

/** The token that a key is exchanged for is a secret too. */
function customTokens() {
  return {
    ...recordedAuth(async (token) => claimsOf(token)),
    createCustomToken: async (uid: string) =>
      `custom-${Buffer.from(`${uid}-${fresh('t')}`)
        .toString('hex')
        .padEnd(60, 'c')}`,
  };
}

/** Asks, and keeps what came over the wire, without what the answer shows on purpose. */
async function ask(
  door: Door,
  name: OperationName,
  input: unknown,
  asker: Asker,
  what = 'answer',
): Promise<DoorAnswer> {
  const operation: Operation = operations[name];
  const answer = await doors.ask[door](operation, input, asker);
  const shown = SHOWS[name] === undefined ? undefined : answer.answer[SHOWS[name]];
  if (typeof shown === 'string') note(`${SHOWS[name]} of ${name}`, shown);
  const text = typeof shown === 'string' ? answer.wire.replaceAll(shown, '') : answer.wire;
  traces.push({ where: `the ${what} of ${name} at ${door}`, text });
  return answer;
}

test('every operation, at every door, shows a secret in the one answer that is for it', async () => {
  const withToken = { ...askers.admin };
  for (const name of allNames) {
    const { as = 'program', input } = validCalls[name];
    for (const door of operations[name].doors as readonly Door[]) {
      const given = await input(scene);
      const asker = { ...(as === 'admin' ? withToken : askers[as]), idempotencyKey: fresh('call') };
      // A second time: the answer is kept, sealed.
      for (let times = 0; times < 2; times++) {
        const { verdict, message } = await ask(door, name, given, asker);
        expect([name, door, verdict, verdict === 'accepted' ? '' : message]).toEqual([name, door, 'accepted', '']);
      }
    }
  }
});

/** A key, one character of which is another. */
function mistyped(key = ''): string {
  return `${key.slice(0, -1)}${key.endsWith('0') ? '1' : '0'}`;
}

test('so does no refusal', async () => {
  const { program, admin, newcomer } = askers;
  const secret = program.key;
  const refusals: readonly [string, Asker, (input: object) => unknown][] = [
    ['unknown field', program, (input) => ({ ...input, noSuchField: [secret, program.token] })],
    [
      'wrong type',
      admin,
      (input) => Object.fromEntries(Object.keys({ ...input, a: 1 }).map((field) => [field, { secret }])),
    ],
    [
      'text for every field',
      admin,
      (input) => Object.fromEntries(Object.keys(input).map((field) => [field, program.token])),
    ],
    ['no input', program, () => [secret]],
    ['nobody', {}, (input) => input],
    ['mistyped key', { key: mistyped(program.key) }, (input) => input],
    ['key for an ID token', { idToken: `x${program.key}` }, (input) => input],
    ['somebody without an account', { idToken: newcomer.idToken, token: program.token }, () => ({ noSuchField: 1 })],
    ['token of another', { key: admin.key, token: `${program.token}x` }, (input) => input],
    ['ID token for a session token', { ...program, token: newcomer.idToken }, (input) => input],
    ['bad idempotency key', { ...program, idempotencyKey: `${program.key} x` }, (input) => input],
  ];
  // The mistyped key is nearly the key: it must not be seen either.
  note('the mistyped key', mistyped(program.key).slice(0, -1));
  for (const name of allNames) {
    const shape = Object.fromEntries(Object.keys(operations[name].input.shape).map((field) => [field, 'x']));
    for (const door of operations[name].doors as readonly Door[])
      for (const [what, asker, inputOf] of refusals) await ask(door, name, inputOf(shape), asker, what);
  }
});

test('nor does a fault that nobody foresaw, at any of the calls that a door makes', async () => {
  for (const name of allNames) {
    const { as = 'program', input } = validCalls[name];
    const door = operations[name].doors[0] as Door;
    const given = await input(scene);
    // 3 is INVALID_ARGUMENT: what the database never answers, and what is told as internal and logged whole.
    for (let n = 0; n < 3; n++) {
      faults.failAt(n, 3);
      await ask(door, name, given, { ...askers[as], idempotencyKey: fresh('call') }, 'fault');
      faults.arm();
    }
  }
  expect(grpcError(3).message).toContain('injected');
  expect(log.entries.some(({ message }) => message.includes('unexpected error'))).toBe(true);
});

test('nor do other addresses, methods and bodies', async () => {
  const { key, token } = askers.program;
  const headers = {
    Authorization: `Bearer ${key}`,
    'X-Session-Token': String(token),
    'Content-Type': 'application/json',
  };
  const { rest, mcp } = doors.addresses;
  const requests: [string, string, RequestInit][] = [
    ['a key in the query', `${rest}/v1/no_such?key=${key}`, { method: 'POST', headers, body: '{}' }],
    ['a key in the query of a hook', `${rest}/hooks/claude-code?key=${key}`, { method: 'POST', headers, body: '{' }],
    ['a body that is no JSON', `${rest}/v1/heartbeat`, { method: 'POST', headers, body: `{"key":"${key}` }],
    ['another method', `${rest}/v1/heartbeat?key=${key}`, { method: 'DELETE', headers }],
    ['a session window', `${rest}/api/v2/session/current`, { headers }],
    [
      'a window that is refused',
      `${rest}/api/v2/agents/other/remember`,
      { method: 'POST', headers, body: '{"content":1}' },
    ],
    [
      'a hook',
      `${rest}/hooks/claude-code`,
      { method: 'POST', headers, body: JSON.stringify({ session_id: token, hook_event_name: 'Stop' }) },
    ],
    [
      'a hook of an unknown name',
      `${rest}/hooks/claude-code`,
      { method: 'POST', body: JSON.stringify({ session_id: 's', hook_event_name: key }) },
    ],
    ['a message that is no JSON-RPC', mcp, { method: 'POST', headers, body: `["${key}"]` }],
    [
      'a tool that does not exist',
      mcp,
      {
        method: 'POST',
        headers,
        body: JSON.stringify({
          jsonrpc: '2.0',
          id: 1,
          method: 'tools/call',
          params: { name: 'no_such', arguments: { key } },
        }),
      },
    ],
    ['the description', `${rest}/v1/openapi.json?key=${key}`, {}],
  ];
  for (const [where, url, init] of requests) {
    const response = await fetch(url, init);
    traces.push({ where, text: `${JSON.stringify([...response.headers])} ${await response.text()}` });
  }
});

/** What a line about a call may say: names of ours, ids and figures. */
const LINE_FIELDS = [
  ...['severity', 'message', 'metric', 'door', 'operation', 'outcome', 'reason', 'durationMs', 'calls'],
  ...['account', 'program', 'callId'],
];

test('every operation has a line of its own in the log, which says names, ids and figures', () => {
  const lines = log.entries.filter(({ metric }) => metric === 'call');
  const told = new Set(lines.map(({ operation }) => operation));
  expect([...told].sort()).toEqual(['none', 'hook', ...allNames.map((name) => operations[name].name)].sort());
  expect([...new Set(lines.flatMap((line) => Object.keys(line)))].sort()).toEqual([...LINE_FIELDS].sort());
  const outcomes = [...new Set(lines.map(({ outcome }) => outcome))];
  expect(outcomes).toEqual(
    expect.arrayContaining(['ok', 'internal', 'invalid-argument', 'unauthenticated', 'permission-denied']),
  );
});

test('nothing that was stored, logged, published, sent or answered has one of them', async () => {
  const background = aBackground(w);
  for (const message of w.published)
    traces.push({ where: `message on ${message.topic}`, text: JSON.stringify(message) });
  await background.run();
  expect(receiver.received.length).toBeGreaterThan(0);
  for (const { headers, body } of receiver.received)
    traces.push({ where: 'message to a webhook', text: JSON.stringify([headers, body]) });
  for (const entry of log.entries) traces.push({ where: 'the log', text: JSON.stringify(entry) });
  traces.push(...(await everyDocument(w.db)));
  expect(canaries.length).toBeGreaterThan(20);
  expect(new Set(sightings(canaries, traces))).toEqual(new Set());
});

test.each(['raw', 'base64', 'base64url', 'hex'] as const)('what is searched for is found: %s', (encoding) => {
  const canary = canaries[0] as Canary;
  const text = encoding === 'raw' ? canary.secret : Buffer.from(`xy${canary.secret}z`).toString(encoding);
  expect(needlesOf(canary).length).toBeGreaterThan(10);
  expect(sightings([canary], [{ where: 'here', text: `before ${text} after` }])).toEqual([`${canary.what} in here`]);
});

/** Also what is not below an account: keys, principals, kept answers. Of accounts, only this one. */
async function everyDocument(db: Firestore): Promise<Trace[]> {
  const own = db.doc(`accounts/${w.account}`);
  const roots = (await db.listCollections()).filter(({ id }) => id !== 'accounts');
  const beside = await Promise.all(roots.map(async (root) => (await root.get()).docs));
  const found = [await own.get(), ...(await documentsBelow(own)), ...beside.flat()];
  return found.map((doc) => ({
    where: `document ${doc.ref.path}`,
    text: `${doc.ref.path} ${JSON.stringify(doc.data())}`,
  }));
}
