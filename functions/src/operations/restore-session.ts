import { isEnded, viewSession } from '@quarterdeck/contract';
import { restoreSession } from '../domain/session-start.js';
import type { Handler } from './handler.js';
import { requireReporter, unknownSession } from './report-on-session.js';

/** Reopens an ended session, also an archived one. */
export const handleRestoreSession: Handler<'restoreSession'> = {
  for: 'member',
  run: async ({ sessionId }, caller, { sessions, accounts, clock }) => {
    const now = clock.now();
    const { before, change } = await sessions.change(
      caller.account,
      sessionId,
      (found) => {
        if (found === undefined) throw unknownSession(sessionId);
        const reporter = requireReporter(caller, found);
        return isEnded(found) ? restoreSession(found, {}, reporter, now) : undefined;
      },
      { mayStart: true },
    );
    const session = change?.next ?? before;
    if (session === undefined) throw new Error('an unknown session is refused');
    const message = change === undefined ? 'Session already live' : 'Session restored';
    const settings = await accounts.settings(caller.account);
    return { success: true, sessionId, message, session: viewSession(session, settings, now) };
  },
};
