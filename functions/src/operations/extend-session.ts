import { actorOf } from '../domain/caller.js';
import {
  extendWindow,
  hasWindow,
  noOpenWindow,
  requireOpenWindow,
  viewWindow,
  type WindowSession,
} from '../domain/session-window.js';
import type { Handler } from './handler.js';
import { ownsSession } from './report-on-session.js';
import { findWindowSessionId, subjectProgram } from './require-window.js';

/** Moves the end of an open window. */
export const handleExtendSession: Handler<'extendSession'> = {
  for: 'member',
  run: async ({ programId: given, hours }, caller, ports) => {
    const { sessions, clock, callId } = ports;
    const programId = subjectProgram(caller, given);
    const now = clock.now();
    const sessionId = await findWindowSessionId(caller, programId, ports);
    if (sessionId === undefined) throw noOpenWindow();
    const reporter = { isOwner: ownsSession(caller, programId), actor: actorOf(caller) };
    let hoursAdded = hours;
    const { before, change } = await sessions.change(caller.account, sessionId, (found) => {
      // A repetition of the call that extended it last: once is enough.
      if (callId !== null && hasWindow(found) && found.window.extendedBy === callId) return undefined;
      const extension = extendWindow(requireWindowOf(found, caller.token, now), hours, reporter, now, callId);
      hoursAdded = extension.hoursAdded;
      return extension.change;
    });
    const session = change?.next ?? before;
    if (!hasWindow(session)) throw new Error('an extended session has a window');
    return { success: true, ...viewWindow(session, now), hoursAdded };
  },
};

/** Everything that requireOpenWindow refuses, but for an expired window: extendWindow has its own word for that. */
function requireWindowOf(...[found, claims, now]: Parameters<typeof requireOpenWindow>): WindowSession {
  const isNamed = hasWindow(found) && (claims === null || claims.epoch === found.window.epoch);
  return isNamed ? found : requireOpenWindow(found, claims, now);
}
