import { isEnded, isTerminalLifecycle, viewSession } from '@quarterdeck/contract';
import { actorOf } from '../domain/caller.js';
import { DomainError } from '../domain/domain-error.js';
import { applyReport, type SessionReport } from '../domain/session-report.js';
import { applyLateReport, newSession, resumeSession } from '../domain/session-start.js';
import type { Handler } from './handler.js';
import { ownsSession, requireReporter } from './report-on-session.js';
import { requireOwner } from './session-owner.js';

/** Makes a session, changes the live one of that id, or resumes the ended one. */
export const handleCreateSession: Handler<'createSession'> = {
  for: 'member',
  run: async ({ sessionId: givenId, programId: givenProgram, ...report }, caller, ports) => {
    const { sessions, accounts, clock, random } = ports;
    const sessionId = givenId ?? random.sessionId();
    const programId = await requireOwner(givenProgram, caller, ports);
    const now = clock.now();
    const { before, change } = await sessions.change(
      caller.account,
      sessionId,
      (found) => {
        if (found === undefined) {
          const reporter = { isOwner: ownsSession(caller, programId), actor: actorOf(caller) };
          return newSession({ sessionId, programId }, report, reporter, now);
        }
        const reporter = requireReporter(caller, found);
        requireSameProgram(givenProgram, found.programId, sessionId);
        if (!isEnded(found)) return applyReport(found, report, reporter, now);
        // Registering finished work again changes nothing; anything else starts the session again.
        if (registersEnd(report)) return applyLateReport(found, report, reporter, now);
        return resumeSession(found, report, reporter, now);
      },
      { isNew: givenId === undefined, mayStart: true },
    );
    const session = change?.next ?? before;
    if (session === undefined) throw new Error('an unknown session is always created');
    const resumed = change !== undefined && before !== undefined && isEnded(before);
    const message = before === undefined ? 'Session created' : resumed ? 'Session resumed' : 'Session updated';
    const settings = await accounts.settings(caller.account);
    return { success: true, sessionId, message, session: viewSession(session, settings, now) };
  },
};

function registersEnd({ state, lifecycle }: SessionReport): boolean {
  return state === 'complete' || (lifecycle !== undefined && isTerminalLifecycle(lifecycle));
}

/** Who owns a session never changes. */
function requireSameProgram(given: string | undefined, programId: string | null, sessionId: string): void {
  if (given === undefined || given === programId) return;
  throw new DomainError(
    'NOT_OWNER',
    `sessionId: session "${sessionId}" belongs to ${programId === null ? 'the account' : `"${programId}"`}, not to "${given}". Choose another id.`,
  );
}
