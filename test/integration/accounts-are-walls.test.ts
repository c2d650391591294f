import '../../functions/src/entries/quiet-debug.js';
import { callableName, type Door, type Operation, type OperationName, operations } from '@quarterdeck/contract';
import { databaseHash } from '../support/database-hash.js';
import { type Asker, anIdToken, claimsOf, type ServedDoors, serveEveryDoor } from '../support/every-door.js';
import type { Rpc } from '../support/firestore-spy.js';
import { recordFunctionLog } from '../support/function-log.js';
import { HOSTILE_TEXTS } from '../support/hostile.js';
import { rootDocuments } from '../support/root-documents.js';
import { aScriptedAccount, closeReceiver, credentialsOf, type ScriptedAccount } from '../support/scripted-account.js';
import { chance, oneOf, seeded } from '../support/seeded.js';
import { type Actor, allNames, type Scene, validCalls } from '../support/valid-calls.js';
import { sendToThisMachine } from '../support/webhooks.js';
import { aWorld, recordedAuth, type World } from '../support/world.js';

/**
 * Somebody of one account asks for the things of another one, and for whatever else a path could be made of, in every field of every operation at every door.
 * QUARTERDECK_RUNS sets how many sequences.
 */
const { runs, seed } = chance(100);
const CALLS_OF_A_SEQUENCE = 4;
const TIMEOUT_MS = 120_000 + runs * 200;

recordFunctionLog('everything');

let victim: World;
let victims: ScriptedAccount;
let attacker: World;
let doors: ServedDoors;
let scene: Scene;
let askers: readonly Asker[];
/** A call of each operation that is good for the attacker's own account. */
const templates = new Map<OperationName, unknown>();
/** Accounts that the attacker may reach: its own, and those that newcomers make. */
const own = new Set<string>();
/** The victim's account before anybody came. */
let untouched: string;
let strangers = 0;

beforeAll(async () => {
  victim = await aWorld();
  sendToThisMachine(victim);
  victims = await aScriptedAccount(victim, {
    clients: 1,
    seed,
    undisturbed: true,
    attempt: async (_door, { name }, input, asker = {}) => {
      const { idempotencyKey = '' } = asker;
      const called = callableName(name) as OperationName;
      const answer = await victim.app.dispatch(called, input, credentialsOf(asker), { idempotencyKey });
      return { verdict: 'accepted', answer, wire: '' };
    },
  });
  await victims.clients[0]?.run();
  untouched = await victimsState();
  await openAttacker();
}, TIMEOUT_MS);

afterAll(async () => {
  await doors.close();
  await Promise.all([attacker.close(), victim.close()]);
  await closeReceiver();
});

async function openAttacker(): Promise<void> {
  attacker = await aWorld({ auth: recordedAuth(async (token) => claimsOf(token)) });
  sendToThisMachine(attacker);
  doors = await serveEveryDoor(attacker.app);
  own.add(attacker.account);
  const key = async (programId: string, role: 'program' | 'admin' | 'auditor') =>
    (await attacker.aKey(programId, role)).apiKey;
  const [program, admin, auditor] = [
    await key('mine', 'program'),
    await key('chief', 'admin'),
    await key('eye', 'auditor'),
  ];
  const [theirs] = victims.clients;
  const foreignToken = theirs?.acknowledged.find(({ name }) => name === 'activateAgent')?.answer.sessionToken;
  const foreignCall = theirs?.acknowledged.find(({ name }) => name === 'createSession')?.asker.idempotencyKey;
  askers = [
    { key: program },
    { key: admin },
    { key: auditor },
    { key: admin, idempotencyKey: foreignCall },
    { key: admin, token: String(foreignToken) },
    { idToken: newcomer('nobody') },
  ];
  scene = aSceneOf(program, admin);
  for (const name of allNames) templates.set(name, await validCalls[name].input(scene));
}

