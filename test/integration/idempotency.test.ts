import {
  type Access,
  callableName,
  documents,
  type InputOf,
  type OperationName,
  type Operations,
  operations,
} from '@quarterdeck/contract';
import type { Credentials } from '../../functions/src/operations/identify-caller.js';
import { comparableDifference } from '../support/comparable.js';
import type { Asker } from '../support/every-door.js';
import type { RpcGate } from '../support/firestore-spy.js';
import { aScriptedAccount, closeReceiver, credentialsOf, type ScriptedAccount } from '../support/scripted-account.js';
import { allNames } from '../support/valid-calls.js';
import { sendToThisMachine } from '../support/webhooks.js';
import { anInstance, aWorld, type Instance, refusal, SESSION_TOKEN_KEYS, type World } from '../support/world.js';

const REPETITIONS = 50;

let w: World;
let instances: readonly Instance[];
let key: Credentials & { apiKey: string };
const closing: Instance[] = [];

beforeAll(async () => {
  w = await aWorld();
  key = await w.aKey('builder');
  instances = [w, anInstance({ clock: w.clock }), anInstance({ clock: w.clock })];
  closing.push(...instances);
});
afterAll(() => Promise.all(closing.map((one) => one.close())));

let keys = 0;
const newKey = () => `call-${w.account}-${++keys}`;

function call<N extends OperationName>(
  name: N,
  input: InputOf<Operations[N]>,
  idempotencyKey: string,
  who: Credentials = w.admin,
  on: Instance = w,
): Promise<Record<string, unknown>> {
  return on.app.dispatch(name, input, who, { idempotencyKey });
}

/** How many documents of the account there are, by collection. */
async function census(): Promise<Record<string, number>> {
  const names = ['sessions', 'sessionHistory', 'programs', 'programState', 'windows', 'memories', 'events', 'members'];
  const counted = names.map(async (name) => {
    const { count } = (
      await w.db
        .collection(`${documents.account(w.account)}/${name}`)
        .count()
        .get()
    ).data();
    return [name, count] as const;
  });
  const { count } = (await w.db.collection('apiKeys').where('account', '==', w.account).count().get()).data();
  return { ...Object.fromEntries(await Promise.all(counted)), apiKeys: count };
}

async function growth(work: () => Promise<unknown>): Promise<Record<string, number>> {
  const before = await census();
  await work();
  const after = await census();
  return Object.fromEntries(
    Object.entries(after).flatMap(([name, count]) => {
      const grown = count - (before[name] ?? 0);
      return grown === 0 ? [] : [[name, grown]];
    }),
  );
}

describe('any write', () => {
  const writes = allNames.filter((name) => isRepeatable(name));
  /** What an account is that got every call once. */
  let expected: readonly string[];
  /** The account that gets each again and again. */
  let often: ScriptedAccount;
  let crowded: World;
  /** How often the next call is made. */
  let times = 1;
  /** The calls that were made so often. */
  const repeated: { name: OperationName; input: unknown; asker: Asker; answer: unknown }[] = [];

  beforeAll(async () => {
    const single = await aWorld();
    crowded = await aWorld();
    const others = [anInstance({ clock: crowded.clock }), anInstance({ clock: crowded.clock })];
    closing.push(single, crowded, ...others);
    for (const one of [single, crowded, ...others]) sendToThisMachine(one);
    const doors = [crowded, ...others];
    const settings = { clients: 1, seed: 1, undisturbed: true } as const;
    const ask = (on: Instance, name: OperationName, input: unknown, asker: Asker) =>
      on.app.dispatch(name, input, credentialsOf(asker), { idempotencyKey: asker.idempotencyKey ?? '' });
    const once = await aScriptedAccount(single, {
      ...settings,
      attempt: async (_door, { name }, input, asker = {}) => {
        const answer = await ask(single, callableName(name) as OperationName, input, asker);
        return { verdict: 'accepted', answer, wire: '' };
      },
    });
    for (const name of writes) await callTimes(once, name, 1);
    // Before the other account comes: a device belongs to whoever registered it last.
    expected = await once.text();
    often = await aScriptedAccount(crowded, {
      ...settings,
      attempt: async (_door, { name: snakeName }, input, asker = {}) => {
        const name = callableName(snakeName) as OperationName;
        const calls = Array.from({ length: times }, (_, n) => ask(doors[n % 3] as Instance, name, input, asker));
        const answers = await Promise.all(calls);
        expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
        const [answer = {}] = answers;
        if (times > 1) repeated.push({ name, input, asker, answer });
        return { verdict: 'accepted', answer, wire: '' };
      },
    });
  });
  afterAll(closeReceiver);

  /** Makes what a call needs once, and the call so often. */
  async function callTimes({ clients }: ScriptedAccount, name: OperationName, repetitions: number): Promise<void> {
    times = 1;
    const call = await clients[0]?.prepare(name);
    times = repetitions;
    await call?.();
  }

  test.each(writes)('%s repeated fifty times at once on three instances has one answer', async (name) => {
    await callTimes(often, name, REPETITIONS);
  });

  test('and one effect, whichever it is', async () => {
    expect(repeated.map(({ name }) => name)).toEqual(writes);
    expect(comparableDifference(await often.text(), expected)).toEqual([]);
    expect(await often.broken()).toEqual([]);
  });

  test('an hour later it has the same answer, under its key nothing else is done, and nothing changes', async () => {
    crowded.clock.advance({ hours: 1 });
    const before = await often.text();
    const found = [];
    for (const { name, input, asker, answer } of repeated) {
      const { idempotencyKey = '' } = asker;
      const ask = (called: OperationName, given: unknown) =>
        crowded.app.dispatch(called, given, credentialsOf(asker), { idempotencyKey });
      // A call that nothing else speaks against.
      const [other, harmless] =
        name === 'createAccount' ? ([name, { name: 'Another' }] as const) : (['createSession', { name: 'x' }] as const);
      found.push({ name, again: await ask(name, input), other: await refusal(ask(other, harmless)) });
      expect(found.at(-1)).toEqual({ name, again: answer, other: 'invalid-argument IDEMPOTENCY_KEY_REUSED' });
    }
    expect(await often.text()).toEqual(before);
  });
});

