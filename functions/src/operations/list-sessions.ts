import { viewSession } from '@quarterdeck/contract';
import type { Handler } from './handler.js';

/** The sessions of the account: live ones first, each group newest first. */
export const handleListSessions: Handler<'listSessions'> = {
  for: 'member',
  run: async (query, caller, { sessions, accounts, clock }) => {
    const [page, settings] = await Promise.all([
      sessions.list(caller.account, query),
      accounts.settings(caller.account),
    ]);
    const now = clock.now();
    return {
      success: true,
      sessions: page.items.map((session) => viewSession(session, settings, now)),
      ...(page.nextPageToken === undefined ? {} : { nextPageToken: page.nextPageToken }),
    };
  },
};