/** Calls of the attacker that are good. */
function aSceneOf(program: string, admin: string): Scene {
  let made = 0;
  return {
    programId: 'mine',
    webhookUrl: victims.clients[0]?.scene.webhookUrl ?? '',
    fresh: (kind) => `mine-${kind}-${++made}`,
    call: (async (name: OperationName, input: unknown, actor: Actor = 'program') => {
      return attacker.app.dispatch(name, input, { apiKey: actor === 'admin' ? admin : program });
    }) as Scene['call'],
  };
}

function newcomer(name: string): string {
  return anIdToken(`${attacker.account}-${name}`, { auth_time: 1_700_000_000 });
}

/** What of the victim's a field can name, by the field. */
const THINGS: Readonly<Record<string, () => string>> = {
  sessionId: () => chosen('updateSession', 'sessionId'),
  taskId: () => chosen('getTask', 'taskId'),
  programId: () => chosen('updateProgram', 'programId'),
  createdBy: () => chosen('updateProgram', 'programId'),
  target: () => chosen('updateProgram', 'programId'),
  projectId: () => chosen('spawnSession', 'projectId'),
  memberId: () => chosen('setMemberRole', 'memberId'),
  email: () => chosen('inviteMember', 'email'),
  keyHash: () => chosen('revokeKey', 'keyHash'),
  webhookId: () => chosen('pingWebhook', 'webhookId'),
  eventId: () => chosen('resendEvent', 'eventId'),
  deviceId: () => chosen('unregisterDevice', 'deviceId'),
  memoryIds: () => String((answerOf('remember').memoryIds as string[])[0]),
  replyTo: () => String(answerOf('sendMessage').messageId),
  threadId: () => String(answerOf('sendMessage').threadId),
  subject: () => `session/${chosen('updateSession', 'sessionId')}`,
  pageToken: () => Buffer.from(JSON.stringify({ id: chosen('updateProgram', 'programId') })).toString('base64url'),
};
/** Fields that look like the name of a thing and are words of the caller's own. */
const OWN_WORDS = ['issueId', 'removePatternIds'];

function lastOf(name: OperationName) {
  const found = victims.clients[0]?.acknowledged.filter((one) => one.name === name).at(-1);
  if (found === undefined) throw new Error(`the victim never called ${name}`);
  return found;
}
function chosen(name: OperationName, field: string): string {
  return String((lastOf(name).input as Record<string, unknown>)[field]);
}
function answerOf(name: OperationName): Readonly<Record<string, unknown>> {
  return lastOf(name).answer;
}

test('every field that can name a thing is tried', () => {
  const fields = new Set(allNames.flatMap((name) => Object.keys(operations[name].input.shape)));
  const naming = [...fields].filter((field) => /(Id|Ids|Hash|Token|To|By)$|^(target|email|subject)$/.test(field));
  expect(naming.sort()).toEqual([...Object.keys(THINGS), ...OWN_WORDS].sort());
});

/** All that identifies the victim, and what looks like it. */
function foreignTexts(): string[] {
  const ids = Object.values(THINGS).map((thing) => thing());
  const [session = ''] = ids;
  const paths = [
    `accounts/${victim.account}`,
    `../${victim.account}/sessions/${session}`,
    `../../accounts/${victim.account}/sessions/${session}`,
    `${session}/../../${victim.account}`,
    victim.account,
    // Letters of other alphabets that look like ours, and forms that fold into them.
    session.replaceAll('e', 'е').replaceAll('i', 'і'),
    session.replace('-', '\u2010'),
    [...session].map((letter) => String.fromCodePoint(letter.charCodeAt(0) + 0xfee0)).join(''),
    'x'.repeat(1500),
    'é'.repeat(750),
  ];
  return [...ids, ...paths, ...HOSTILE_TEXTS.filter((text) => text.length <= 1500)];
}

