import { viewSession } from '@quarterdeck/contract';
import { commandSession } from '../domain/session-command.js';
import type { Handler } from './handler.js';
import { requireLive, requireReporter } from './report-on-session.js';

/** Leaves a command in a live session, or takes it back: its own program, or an admin. One read; two writes, or none when nothing changes. */
export const handleCommandSession: Handler<'commandSession'> = {
  for: 'member',
  run: async ({ sessionId, command }, caller, { sessions, accounts, clock }) => {
    const now = clock.now();
    const { before, change } = await sessions.change(caller.account, sessionId, (found) => {
      const session = requireLive(found, sessionId, 'Restore it first, if it is to go on.');
      const { actor } = requireReporter(caller, session);
      return commandSession(session, command, actor, now);
    });
    const session = change?.next ?? before;
    if (session === undefined) throw new Error('an unknown session is refused');
    const told = command === null ? 'Command taken back' : 'Session commanded';
    const message = change === undefined ? 'Nothing changed' : told;
    const settings = await accounts.settings(caller.account);
    return { success: true, sessionId, message, session: viewSession(session, settings, now) };
  },
};
