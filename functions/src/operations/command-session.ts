import { viewSession } from '@quarterdeck/contract';
import { actorOf } from '../domain/caller.js';
import { commandSession, requireCommander } from '../domain/session-command.js';
import type { Handler } from './handler.js';
import { requireLive } from './report-on-session.js';

/** Leaves a command in a live session, or takes it back. One read; two writes, or none when nothing changes. */
export const handleCommandSession: Handler<'commandSession'> = {
  for: 'member',
  run: async ({ sessionId, command }, caller, { sessions, accounts, clock }) => {
    const now = clock.now();
    const { before, change } = await sessions.change(caller.account, sessionId, (found) => {
      const session = requireLive(found, sessionId, 'Restore it first, if it is to go on.');
      requireCommander(caller, session);
      return commandSession(session, command, actorOf(caller), now);
    });
    const session = change?.next ?? before;
    if (session === undefined) throw new Error('an unknown session is refused');
    const told = command === null ? 'Command taken back' : 'Session commanded';
    const message = change === undefined ? 'Nothing changed' : told;
    const settings = await accounts.settings(caller.account);
    return { success: true, sessionId, message, session: viewSession(session, settings, now) };
  },
};
