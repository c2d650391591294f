import { documents, type InputOf, type OperationName, type Operations } from '@quarterdeck/contract';
import type { Credentials } from '../../functions/src/operations/identify-caller.js';
import type { RpcGate } from '../support/firestore-spy.js';
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

/** What makes something each time, and what one call makes. */
const creations: {
  name: OperationName;
  input: () => Record<string, unknown>;
  makes: Record<string, number>;
  asAdmin?: true;
}[] = [
  { name: 'createSession', input: () => ({ name: 'Once' }), makes: { sessions: 1, events: 1 } },
  {
    name: 'createKey',
    input: () => ({ programId: 'builder', label: 'Once' }),
    makes: { apiKeys: 1, events: 1 },
    asAdmin: true,
  },
  {
    name: 'createProgram',
    input: () => ({ programId: `program-${keys}` }),
    makes: { programs: 1, events: 1 },
    asAdmin: true,
  },
  {
    name: 'inviteMember',
    input: () => ({ email: `someone-${keys}@example.com` }),
    makes: { members: 1, events: 1 },
    asAdmin: true,
  },
];

test.each(creations)(
  '$name repeated fifty times at once on three instances, and again an hour later, has one effect and one answer',
  async ({ name, input, makes, asAdmin }) => {
    const idempotencyKey = newKey();
    const given = input() as never;
    const who = asAdmin ? w.admin : key;
    let answers: unknown[] = [];
    const grown = await growth(async () => {
      answers = await Promise.all(
        Array.from({ length: REPETITIONS }, (_, n) => call(name, given, idempotencyKey, who, instances[n % 3])),
      );
      w.clock.advance({ hours: 1 });
      answers.push(await call(name, given, idempotencyKey, who, instances[1]));
    });
    expect(grown).toEqual(makes);
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  },
  300_000,
);

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
}, 300_000);

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
  }, 300_000);

  /** Waits until the instance tries to write down the answer. */
  async function effectOf({ spy }: Instance): Promise<void> {
    const isRecording = () =>
      spy.rpcs.filter(
        ({ method, paths }) => method === 'commit' && paths.some((path) => path.startsWith('idempotentCalls/')),
      ).length > 1;
    while (!isRecording()) await new Promise((done) => setTimeout(done, 10));
  }
});
