import { viewSession } from '@quarterdeck/contract';
import { composeBrief, type Handoff } from '../domain/boot-brief.js';
import { requireReader } from '../domain/caller.js';
import { emptyProgramState, viewProgramState } from '../domain/program-state.js';
import { requireProgram } from './get-program-state.js';
import type { Handler } from './handler.js';
import type { Ports } from './ports.js';
import { namedOrOwnProgram } from './require-window.js';

/** Further live sessions of one program would crowd out what the next one needs to know. */
const LIVE_SESSIONS_MAX = 10;

/** What the next session of a program needs: its state, how the last session ended, and who is at work. Reads each of them once. */
export const handleBoot: Handler<'boot'> = {
  for: 'member',
  run: async ({ programId: given, maxChars }, caller, ports) => {
    const programId = namedOrOwnProgram(caller, given);
    requireReader(caller, programId, 'the handoff');
    const handoff = await loadHandoff(caller.account, programId, ports);
    const { predecessor, liveSessions, state: programState } = handoff;
    if (!programState.exists && predecessor === null && liveSessions.length === 0)
      await requireProgram(programId, caller, ports);
    const brief = composeBrief(handoff, maxChars, ports.clock.now());
    return { success: true, programId, ...brief, predecessor, liveSessions: [...liveSessions], programState };
  },
};

/** Everything that a brief tells, whether or not there is such a program: at most 12 reads. */
export async function loadHandoff(
  account: string,
  programId: string,
  { programStates, sessions, accounts, clock }: Ports,
): Promise<Handoff> {
  const [stored, ended, live, settings] = await Promise.all([
    programStates.find(account, programId),
    sessions.findPredecessor(account, programId),
    sessions.listLive(account, programId, LIVE_SESSIONS_MAX),
    accounts.settings(account),
  ]);
  const now = clock.now();
  const { success: _success, ...state } = viewProgramState(stored ?? emptyProgramState(programId), now);
  const predecessor = ended === undefined ? null : viewSession(ended, settings, now);
  return { programId, predecessor, liveSessions: live.map((session) => viewSession(session, settings, now)), state };
}
