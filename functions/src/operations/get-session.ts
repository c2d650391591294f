import { viewSession } from '@quarterdeck/contract';
import type { Handler } from './handler.js';
import { unknownSession } from './report-on-session.js';

/** One session, live, ended or archived. */
export const handleGetSession: Handler<'getSession'> = {
  for: 'member',
  run: async ({ sessionId }, caller, { sessions, accounts, clock }) => {
    const session = await sessions.find(caller.account, sessionId);
    if (session === undefined) throw unknownSession(sessionId);
    const settings = await accounts.settings(caller.account);
    return { success: true, session: viewSession(session, settings, clock.now()) };
  },
};
