import { documents } from '@quarterdeck/contract';
import { uidOfKey } from '../../functions/src/domain/caller.js';
import { TrustedMemory } from '../../functions/src/store/trusted-memory.js';
import type { Rpc, RpcGate } from '../support/firestore-spy.js';
import { anInstance, aWorld, caller, hashOf, type Instance, refusal, TestClock, type World } from '../support/world.js';

/** One instance changes, another one remembers: both on the same clock. */
let world: World;
let other: Instance;
let key: { apiKey: string };

const open = () => undefined;
/** What the other instance's RPCs have to pass. */
let gate: RpcGate = open;

beforeEach(async () => {
  gate = open;
  world = await aWorld();
  other = anInstance({ clock: world.clock, gate: (rpc, index) => gate(rpc, index) });
  key = await world.aKey('builder');
});
afterEach(async () => {
  gate = open;
  await Promise.all([world.close(), other.close()]);
});

const useHere = () => refusal(world.call('getAccount', {}, key));
const useThere = (who = key) => refusal(caller(other.app)('getAccount', {}, who));
const revoke = () => world.call('revokeKey', { keyHash: hashOf(key) });
const asks = (rpc: Rpc) => rpc.paths.includes(documents.invalidations());
const REFUSED = 'unauthenticated INVALID_KEY';

test('what is known costs no read, and asking what changed costs one in 30 seconds, however many keys are known', async () => {
  const keys = await Promise.all(['a', 'b', 'c'].map((programId) => world.aKey(programId)));
  for (const one of keys) await useThere(one);
  other.spy.since();
  for (const one of [...keys, ...keys]) await useThere(one);
  expect(other.spy.since()).toMatchObject({ rpcs: 0 });
  world.clock.advance({ seconds: 30 });
  for (const one of [...keys, ...keys]) await useThere(one);
  expect(other.spy.since()).toMatchObject({ rpcs: 1, reads: 1, writes: 0 });
});

test('a revoked key is refused at once on the instance that revoked it', async () => {
  expect(await useHere()).toBe('accepted');
  await revoke();
  expect(await useHere()).toBe(REFUSED);
});

test('a key is revoked whatever became of its principal', async () => {
  await world.db.doc(documents.principal(uidOfKey(hashOf(key)))).delete();
  await revoke();
  expect(await useHere()).toBe(REFUSED);
});

test('a revoked key is refused on every other instance after 30 seconds at the latest', async () => {
  expect(await useThere()).toBe('accepted');
  await revoke();
  world.clock.advance({ seconds: 29 });
  // Trusted from memory: what this test would not see if nothing were remembered.
  expect(await useThere()).toBe('accepted');
  world.clock.advance({ seconds: 1 });
  expect(await useThere()).toBe(REFUSED);
});

test('the 30 seconds count from the last look, not from the last use', async () => {
  expect(await useThere()).toBe('accepted');
  await revoke();
  for (let i = 0; i < 3; i++) {
    world.clock.advance({ seconds: 10 });
    if (i < 2) await useThere();
  }
  expect(await useThere()).toBe(REFUSED);
});

test('a person whose role changed has the new one after 30 seconds at the latest', async () => {
  const uid = `second-${Date.now()}-${Math.random().toString(36).slice(2)}`;
  const email = `${uid}@example.com`;
  const authTimeSeconds = world.clock.now().getTime() / 1000;
  const person = { idToken: { uid, authTimeSeconds, verifiedEmail: email, displayName: null } };
  await world.call('inviteMember', { email, role: 'admin' });
  await world.call('createAccount', {}, person);
  const listKeysThere = () => refusal(caller(other.app)('inviteMember', { email: `x${email}` }, person));
  expect(await listKeysThere()).toBe('accepted');
  await world.call('setMemberRole', { memberId: uid, role: 'auditor' });
  world.clock.advance({ seconds: 30 });
  expect(await listKeysThere()).toBe('permission-denied ROLE_NOT_ALLOWED');
});

test('a changed threshold counts everywhere after 30 seconds at the latest', async () => {
  const thresholdThere = async () => (await caller(other.app)('getAccount', {}, key)).account.staleAfterMinutes;
  expect(await thresholdThere()).toBe(15);
  await world.call('updateAccount', { staleAfterMinutes: 3 });
  expect((await world.call('getAccount', {})).account.staleAfterMinutes).toBe(3);
  world.clock.advance({ seconds: 30 });
  expect(await thresholdThere()).toBe(3);
});

