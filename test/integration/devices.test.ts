import { documents, type InputOf, limits, type Operations, type Push } from '@quarterdeck/contract';
import { pushAlert } from '../../functions/src/operations/push-alert.js';
import { sweepAccount } from '../../functions/src/operations/sweep-account.js';
import { aFcm, aPushing, type Fcm, type Pushing } from '../support/devices.js';
import { FaultGate } from '../support/fault-gate.js';
import { stormOf } from '../support/webhooks.js';
import { anInstance, aWorld, hashOf, refusal, type World } from '../support/world.js';

/** From a change of a session to a phone, up to what Firebase Cloud Messaging is handed. */
let world: World;
let key: { apiKey: string };
let fcm: Fcm;
let pushing: Pushing;
const faults = new FaultGate();

beforeEach(async () => {
  faults.arm();
  world = await aWorld({ gate: faults.gate });
  fcm = aFcm(world);
  key = await world.aKey('builder');
  pushing = aPushing(world);
  // What led here is told to nobody.
  await pushing.run();
});
afterEach(() => world.close());

type Who = Parameters<World['call']>[2];
type Registration = Partial<InputOf<Operations['registerDevice']>>;
const register = (token: string, fields: Registration = {}, who: Who = world.admin) =>
  world.call('registerDevice', { token, platform: 'android', ...fields }, who);
const devicesOf = async (who: Who = world.admin) => (await world.call('listDevices', {}, who)).devices;
const start = (sessionId: string, status = 'Running the tests') =>
  world.call('createSession', { name: 'Nightly build', sessionId, status }, key);
const update = (sessionId: string, state: 'working' | 'blocked' | 'complete', status = 'Which branch?') =>
  world.call('updateSession', { sessionId, status, state }, key);
/** Time passes until the session has gone silent, or is heard again, and the sweep has seen it. */
async function fallSilent(): Promise<void> {
  world.clock.advance({ minutes: 15, seconds: 1 });
  await sweepAccount(world.account, world.app.ports);
}
async function speakAgain(sessionId: string): Promise<void> {
  await world.call('heartbeat', { sessionId }, key);
  await sweepAccount(world.account, world.app.ports);
}
/** Pub/Sub delivers again and again what was not acknowledged, for as long as attempts under way would last. */
async function settle(): Promise<void> {
  for (let n = 0; n < 2 * limits.PUSH_ATTEMPTS_MAX && pushing.waiting > 0; n++) {
    world.clock.advance({ seconds: 20 });
    await pushing.run();
  }
}
/** FCM takes its time for the next message. */
function holdAnswers(): { readonly handed: Promise<void>; release(): void } {
  let release = (): void => undefined;
  const released = new Promise<undefined>((done) => {
    release = () => done(undefined);
  });
  const handed = new Promise<void>((reached) => {
    fcm.answer = () => {
      reached();
      fcm.answer = () => undefined;
      return released;
    };
  });
  return { handed, release: () => release() };
}
const tokens = () => fcm.shown.map((line) => line.split(':')[0]).sort();

/** Another member of the account. */
async function aMember(name: string): Promise<Who & { uid: string }> {
  const uid = `${name}-${world.account}`;
  const idToken = { uid, authTimeSeconds: world.clock.now().getTime() / 1000, verifiedEmail: `${uid}@example.com` };
  await world.call('inviteMember', { email: `${uid}@example.com`, role: 'auditor' });
  const member = { idToken: { ...idToken, displayName: name }, uid };
  await world.call('createAccount', {}, member);
  await pushing.run();
  return member;
}

