import { limits, viewSession, viewTaskRow } from '@quarterdeck/contract';
import { composeBrief, type Handoff, type UnreadMessages, type WaitingTasks } from '../domain/boot-brief.js';
import { requireReader } from '../domain/caller.js';
import { viewMessage } from '../domain/message.js';
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
    const { predecessor, liveSessions, unread, waiting, state: programState } = handoff;
    if (!programState.exists && predecessor === null && liveSessions.length === 0)
      await requireProgram(programId, caller, ports);
    const brief = composeBrief(handoff, maxChars, ports.clock.now());
    return {
      success: true,
      programId,
      ...brief,
      predecessor,
      liveSessions: [...liveSessions],
      pendingMessages: unread.count,
      messages: [...unread.newest],
      pendingTasks: waiting.count,
      tasks: [...waiting.first],
      programState,
    };
  },
};

/** Everything that a brief tells, whether or not there is such a program: at most 12 reads, 11 for its tasks and 12 for its messages. */
export async function loadHandoff(
  account: string,
  programId: string,
  { programStates, sessions, accounts, messages, tasks, clock }: Ports,
): Promise<Handoff & { readonly unread: UnreadMessages; readonly waiting: WaitingTasks }> {
  const now = clock.now();
  const [stored, ended, live, waiting, unread, settings] = await Promise.all([
    programStates.find(account, programId),
    sessions.findPredecessor(account, programId),
    sessions.listLive(account, programId, LIVE_SESSIONS_MAX),
    tasks.waiting(account, programId, limits.BOOT_TASKS_MAX),
    messages.waiting(account, programId, limits.BOOT_MESSAGES_MAX, now),
    accounts.settings(account),
  ]);
  const { success: _success, ...state } = viewProgramState(stored ?? emptyProgramState(programId), now);
  const predecessor = ended === undefined ? null : viewSession(ended, settings, now);
  return {
    programId,
    predecessor,
    liveSessions: live.map((session) => viewSession(session, settings, now)),
    unread: { count: unread.count, newest: unread.newest.map(viewMessage) },
    waiting: { count: waiting.count, first: waiting.first.map((task) => viewTaskRow(task, now)) },
    state,
  };
}
