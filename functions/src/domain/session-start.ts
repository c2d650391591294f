import type { EndedSession, LiveSession, LiveState } from '@quarterdeck/contract';
import { DomainError } from './domain-error.js';
import {
  endSession,
  patched,
  type Reporter,
  reportedPatch,
  type SessionChange,
  type SessionReport,
  subjectOf,
} from './session-report.js';

/** A session that does not exist yet. `state: 'complete'` registers work that is already over: it takes no slot. */
export function newSession(
  identity: { readonly sessionId: string; readonly programId: string | null },
  report: SessionReport & { readonly name: string },
  reporter: Reporter,
  now: Date,
): SessionChange {
  const blank: LiveSession = {
    ...identity,
    name: report.name,
    status: null,
    state: 'working',
    progress: null,
    projectName: null,
    activity: null,
    tokens: null,
    contextBytes: null,
    contextLimitBytes: null,
    handoffRequired: false,
    handoffDecision: null,
    contextSamples: {},
    expectedIntervalSeconds: null,
    window: null,
    createdAt: now,
    startedAt: now,
    lastHeartbeat: null,
    lastActivityAt: now,
    staleSince: null,
  };
  return started(blank, report, reporter, now, 'created');
}

/**
 * Resumes an ended session, as whoever speaks of it again does.
 * @throws DomainError `SESSION_ARCHIVED` when it is history already: only `restoreSession` reopens it
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

/** Reopens an ended session: it is live again, with what was said of it before. */
export function restoreSession(
  session: EndedSession,
  report: SessionReport,
  reporter: Reporter,
  now: Date,
): SessionChange {
  const { endedAt: _endedAt, outcome: _outcome, archivedAt: _archivedAt, ...kept } = session;
  const live: LiveSession = {
    ...kept,
    state: 'working',
    activity: null,
    startedAt: now,
    lastActivityAt: now,
    staleSince: null,
    // A window does not come back: the agent is activated anew.
    window: null,
  };
  return started(live, report, reporter, now, 'resumed');
}

/**
 * What a report does to a session that is over.
 * A completed or timed-out one resumes with `working`, unless its process has exited; ending it again in the same way changes nothing.
 * @returns undefined when there is nothing to change
 * @throws DomainError `SESSION_ARCHIVED`, `SESSION_ENDED`
 */
export function applyLateReport(
  session: EndedSession,
  report: SessionReport,
  reporter: Reporter,
  now: Date,
): SessionChange | undefined {
  if (report.state === 'complete' && session.outcome === (report.outcome ?? 'completed')) return undefined;
  if (session.archivedAt !== null) throw archivedError(session);
  const resumable = session.outcome === 'completed' || session.outcome === 'timed_out';
  if (report.state === 'working' && report.activity !== 'exited' && resumable)
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
  const state: LiveState = report.state === undefined || report.state === 'complete' ? blank.state : report.state;
  const live = patched({ ...blank, state }, reportedPatch(report, blank, reporter, now));
  const event = {
    type: 'session.started' as const,
    subject: subjectOf(blank),
    actor: reporter.actor,
    data: { sessionId: blank.sessionId, programId: blank.programId, state, how },
    // A start whose answer was lost may be written again.
    once: `${how}:${blank.startedAt.getTime()}`,
  };
  if (report.state !== 'complete') return { next: live, events: [event] };
  const ended = endSession({ ...live, progress: report.progress ?? 100 }, 'completed', reporter.actor, now);
  return { next: ended.next, events: [event, ...ended.events] };
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