describe('registering', () => {
  test("a device is its owner's own, and no answer and no event shows its token", async () => {
    const auditor = await world.aKey('watcher', 'auditor');
    const answers = [
      await register('phone-a', { label: 'My phone' }),
      await register('phone-b', { platform: 'ios' }, key),
      await register('browser-c', { platform: 'web', eventTypes: ['session.blocked'] }, auditor),
      await devicesOf(),
      await devicesOf(key),
      await devicesOf(auditor),
      await world.call('listEvents', {}),
    ];
    expect(JSON.stringify(answers)).not.toMatch(/phone-a|phone-b|browser-c/);
    expect(await devicesOf()).toMatchObject([{ platform: 'android', label: 'My phone' }]);
    expect(await devicesOf(key)).toMatchObject([{ platform: 'ios', label: null }]);
    expect(await devicesOf(auditor)).toMatchObject([{ platform: 'web', eventTypes: ['session.blocked'] }]);
  });

  test('the same token again is the same device: it keeps what is not said anew', async () => {
    const { deviceId } = await register('phone-a', { label: 'My phone', eventTypes: ['session.ended'] });
    world.clock.advance({ days: 1 });
    const again = await register('phone-a');
    expect(again).toMatchObject({ deviceId, device: { label: 'My phone', eventTypes: ['session.ended'] } });
    expect(again.device.refreshedAt).toBe(world.clock.now().toISOString());
    expect(await devicesOf()).toEqual([again.device]);
  });

  test('its owner ends it; nobody else can, and nobody can twice', async () => {
    const { deviceId } = await register('phone-a');
    expect(await refusal(world.call('unregisterDevice', { deviceId }, key))).toBe('not-found DEVICE_UNKNOWN');
    await world.call('unregisterDevice', { deviceId });
    expect(await devicesOf()).toEqual([]);
    expect(await world.stored(documents.deviceAccount(deviceId))).toBeUndefined();
    expect(await refusal(world.call('unregisterDevice', { deviceId }))).toBe('not-found DEVICE_UNKNOWN');
  });

  test('a token that another person of the account registers leaves the first', async () => {
    const grace = await aMember('grace');
    await register('phone-a', { label: 'Mine', eventTypes: ['session.ended'] });
    await register('phone-a', {}, grace);
    expect(await devicesOf()).toEqual([]);
    expect(await devicesOf(grace)).toMatchObject([{ label: null }]);
    await start('s1');
    await update('s1', 'blocked');
    await pushing.run();
    expect(fcm.shown).toHaveLength(1);
  });

  test('a token that another account registers leaves the first account, and hears of the second alone', async () => {
    const other = await aWorld();
    const otherFcm = aFcm(other);
    const otherKey = await other.aKey('painter');
    await register('phone-a');
    await other.call('registerDevice', { token: 'phone-a', platform: 'ios' });
    expect(await devicesOf()).toEqual([]);
    expect((await other.call('listDevices', {})).devices).toHaveLength(1);

    const otherPushing = aPushing(other);
    await start('s1');
    await update('s1', 'blocked');
    await other.call('createSession', { name: 'Fresco', sessionId: 's1' }, otherKey);
    await other.call('updateSession', { sessionId: 's1', status: 'Which blue?', state: 'blocked' }, otherKey);
    world.clock.advance({ seconds: 30 });
    await pushing.run();
    await otherPushing.run();
    expect(fcm.shown).toEqual([]);
    expect(otherFcm.shown).toEqual(['phone-a: painter needs you | Fresco: Which blue?']);
    await other.close();
  });

  test('when two accounts register a token at once, one of them has it', async () => {
    const other = await aWorld();
    const worlds = [world, other];
    const contend = (one: World) => refusal(one.call('registerDevice', { token: 'contended', platform: 'web' }));
    expect(await Promise.all(worlds.map(contend))).toContain('accepted');
    const lists = await Promise.all(worlds.map(async (one) => (await one.call('listDevices', {})).devices));
    const owners = worlds.filter((_one, index) => lists[index]?.length === 1);
    expect(owners).toHaveLength(1);
    const deviceId = lists.flat()[0]?.deviceId ?? '';
    expect(await world.stored(documents.deviceAccount(deviceId))).toMatchObject({ account: owners[0]?.account });
    await other.close();
  });

  test("the number of an owner's devices is exact, however many are registered at once", async () => {
    const many = Array.from({ length: limits.DEVICES_PER_OWNER_MAX + 3 }, (_, n) => refusal(register(`phone-${n}`)));
    const answers = await Promise.all(many);
    expect(answers.filter((one) => one === 'accepted')).toHaveLength(limits.DEVICES_PER_OWNER_MAX);
    expect(answers.filter((one) => one === 'resource-exhausted DEVICE_LIMIT')).toHaveLength(3);
    expect(await refusal(register('of-the-program', {}, key))).toBe('accepted');
  });

  test.each<[field: string, input: object]>([
    ['token', { token: 'with space', platform: 'web' }],
    ['token', { token: '', platform: 'web' }],
    ['token', { token: 'x'.repeat(limits.DEVICE_TOKEN_MAX_CHARS + 1), platform: 'web' }],
    ['platform', { token: 'x', platform: 'windows' }],
    ['eventTypes', { token: 'x', platform: 'web', eventTypes: [] }],
    ['eventTypes.0', { token: 'x', platform: 'web', eventTypes: ['key.created'] }],
    ['label', { token: 'x', platform: 'web', label: ' ' }],
  ])('what can not be registered is refused by its field: %s %#', async (field, input) => {
    await expect(world.call('registerDevice', input as never)).rejects.toMatchObject({
      reason: 'INVALID_FIELD',
      details: { fields: [{ field }] },
    });
  });
});

