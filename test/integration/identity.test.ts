import { documents } from '@quarterdeck/contract';
import { uidOfKey } from '../../functions/src/domain/caller.js';
import type { Credentials } from '../../functions/src/operations/identify-caller.js';
import { anInstance, aWorld, caller, hashOf, refusal, type World } from '../support/world.js';

let world: World;
beforeEach(async () => {
  world = await aWorld();
});
afterEach(() => world.close());

function aPerson(uid: string, email: string | null = `${uid}@example.com`): Credentials {
  return {
    idToken: { uid, authTimeSeconds: world.clock.now().getTime() / 1000, verifiedEmail: email, displayName: null },
  };
}
const unique = () => `p${Math.random().toString(36).slice(2)}`;

describe('keys', () => {
  test('a key is shown once and stored as its hash only, with its principal', async () => {
    const { key, keyHash } = await world.call('createKey', { programId: 'builder', label: 'CI', expiresInDays: 2 });
    expect(key).toMatch(/^cb_[0-9A-Za-z]{49}$/);
    expect(hashOf({ apiKey: key })).toBe(keyHash);
    const stored = await world.stored(documents.apiKey(keyHash));
    expect(JSON.stringify(stored)).not.toContain(key);
    expect(await world.stored(documents.principal(uidOfKey(keyHash)))).toMatchObject({
      account: world.account,
      programId: 'builder',
    });
    expect((await world.call('listKeys', {})).keys).toMatchObject([
      { keyHash, label: 'CI', status: 'active', lastUsedAt: null },
    ]);
  });

  test('its use is noted by the day, not by the call', async () => {
    const key = await world.aKey('builder');
    await world.call('getAccount', {}, key);
    expect((await world.call('listKeys', {})).keys[0]?.lastUsedAt).toBe('2026-03-02T00:00:00.000Z');
    world.spy.since();
    await world.call('getAccount', {}, key);
    expect(world.spy.since().writes).toBe(0);
    world.clock.advance({ days: 1 });
    await world.call('getAccount', {}, key);
    expect((await world.call('listKeys', {})).keys[0]?.lastUsedAt).toBe('2026-03-03T00:00:00.000Z');
  });

  test('a typing error costs no read', async () => {
    const { apiKey } = await world.aKey('builder');
    world.spy.since();
    const typo = apiKey.slice(0, 10) + (apiKey[10] === 'x' ? 'y' : 'x') + apiKey.slice(11);
    expect(await refusal(world.call('getAccount', {}, { apiKey: typo }))).toBe('unauthenticated INVALID_KEY');
    expect(world.spy.since().rpcs).toBe(0);
  });

  test('a revoked key is refused at once on the instance that revoked it, within 30 seconds on others, and at exchange_key at once', async () => {
    const key = await world.aKey('builder');
    const other = anInstance({ clock: world.clock });
    await caller(other.app)('getAccount', {}, key);
    await world.call('revokeKey', { keyHash: hashOf(key) });
    expect(await refusal(world.call('getAccount', {}, key))).toBe('unauthenticated INVALID_KEY');
    expect(await refusal(caller(other.app)('exchangeKey', { key: key.apiKey }))).toBe('unauthenticated INVALID_KEY');
    world.clock.advance({ seconds: 30 });
    expect(await refusal(caller(other.app)('getAccount', {}, key))).toBe('unauthenticated INVALID_KEY');
    await other.close();
  });

  test('an expired key is refused', async () => {
    const { key } = await world.call('createKey', { programId: 'builder', label: 'short', expiresInDays: 1 });
    world.clock.advance({ days: 1 });
    expect(await refusal(world.call('getAccount', {}, { apiKey: key }))).toBe('unauthenticated INVALID_KEY');
  });

  test('a program rotates its own key; the successor keeps role and expiry; the old one ends after its grace', async () => {
    const made = await world.call('createKey', { programId: 'builder', label: 'CI', expiresInDays: 9 });
    const old = { apiKey: made.key };
    const next = await world.call('rotateKey', { graceMinutes: 10 }, old);
    expect(next).toMatchObject({ programId: 'builder', expiresAt: made.expiresAt });
    expect(await refusal(world.call('getAccount', {}, old))).toBe('accepted');
    expect(await refusal(world.call('getAccount', {}, { apiKey: next.key }))).toBe('accepted');
    expect(await refusal(world.call('rotateKey', {}, old))).toBe('failed-precondition KEY_ROTATED');
    world.clock.advance({ minutes: 10 });
    expect(await refusal(world.call('getAccount', {}, old))).toBe('unauthenticated INVALID_KEY');
  });

  test('fifty parallel rotations make one successor', async () => {
    const key = await world.aKey('builder');
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, () => refusal(world.call('rotateKey', { graceMinutes: 60 }, key))),
    );
    expect(outcomes.filter((outcome) => outcome === 'accepted')).toHaveLength(1);
    expect(new Set(outcomes)).toEqual(new Set(['accepted', 'failed-precondition KEY_ROTATED']));
    expect((await world.call('listKeys', { programId: 'builder' })).keys).toHaveLength(2);
  });

  test('exchange_key gives a token for the program, with the claims that the rules ask for', async () => {
    const key = await world.aKey('builder');
    const { customToken } = await world.call('exchangeKey', { key: key.apiKey }, {});
    expect(JSON.parse(customToken)).toEqual({
      uid: uidOfKey(hashOf(key)),
      claims: { account: world.account, role: 'program', program: 'builder' },
    });
  });

  test("another account's key is as unknown as none", async () => {
    const other = await aWorld();
    const key = await other.aKey('builder');
    expect(await refusal(world.call('revokeKey', { keyHash: hashOf(key) }))).toBe('not-found KEY_UNKNOWN');
    expect(await refusal(world.call('revokeKey', { keyHash: '0'.repeat(64) }))).toBe('not-found KEY_UNKNOWN');
    await other.close();
  });

  test('a program sees the fleet of its account only by what its role may call', async () => {
    const key = await world.aKey('builder');
    expect(await refusal(world.call('getFleetHealth', {}, key))).toBe('permission-denied ROLE_NOT_ALLOWED');
    expect(await refusal(world.call('createKey', { programId: 'x', label: 'x' }, key))).toBe(
      'permission-denied ROLE_NOT_ALLOWED',
    );
    expect(await refusal(world.call('getAccount', {}, {}))).toBe('unauthenticated NO_CREDENTIAL');
  });
});

