import type { Operations, ParsedInputOf } from '@quarterdeck/contract';
import { isEnded, viewSession } from '@quarterdeck/contract';
import { actorOf, type Caller } from '../domain/caller.js';
import { DomainError } from '../domain/domain-error.js';
import { applyReport } from '../domain/session-report.js';
import { applyLateReport, newSession, resumeSession } from '../domain/session-start.js';
import type { Handler } from './handler.js';
import type { Ports } from './ports.js';
import { ownsSession, requireReporter } from './report-on-session.js';

type Input = ParsedInputOf<Operations['createSession']>;

/** Makes a session, changes the live one of that id, or resumes the ended one. */
export const handleCreateSession: Handler<'createSession'> = {
  for: 'member',
  run: async ({ sessionId: givenId, programId: givenProgram, ...report }, caller, ports) => {
    const { sessions, accounts, clock, random } = ports;
    const sessionId = givenId ?? random.sessionId();
    const programId = await ownerOf(givenProgram, caller, ports);
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
        if (report.state === 'complete') return applyLateReport(found, report, reporter, now);
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

/** A program may only name itself; an admin any program that exists; a person who names none starts a session of the account. */
async function ownerOf(given: Input['programId'], caller: Caller, { programs }: Ports): Promise<string | null> {
  if (given === undefined || given === caller.programId) return caller.programId;
  if (caller.role !== 'admin') {
    throw new DomainError(
      'NOT_OWNER',
      `programId: you are "${caller.programId}" and can't start a session of "${given}". Omit programId.`,
    );
  }
  if (!(await programs.exists(caller.account, given))) {
    throw new DomainError(
      'PROGRAM_UNKNOWN',
      `programId: there is no program "${given}". create_key makes one with its first key.`,
    );
  }
  return given;
}

/** Who owns a session never changes. */
function requireSameProgram(given: string | undefined, programId: string | null, sessionId: string): void {
  if (given === undefined || given === programId) return;
  throw new DomainError(
    'NOT_OWNER',
    `sessionId: session "${sessionId}" belongs to ${programId === null ? 'the account' : `"${programId}"`}, not to "${given}". Choose another id.`,
  );
}
