import type { SessionView } from '@quarterdeck/client';

/** A session as the server tells it, for tests. */
export function aSessionView(fields: Partial<SessionView> = {}): SessionView {
  return {
    sessionId: 'session-1',
    programId: 'builder',
    name: 'Nightly build',
    state: 'working',
    status: 'Reading the code',
    progress: null,
    projectName: null,
    activity: null,
    tokens: null,
    contextBytes: null,
    contextLimitBytes: null,
    handoffRequired: false,
    expectedIntervalSeconds: null,
    createdAt: '2026-03-02T10:00:00.000Z',
    lastHeartbeat: null,
    heartbeatAge: null,
    lastSeenAt: '2026-03-02T10:00:00.000Z',
    stale: false,
    staleAfterSeconds: 900,
    expiresAt: null,
    endedAt: null,
    outcome: null,
    archivedAt: null,
    ...fields,
  };
}
