import type { Thresholds } from './account.js';
import * as limits from './limits.js';
import type { EndedSession, LiveSession } from './session.js';

/**
 * The one clock: when a session counts as stale, dead and ready to archive. Everything that shows or acts on silence asks here.
 * Held by staleness.test.ts.
 */

/** The clock of an account that has set nothing. */
export const DEFAULT_THRESHOLDS: Thresholds = {
  staleAfterMinutes: limits.STALE_AFTER_DEFAULT_MINUTES,
  deadAfterMinutes: limits.DEAD_AFTER_DEFAULT_MINUTES,
  blockedDeadAfterMinutes: limits.BLOCKED_DEAD_AFTER_DEFAULT_MINUTES,
  archiveAfterMinutes: limits.ARCHIVE_AFTER_DEFAULT_MINUTES,
};

type Timed = Pick<LiveSession, 'state' | 'expectedIntervalSeconds'>;
type Windowed = Pick<LiveSession, 'window'>;
type Heard = Pick<LiveSession, 'lastHeartbeat' | 'lastActivityAt'>;

/** The later of beat and report. A session that never beat counts from its start, which is its first activity. */
export function lastSignOfLife(session: Heard): Date {
  const { lastHeartbeat, lastActivityAt } = session;
  return lastHeartbeat !== null && lastHeartbeat > lastActivityAt ? lastHeartbeat : lastActivityAt;
}

export function staleAfterSeconds(
  session: Pick<LiveSession, 'expectedIntervalSeconds'>,
  thresholds: Thresholds,
): number {
  const interval = session.expectedIntervalSeconds;
  return interval === null ? thresholds.staleAfterMinutes * 60 : interval * limits.STALE_AFTER_INTERVALS;
}

/** Never less than the silence that makes it stale. A blocked session waits for a person and has longer. */
export function deadAfterSeconds(session: Timed, thresholds: Thresholds): number {
  const minutes =
    session.state === 'blocked'
      ? Math.max(thresholds.blockedDeadAfterMinutes, thresholds.deadAfterMinutes)
      : thresholds.deadAfterMinutes;
  return Math.max(minutes * 60, (session.expectedIntervalSeconds ?? 0) * limits.DEAD_AFTER_INTERVALS);
}

/** The moment after which the session is stale: what an agent has to beat. */
export function staleAt(session: Pick<LiveSession, 'expectedIntervalSeconds'> & Heard, thresholds: Thresholds): Date {
  return new Date(lastSignOfLife(session).getTime() + staleAfterSeconds(session, thresholds) * 1000);
}

/**
 * The moment after which the session is dead; null: never. A pinned one stays, and one with a window has been promised its hours: it ends with the
 * window, see expiresAt.
 */
export function deadAt(session: Timed & Heard & Windowed, thresholds: Thresholds): Date | null {
  if (session.state === 'pinned' || session.window !== null) return null;
  return new Date(lastSignOfLife(session).getTime() + deadAfterSeconds(session, thresholds) * 1000);
}

/** The moment at which a session's window ends it; null: it has none, or is pinned, and then only the window shuts. */
export function expiresAt(session: Pick<LiveSession, 'state'> & Windowed): Date | null {
  return session.state === 'pinned' ? null : (session.window?.expiresAt ?? null);
}

export function isExpired(session: LiveSession, now: Date): boolean {
  const at = expiresAt(session);
  return at !== null && now >= at;
}

export function isStale(session: LiveSession, thresholds: Thresholds, now: Date): boolean {
  return now > staleAt(session, thresholds);
}

export function isDead(session: LiveSession, thresholds: Thresholds, now: Date): boolean {
  const at = deadAt(session, thresholds);
  return at !== null && now > at;
}

/** When an ended session becomes history. */
export function archiveAt(session: Pick<EndedSession, 'endedAt'>, thresholds: Thresholds): Date {
  return new Date(session.endedAt.getTime() + thresholds.archiveAfterMinutes * 60_000);
}

/** "45s", "2m", "3h", "2d": whole units, rounded down; null when it never happened. A moment of the future is "0s". */
export function ageText(since: Date | null, now: Date): string | null {
  if (since === null) return null;
  const seconds = Math.max(0, Math.floor((now.getTime() - since.getTime()) / 1000));
  if (seconds < 60) return `${seconds}s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)}h`;
  return `${Math.floor(seconds / 86_400)}d`;
}
