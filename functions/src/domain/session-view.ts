import type { EndedSession, LiveSession, SessionView, Thresholds } from '@quarterdeck/contract';
import { iso } from './moments.js';
import { needsHandoff } from './session-report.js';
import { ageText, isStale, lastSignOfLife, staleAfterSeconds } from './staleness.js';

export function isEnded(session: LiveSession | EndedSession): session is EndedSession {
  return session.state === 'complete';
}

/** A session as callers see it, with what the clock says of it now. */
export function viewSession(session: LiveSession | EndedSession, thresholds: Thresholds, now: Date): SessionView {
  const ended = isEnded(session) ? session : null;
  return {
    sessionId: session.sessionId,
    programId: session.programId,
    name: session.name,
    state: session.state,
    status: session.status,
    progress: session.progress,
    projectName: session.projectName,
    activity: session.activity,
    tokens: session.tokens,
    contextBytes: session.contextBytes,
    contextLimitBytes: session.contextLimitBytes,
    handoffRequired: needsHandoff(session),
    expectedIntervalSeconds: session.expectedIntervalSeconds,
    createdAt: iso(session.createdAt),
    lastHeartbeat: iso(session.lastHeartbeat),
    heartbeatAge: ageText(session.lastHeartbeat, now),
    lastSeenAt: iso(lastSignOfLife(session)),
    stale: !isEnded(session) && isStale(session, thresholds, now),
    staleAfterSeconds: staleAfterSeconds(session, thresholds),
    expiresAt: iso(session.window?.expiresAt ?? null),
    endedAt: iso(ended?.endedAt ?? null),
    outcome: ended?.outcome ?? null,
    archivedAt: iso(ended?.archivedAt ?? null),
  };
}