/** What anybody may call has nobody whose key it could be, and reads have no effect. */
function isRepeatable(name: OperationName): boolean {
  const access: readonly Access[] = operations[name].access;
  return operations[name].effect !== 'read' && !access.includes('anyone');
}

test('an activation repeated fifty times at once opens one window and answers one token, which works', async () => {
  const agent = await w.aKey('activated');
  const idempotencyKey = newKey();
  const windows = await Promise.all(
    Array.from({ length: REPETITIONS }, (_, n) => call('activateAgent', {}, idempotencyKey, agent, instances[n % 3])),
  );
  expect(new Set(windows.map(({ sessionToken }) => sessionToken)).size).toBe(1);
  expect(windows[0]).toMatchObject({ epoch: 1, superseded: null });
  const both = { ...agent, sessionToken: String(windows[0]?.sessionToken) };
  expect(await w.call('currentSession', {}, both)).toMatchObject({ epoch: 1 });
});

test('an extension repeated adds its hours once; with a new key it adds them again', async () => {
  const agent = await w.aKey('extended');
  await w.call('activateAgent', { hours: 1 }, agent);
  const idempotencyKey = newKey();
  for (let n = 0; n < 3; n++) {
    expect(await call('extendSession', { hours: 2 }, idempotencyKey, agent)).toMatchObject({
      timeRemainingMinutes: 180,
    });
  }
  expect(await call('extendSession', { hours: 2 }, newKey(), agent)).toMatchObject({ timeRemainingMinutes: 300 });
});

test('a key with another input, or another operation, is refused and changes nothing', async () => {
  const idempotencyKey = newKey();
  await call('createSession', { name: 'First' }, idempotencyKey, key);
  const grown = await growth(async () => {
    expect(await refusal(call('createSession', { name: 'Second' }, idempotencyKey, key))).toBe(
      'invalid-argument IDEMPOTENCY_KEY_REUSED',
    );
    expect(await refusal(call('createSession', { name: 'First' }, idempotencyKey, key, instances[1]))).toBe('accepted');
    expect(await refusal(call('heartbeat', {}, idempotencyKey, key))).toBe('invalid-argument IDEMPOTENCY_KEY_REUSED');
  });
  expect(grown).toEqual({});
});

test('the order of fields does not make another call', async () => {
  const idempotencyKey = newKey();
  const first = await call('createSession', { name: 'A', status: 'B' }, idempotencyKey, key);
  expect(await call('createSession', { status: 'B', name: 'A' }, idempotencyKey, key)).toEqual(first);
});

test('the same key of two callers is two keys', async () => {
  const idempotencyKey = newKey();
  const [one, other] = [key, await w.aKey('neighbour')];
  const first = await call('createSession', { name: 'Mine' }, idempotencyKey, one);
  const second = await call('createSession', { name: 'Mine' }, idempotencyKey, other);
  expect(second.sessionId).not.toBe(first.sessionId);
});

test('a refused call is forgotten: mended or repeated under the same key, it is carried out', async () => {
  const idempotencyKey = newKey();
  const agent = await w.aKey('late');
  expect(await refusal(call('extendSession', {}, idempotencyKey, agent))).toBe('failed-precondition NO_OPEN_WINDOW');
  await w.call('activateAgent', {}, agent);
  expect(await refusal(call('extendSession', {}, idempotencyKey, agent))).toBe('accepted');
  const another = newKey();
  expect(await refusal(call('createProgram', { programId: 'late' }, another))).toBe('already-exists PROGRAM_EXISTS');
  expect(await refusal(call('createProgram', { programId: 'mended' }, another))).toBe('accepted');
});

test.each([
  ['is empty', ''],
  ['is longer than 255 characters', 'x'.repeat(256)],
  ['has a blank', 'a b'],
  ['is not ASCII', 'ä'],
])('a key that %s is refused, naming the header', async (_what, idempotencyKey) => {
  const refused = call('createSession', { name: 'x' }, idempotencyKey, key);
  await expect(refused).rejects.toMatchObject({
    reason: 'INVALID_FIELD',
    details: { fields: [{ field: 'Idempotency-Key' }] },
  });
});

