import { viewSession } from '@quarterdeck/contract';
import { actorOf } from '../domain/caller.js';
import { spawnSession } from '../domain/session-spawn.js';
import type { Handler } from './handler.js';
import { ownsSession } from './report-on-session.js';
import { requireOwner } from './session-owner.js';

/** Makes a session that waits for a runner. */
export const handleSpawnSession: Handler<'spawnSession'> = {
  for: 'member',
  run: async ({ programId: givenProgram, ...config }, caller, ports) => {
    const { spawns, accounts, clock, callId } = ports;
    const programId = await requireOwner(givenProgram, caller, ports);
    const now = clock.now();
    const reporter = { isOwner: ownsSession(caller, programId), actor: actorOf(caller) };
    const session = await spawns.spawn(caller.account, config.projectId, callId, (sessionId) =>
      spawnSession({ sessionId, programId }, config, reporter, now, callId),
    );
    const settings = await accounts.settings(caller.account);
    const { sessionId } = session;
    return { success: true, sessionId, message: 'Session spawning', session: viewSession(session, settings, now) };
  },
};
