import { actorOf } from '../domain/caller.js';
import { DomainError } from '../domain/domain-error.js';
import { iso } from '../domain/moments.js';
import { endSession } from '../domain/session-report.js';
import { isEnded } from '../domain/session-view.js';
import {
  type EndedWindowSession,
  hasWindow,
  isWindowExpired,
  requireOpenWindow,
  wholeMinutes,
} from '../domain/session-window.js';
import type { Handler } from './handler.js';
import { findWindowSession, subjectProgram } from './require-window.js';

/** Shuts a window. Doing it twice is the same as once: the summary is that of the window that was shut. */
export const handleDeactivateAgent: Handler<'deactivateAgent'> = {
  for: 'member',
  run: async ({ programId: given }, caller, ports) => {
    const { sessions, memories, clock } = ports;
    const programId = subjectProgram(caller, given);
    const now = clock.now();
    const last = await findWindowSession(caller, programId, ports);
    if (last === undefined || last.window === null) throw noWindow(programId);
    const { before, change } = await sessions.change(caller.account, last.sessionId, (found) => {
      if (!hasWindow(found)) {
        if (found !== undefined && isEnded(found) && found.outcome === 'superseded' && caller.token !== null)
          requireOpenWindow(found, caller.token, now);
        return undefined;
      }
      const outcome = isWindowExpired(found, now) ? 'expired' : 'completed';
      return endSession(found, outcome, actorOf(caller), now);
    });
    const session = (change?.next ?? before) as EndedWindowSession | undefined;
    if (session === undefined || session.window === null) throw noWindow(programId);
    const { openedAt, expiresAt } = session.window;
    // An expired window ended when it expired, however late somebody looked.
    const endedAt = session.outcome === 'expired' ? expiresAt : session.endedAt;
    return {
      success: true,
      sessionId: session.sessionId,
      programId,
      outcome: session.outcome,
      openedAt: iso(openedAt),
      endedAt: iso(endedAt),
      durationMinutes: wholeMinutes(endedAt.getTime() - openedAt.getTime()),
      memoriesCreated: await memories.countOfSession(caller.account, session.sessionId),
    };
  },
};

function noWindow(programId: string): DomainError {
  return new DomainError('NO_OPEN_WINDOW', `"${programId}" has no window. Call activate_agent to open one.`);
}