test('after a day the key is free again', async () => {
  const idempotencyKey = newKey();
  const first = await call('createSession', { name: 'Daily' }, idempotencyKey, key);
  w.clock.advance({ hours: 25 });
  const second = await call('createSession', { name: 'Daily' }, idempotencyKey, key);
  expect(second.sessionId).not.toBe(first.sessionId);
});

test('no document of an idempotent call shows the key that was made, nor the idempotency key', async () => {
  const idempotencyKey = newKey();
  const { key: made } = await call('createKey', { programId: 'builder', label: 'Secret' }, idempotencyKey);
  const calls = await w.db.collection('idempotentCalls').get();
  const stored = JSON.stringify(calls.docs.map((doc) => [doc.id, doc.data()]));
  expect(stored).not.toContain(String(made));
  expect(stored).not.toContain(Buffer.from(String(made)).toString('base64').slice(0, -3));
  expect(stored).not.toContain(idempotencyKey);
});

test('it costs two writes more, and a repetition one read and no effect', async () => {
  const idempotencyKey = newKey();
  await w.call('listSessions', {}, key);
  w.spy.since();
  await w.app.dispatch('createSession', { name: 'Plain' }, key);
  const plain = w.spy.since();
  await call('createSession', { name: 'Counted' }, idempotencyKey, key);
  const first = w.spy.since();
  expect(first.writes - plain.writes).toBe(2);
  await call('createSession', { name: 'Counted' }, idempotencyKey, key);
  // The write is the claim that finds the call there: it is refused and not billed.
  expect(w.spy.since()).toMatchObject({ reads: 1, writes: 1 });
});

describe('when an instance dies between the effect and its answer', () => {
  /** An instance that never gets further than the effect: what it writes about the call itself is lost. */
  function aDyingInstance(): Instance {
    const gate: RpcGate = ({ method, paths }) => {
      const recording =
        method === 'commit' && paths.some((path) => path.startsWith('idempotentCalls/')) && claimed++ > 0;
      return recording ? new Promise<void>(() => undefined) : undefined;
    };
    let claimed = 0;
    const one = anInstance({ clock: w.clock, sessionTokenKeys: () => SESSION_TOKEN_KEYS, gate });
    closing.push(one);
    return one;
  }

  const cases: [OperationName, () => Promise<[Record<string, unknown>, Credentials]>, Record<string, number>][] = [
    ['createSession', async () => [{ name: 'Died' }, key], { sessions: 1, events: 1 }],
    ['createKey', async () => [{ programId: 'builder', label: 'Died' }, w.admin], { apiKeys: 1, events: 1 }],
    ['rotateKey', async () => [{ graceMinutes: 10 }, await w.aKey('rotated')], { apiKeys: 1, events: 1 }],
    ['activateAgent', async () => [{}, await w.aKey('died')], { sessions: 1, windows: 1, events: 1 }],
    [
      'extendSession',
      async () => {
        const agent = await w.aKey('died-extending');
        await w.call('activateAgent', { hours: 1 }, agent);
        return [{ hours: 1 }, agent];
      },
      { events: 1 },
    ],
    [
      'updateProgramState',
      async () => [{ programId: 'builder', contextSummary: { lastTask: 'Died' }, ifRevision: 0 }, key],
      { programState: 1 },
    ],
  ];

  test.each(cases)(
    '%s repeated has one effect',
    async (name, prepare, made) => {
      const [input, who] = await prepare();
      const idempotencyKey = newKey();
      const dying = aDyingInstance();
      const grown = await growth(async () => {
        const lost = dying.app.dispatch(name, input, who, { idempotencyKey });
        void lost.catch(() => undefined);
        await effectOf(dying);
        await call(name, input as never, idempotencyKey, who);
      });
      expect(grown).toEqual(made);
    },
    300_000,
  );

  test('a key that was revoked before its creation is repeated stays revoked', async () => {
    const idempotencyKey = newKey();
    const input = { programId: 'revoked-meanwhile', label: 'Died' };
    const dying = aDyingInstance();
    void dying.app.dispatch('createKey', input, w.admin, { idempotencyKey }).catch(() => undefined);
    await effectOf(dying);
    const ofProgram = async () => (await w.call('listKeys', { programId: input.programId })).keys;
    const [made] = await ofProgram();
    await w.call('revokeKey', { keyHash: String(made?.keyHash) });
    expect(await call('createKey', input, idempotencyKey)).toMatchObject({ keyHash: made?.keyHash });
    expect(await ofProgram()).toMatchObject([{ status: 'revoked' }]);
  });

  /** Waits until the instance tries to write down the answer. */
  async function effectOf({ spy }: Instance): Promise<void> {
    const isRecording = () =>
      spy.rpcs.filter(
        ({ method, paths }) => method === 'commit' && paths.some((path) => path.startsWith('idempotentCalls/')),
      ).length > 1;
    while (!isRecording()) await new Promise((done) => setTimeout(done, 10));
  }
});
