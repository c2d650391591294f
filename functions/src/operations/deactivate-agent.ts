import { isEnded, iso } from '@quarterdeck/contract';
import { actorOf } from '../domain/caller.js';
import { DomainError } from '../domain/domain-error.js';
import { endSession } from '../domain/session-report.js';
import {
  type EndedWindowSession,
  hasWindow,
  isWindowExpired,
  superseded,
  wholeMinutes,
} from '../domain/session-window.js';
import type { Handler } from './handler.js';
import { findWindowSessionId, subjectProgram } from './require-window.js';

/** Shuts a window. Doing it twice is the same as once: the summary is that of the window that was shut. */
export const handleDeactivateAgent: Handler<'deactivateAgent'> = {
  for: 'member',
  run: async ({ programId: given }, caller, ports) => {
    const { sessions, memories, clock } = ports;
    const programId = subjectProgram(caller, given);
    const now = clock.now();
    const sessionId = await findWindowSessionId(caller, programId, ports);
    if (sessionId === undefined) throw noWindow(programId);
    const { before, change } = await sessions.change(caller.account, sessionId, (found) => {
      if (found === undefined || found.window === null) throw noWindow(programId);
      if (!hasWindow(found)) {
        // Whoever was taken over can't shut the window of its successor, and hears so.
        if (caller.token !== null && isEnded(found) && found.outcome === 'superseded') throw superseded();
        return undefined;
      }
      const outcome = isWindowExpired(found, now) ? 'expired' : 'completed';
      return endSession(found, outcome, actorOf(caller), now);
    });
    const session = (change?.next ?? before) as EndedWindowSession;
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