describe('people', () => {
  test('the first sign-in makes an account; asking again changes nothing', async () => {
    const ada = aPerson(unique());
    const first = await world.call('createAccount', { name: 'Ship' }, ada);
    expect(first).toMatchObject({ role: 'admin', message: 'Account created' });
    expect(await world.call('createAccount', {}, ada)).toMatchObject({
      accountId: first.accountId,
      message: 'Account exists',
    });
    expect((await world.call('getAccount', {}, ada)).account).toMatchObject({
      name: 'Ship',
      tier: 'unlimited',
      sessionLimit: null,
    });
  });

  test('a person without an account is told to make one', async () => {
    expect(await refusal(world.call('getAccount', {}, aPerson(unique())))).toBe('permission-denied NO_ACCOUNT');
  });

  test('an invited person joins with the role that was offered, and only with a verified address', async () => {
    const uid = unique();
    await world.call('inviteMember', { email: `${uid.toUpperCase()}@example.com`, role: 'auditor' });
    expect(await world.call('createAccount', {}, aPerson(`${uid}-2`, null))).toMatchObject({
      message: 'Account created',
    });
    expect(await world.call('createAccount', {}, aPerson(uid))).toMatchObject({
      accountId: world.account,
      role: 'auditor',
      message: 'Invitation accepted',
    });
    expect((await world.call('listMembers', {})).members.map((m) => [m.status, m.role])).toContainEqual([
      'active',
      'auditor',
    ]);
    expect(await refusal(world.call('inviteMember', { email: `${uid}@example.com` }))).toBe(
      'already-exists MEMBER_EXISTS',
    );
  });

  test('an auditor reads and writes nothing; promoted, it may; removed, it is nobody', async () => {
    const grace = aPerson(unique());
    const uid = grace.idToken?.uid as string;
    await world.call('inviteMember', { email: `${uid}@example.com` });
    await world.call('createAccount', {}, grace);
    expect(await refusal(world.call('getFleetHealth', {}, grace))).toBe('accepted');
    expect(await refusal(world.call('createKey', { programId: 'x', label: 'x' }, grace))).toBe(
      'permission-denied ROLE_NOT_ALLOWED',
    );
    await world.call('setMemberRole', { memberId: uid, role: 'admin' });
    expect(await refusal(world.call('createKey', { programId: 'x', label: 'x' }, grace))).toBe('accepted');
    await world.call('removeMember', { memberId: uid });
    expect(await refusal(world.call('getAccount', {}, grace))).toBe('permission-denied NO_ACCOUNT');
    expect(await refusal(world.call('removeMember', { memberId: uid }))).toBe('not-found MEMBER_UNKNOWN');
  });

  test('the last admin can neither go nor step down, also when two try at once', async () => {
    const uid = world.admin.idToken?.uid as string;
    expect(await refusal(world.call('removeMember', { memberId: uid }))).toBe('failed-precondition LAST_ADMIN');
    expect(await refusal(world.call('setMemberRole', { memberId: uid, role: 'auditor' }))).toBe(
      'failed-precondition LAST_ADMIN',
    );
    const second = aPerson(unique());
    const secondUid = second.idToken?.uid as string;
    await world.call('inviteMember', { email: `${secondUid}@example.com`, role: 'admin' });
    await world.call('createAccount', {}, second);
    const outcomes = await Promise.all([
      refusal(world.call('removeMember', { memberId: uid }, second)),
      refusal(world.call('removeMember', { memberId: secondUid })),
    ]);
    expect(outcomes.filter((outcome) => outcome === 'accepted')).toHaveLength(1);
  });

  test('an invitation can be changed and taken back', async () => {
    const uid = unique();
    const { memberId } = await world.call('inviteMember', { email: `${uid}@example.com` });
    await world.call('setMemberRole', { memberId, role: 'admin' });
    await world.call('removeMember', { memberId });
    expect(await world.call('createAccount', {}, aPerson(uid))).toMatchObject({ message: 'Account created' });
  });

  test('tier and limit are for the operator only; thresholds must be in order', async () => {
    const key = await world.aKey('admin', 'admin');
    expect(await refusal(world.call('updateAccount', { tier: 'team' }, key))).toBe('permission-denied OPERATOR_ONLY');
    expect(await refusal(world.call('updateAccount', { staleAfterMinutes: 90 }, key))).toBe(
      'invalid-argument INVALID_FIELD',
    );
    expect((await world.call('updateAccount', { staleAfterMinutes: 5, name: 'Fleet' }, key)).account).toMatchObject({
      name: 'Fleet',
      staleAfterMinutes: 5,
    });
  });
});

test('programs are listed, read and described', async () => {
  await world.aKey('builder');
  await world.aKey('reviewer');
  await world.call('updateProgram', {
    programId: 'builder',
    displayName: 'The Builder',
    color: '#1a2b3c',
    tags: ['code'],
  });
  await world.call('updateProgram', { programId: 'builder', displayName: null });
  expect((await world.call('getProgram', { programId: 'builder' })).program).toMatchObject({
    displayName: null,
    color: '#1a2b3c',
    tags: ['code'],
  });
  const first = await world.call('listPrograms', { limit: 1 });
  expect(first.programs.map((p) => p.programId)).toEqual(['builder']);
  expect(
    (await world.call('listPrograms', { pageToken: first.nextPageToken as string })).programs.map((p) => p.programId),
  ).toEqual(['reviewer']);
  expect(await refusal(world.call('getProgram', { programId: 'nobody' }))).toBe('not-found PROGRAM_UNKNOWN');
  expect((await world.call('getFleetHealth', {})).programs.map((p) => [p.programId, p.state])).toEqual([
    ['builder', 'offline'],
    ['reviewer', 'offline'],
  ]);
});
