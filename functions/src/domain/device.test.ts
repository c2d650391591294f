import { ALERT_TYPES, type Device, limits, type Principal } from '@quarterdeck/contract';
import { aDevice, after, anAlertEvent, START } from '../../../test/support/builders.js';
import { hasAccess, registerDevice, wantsAlert } from './device.js';

const caller = { programId: null, uid: 'ada' };
const said = { token: 'token-1', platform: 'ios' } as const;
const ID = aDevice().deviceId;
/** Devices of others. */
const others = (count: number): Device[] =>
  Array.from({ length: count }, (_, n) => aDevice({ deviceId: String(n), owner: `person/p${n}`, uid: `p${n}` }));
const own = (count: number): Device[] => others(count).map((one) => ({ ...one, owner: 'person/ada', uid: 'ada' }));
const reasonOf = (work: () => unknown): string => {
  try {
    work();
    return 'accepted';
  } catch (error) {
    return (error as { reason: string }).reason;
  }
};

describe('registering', () => {
  test('a new device is asked for every alert, unless it says otherwise', () => {
    const device = registerDevice(ID, said, caller, [], START);
    expect(device).toMatchObject({
      owner: 'person/ada',
      uid: 'ada',
      label: null,
      createdAt: START,
      refreshedAt: START,
    });
    expect(device.eventTypes).toEqual(ALERT_TYPES);
    const choice = { ...said, eventTypes: ['session.blocked', 'session.blocked'] as const };
    expect(registerDevice(ID, choice, caller, [], START).eventTypes).toEqual(['session.blocked']);
  });

  test('what is not said anew stays, and what is said changes', () => {
    const known = aDevice({ owner: 'person/ada', uid: 'ada', label: 'Phone', eventTypes: ['session.blocked'] });
    const now = after({ days: 2 });
    expect(registerDevice(ID, said, caller, [known], now)).toEqual({ ...known, platform: 'ios', refreshedAt: now });
    expect(registerDevice(ID, { ...said, label: 'New' }, caller, [known], now)).toMatchObject({ label: 'New' });
    expect(registerDevice(ID, { ...said, eventTypes: ['session.ended'] }, caller, [known], now).eventTypes).toEqual([
      'session.ended',
    ]);
  });

  test('of another owner nothing stays', () => {
    const theirs = aDevice({ owner: 'person/grace', uid: 'grace', label: 'Phone', eventTypes: ['session.blocked'] });
    const now = after({ days: 2 });
    const device = registerDevice(ID, said, caller, [theirs], now);
    expect(device).toMatchObject({ owner: 'person/ada', uid: 'ada', label: null, createdAt: now });
    expect(device.eventTypes).toEqual(ALERT_TYPES);
  });

  test.each<[what: string, fields: Partial<Device>, hours: number, writes: boolean]>([
    ['nothing new', {}, 23, false],
    ['nothing new, a day later', {}, 24, true],
    ['another platform', { platform: 'web' }, 0, true],
    ['another identity of the owner', { uid: 'earlier' }, 0, true],
  ])('saying %s writes: %s h later, %s', (_what, fields, hours, writes) => {
    const known = aDevice({ owner: 'person/ada', uid: 'ada', platform: 'ios', token: 'token-1', ...fields });
    expect(registerDevice(ID, said, caller, [known], after({ hours })) !== known).toBe(writes);
  });

  test.each<[what: string, all: readonly Device[], answer: string]>([
    ['a last one of the account', others(limits.DEVICES_MAX - 1), 'accepted'],
    ['one too many of the account', others(limits.DEVICES_MAX), 'DEVICE_LIMIT'],
    ['a last one of the owner', own(limits.DEVICES_PER_OWNER_MAX - 1), 'accepted'],
    ['one too many of the owner', own(limits.DEVICES_PER_OWNER_MAX), 'DEVICE_LIMIT'],
    [
      'a known one of a full owner',
      [...own(limits.DEVICES_PER_OWNER_MAX - 1), aDevice({ owner: 'person/ada' })],
      'accepted',
    ],
    ['a known one of a full account', [...others(limits.DEVICES_MAX - 1), aDevice({ owner: 'person/x' })], 'accepted'],
    [
      "another's, by an owner who is full",
      [...own(limits.DEVICES_PER_OWNER_MAX), aDevice({ owner: 'person/x' })],
      'DEVICE_LIMIT',
    ],
  ])('%s: %#', (_what, all, answer) => {
    expect(reasonOf(() => registerDevice(ID, said, caller, all, START))).toBe(answer);
  });
});

test('a device wants what it asks for, and nothing from before it was there', () => {
  const device = aDevice({ eventTypes: ['session.blocked'] });
  expect(wantsAlert(device, 'session.blocked', anAlertEvent('session.blocked', { time: START }))).toBe(true);
  expect(wantsAlert(device, 'session.blocked', anAlertEvent('session.blocked', { time: after({ ms: -1 }) }))).toBe(
    false,
  );
  expect(wantsAlert(device, 'session.ended', anAlertEvent('session.ended'))).toBe(false);
});

const principal: Principal = {
  uid: 'ada',
  account: 'a',
  role: 'auditor',
  programId: null,
  validSince: START,
  validUntil: null,
  operator: false,
};
test.each<[what: string, principal: Principal | undefined, expected: boolean]>([
  ['somebody of the account', principal, true],
  ['nobody any more', undefined, false],
  ['somebody of another account', { ...principal, account: 'b' }, false],
  ['a key that is valid for a while', { ...principal, validUntil: after({ ms: 1 }) }, true],
  ['a key that is over', { ...principal, validUntil: START }, false],
])('%s has access: %#', (_what, who, expected) => {
  expect(hasAccess(who, 'a', START)).toBe(expected);
});
