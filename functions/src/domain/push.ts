import { type AlertType, limits, type Push } from '@quarterdeck/contract';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** For this long an attempt under way keeps others out: longer than the function that makes it may run (entries/devices.ts). */
const ATTEMPT_LEASE_MS = 3 * MINUTE_MS;

/** What FCM did with a message to one device. */
export interface PushReceipt {
  /**
   * `sent`: FCM has it. `gone`: the token reaches nobody any more. `refused`: FCM does not take this message, and would not the next time. `later`: it may the
   * next time.
   */
  readonly outcome: 'sent' | 'gone' | 'refused' | 'later';
  /** Null: nothing went wrong. It names no token. */
  readonly error: string | null;
}

/** The first attempt to push an alert. */
export function newPush(eventId: string, type: AlertType, sessionId: string, now: Date): Push {
  return {
    eventId,
    type,
    sessionId,
    status: 'sending',
    attempts: 1,
    leaseEndsAt: new Date(now.getTime() + ATTEMPT_LEASE_MS),
    got: [],
    refused: [],
    lastError: null,
    createdAt: now,
    expiresAt: new Date(now.getTime() + limits.PUSH_RETENTION_DAYS * DAY_MS),
  };
}

/**
 * The next attempt.
 * @returns `over`: there is nothing more to do; `busy`: an attempt is under way; `spent`: its last attempt died
 */
export function startPush(push: Push, now: Date): Push | 'over' | 'busy' | 'spent' {
  if (push.status === 'done' || push.status === 'parked') return 'over';
  if (isUnderWay(push, now)) return 'busy';
  if (push.attempts >= limits.PUSH_ATTEMPTS_MAX) return 'spent';
  const leaseEndsAt = new Date(now.getTime() + ATTEMPT_LEASE_MS);
  return { ...push, status: 'sending', attempts: push.attempts + 1, leaseEndsAt };
}

/** True while nobody knows yet who got it. */
export function isUnderWay({ status, leaseEndsAt }: Push, now: Date): boolean {
  return status === 'sending' && now < leaseEndsAt;
}

/** True for a device that this push is not tried for again. */
export function isSettled({ got, refused }: Push, deviceId: string): boolean {
  return got.includes(deviceId) || refused.includes(deviceId);
}

/**
 * What an attempt leads to.
 * @param receipts by deviceId
 */
export function finishPush(push: Push, receipts: ReadonlyMap<string, PushReceipt>): Push {
  const idsOf = (...outcomes: readonly PushReceipt['outcome'][]) =>
    [...receipts].filter(([, { outcome }]) => outcomes.includes(outcome)).map(([deviceId]) => deviceId);
  const isOver = idsOf('later').length === 0;
  const isLast = push.attempts >= limits.PUSH_ATTEMPTS_MAX;
  return {
    ...push,
    status: isOver ? 'done' : isLast ? 'parked' : 'waiting',
    got: [...push.got, ...idsOf('sent')],
    refused: [...push.refused, ...idsOf('refused', 'gone')],
    lastError: [...receipts.values()].find(({ error }) => error !== null)?.error ?? null,
  };
}