/** What lies outside of the attacker's account among what was asked of the database. */
function trespasses(rpcs: readonly Rpc[]): string[] {
  const isOwn = (path: string) => [...own].some((account) => `${path}/`.startsWith(`accounts/${account}/`));
  const isBeside = (path: string) =>
    /^(apiKeys|principals|invitations|deviceAccounts|idempotentCalls|invalidations)\/[^/]+$/.test(path);
  return rpcs.flatMap(({ method, paths, query, within }) => [
    ...paths.filter((path) => path !== '' && !isOwn(path) && !isBeside(path)),
    ...(query !== undefined && (within === undefined || !isOwn(within)) ? [`${method}: ${query} in ${within}`] : []),
  ]);
}

/** The same shape, with other texts in it, and with optional fields that name something. */
function twisted(value: unknown, texts: readonly string[], next: () => number): unknown {
  if (typeof value === 'string') return next() < 0.35 ? oneOf(texts, next) : value;
  if (Array.isArray(value)) return value.map((one) => twisted(one, texts, next));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([field, inner]) => [field, twisted(inner, texts, next)]));
}

function anInput(operation: Operation, texts: readonly string[], next: () => number): unknown {
  const template = templates.get(callableName(operation.name) as OperationName);
  const added = Object.keys(operation.input.shape).filter((field) => field in THINGS && next() < 0.25);
  const fields = added.map((field) => {
    const text = next() < 0.7 ? (THINGS[field] as () => string)() : oneOf(texts, next);
    return [field, field.endsWith('Ids') ? [text] : text];
  });
  return { ...(twisted(template, texts, next) as object), ...Object.fromEntries(fields) };
}

async function attack(next: () => number, texts: readonly string[]): Promise<string> {
  const name = oneOf(allNames, next);
  const operation = operations[name];
  const asker = oneOf(askers, next);
  const place = next();
  if (place < 0.1) return attackRoute(next, texts, asker);
  const door = oneOf(operation.doors as readonly Door[], next);
  const { verdict, answer } = await doors.ask[door](operation, anInput(operation, texts, next), asker);
  if (name === 'createAccount' && verdict === 'accepted') own.add(String(answer.accountId));
  return verdict;
}

