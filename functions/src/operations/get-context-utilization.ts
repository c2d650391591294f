import { type EndedSession, isEnded, iso, type LiveSession, limits, needsHandoff } from '@quarterdeck/contract';
import { invalidField } from '../domain/domain-error.js';
import { recentSamples } from '../domain/session-report.js';
import type { Handler } from './handler.js';
import { unknownSession } from './report-on-session.js';

/** Context sizes over time, of one session or of a program's live sessions. */
export const handleGetContextUtilization: Handler<'getContextUtilization'> = {
  for: 'member',
  run: async ({ sessionId, programId: given }, caller, { sessions, clock }) => {
    if (sessionId !== undefined) {
      const session = await sessions.find(caller.account, sessionId);
      if (session === undefined) throw unknownSession(sessionId);
      return { success: true, sessions: [viewContext(session, clock.now())] };
    }
    const programId = given ?? caller.programId;
    if (programId === null) {
      const problem = 'name a session or a program';
      throw invalidField('programId', problem);
    }
    const query = { state: 'all', programId, includeArchived: false, limit: limits.PAGE_MAX } as const;
    const page = await sessions.list(caller.account, query);
    const now = clock.now();
    const live = page.items.filter((session) => !isEnded(session));
    return { success: true, sessions: live.map((session) => viewContext(session, now)) };
  },
};

function viewContext(session: LiveSession | EndedSession, now: Date) {
  const endedAt = isEnded(session) ? session.endedAt : now;
  return {
    sessionId: session.sessionId,
    programId: session.programId,
    contextBytes: session.contextBytes,
    contextLimitBytes: session.contextLimitBytes,
    handoffRequired: needsHandoff(session),
    outcome: isEnded(session) ? session.outcome : null,
    samples: recentSamples(session, endedAt).map(({ at, bytes }) => ({ at: iso(at), bytes })),
  };
}