describe('alerts', () => {
  test('blocked, silent, back and done: each comes once, and says at a glance who and what', async () => {
    await register('phone-a');
    await start('s1');
    await update('s1', 'blocked');
    await pushing.run();
    await update('s1', 'working', 'Linking');
    await pushing.run();
    await fallSilent();
    await pushing.run();
    await speakAgain('s1');
    await pushing.run();
    await update('s1', 'complete', 'All green');
    await pushing.run();
    await pushing.run();
    expect(fcm.shown).toEqual([
      'phone-a: builder needs you | Nightly build: Which branch?',
      'phone-a: builder has gone silent | Nightly build: no sign of life for 15m. Last: Linking',
      'phone-a: builder is back | Nightly build: Linking',
      'phone-a: builder is done | Nightly build: All green',
    ]);
    const links = fcm.handed.map(({ data, webpush }) => [data?.link, webpush?.fcmOptions?.link]);
    expect(new Set(links.flat())).toEqual(new Set(['/sessions/s1', 'https://deck.example.com/sessions/s1']));
  });

  test('a device hears of what it asks for, and of nothing from before it was there', async () => {
    await start('before');
    await update('before', 'blocked');
    world.clock.advance({ seconds: 1 });
    await register('phone-a', { eventTypes: ['session.ended'] });
    await register('phone-b', { eventTypes: ['session.blocked'] });
    await start('s1');
    await update('s1', 'blocked');
    await pushing.run();
    await update('s1', 'complete');
    await pushing.run();
    expect(fcm.shown).toEqual([
      'phone-b: builder needs you | Nightly build: Which branch?',
      'phone-a: builder is done | Nightly build: Which branch?',
    ]);
  });

  test('an alert that was overtaken before it could be sent is not sent: the phone ends with what is true', async () => {
    await register('phone-a');
    await start('s1');
    await update('s1', 'blocked');
    await update('s1', 'complete', 'All green');
    await start('s2');
    await update('s2', 'blocked');
    await update('s2', 'working');
    await pushing.run();
    expect(fcm.shown).toEqual(['phone-a: builder is done | Nightly build: All green']);
  });

  test('a recovery is told to those that were told of the silence', async () => {
    await register('phone-a');
    await register('phone-b');
    await start('s1');
    fcm.answer = ({ token }) => (token === 'phone-b' ? { code: 'server-unavailable' } : undefined);
    await fallSilent();
    await pushing.run();
    await register('phone-c');
    fcm.answer = () => undefined;
    await speakAgain('s1');
    await settle();
    await pushing.run();
    expect(fcm.shown).toEqual([
      'phone-a: builder has gone silent | Nightly build: no sign of life for 15m. Last: Running the tests',
      'phone-a: builder is back | Nightly build: Running the tests',
    ]);
    // Another silence is told to all of them.
    world.clock.advance({ seconds: 1 });
    await fallSilent();
    await pushing.run();
    expect(tokens().slice(2)).toEqual(['phone-a', 'phone-b', 'phone-c']);
  });

  test('a recovery waits while nobody knows yet who was told of the silence', async () => {
    await register('phone-a');
    await start('s1');
    await fallSilent();
    const held = holdAnswers();
    const silence = pushing.run();
    await held.handed;
    await speakAgain('s1');
    const later = aPushing(world);
    await later.run();
    expect([fcm.shown, later.waiting]).toEqual([[], 1]);
    held.release();
    await silence;
    await later.run();
    expect(fcm.shown.map((line) => line.split(' | ')[0])).toEqual([
      'phone-a: builder has gone silent',
      'phone-a: builder is back',
    ]);
  });

  test('only members and programs of the account hear of it', async () => {
    const other = await aWorld();
    const otherFcm = aFcm(other);
    await other.call('registerDevice', { token: 'phone-x', platform: 'ios' });
    await register('phone-a');
    await register('phone-b', {}, key);
    await start('s1');
    await update('s1', 'blocked');
    const otherPushing = aPushing(other);
    await Promise.all([pushing.run(), otherPushing.run()]);
    expect(tokens()).toEqual(['phone-a', 'phone-b']);
    expect(otherFcm.handed).toEqual([]);
    await other.close();
  });
});