/** The addresses that are no operation's own: session windows, and hooks. */
async function attackRoute(next: () => number, texts: readonly string[], { key = '', token }: Asker): Promise<string> {
  const [id, other] = [encodeURIComponent(wellFormed(oneOf(texts, next))), wellFormed(oneOf(texts, next))];
  const routes: [string, string, object?][] = [
    ['GET', `/api/v2/agents/${id}`],
    ['DELETE', `/api/v2/agents/${id}`],
    ['POST', `/api/v2/agents/${id}/activate`, {}],
    ['POST', `/api/v2/agents/${id}/deactivate`, {}],
    ['POST', `/api/v2/agents/${id}/remember`, { content: other }],
    ['POST', `/api/v2/agents/${id}/recall`, { query: other }],
    ['GET', `/api/v2/sessions?agent_id=${id}`],
    ['POST', '/hooks/claude-code', { session_id: other, hook_event_name: 'SessionStart', cwd: other }],
    ['POST', '/hooks/claude-code', { session_id: other, hook_event_name: 'SessionEnd' }],
  ];
  const [method, path, body] = oneOf(routes, next);
  const response = await fetch(`${doors.addresses.rest}${path}`, {
    method,
    headers: {
      Authorization: `Bearer ${key}`,
      'Content-Type': 'application/json',
      ...(token === undefined ? {} : { 'X-Session-Token': token }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  await response.text();
  return String(response.status);
}

/** Half a character can't be put into an address. */
function wellFormed(text: string): string {
  return Buffer.from(text).toString();
}

async function victimsState(): Promise<string> {
  return `${await databaseHash(victim.db, victim.account)} ${JSON.stringify(await rootDocuments(victim.db, victim.account))}`;
}

test(
  'no sequence of calls reaches a path of another account, or changes anything there',
  async () => {
    const before = await victimsState();
    const texts = foreignTexts();
    const verdicts = new Map<string, number>();
    for (let run = 0; run < runs; run++) {
      const next = seeded(seed + run);
      const start = attacker.spy.rpcs.length;
      for (let n = 0; n < CALLS_OF_A_SEQUENCE; n++) {
        const verdict = await attack(next, texts);
        verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
      }
      expect({ seed: seed + run, trespasses: trespasses(attacker.spy.rpcs.slice(start)) }).toEqual({
        seed: seed + run,
        trespasses: [],
      });
    }
    expect([...verdicts.keys()].filter((verdict) => /^(internal|unavailable|500)/.test(verdict))).toEqual([]);
    // They reach behind the validation, and are carried out where they are harmless.
    expect(verdicts.get('accepted') ?? 0).toBeGreaterThan(runs / 5);
    expect([...verdicts.keys()].some((verdict) => verdict.startsWith('not-found'))).toBe(true);
    expect(await victimsState()).toBe(before);
  },
  TIMEOUT_MS,
);

describe('what is not yours is answered as what is not there', () => {
  const cases = allNames.flatMap((name) =>
    Object.keys(operations[name].input.shape)
      .filter((field) => field in THINGS && field !== 'pageToken')
      .map((field) => [name, field] as const),
  );

  test.each(cases)('%s with the %s of another account', async (name, field) => {
    const theirs = (THINGS[field] as () => string)();
    const answers: unknown[] = [];
    for (const id of [theirs, unknownLike(theirs)]) {
      const stranger = await aStranger();
      const template = await validCalls[name].input(stranger.scene);
      const input = { ...(template as object), [field]: field.endsWith('Ids') ? [id] : id };
      const { as = 'program' } = validCalls[name];
      const { verdict, message, answer } = await doors.ask.rest(operations[name], input, stranger.askers[as]);
      answers.push({ verdict, said: without(id, { message, answer }) });
    }
    expect(answers[0]).toEqual(answers[1]);
  });

  test('and the other account is as it was', async () => {
    expect(await victimsState()).toBe(untouched);
  });

  /** An account with nothing in it, so that what is answered does not depend on what was asked before. */
  async function aStranger(): Promise<{ scene: Scene; askers: Record<Actor, Asker> }> {
    const idToken = newcomer(`stranger-${++strangers}`);
    const person = credentialsOf({ idToken });
    await attacker.call('createAccount', {}, person);
    const keyOf = async (programId: string, role: 'program' | 'admin') =>
      (await attacker.call('createKey', { programId, label: 'x', role }, person)).key;
    const [program, admin] = [await keyOf('mine', 'program'), await keyOf('chief', 'admin')];
    return {
      scene: aSceneOf(program, admin),
      askers: {
        program: { key: program },
        admin: { key: admin },
        newcomer: { idToken: newcomer(`late-${strangers}`) },
      },
    };
  }

  /** An id of the same shape that nobody has. */
  function unknownLike(id: string): string {
    if (id.includes('@')) return `nobody-${id}`;
    if (/^(\w+\/)?client-/.test(id)) return `${id}000`;
    return id.replace(/[0-9a-f](?=[^0-9a-f]*$)/, (last) => (last === '0' ? '1' : '0'));
  }

  /** Names of the attacker's own things differ from call to call, and so do moments. */
  function without(id: string, said: object): string {
    return JSON.stringify(said)
      .replaceAll(id, '‹it›')
      .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '‹id›')
      .replace(/[0-9a-f]{64}/g, '‹hash›')
      .replace(/invited-[0-9a-f]{32}/g, '‹invited›')
      .replace(/mine-(\w+)-\d+/g, '‹own $1›')
      .replace(/[\w-]+\.[\w-]+\.[\w-]{20,}/g, '‹token›')
      .replace(/(cb_|whsec_)[\w+/=]+/g, '‹secret›');
  }
});
