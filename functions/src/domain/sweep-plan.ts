import {
  type Account,
  archiveAt,
  type DomainEvent,
  deadAt,
  earliest,
  expiresAt,
  isDead,
  isExpired,
  iso,
  isPending,
  isStale,
  type LiveSession,
  lastSignOfLife,
  limits,
  staleAfterSeconds,
  staleAt,
} from '@quarterdeck/contract';
import { endSession, type SessionChange, subjectOf } from './session-report.js';
import { expireTask, type OpenTask, releaseTask, type TaskChange } from './task.js';

const SWEEP = 'sweep';

/** What the sweep does to one live session: end it, mark it, or nothing. */
export type SweepStep =
  | { readonly kind: 'end'; readonly change: SessionChange }
  | { readonly kind: 'mark'; readonly staleSince: Date | null; readonly event: DomainEvent };

/**
 * Until when the sweep ends nothing. A visit that comes far too late means that our own schedule was out, and agents may have been unable to
 * speak as well: they get one stale period, the longest that any of them has. Null: nothing is held.
 */
export function endsHeldUntil(account: Account, live: readonly LiveSession[], now: Date): Date | null {
  const dueAt = account.nextSweepAt;
  if (dueAt !== null && now.getTime() - dueAt.getTime() > limits.SWEEP_OUTAGE_MINUTES * 60_000) {
    const longest = live.reduce(
      (most, one) => Math.max(most, staleAfterSeconds(one, account)),
      account.staleAfterMinutes * 60,
    );
    return new Date(now.getTime() + longest * 1000);
  }
  return account.endsHeldUntil !== null && account.endsHeldUntil > now ? account.endsHeldUntil : null;
}

/**
 * Decides about one live session. Event ids derive from the silence they are about, so that a sweep that runs twice says it once.
 * @param endsHeld true: mark, but end nothing
 */
export function planSession(
  session: LiveSession,
  account: Account,
  now: Date,
  endsHeld: boolean,
): SweepStep | undefined {
  const silence = `${session.startedAt.getTime()}:${lastSignOfLife(session).getTime()}`;
  if (!endsHeld && isExpired(session, now)) {
    return { kind: 'end', change: endSession(session, 'expired', SWEEP, now, `window:${session.window?.epoch}`) };
  }
  if (!endsHeld && isDead(session, account, now)) {
    return { kind: 'end', change: endSession(session, 'timed_out', SWEEP, now, silence) };
  }
  const stale = isStale(session, account, now);
  if (stale === (session.staleSince !== null)) return undefined;
  const since = stale ? staleAt(session, account) : session.staleSince;
  const event: DomainEvent = {
    type: stale ? 'session.stale' : 'session.recovered',
    subject: subjectOf(session),
    actor: SWEEP,
    data: {
      sessionId: session.sessionId,
      programId: session.programId,
      state: session.state,
      lastSeenAt: lastSignOfLife(session).toISOString(),
      // The same for both ends of a silence, so that who was told of one can be told of the other.
      staleSince: iso(since),
    },
    once: stale ? silence : `${session.startedAt.getTime()}:${session.staleSince?.getTime()}`,
  };
  return { kind: 'mark', staleSince: stale ? since : null, event };
}

/**
 * Decides about one open task: what has expired is closed, and what a session that is gone had claimed returns to the queue.
 * @param liveIds the sessions that live; they were read after the task, so that one that is not among them has ended
 */
export function planTask(task: OpenTask, liveIds: ReadonlySet<string>, now: Date): TaskChange | undefined {
  if (task.status === 'pending') return isPending(task, now) ? undefined : expireTask(task);
  if (task.sessionId === null || liveIds.has(task.sessionId)) return undefined;
  return releaseTask(task, SWEEP, now, `attempt:${task.attempt}`);
}

/** Whole seconds since a visit fell due; 0: it is not due yet, or never. */
export function lateSeconds(dueAt: Date | null, now: Date): number {
  return dueAt === null ? 0 : Math.max(0, Math.floor((now.getTime() - dueAt.getTime()) / 1000));
}

/**
 * When the account has to be looked at again: the next moment anything can fall due, and with live sessions at least every few minutes, so that
 * recoveries are told and the timeline goes on. Null: nothing can fall due.
 * @param live the sessions that live after this visit
 * @param otherwiseDueAt when something else falls due: an archiving, or the time to live of a task; null: nothing does
 */
export function nextSweepAt(
  live: readonly LiveSession[],
  account: Account,
  otherwiseDueAt: Date | null,
  heldUntil: Date | null,
  now: Date,
): Date | null {
  const moments = live.map((session) => nextDueAt(session, account, now)).filter((at) => at !== null);
  if (live.length > 0) moments.push(new Date(now.getTime() + sweepEveryMinutes(live.length) * 60_000));
  if (otherwiseDueAt !== null) moments.push(otherwiseDueAt);
  if (heldUntil !== null && live.length > 0) moments.push(heldUntil);
  const soonest = earliest(moments);
  return soonest && new Date(Math.max(now.getTime() + 1, soonest.getTime()));
}

/**
 * When a visit has to come because something is to be archived; null: not for that. While sessions live, visits come anyway, and one for each end would read
 * all of them: then archiving waits for the next, at most SWEEP_EVERY_MAX_MINUTES.
 * @param oldestEndedAt when the oldest session that waits ended; null: none waits
 */
export function archiveVisitAt(
  oldestEndedAt: Date | null,
  live: readonly LiveSession[],
  account: Account,
): Date | null {
  if (oldestEndedAt === null || live.length > 0) return null;
  return archiveAt({ endedAt: oldestEndedAt }, account);
}

/** The next moment at which the session turns stale or dead, or its window expires; null: none is ahead. */
export function nextDueAt(session: LiveSession, account: Account, now: Date): Date | null {
  const moments = [staleAt(session, account), deadAt(session, account), expiresAt(session)];
  return earliest(moments.filter((at) => at !== null && at >= now));
}

/** Five minutes for a small fleet, in proportion up to fifteen for a large one: see docs/decisions on the cost of visits. */
function sweepEveryMinutes(liveCount: number): number {
  const share = Math.min(1, liveCount / limits.SWEEP_SLOWEST_FROM_SESSIONS);
  return Math.max(limits.SWEEP_EVERY_MIN_MINUTES, limits.SWEEP_EVERY_MAX_MINUTES * share);
}
