import { composeBrief } from '../domain/boot-brief.js';
import { requireReader } from '../domain/caller.js';
import { emptyProgramState, viewProgramState } from '../domain/program-state.js';
import { viewSession } from '../domain/session-view.js';
import { requireProgram } from './get-program-state.js';
import type { Handler } from './handler.js';
import { namedOrOwnProgram } from './require-window.js';

/** Further live sessions of one program would crowd out what the next one needs to know. */
const LIVE_SESSIONS_MAX = 10;

/** What the next session of a program needs: its state, how the last session ended, and who is at work. Reads each of them once. */
export const handleBoot: Handler<'boot'> = {
  for: 'member',
  run: async ({ programId: given, maxChars }, caller, ports) => {
    const { account } = caller;
    const programId = namedOrOwnProgram(caller, given);
    requireReader(caller, programId, 'the handoff');
    const [stored, ended, live, settings] = await Promise.all([
      ports.programStates.find(account, programId),
      ports.sessions.findPredecessor(account, programId),
      ports.sessions.listLive(account, programId, LIVE_SESSIONS_MAX),
      ports.accounts.settings(account),
    ]);
    if (stored === undefined && ended === undefined && live.length === 0)
      await requireProgram(programId, caller, ports);
    const now = ports.clock.now();
    const { success, ...programState } = viewProgramState(stored ?? emptyProgramState(programId), now);
    const predecessor = ended === undefined ? null : viewSession(ended, settings, now);
    const liveSessions = live.map((session) => viewSession(session, settings, now));
    const brief = composeBrief({ programId, predecessor, liveSessions, state: programState }, maxChars, now);
    return { success, programId, ...brief, predecessor, liveSessions, programState };
  },
};
