import type { AlertType } from './device.js';

/**
 * One alert on its way to the devices of an account, as stored: what makes each device get it once.
 * `sending`: an attempt is under way. `waiting`: for its next delivery by Pub/Sub. `done`: every device got it, or never will. `parked`: given up.
 */
export interface Push {
  readonly eventId: string;
  readonly type: AlertType;
  readonly sessionId: string;
  readonly status: 'sending' | 'waiting' | 'done' | 'parked';
  /** Counted from 1. */
  readonly attempts: number;
  /** While it is `sending`, when that attempt counts as lost. */
  readonly leaseEndsAt: Date;
  /** Ids of the devices that got it. */
  readonly got: readonly string[];
  /** Ids of the devices for which FCM does not take it, and would not the next time. */
  readonly refused: readonly string[];
  /** Of the last attempt; null: nothing went wrong. */
  readonly lastError: string | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}
