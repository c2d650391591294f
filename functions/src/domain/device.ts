import {
  ALERT_TYPES,
  type AlertType,
  type Device,
  type DeviceView,
  iso,
  limits,
  type Principal,
  type StoredEvent,
} from '@quarterdeck/contract';
import { actorOf, type Caller } from './caller.js';
import { DomainError } from './domain-error.js';

const DAY_MS = 86_400_000;

/** What somebody says of a device as they register it. Absent: as it was. */
export interface Registration {
  readonly token: string;
  readonly platform: Device['platform'];
  readonly label?: string | undefined;
  readonly eventTypes?: readonly AlertType[] | undefined;
}

/**
 * The device once it is registered. One that is the caller's already keeps what is not said anew; one that was another's becomes the caller's, and
 * keeps nothing.
 * @param all the devices of the account
 * @returns the device of `all` itself when nothing is to be written
 * @throws DomainError `DEVICE_LIMIT`
 */
export function registerDevice(
  deviceId: string,
  { token, platform, label, eventTypes }: Registration,
  caller: Pick<Caller, 'programId' | 'uid'>,
  all: readonly Device[],
  now: Date,
): Device {
  const owner = actorOf(caller);
  const known = all.find((one) => one.deviceId === deviceId);
  const mine = known?.owner === owner ? known : undefined;
  if (known === undefined) requireRoom(all, limits.DEVICES_MAX, 'Your account has');
  if (mine === undefined) {
    const own = all.filter((one) => one.owner === owner);
    requireRoom(own, limits.DEVICES_PER_OWNER_MAX, 'You have');
  }
  const next: Device = {
    deviceId,
    token,
    platform,
    label: label ?? mine?.label ?? null,
    eventTypes: [...new Set(eventTypes ?? mine?.eventTypes ?? ALERT_TYPES)],
    owner,
    uid: caller.uid,
    createdAt: mine?.createdAt ?? now,
    refreshedAt: now,
  };
  return mine !== undefined && isSame(mine, next) ? mine : next;
}

/** True when the device asks for this alert, which did not happen before it was there. */
export function wantsAlert(device: Device, alert: AlertType, event: Pick<StoredEvent, 'time'>): boolean {
  return device.eventTypes.includes(alert) && event.time >= device.createdAt;
}

/** True while the identity that a device belongs to has access to the account. */
export function hasAccess(principal: Principal | undefined, account: string, now: Date): boolean {
  if (principal === undefined || principal.account !== account) return false;
  return principal.validUntil === null || now < principal.validUntil;
}

/** A device as its owner sees it. */
export function viewDevice({ deviceId, platform, label, eventTypes, createdAt, refreshedAt }: Device): DeviceView {
  return {
    deviceId,
    platform,
    label,
    eventTypes: [...eventTypes],
    createdAt: iso(createdAt),
    refreshedAt: iso(refreshedAt),
  };
}

export function deviceUnknown(): DomainError {
  return new DomainError('DEVICE_UNKNOWN', 'deviceId: you have no such device. list_devices shows which you have.');
}

function requireRoom(devices: readonly Device[], limit: number, who: string): void {
  if (devices.length < limit) return;
  throw new DomainError(
    'DEVICE_LIMIT',
    `token: ${who} ${devices.length} devices, which is the most. Call unregister_device for one first.`,
    { limit },
  );
}

/** An app registers at every start: what changes nothing is written once a day. */
function isSame(known: Device, next: Device): boolean {
  const said = ({ platform, label, eventTypes, uid }: Device) => JSON.stringify([platform, label, eventTypes, uid]);
  return said(known) === said(next) && next.refreshedAt.getTime() - known.refreshedAt.getTime() < DAY_MS;
}
