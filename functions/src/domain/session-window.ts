import {
  type EndedSession,
  isEnded,
  iso,
  type LiveSession,
  limits,
  type SessionWindow,
  type WindowClaims,
  type WindowView,
} from '@quarterdeck/contract';
import { DomainError } from './domain-error.js';
import { endSession, type Reporter, type SessionChange, subjectOf } from './session-report.js';
import { newSession } from './session-start.js';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** A live session with a window, open or just past its end. */
export type WindowSession = LiveSession & { readonly window: SessionWindow };

/** What opening a window does: the new session, and the end of the one that it takes over. */
export interface Activation {
  readonly opened: SessionChange & { readonly next: WindowSession };
  /** Absent: no window was there to take over. */
  readonly replaced?: SessionChange;
}

export function hasWindow(session: LiveSession | EndedSession | undefined): session is WindowSession {
  return session !== undefined && !isEnded(session) && session.window !== null;
}

/**
 * Opens a window of a program.
 * @param former the epoch of its last window, 0 if it never had one, and the session that still holds it
 */
export function openWindow(
  identity: { readonly sessionId: string; readonly programId: string; readonly name: string },
  former: { readonly epoch: number; readonly holder: WindowSession | undefined },
  hours: number,
  reporter: Reporter,
  now: Date,
): Activation {
  const started = newSession(identity, { name: identity.name }, reporter, now);
  const window: SessionWindow = {
    epoch: former.epoch + 1,
    openedAt: now,
    expiresAt: new Date(now.getTime() + hours * HOUR_MS),
    endsAt: new Date(now.getTime() + limits.WINDOW_LIFE_DAYS * 24 * HOUR_MS),
    extendedBy: null,
  };
  const opened = { ...started, next: { ...(started.next as LiveSession), window } };
  if (former.holder === undefined) return { opened };
  const outcome = isWindowExpired(former.holder, now) ? 'expired' : 'superseded';
  return { opened, replaced: endSession(former.holder, outcome, reporter.actor, now) };
}

/** What an extension does, and by how many hours: as asked for, as far as a week ahead and the window's end for good allow. */
export function extendWindow(
  session: WindowSession,
  hours: number,
  reporter: Reporter,
  now: Date,
  callId: string | null,
): { readonly change: SessionChange; readonly hoursAdded: number } {
  const { window } = session;
  if (isWindowExpired(session, now)) throw extensionTooLate(session);
  const furthest = Math.min(window.endsAt.getTime(), now.getTime() + limits.WINDOW_AHEAD_MAX_HOURS * HOUR_MS);
  const wanted = window.expiresAt.getTime() + hours * HOUR_MS;
  const expiresAt = new Date(Math.min(wanted, furthest));
  const addedMs = expiresAt.getTime() - window.expiresAt.getTime();
  if (addedMs < MINUTE_MS && wanted > furthest) throw atLimit(session);
  const next: LiveSession = { ...session, lastActivityAt: now, window: { ...window, expiresAt, extendedBy: callId } };
  const { sessionId, programId } = session;
  const data = { sessionId, programId, expiresAt: expiresAt.toISOString() };
  const event = { type: 'session.extended' as const, subject: subjectOf(session), actor: reporter.actor, data };
  return { change: { next, events: [event] }, hoursAdded: addedMs / HOUR_MS };
}

/** The clock alone decides: whether a sweep has been here does not matter. */
export function isWindowExpired({ window }: WindowSession, now: Date): boolean {
  return now >= window.expiresAt;
}

/**
 * The session if its window is open, for a caller that names it by a token or, without claims, by its program.
 * @param found the session of the token, or the one that the program's pointer names, as it is now
 * @throws DomainError `SUPERSEDED`, `SESSION_EXPIRED`, `WINDOW_CLOSED`, and without a token `NO_OPEN_WINDOW`
 */
export function requireOpenWindow(
  found: LiveSession | EndedSession | undefined,
  claims: Pick<WindowClaims, 'epoch'> | null,
  now: Date,
): WindowSession {
  if (hasWindow(found)) {
    if (claims !== null && claims.epoch !== found.window.epoch) throw superseded();
    if (isWindowExpired(found, now)) throw expired(found.window.expiresAt);
    return found;
  }
  const outcome = found !== undefined && isEnded(found) ? found.outcome : undefined;
  if (outcome === 'expired') throw expired(found?.window?.expiresAt);
  if (claims === null) throw noOpenWindow();
  if (outcome === 'superseded') throw superseded();
  throw new DomainError(
    'WINDOW_CLOSED',
    `The window of this session token was shut${outcome === undefined ? '' : ` (${outcome})`}. Call activate_agent for a new one.`,
    outcome === undefined ? {} : { outcome },
  );
}

export function viewWindow(session: WindowSession, now: Date): WindowView {
  const { sessionId, programId, window } = session;
  const { epoch, openedAt, expiresAt, endsAt } = window;
  return {
    sessionId,
    programId: programId as string, // a window is always a program's
    epoch,
    openedAt: iso(openedAt),
    expiresAt: iso(expiresAt),
    endsAt: iso(endsAt),
    durationMinutes: wholeMinutes(now.getTime() - openedAt.getTime()),
    timeRemainingMinutes: wholeMinutes(expiresAt.getTime() - now.getTime()),
  };
}

/** A session that is over and had a window. */
export type EndedWindowSession = EndedSession & { readonly window: SessionWindow };

export function wholeMinutes(ms: number): number {
  return Math.max(0, Math.floor(ms / MINUTE_MS));
}

export function noOpenWindow(): DomainError {
  return new DomainError('NO_OPEN_WINDOW', 'There is no open window. Call activate_agent first.');
}

export function superseded(): DomainError {
  return new DomainError(
    'SUPERSEDED',
    'A newer window of this program is open; nothing was changed. This session was handed over: end it, or call activate_agent to take over again.',
  );
}

function expired(expiresAt: Date | undefined): DomainError {
  const when = expiresAt === undefined ? '' : ` at ${expiresAt.toISOString()}`;
  return new DomainError('SESSION_EXPIRED', `The window expired${when}. Call activate_agent for a new one.`, {
    ...(expiresAt === undefined ? {} : { expiresAt: expiresAt.toISOString() }),
  });
}

/** Here it is the state of the window that forbids the call: a new credential would extend another window. */
function extensionTooLate({ window }: WindowSession): DomainError {
  const expiresAt = window.expiresAt.toISOString();
  return new DomainError(
    'SESSION_EXPIRED',
    `The window expired at ${expiresAt}, and an expired one can't be extended. Call activate_agent for a new one.`,
    { expiresAt },
    'failed-precondition',
  );
}

function atLimit({ window }: WindowSession): DomainError {
  return new DomainError(
    'WINDOW_LIMIT',
    `hours: the window ends at ${window.expiresAt.toISOString()} and can't be extended further now: its end may lie at most ${limits.WINDOW_AHEAD_MAX_HOURS} hours ahead, and not after ${window.endsAt.toISOString()}.`,
    { expiresAt: window.expiresAt.toISOString(), endsAt: window.endsAt.toISOString() },
  );
}
