import { iso, type LiveSession, type SpawnRequestView, viewSession } from '@quarterdeck/contract';
import { type Caller, speaksFor } from '../domain/caller.js';
import type { Handler } from './handler.js';
import type { Ports } from './ports.js';
import { unknownSession } from './report-on-session.js';

/** One session, live, ended or archived; for those whom it concerns with what its runner was asked. */
export const handleGetSession: Handler<'getSession'> = {
  for: 'member',
  run: async ({ sessionId }, caller, ports) => {
    const session = await ports.sessions.find(caller.account, sessionId);
    if (session === undefined) throw unknownSession(sessionId);
    const [settings, spawnRequest] = await Promise.all([
      ports.accounts.settings(caller.account),
      findSpawnRequest(caller, session, ports),
    ]);
    const view = viewSession(session, settings, ports.clock.now());
    return { success: true, session: view, ...(spawnRequest ? { spawnRequest } : {}) };
  },
};

/** Only a spawned session costs the read. */
async function findSpawnRequest(
  caller: Caller,
  { sessionId, programId, spawnRequestedAt }: Pick<LiveSession, 'sessionId' | 'programId' | 'spawnRequestedAt'>,
  { spawns }: Ports,
): Promise<SpawnRequestView | undefined> {
  const concerned = caller.role !== 'program' || (programId !== null && speaksFor(caller, programId));
  if (spawnRequestedAt === null || !concerned) return undefined;
  const request = await spawns.findRequest(caller.account, sessionId);
  return request && { prompt: request.prompt, agent: request.agent, requestedAt: iso(request.requestedAt) };
}
