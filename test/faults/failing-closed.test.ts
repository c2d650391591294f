import { allOperations, callableName, type OperationName } from '@quarterdeck/contract';
import { DomainError } from '../../functions/src/domain/domain-error.js';
import { createDispatch } from '../../functions/src/operations/dispatch.js';
import type { Credentials } from '../../functions/src/operations/identify-caller.js';
import type { Ports } from '../../functions/src/operations/ports.js';
import { databaseHash } from '../support/database-hash.js';
import { aWorld, type World } from '../support/world.js';

/**
 * What authorization depends on is made to throw, to hang, and to lie. Whatever it does, no operation is carried out for anybody.
 */

let w: World;
let other: World;
let key: Credentials & { apiKey: string };
let sessionToken: string;

beforeAll(async () => {
  w = await aWorld();
  other = await aWorld();
  key = await w.aKey('builder');
  ({ sessionToken } = await w.call('activateAgent', {}, key));
});
afterAll(() => Promise.all([w.close(), other.close()]));

type Misbehaviour = (real: (...args: never[]) => unknown, args: never[]) => unknown;

/** What any dependency can do. */
const faults: Record<string, Misbehaviour> = {
  'throws what the database throws': () => {
    throw new DomainError('DATABASE_UNAVAILABLE', 'no answer');
  },
  'rejects with an error that nobody foresaw': () => Promise.reject(new Error('broken')),
  'rejects with nothing': () => Promise.reject(undefined),
  hangs: () => new Promise(() => undefined),
  'answers nothing': async () => undefined,
  'answers null': async () => null,
  'answers yes': async () => true,
  'answers an empty record': async () => ({}),
  'answers a text': async () => 'admin',
  'answers a list': async () => [],
};

/** What a dependency that tells who calls can lie: the record of somebody else, or one that no longer counts. */
function lies(change: (record: Record<string, unknown>) => Record<string, unknown>): Misbehaviour {
  return async (real, args) => change((await real(...args)) as Record<string, unknown>);
}
const longAgo = new Date(0);
const keyLies: Record<string, Misbehaviour> = {
  'answers the record of another key': lies((record) => ({ ...record, keyHash: 'f'.repeat(64) })),
  'answers a key that has expired': lies((record) => ({ ...record, expiresAt: longAgo })),
  'answers a revoked key': lies((record) => ({ ...record, revokedAt: longAgo })),
  'answers a role that does not exist': lies((record) => ({ ...record, role: 'owner' })),
  'answers no role': lies(({ role: _role, ...record }) => record),
  'answers no account': lies(({ account: _account, ...record }) => record),
};
const principalLies: Record<string, Misbehaviour> = {
  'answers the principal of somebody else': lies((record) => ({ ...record, uid: 'somebody-else' })),
  'answers one whose tokens count later': lies((record) => ({ ...record, validSince: new Date('2099-01-01') })),
  'answers one whose end has come': lies((record) => ({ ...record, validUntil: longAgo })),
  'answers a role that does not exist': lies((record) => ({ ...record, role: 'owner' })),
  'answers no account': lies(({ account: _account, ...record }) => record),
  'answers no date since when tokens count': lies(({ validSince: _since, ...record }) => record),
};
const tokenLies: Record<string, Misbehaviour> = {
  'answers a window of another account': lies((claims) => ({ ...claims, account: other.account })),
  'answers a window of another program': lies((claims) => ({ ...claims, programId: 'other' })),
};

const dependencies: {
  readonly port: 'keys' | 'principals' | 'sessionTokens';
  readonly method: string;
  readonly misbehaviours: Record<string, Misbehaviour>;
  readonly who: () => Credentials;
}[] = [
  { port: 'keys', method: 'recall', misbehaviours: { ...faults, ...keyLies }, who: () => key },
  { port: 'principals', method: 'recall', misbehaviours: { ...faults, ...principalLies }, who: () => w.admin },
  {
    port: 'sessionTokens',
    method: 'verify',
    misbehaviours: { ...faults, ...tokenLies },
    who: () => ({ ...key, sessionToken }),
  },
];

const cases = dependencies.flatMap(({ misbehaviours, ...dependency }) =>
  Object.entries(misbehaviours).map(([title, misbehave]) => ({ ...dependency, title, misbehave })),
);

/** Operations that identify a member; the others ask no dependency who calls. */
const operations = allOperations.filter(({ access }) => !access.includes('anyone') && !access.includes('person'));

test.each(cases)(
  'when $method of $port $title, no operation is carried out',
  async ({ port, method, misbehave, who }) => {
    const before = await databaseHash(w.db, w.account);
    const dispatch = createDispatch(misbehaving(w.app.ports, port, method, misbehave));
    for (const { name } of operations) {
      const outcome = await outcomeOf(dispatch(callableName(name) as OperationName, inputs[name] ?? {}, who()));
      expect([name, outcome]).toEqual([name, 'not carried out']);
    }
    expect(await databaseHash(w.db, w.account)).toEqual(before);
  },
);

test('the same calls are carried out, or refused for what they ask, when nothing misbehaves', async () => {
  const honest = createDispatch(w.app.ports);
  const outcomes = await Promise.all(
    ['create_session', 'list_sessions', 'current_session'].map((name) =>
      // However long it takes: only what never answers is told by the turns of the event loop.
      settledOutcomeOf(honest(callableName(name) as OperationName, inputs[name] ?? {}, { ...key, sessionToken })),
    ),
  );
  expect(outcomes).toEqual(['carried out', 'carried out', 'carried out']);
});

/** Inputs that would be good, for operations that need any. */
const inputs: Record<string, Record<string, unknown>> = {
  create_session: { name: 'Open' },
  update_session: { status: 'Open' },
  get_session: { sessionId: 'session-1' },
  spawn_session: { projectId: 'open' },
  kill_session: { sessionId: 'session-1' },
  get_program_state: { programId: 'builder' },
  update_program_state: { programId: 'builder', contextSummary: { lastTask: 'Open' } },
  get_context_history: { programId: 'builder' },
  remember: { content: 'Open' },
  recall: { query: 'Open' },
  answer: { question: 'Open' },
  create_key: { programId: 'builder', label: 'Open' },
  create_program: { programId: 'open' },
  retire_program: { programId: 'builder' },
  get_program: { programId: 'builder' },
  update_program: { programId: 'builder', color: '#ffffff' },
  invite_member: { email: 'open@example.com' },
};

function misbehaving(ports: Ports, port: keyof Ports, method: string, misbehave: Misbehaviour): Ports {
  const real = ports[port] as unknown as Record<string, (...args: never[]) => unknown>;
  const replaced = new Proxy(real, {
    get(target, property) {
      const member = target[String(property)];
      if (property !== method || member === undefined) return member;
      return (...args: never[]) => misbehave((...given) => member.apply(target, given), args);
    },
  });
  return { ...ports, [port]: replaced };
}

/** A call that hangs is not carried out either: by the time that a thousand turns of the event loop are over, an answer would be there. */
async function outcomeOf(call: Promise<unknown>): Promise<string> {
  const settled = settledOutcomeOf(call);
  const patience = (async () => {
    for (let turn = 0; turn < 1000; turn++) await new Promise((next) => setImmediate(next));
    return 'not carried out';
  })();
  return Promise.race([settled, patience]);
}

function settledOutcomeOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'carried out',
    () => 'not carried out',
  );
}
