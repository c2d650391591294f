import { type Access, type OperationName, operations } from '@quarterdeck/contract';
import { uidOfKey } from '../../functions/src/domain/caller.js';
import { DomainError } from '../../functions/src/domain/domain-error.js';
import { createDispatch } from '../../functions/src/operations/dispatch.js';
import type { Credentials } from '../../functions/src/operations/identify-caller.js';
import type { Ports } from '../../functions/src/operations/ports.js';
import { databaseHash } from '../support/database-hash.js';
import { type Actor, allNames, type Scene, validCalls } from '../support/valid-calls.js';
import { startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.js';
import { sendToThisMachine } from '../support/webhooks.js';
import { aWorld, hashOf, type World } from '../support/world.js';

/**
 * What authorization depends on is made to throw, to hang, and to lie. Whatever it does, no operation is carried out for anybody.
 */

let w: World;
let other: World;
let key: Credentials & { apiKey: string };
let adminKey: Credentials & { apiKey: string };
let sessionToken: string;
let receiver: WebhookReceiver;
/** A good call of each operation, twice: what is tried with a key, and what is tried with an ID token. */
let goodInputs: { readonly byKey: Inputs; readonly byToken: Inputs };
type Inputs = ReadonlyMap<OperationName, unknown>;

beforeAll(async () => {
  w = await aWorld();
  other = await aWorld();
  receiver = await startWebhookReceiver();
  sendToThisMachine(w);
  key = await w.aKey('builder');
  adminKey = await w.aKey('overseer', 'admin');
  ({ sessionToken } = await w.call('activateAgent', {}, key));
  goodInputs = { byKey: await inputsNamed('key'), byToken: await inputsNamed('token') };
});
afterAll(() => Promise.all([w.close(), other.close(), receiver.close()]));

/** Makes what the calls need. */
async function inputsNamed(prefix: string): Promise<Inputs> {
  let made = 0;
  const scene: Scene = {
    programId: 'builder',
    webhookUrl: receiver.url,
    fresh: (kind) => `${prefix}-${kind}-${++made}`,
    call: ((name: OperationName, input: never, actor: Actor = 'program') =>
      w.call(name, input, actor === 'admin' ? adminKey : key)) as Scene['call'],
  };
  const inputs = new Map<OperationName, unknown>();
  for (const name of names) inputs.set(name, await validCalls[name].input(scene));
  return inputs;
}

/** A key's user, signed in with what exchange_key answers. */
function tokenOf(one: { apiKey: string }): Credentials {
  const authTimeSeconds = w.clock.now().getTime() / 1000;
  return { idToken: { uid: uidOfKey(hashOf(one)), authTimeSeconds, verifiedEmail: null, displayName: null } };
}

type Misbehaviour = (real: (...args: never[]) => unknown, args: never[]) => unknown;

function hang(): Promise<never> {
  return new Promise(() => undefined);
}

/** What any dependency can do. */
const faults: Record<string, Misbehaviour> = {
  'throws what the database throws': () => {
    throw new DomainError('DATABASE_UNAVAILABLE', 'no answer');
  },
  'rejects with an error that nobody foresaw': () => Promise.reject(new Error('broken')),
  'rejects with nothing': () => Promise.reject(undefined),
  hangs: hang,
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

interface Dependency {
  readonly port: 'keys' | 'principals' | 'sessionTokens';
  readonly method: string;
  /** With whose credentials a call is made that asks it. */
  readonly who: (actor: Actor) => Credentials;
  readonly inputs: () => Inputs;
}
const ofActor = (actor: Actor) => (actor === 'admin' ? adminKey : key);
const keys: Dependency = { port: 'keys', method: 'recall', who: ofActor, inputs: () => goodInputs.byKey };
const principals: Dependency = {
  port: 'principals',
  method: 'recall',
  who: (actor) => tokenOf(ofActor(actor)),
  inputs: () => goodInputs.byToken,
};
const sessionTokens: Dependency = {
  port: 'sessionTokens',
  method: 'verify',
  who: (actor) => ({ ...ofActor(actor), sessionToken }),
  inputs: () => goodInputs.byKey,
};

/** An admin may act in the window of any program. */
const tokensOfPrograms: Dependency = { ...sessionTokens, who: () => ({ ...key, sessionToken }) };

const casesOf = (dependency: Dependency, misbehaviours: Record<string, Misbehaviour>) =>
  Object.entries(misbehaviours).map(([title, misbehave]) => ({ ...dependency, title, misbehave }));
const cases = [
  ...casesOf(keys, { ...faults, ...keyLies }),
  ...casesOf(principals, { ...faults, ...principalLies }),
  ...casesOf(sessionTokens, faults),
  ...casesOf(tokensOfPrograms, tokenLies),
];

/** Operations that identify a member; the others ask no dependency who calls. */
const names = allNames.filter((name) => {
  const access: readonly Access[] = operations[name].access;
  return !access.includes('anyone') && !access.includes('person');
});

test.each(cases)(
  'when $method of $port $title, no operation is carried out',
  async ({ port, method, misbehave, who, inputs }) => {
    const before = await databaseHash(w.db, w.account);
    const dispatch = createDispatch(misbehaving(w.app.ports, port, method, misbehave));
    const carriedOut: OperationName[] = [];
    // At once, so that what hangs is waited for once.
    const calls = names.map((name) =>
      dispatch(name, inputs().get(name), who(validCalls[name].as ?? 'program')).then(
        () => carriedOut.push(name),
        () => undefined,
      ),
    );
    await (misbehave === hang ? longerThanAnyCall() : Promise.all(calls));
    expect(carriedOut).toEqual([]);
    expect(await databaseHash(w.db, w.account)).toEqual(before);
  },
);

describe('when nothing misbehaves', () => {
  const honestOutcomeOf = async (name: OperationName, input: unknown, who: Credentials) => [
    name,
    await outcomeOf(createDispatch(w.app.ports)(name, input, who)),
  ];

  test.each([keys, principals])('the same calls that ask $port are carried out, every one', async ({ who, inputs }) => {
    for (const name of names) {
      const outcome = await honestOutcomeOf(name, inputs().get(name), who(validCalls[name].as ?? 'program'));
      expect(outcome).toEqual([name, 'carried out']);
    }
  });

  test('those with a session token are carried out for its program', async () => {
    const who = tokensOfPrograms.who('program');
    expect(await honestOutcomeOf('createSession', { name: 'Open' }, who)).toEqual(['createSession', 'carried out']);
    expect(await honestOutcomeOf('remember', { content: 'Open' }, who)).toEqual(['remember', 'carried out']);
  });
});

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

/** By the time that the whole account was read ten times over, every call that began before would be carried out, if nothing held it. */
async function longerThanAnyCall(): Promise<void> {
  for (let reading = 0; reading < 10; reading++) await databaseHash(w.db, w.account);
}

function outcomeOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'carried out',
    () => 'not carried out',
  );
}