test('while nobody can say what changed, nothing that is remembered is trusted', async () => {
  expect(await useThere()).toBe('accepted');
  gate = (rpc) => {
    if (asks(rpc)) throw Object.assign(new Error('14 UNAVAILABLE'), { code: 14 });
  };
  world.clock.advance({ seconds: 30 });
  expect(await useThere()).toBe('unavailable DATABASE_UNAVAILABLE');
  await revoke();
  gate = open;
  expect(await useThere()).toBe(REFUSED);
});

test('a clock that was set back trusts nothing without asking', async () => {
  const clock = new TestClock();
  const instance = anInstance({ clock });
  const use = () => refusal(caller(instance.app)('getAccount', {}, key));
  expect(await use()).toBe('accepted');
  await revoke();
  clock.advance({ seconds: -1 });
  instance.spy.since();
  await use();
  expect(instance.spy.rpcs.some(asks)).toBe(true);
  expect(instance.spy.since().reads).toBeGreaterThan(0);
  await instance.close();
});

test('an instance that missed more changes than are listed forgets everything', async () => {
  expect(await useThere()).toBe('accepted');
  await revoke();
  await invalidate(150);
  await shortenList();
  world.clock.advance({ seconds: 30 });
  expect(await useThere()).toBe(REFUSED);
});

test('the list stays short: who reads more than a hundred lines takes the older ones out, and nothing that changed is missed', async () => {
  const others = await Promise.all(['a', 'b', 'c'].map((programId) => world.aKey(programId)));
  for (const one of [key, ...others]) expect(await useThere(one)).toBe('accepted');
  for (const one of others) {
    await invalidate(60);
    await world.call('revokeKey', { keyHash: hashOf(one) });
    await invalidate(60);
    world.clock.advance({ seconds: 30 });
    expect(await useThere(one)).toBe(REFUSED);
    expect((await listed()).length).toBeLessThanOrEqual(100);
  }
  expect(await useThere()).toBe('accepted');
});

test('whoever dies in the middle of a change keeps nobody else from changing', async () => {
  let died = (): void => undefined;
  const isDead = new Promise<void>((done) => {
    died = done;
  });
  const dying = anInstance({
    clock: world.clock,
    gate({ method }) {
      if (method !== 'commit') return;
      died();
      // Never sent: the transaction stays open, and what it has read stays locked.
      return new Promise(() => undefined);
    },
  });
  const another = await world.aKey('another');
  void caller(dying.app)('revokeKey', { keyHash: hashOf(another) }, world.admin).catch(() => undefined);
  await isDead;
  await revoke();
  expect(await useHere()).toBe(REFUSED);
  await dying.close();
});

const listed = async () => (await world.db.doc(documents.invalidations()).get()).data()?.recent as unknown[];

/** Changes of things that nobody remembers. */
const invalidate = (count: number) =>
  world.db.runTransaction(async (tx) => {
    const names = Array.from({ length: count }, (_, n) => `account:none${n}`);
    new TrustedMemory(world.db, world.clock).invalidate(tx, ...names);
  });

/** As some other instance does it: one that has nothing in memory. */
const shortenList = () => new TrustedMemory(world.db, world.clock).recall('account:none', async () => undefined);

/** A value that is loaded when it is told to be: it was read before, and arrives after. */
function aSlowLoad<T>(value: T) {
  let arrive = (): void => undefined;
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  return { load: () => arrived.then(() => value), arrive: () => arrive() };
}

describe('a change during a load', () => {
  const NAME = 'key:x';
  const recallNew = (memory: TrustedMemory) => memory.recall(NAME, async () => 'new');

  test('without a change, what was loaded is remembered', async () => {
    const memory = new TrustedMemory(world.db, world.clock);
    const { load, arrive } = aSlowLoad('old');
    const slow = memory.recall(NAME, load);
    arrive();
    expect(await slow).toBe('old');
    expect(await recallNew(memory)).toBe('old');
  });

  test('that another instance made: what was loaded counts for that call only', async () => {
    const memory = new TrustedMemory(world.db, world.clock);
    await memory.recall('key:y', async () => 'anything');
    const { load, arrive } = aSlowLoad('old');
    const slow = memory.recall(NAME, load);
    await revoke();
    world.clock.advance({ seconds: 30 });
    await memory.recall('key:y', async () => 'anything');
    arrive();
    expect(await slow).toBe('old');
    expect(await recallNew(memory)).toBe('new');
  });

  test('that this instance made: what was loaded counts for that call only', async () => {
    const memory = new TrustedMemory(world.db, world.clock);
    await memory.recall('key:y', async () => 'anything');
    const { load, arrive } = aSlowLoad('old');
    const slow = memory.recall(NAME, load);
    // Lets the load begin.
    await new Promise((resolve) => setImmediate(resolve));
    memory.forget(NAME);
    arrive();
    expect(await slow).toBe('old');
    expect(await recallNew(memory)).toBe('new');
  });
});
