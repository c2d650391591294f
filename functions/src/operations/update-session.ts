import { iso, isTerminalLifecycle } from '@quarterdeck/contract';
import { invalidField } from '../domain/domain-error.js';
import type { Handler } from './handler.js';
import { inboxOf } from './inbox-of.js';
import { type Reported, reportOnSession, requireCurrentSession } from './report-on-session.js';

const MESSAGES = {
  updated: 'Session updated',
  coalesced: 'Session updated',
  completed: 'Session completed',
  resumed: 'Session resumed',
  unchanged: 'Session already complete',
} as const satisfies Record<Reported['effect'], string>;

/** Reports what a session is doing. */
export const handleUpdateSession: Handler<'updateSession'> = {
  for: 'member',
  run: async ({ sessionId: givenId, includeInbox, ...report }, caller, ports) => {
    const ends =
      report.state === 'complete' || (report.lifecycle !== undefined && isTerminalLifecycle(report.lifecycle));
    if (report.outcome !== undefined && !ends) {
      throw invalidField('outcome', 'says how a session ended: send state "complete" with it, or leave it out');
    }
    const sessionId = givenId ?? (await requireCurrentSession(caller, ports));
    const reported = await reportOnSession(sessionId, report, caller, ports);
    const { session, effect, nextHeartbeatBy } = reported;
    const beat = report.lastHeartbeat && effect !== 'unchanged' && session.programId === caller.programId;
    return {
      success: true,
      sessionId,
      message: MESSAGES[effect],
      ...(beat && session.lastHeartbeat ? { heartbeatAt: iso(session.lastHeartbeat) } : {}),
      ...(nextHeartbeatBy ? { nextHeartbeatBy: iso(nextHeartbeatBy) } : {}),
      ...(includeInbox ? { inbox: await inboxOf(reported, caller, ports) } : {}),
    };
  },
};
