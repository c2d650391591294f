import type { Thresholds } from './account.js';
import { HANDOFF_ABOVE_SHARE } from './limits.js';
import { iso } from './moments.js';
import type { EndedSession, LiveSession, SessionView } from './session.js';
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
    lifecycle: session.lifecycle,
    status: session.status,
    progress: session.progress,
    projectName: session.projectName,
    activity: session.activity,
    tokens: session.tokens,
    contextBytes: session.contextBytes,
    contextLimitBytes: session.contextLimitBytes,
    handoffRequired: needsHandoff(session),
    expectedIntervalSeconds: session.expectedIntervalSeconds,
    branch: session.branch,
    issueId: session.issueId,
    pr: session.pr,
    workspacePath: session.workspacePath,
    runtimeHandle: session.runtimeHandle,
    agentInfo: session.agentInfo,
    metadata: session.metadata,
    restoredAt: iso(session.restoredAt),
    spawnRequestedAt: iso(session.spawnRequestedAt),
    command: session.command && { name: session.command.name, by: session.command.by, at: iso(session.command.at) },
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

type Context = Pick<LiveSession, 'contextBytes' | 'contextLimitBytes' | 'handoffDecision'>;

/** True when the session asked for a handoff, or when its context is filling up and it said nothing of it. */
export function needsHandoff(session: Pick<LiveSession, 'handoffRequired'> & Context): boolean {
  return session.handoffRequired || (session.handoffDecision === null && isFillingUp(session));
}

/** True when the context is so full that a fresh session should take over. */
export function isFillingUp(context: Pick<LiveSession, 'contextBytes' | 'contextLimitBytes'>): boolean {
  const { contextBytes, contextLimitBytes } = context;
  return contextBytes !== null && contextLimitBytes !== null && contextBytes > contextLimitBytes * HANDOFF_ABOVE_SHARE;
}
