import { iso } from '@quarterdeck/contract';
import type { Handler } from './handler.js';
import { inboxOf } from './inbox-of.js';
import { reportOnSession, requireCurrentSession } from './report-on-session.js';

/** A bare sign of life. */
export const handleHeartbeat: Handler<'heartbeat'> = {
  for: 'member',
  run: async ({ sessionId: givenId, includeInbox, ...report }, caller, ports) => {
    const sessionId = givenId ?? (await requireCurrentSession(caller, ports));
    const beat = { ...report, lastHeartbeat: true };
    const reported = await reportOnSession(sessionId, beat, caller, ports, { isBareBeat: true });
    const { session, effect, nextHeartbeatBy } = reported;
    return {
      success: true,
      sessionId,
      heartbeatAt: iso(session.lastHeartbeat ?? session.lastActivityAt),
      coalesced: effect === 'coalesced',
      ...(nextHeartbeatBy ? { nextHeartbeatBy: iso(nextHeartbeatBy) } : {}),
      ...(includeInbox ? { inbox: await inboxOf(reported, caller, ports) } : {}),
    };
  },
};
