import { type Delivery, type DeliveryView, iso, limits, type StoredEvent } from '@quarterdeck/contract';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** For this long an attempt under way keeps others out: several times what it may take. When its instance dies, the next comes after it. */
const ATTEMPT_LEASE_MS = MINUTE_MS;
/** Clocks of two instances differ: a message that is this early is on time. */
const EARLY_MS = 5_000;
/** A failed attempt is followed by the next after a minute, then after four times as long each time, up to half a day. */
const FIRST_WAIT_MS = MINUTE_MS;
const WAIT_FACTOR = 4;
const LONGEST_WAIT_MS = DAY_MS / 2;
/** Each wait is shorter or longer by up to this share, so that what failed together does not come back together. */
const JITTER = 0.25;
/** An endpoint that answers this wants nothing any more (RFC 9110, section 15.5.11). */
const GONE = 410;

/** What became of one message to an endpoint. */
export interface Receipt {
  /** HTTP status of the answer; null: there was none. */
  readonly status: number | null;
  /** What went wrong; null: nothing, and it was answered with 2xx. */
  readonly error: string | null;
  readonly durationMs: number;
}

/** An event that is due at an endpoint at once. */
export function newDelivery(webhookId: string, { id, type }: Pick<StoredEvent, 'id' | 'type'>, now: Date): Delivery {
  return {
    webhookId,
    eventId: id,
    type,
    status: 'waiting',
    attempts: 0,
    since: now,
    nextAttemptAt: now,
    lastAttemptAt: null,
    lastStatus: null,
    lastError: null,
    createdAt: now,
    expiresAt: keptUntil(daysAfter(now, limits.DELIVERY_GIVE_UP_DAYS)),
  };
}

/**
 * What an attempt writes before it sends anything.
 * @param attempt counted from 1
 * @returns undefined: this attempt was made, is not due, or is under way
 */
export function startAttempt(delivery: Delivery, attempt: number, now: Date): Delivery | undefined {
  const { nextAttemptAt } = delivery;
  if (nextAttemptAt === null || attempt !== delivery.attempts + 1) return undefined;
  if (nextAttemptAt.getTime() - EARLY_MS > now.getTime()) return undefined;
  const leaseEndsAt = new Date(now.getTime() + ATTEMPT_LEASE_MS);
  return { ...delivery, status: 'sending', attempts: attempt, lastAttemptAt: now, nextAttemptAt: leaseEndsAt };
}

/**
 * What an attempt leads to.
 * @param share between 0 and 1, random: places the next attempt within its jitter
 */
export function finishAttempt(delivery: Delivery, { status, error }: Receipt, now: Date, share: number): Delivery {
  const next = { ...delivery, lastStatus: status, lastError: error };
  if (error === null) return over(next, 'delivered', now);
  const giveUpAt = daysAfter(delivery.since, limits.DELIVERY_GIVE_UP_DAYS);
  if (status === GONE || now >= giveUpAt) return over(next, 'failed', now);
  const at = now.getTime() + waitMs(delivery.attempts, share);
  // The last attempt is at the very end, so that an endpoint that was back in time has missed nothing.
  return { ...next, status: 'waiting', nextAttemptAt: new Date(Math.min(at, giveUpAt.getTime())) };
}

/** True for an answer after which the endpoint gets nothing any more. */
export function endsEndpoint({ status }: Receipt): boolean {
  return status === GONE;
}

/** There is nothing to send, or nowhere to. */
export function cancelDelivery(delivery: Delivery, why: string, now: Date): Delivery {
  return over({ ...delivery, lastError: why }, 'canceled', now);
}

/** Once more from the start. While an attempt is under way, the next one waits until that one would count as lost. */
export function resendDelivery(delivery: Delivery, now: Date): Delivery {
  const nextAttemptAt = delivery.status === 'sending' ? delivery.nextAttemptAt : now;
  const expiresAt = keptUntil(daysAfter(now, limits.DELIVERY_GIVE_UP_DAYS));
  return { ...delivery, status: 'waiting', attempts: 0, since: now, nextAttemptAt, expiresAt };
}

/** A delivery as admins and auditors see it. */
export function viewDelivery(delivery: Delivery): DeliveryView {
  const { eventId, type, status, attempts, lastStatus, lastError } = delivery;
  return {
    eventId,
    type,
    status,
    attempts,
    createdAt: iso(delivery.createdAt),
    lastAttemptAt: iso(delivery.lastAttemptAt),
    nextAttemptAt: iso(delivery.nextAttemptAt),
    lastStatus,
    lastError,
  };
}

function over(delivery: Delivery, status: 'delivered' | 'failed' | 'canceled', now: Date): Delivery {
  return { ...delivery, status, nextAttemptAt: null, expiresAt: keptUntil(now) };
}

function waitMs(attempts: number, share: number): number {
  const wait = Math.min(FIRST_WAIT_MS * WAIT_FACTOR ** (attempts - 1), LONGEST_WAIT_MS);
  return wait * (1 - JITTER + 2 * JITTER * share);
}

function keptUntil(end: Date): Date {
  return daysAfter(end, limits.DELIVERY_RETENTION_DAYS);
}

function daysAfter(date: Date, days: number): Date {
  return new Date(date.getTime() + days * DAY_MS);
}
