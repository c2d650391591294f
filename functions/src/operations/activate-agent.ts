import { actorOf } from '../domain/caller.js';
import { openWindow, viewWindow } from '../domain/session-window.js';
import { requireProgram } from './get-program-state.js';
import type { Handler } from './handler.js';
import { ownsSession } from './report-on-session.js';
import { subjectProgram } from './require-window.js';

/** Opens a program's window and issues its token. An old token that comes with the call counts for nothing: this is the way out of having one. */
export const handleActivateAgent: Handler<'activateAgent'> = {
  for: 'member',
  run: async ({ programId: given, hours, name }, caller, ports) => {
    const { windows, sessionTokens, clock, random } = ports;
    const programId = subjectProgram({ ...caller, token: null }, given ?? caller.token?.programId);
    if (programId !== caller.programId) await requireProgram(programId, caller, ports);
    const now = clock.now();
    const identity = { sessionId: random.sessionId(), programId, name: name ?? programId };
    const reporter = { isOwner: ownsSession(caller, programId), actor: actorOf(caller) };
    const { session, replaced } = await windows.open(caller.account, programId, identity.sessionId, (former) =>
      openWindow(identity, former, hours, reporter, now),
    );
    const { epoch, openedAt, endsAt } = session.window;
    const claims = { account: caller.account, programId, sessionId: session.sessionId, epoch };
    return {
      success: true,
      ...viewWindow(session, now),
      sessionToken: await sessionTokens.issue(claims, openedAt, endsAt),
      superseded: replaced?.sessionId ?? null,
    };
  },
};