describe('at least once', () => {
  test('whatever is redelivered, shuffled and refused for now, each device gets each alert exactly once', async () => {
    pushing = aPushing(world, stormOf(1));
    const phones = ['phone-a', 'phone-b', 'phone-c'];
    for (const phone of phones) await register(phone);
    const refusals = new Map<string, number>();
    // Each device is refused up to four times for each alert, before FCM takes it.
    fcm.answer = ({ token, data }) => {
      const left = refusals.get(`${token} ${data?.eventId}`) ?? refusals.size % 5;
      refusals.set(`${token} ${data?.eventId}`, left - 1);
      return left > 0
        ? { code: ['server-unavailable', 'internal-error', 'message-rate-exceeded'][left % 3] ?? '' }
        : undefined;
    };
    for (let n = 0; n < 6; n++) await start(`s${n}`);
    for (const [n, state] of (['blocked', 'complete', 'blocked', 'complete', 'blocked', 'complete'] as const).entries())
      await update(`s${n}`, state);
    await pushing.run();
    await settle();
    expect(pushing.waiting).toBe(0);
    const expected = phones.flatMap((phone) => Array.from({ length: 6 }, (_, n) => `${phone} s${n}`)).sort();
    const taken = fcm.handed
      .map(({ data, ...message }) => `${(message as { token: string }).token} ${data?.sessionId}`)
      .sort();
    expect(fcm.shown).toHaveLength(expected.length);
    expect([...new Set(taken)]).toEqual(expected);
    expect(Math.max(...[...refusals.values()])).toBe(-1);
    expect(Math.min(...[...refusals.values()])).toBe(-1);
  });

  test('while one attempt is under way, another delivery of the same message sends nothing, and is not acknowledged', async () => {
    await register('phone-a');
    await start('s1');
    await update('s1', 'complete');
    const { events } = await world.call('listEvents', { types: ['session.ended'] });
    const tell = () => pushAlert(world.account, events[0]?.id ?? '', 'session.ended', world.app.ports);
    const held = holdAnswers();
    const first = tell();
    await held.handed;
    expect(await Promise.all([tell(), tell()])).toMatchObject([{ outcome: 'again' }, { outcome: 'again' }]);
    held.release();
    expect(await first).toMatchObject({ outcome: 'told', sent: 1 });
    expect(fcm.handed).toHaveLength(1);
    expect((await tell()).outcome).toBe('nothing');
  });

  test('an instance that dies at any RPC loses nothing, and tells nobody twice whom it knew to be told', async () => {
    await register('phone-a');
    for (let n = 0; n < 6; n++) {
      await start(`dies-${n}`);
      await update(`dies-${n}`, 'complete');
      const { events } = await world.call('listEvents', { subject: `session/dies-${n}`, types: ['session.ended'] });
      const tell = () => pushAlert(world.account, events[0]?.id ?? '', 'session.ended', world.app.ports);
      const before = fcm.shown.length;
      const dead = faults.dieAt(n);
      const work = tell().catch(() => undefined);
      await Promise.race([dead, work]);
      await work;
      faults.arm();
      for (let minute = 0; minute < 4; minute++) {
        await tell();
        world.clock.advance({ minutes: 1 });
      }
      // Dead between sending and saying so, it is told again: the tag lets the second take the place of the first.
      const isUnknown = n === 5;
      expect([n, fcm.shown.length - before]).toEqual([n, isUnknown ? 2 : 1]);
    }
  });
});

