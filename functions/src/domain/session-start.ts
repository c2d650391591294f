import { type EndedSession, isRestorable, type LiveSession, stateOfLifecycle, UNREPORTED } from '@quarterdeck/contract';
import { DomainError } from './domain-error.js';
import {
  endAsReported,
  patched,
  type Reporter,
  reportedPatch,
  type SessionChange,
  type SessionReport,
  subjectOf,
} from './session-report.js';
import { isEnding, moveStanding } from './session-standing.js';

/** A session that does not exist yet. `state: 'complete'`, or a terminal lifecycle, registers work that is already over: it takes no slot. */
export function newSession(
  identity: { readonly sessionId: string; readonly programId: string | null },
  report: SessionReport & { readonly name: string },
  reporter: Reporter,
  now: Date,
): SessionChange {
  const blank: LiveSession = {
    ...identity,
    name: report.name,
    state: 'working',
    lifecycle: 'working',
    ...UNREPORTED,
    createdAt: now,
    startedAt: now,
    lastActivityAt: now,
  };
  return started(blank, report, reporter, now, 'created');
}

/**
 * Resumes an ended session, as whoever speaks of it again does.
 * @throws DomainError `SESSION_ARCHIVED` when it is history already: only `restoreSession` reopens it; `NOT_RESTORABLE` when it is merged
 */
export function resumeSession(
  session: EndedSession,
  report: SessionReport,
  reporter: Reporter,
  now: Date,
): SessionChange {
  if (session.archivedAt !== null) throw archivedError(session);
  return restoreSession(session, report, reporter, now);
}

/**
 * Reopens an ended session: it is live again, with what was said of it before.
 * @throws DomainError `NOT_RESTORABLE` when it is merged
 */
export function restoreSession(
  session: EndedSession,
  report: SessionReport,
  reporter: Reporter,
  now: Date,
): SessionChange {
  if (!isRestorable(session)) throw notRestorable(session);
  const { endedAt: _endedAt, outcome: _outcome, archivedAt: _archivedAt, ...kept } = session;
  const live: LiveSession = {
    ...kept,
    state: 'working',
    lifecycle: 'working',
    activity: null,
    restoredAt: now,
    startedAt: now,
    lastActivityAt: now,
    staleSince: null,
    // Older ones may have ended with a command waiting, and it was for the run that is over.
    command: null,
    // A window does not come back: the agent is activated anew.
    window: null,
  };
  return started(live, report, reporter, now, 'resumed');
}

/**
 * What a report does to a session that is over.
 * A completed or timed-out one resumes with `working`, or a lifecycle that means it, unless its process has exited or it is merged; ending it again in
 * the same way changes nothing.
 * @returns undefined when there is nothing to change
 * @throws DomainError `SESSION_ARCHIVED`, `SESSION_ENDED`
 */
export function applyLateReport(
  session: EndedSession,
  report: SessionReport,
  reporter: Reporter,
  now: Date,
): SessionChange | undefined {
  if (repeatsEnd(session, report)) return undefined;
  if (session.archivedAt !== null) throw archivedError(session);
  const resumable = isRestorable(session) && (session.outcome === 'completed' || session.outcome === 'timed_out');
  const means = report.state ?? (report.lifecycle && stateOfLifecycle(report.lifecycle));
  if (means === 'working' && report.activity !== 'exited' && resumable)
    return resumeSession(session, report, reporter, now);
  throw new DomainError(
    'SESSION_ENDED',
    `sessionId: session "${session.sessionId}" ended (${session.outcome}) at ${session.endedAt.toISOString()}; nothing was changed. ${
      resumable ? 'Send state "working" to resume it, or create another.' : 'Call create_session to start again.'
    }`,
    { outcome: session.outcome, endedAt: session.endedAt.toISOString() },
  );
}

function started(
  blank: LiveSession,
  report: SessionReport,
  reporter: Reporter,
  now: Date,
  how: 'created' | 'resumed',
): SessionChange {
  const { activity: _activity, ...said } = report;
  const move = moveStanding(blank, said);
  const standing = isEnding(move) ? {} : move;
  const live = patched({ ...blank, ...standing }, reportedPatch(report, blank, reporter, now));
  const event = {
    type: 'session.started' as const,
    subject: subjectOf(blank),
    actor: reporter.actor,
    data: { sessionId: blank.sessionId, programId: blank.programId, state: live.state, how },
    // A start whose answer was lost may be written again.
    once: `${how}:${blank.startedAt.getTime()}`,
  };
  if (!isEnding(move)) return { next: live, events: [event] };
  const ended = endAsReported(live, move, report, reporter, now);
  return { next: ended.next, events: [event, ...ended.events] };
}

/** True when a report ends a session that has ended, in the same way. */
function repeatsEnd({ outcome, lifecycle }: EndedSession, report: SessionReport): boolean {
  if (report.lifecycle !== undefined) return report.lifecycle === lifecycle;
  return report.state === 'complete' && outcome === (report.outcome ?? 'completed');
}

function notRestorable({ sessionId, lifecycle }: EndedSession): DomainError {
  return new DomainError(
    'NOT_RESTORABLE',
    `sessionId: the work of session "${sessionId}" is merged, so it is finished; nothing was changed. Start a session with another id.`,
    { lifecycle },
  );
}

function archivedError(session: EndedSession): DomainError {
  return new DomainError(
    'SESSION_ARCHIVED',
    `sessionId: session "${session.sessionId}" ended (${session.outcome}) and is archived; nothing was changed. Call restore_session, or create a session with another id.`,
    {
      outcome: session.outcome,
      endedAt: session.endedAt.toISOString(),
      archivedAt: session.archivedAt?.toISOString(),
    },
  );
}
