import { isEnded, viewSession } from '@quarterdeck/contract';
import { endSession } from '../domain/session-report.js';
import type { Handler } from './handler.js';
import { requireReporter, unknownSession } from './report-on-session.js';

/** Ends a live session as killed; whatever is over stays as it ended. */
export const handleKillSession: Handler<'killSession'> = {
  for: 'member',
  run: async ({ sessionId }, caller, { sessions, accounts, clock }) => {
    const now = clock.now();
    const { before, change } = await sessions.change(caller.account, sessionId, (found) => {
      if (found === undefined) throw unknownSession(sessionId);
      const { actor } = requireReporter(caller, found);
      return isEnded(found) ? undefined : endSession(found, 'killed', actor, now);
    });
    const session = change?.next ?? before;
    if (session === undefined) throw new Error('an unknown session is refused');
    const message = change === undefined ? 'Session already over' : 'Session killed';
    const settings = await accounts.settings(caller.account);
    return { success: true, sessionId, message, session: viewSession(session, settings, now) };
  },
};