describe('what FCM says', () => {
  const pushOf = async (): Promise<Push> => {
    const { events } = await world.call('listEvents', { types: ['session.ended'] });
    return (await world.stored(documents.push(world.account, events[0]?.id ?? ''))) as Push;
  };
  async function end(): Promise<void> {
    await start('s1');
    await update('s1', 'complete');
    await pushing.run();
    await settle();
  }

  test.each([
    ['registration-token-not-registered', {}],
    ['invalid-argument', { message: 'The registration token is not a valid FCM registration token' }],
    ['mismatched-credential', { message: 'SenderId mismatch' }],
  ])('%s: the device is forgotten, and the others hear of it', async (code, fields) => {
    const { deviceId } = await register('gone');
    await register('phone-a');
    fcm.answer = ({ token }) => (token === 'gone' ? { code, ...fields } : undefined);
    await end();
    expect(tokens()).toEqual(['phone-a']);
    expect(await devicesOf()).toHaveLength(1);
    expect(await world.stored(documents.deviceAccount(deviceId))).toBeUndefined();
    expect(fcm.handed).toHaveLength(2);
  });

  test.each([
    'server-unavailable',
    'internal-error',
    'message-rate-exceeded',
    'third-party-auth-error',
    'unknown-error',
  ])('%s: it comes again, for that device alone', async (code) => {
    await register('phone-a');
    await register('phone-b');
    let failures = 3;
    fcm.answer = ({ token }) => (token === 'phone-b' && failures-- > 0 ? { code } : undefined);
    await end();
    expect(fcm.shown.map((line) => line.split(':')[0])).toEqual(['phone-a', 'phone-b']);
    expect(fcm.handed).toHaveLength(5);
    expect(await pushOf()).toMatchObject({ status: 'done', attempts: 4 });
  });

  test('a message that FCM does not take is our fault: it is not tried again, and the device stays', async () => {
    await register('phone-a');
    fcm.answer = () => ({ code: 'invalid-argument', message: 'Invalid value at message.android.ttl' });
    await end();
    expect(fcm.handed).toHaveLength(1);
    expect(await devicesOf()).toHaveLength(1);
    expect(pushing.reports.at(-1)).toMatchObject({ outcome: 'told', error: expect.stringContaining('android.ttl') });
  });

  test('an alert whose every attempt dies is parked as well', async () => {
    await register('phone-a');
    await start('s1');
    await update('s1', 'complete');
    const { events } = await world.call('listEvents', { types: ['session.ended'] });
    const tell = () => pushAlert(world.account, events[0]?.id ?? '', 'session.ended', world.app.ports);
    const dies = { send: () => Promise.reject(new Error('it dies')) };
    Object.assign(world.app.ports, { pushSender: dies });
    for (let attempt = 0; attempt < limits.PUSH_ATTEMPTS_MAX; attempt++) {
      await expect(tell()).rejects.toThrow('it dies');
      expect(await tell()).toMatchObject({ outcome: 'again' });
      world.clock.advance({ minutes: 3 });
    }
    expect(await tell()).toMatchObject({ outcome: 'parked' });
    expect(await tell()).toMatchObject({ outcome: 'nothing' });
    expect(await pushOf()).toMatchObject({ status: 'parked', got: [] });
  });

  test('an alert that never gets through is parked after its attempts, and holds up no other', async () => {
    await register('poisonous');
    await register('phone-a');
    fcm.answer = ({ token }) => (token === 'poisonous' ? { code: 'internal-error' } : undefined);
    await start('s2');
    await end();
    await update('s2', 'blocked');
    await pushing.run();
    expect(tokens()).toEqual(['phone-a', 'phone-a']);
    await settle();
    expect(await pushOf()).toMatchObject({ status: 'parked', attempts: limits.PUSH_ATTEMPTS_MAX });
    expect(pushing.reports.filter(({ outcome }) => outcome === 'parked')).toHaveLength(2);
    expect(pushing.waiting).toBe(0);
    expect(await devicesOf()).toHaveLength(2);
    expect(JSON.stringify(await pushOf())).not.toContain('poisonous');
  });
});

describe('whoever has lost access hears nothing more', () => {
  async function block(): Promise<void> {
    await start('s1');
    await update('s1', 'blocked');
    await pushing.run();
  }
  const storedDevices = async () =>
    Object.values((await world.stored(documents.devices(world.account)))?.devices ?? {}).length;

  test('a member who was removed, also one that has an account of their own now', async () => {
    const grace = await aMember('grace');
    await register('phone-a');
    await register('phone-g', {}, grace);
    await world.call('removeMember', { memberId: grace.uid });
    await world.call('createAccount', { name: 'Own' }, grace);
    await block();
    expect(tokens()).toEqual(['phone-a']);
    expect(await storedDevices()).toBe(1);
  });

  test.each<[what: string, end: (other: { apiKey: string }) => Promise<unknown>]>([
    ['was revoked', (other) => world.call('revokeKey', { keyHash: hashOf(other) })],
    ['was rotated away', (other) => world.call('rotateKey', { keyHash: hashOf(other) })],
    ['belonged to a program that was retired', () => world.call('retireProgram', { programId: 'watcher' })],
  ])('a key that %s', async (_what, end) => {
    const other = await world.aKey('watcher');
    await register('phone-w', {}, other);
    await register('phone-b', {}, key);
    await end(other);
    await block();
    expect(tokens()).toEqual(['phone-b']);
    expect(await storedDevices()).toBe(1);
  });

  test('a key that expired', async () => {
    const { key: apiKey } = await world.call('createKey', { programId: 'watcher', label: 'x', expiresInDays: 1 });
    await register('phone-w', {}, { apiKey });
    world.clock.advance({ days: 1 });
    await block();
    expect(fcm.handed).toEqual([]);
  });

  test('on other instances within 30 seconds', async () => {
    const other = anInstance({ clock: world.clock });
    const otherFcm = aFcm(other);
    const grace = await aMember('grace');
    await register('phone-g', {}, grace);
    const tell = async (sessionId: string) => {
      await start(sessionId);
      await update(sessionId, 'complete');
      const { events } = await world.call('listEvents', { subject: `session/${sessionId}`, types: ['session.ended'] });
      await pushAlert(world.account, events[0]?.id ?? '', 'session.ended', other.app.ports);
    };
    await tell('s1');
    await world.call('removeMember', { memberId: grace.uid });
    world.clock.advance({ seconds: 30 });
    await tell('s2');
    expect(otherFcm.handed.map(({ data }) => data?.sessionId)).toEqual(['s1']);
    await other.close();
  });
});

describe('what it costs', () => {
  const cost = async (work: () => Promise<unknown>) => {
    world.spy.since();
    await work();
    const { reads, writes, deletes } = world.spy.since();
    return { reads, writes, deletes };
  };
  type AlertEvent = 'session.ended' | 'session.stale' | 'session.recovered' | 'session.state_changed';
  const eventOf = async (type: AlertEvent, sessionId = 's1') => {
    const { events } = await world.call('listEvents', { types: [type], subject: `session/${sessionId}` });
    return { id: events[0]?.id ?? '', type };
  };
  const tell = ({ id, type }: Awaited<ReturnType<typeof eventOf>>) =>
    pushAlert(world.account, id, type, world.app.ports);

  test('an alert of an account without devices, or that none asks for, costs one read, and any other event none', async () => {
    await start('s1');
    await update('s1', 'complete');
    const ended = await eventOf('session.ended');
    expect(await cost(() => tell(ended))).toEqual({ reads: 1, writes: 0, deletes: 0 });
    await register('phone-a', { eventTypes: ['session.blocked'] });
    expect(await cost(() => tell(ended))).toEqual({ reads: 1, writes: 0, deletes: 0 });
    expect(await cost(() => pushAlert(world.account, ended.id, 'key.created', world.app.ports))).toMatchObject({
      reads: 0,
    });
  });

  test('an alert is three reads and two writes, for as many devices as there are; an end and a recovery are one read more', async () => {
    for (const token of ['phone-a', 'phone-b', 'phone-c']) await register(token);
    await start('warm');
    await update('warm', 'blocked');
    await pushing.run();
    await start('s1');
    await update('s1', 'blocked');
    const blocked = await eventOf('session.state_changed');
    expect(await cost(() => tell(blocked))).toEqual({ reads: 3, writes: 2, deletes: 0 });
    expect(await cost(() => tell(blocked))).toEqual({ reads: 4, writes: 1, deletes: 0 });
    await update('s1', 'working');
    await update('warm', 'complete');
    await fallSilent();
    const stale = await eventOf('session.stale');
    await tell(await eventOf('session.ended', 'warm'));
    expect(await cost(() => tell(stale))).toEqual({ reads: 3, writes: 2, deletes: 0 });
    await speakAgain('s1');
    const recovered = await eventOf('session.recovered');
    expect(await cost(() => tell(recovered))).toEqual({ reads: 4, writes: 2, deletes: 0 });
    await update('s1', 'complete');
    const ended = await eventOf('session.ended');
    expect(await cost(() => tell(ended))).toEqual({ reads: 4, writes: 2, deletes: 0 });
    expect(fcm.shown.filter((line) => line.startsWith('phone-a'))).toHaveLength(6);
  });

  test('registering is two reads and two writes, again within a day two reads; taking a token from another account is one more of each', async () => {
    const token = `phone-${world.account}`;
    await world.call('listDevices', {});
    expect(await cost(() => register(token))).toEqual({ reads: 2, writes: 2, deletes: 0 });
    expect(await cost(() => register(token))).toEqual({ reads: 2, writes: 0, deletes: 0 });
    const other = await aWorld();
    await other.call('registerDevice', { token, platform: 'web' });
    expect(await cost(() => register(token))).toEqual({ reads: 3, writes: 3, deletes: 0 });
    await other.close();
  });

  test('listing is one read, unregistering two reads, a write and a deletion', async () => {
    const { deviceId } = await register('phone-a');
    expect(await cost(() => devicesOf())).toEqual({ reads: 1, writes: 0, deletes: 0 });
    expect(await cost(() => world.call('unregisterDevice', { deviceId }))).toEqual({ reads: 2, writes: 1, deletes: 1 });
  });

  test('forgetting a device that is gone is a read, a write and a deletion beside the alert', async () => {
    await register('phone-a');
    await start('s1');
    await update('s1', 'blocked');
    const blocked = await eventOf('session.state_changed');
    await world.app.ports.principals.recall(world.admin.idToken?.uid ?? '');
    fcm.answer = () => ({ code: 'registration-token-not-registered' });
    expect(await cost(() => tell(blocked))).toEqual({ reads: 4, writes: 3, deletes: 1 });
  });
});
