import { type Caller, speaksFor } from '../domain/caller.js';
import { DomainError, invalidField } from '../domain/domain-error.js';
import { requireOpenWindow, type WindowSession } from '../domain/session-window.js';
import type { Fence, Ports } from './ports.js';

type WindowPorts = Pick<Ports, 'windows' | 'sessions' | 'clock'>;

/**
 * The program that a call is for: the one named, else the session token's, else the caller's own.
 * @throws DomainError `INVALID_FIELD` when a person names none
 */
export function namedOrOwnProgram(caller: Caller, given: string | undefined): string {
  const programId = given ?? caller.token?.programId ?? caller.programId;
  if (programId === null) throw invalidField('programId', 'is required: you call as a person, who is no program');
  return programId;
}

/**
 * The program whose windows or memories a call is about. A program's things are its own; who oversees the account may name any program, as far as an
 * operation is for them at all.
 * @throws DomainError `NOT_OWNER`, `INVALID_FIELD`
 */
export function subjectProgram(caller: Caller, given: string | undefined): string {
  const programId = namedOrOwnProgram(caller, given);
  if (caller.token !== null && caller.token.programId !== programId) {
    throw new DomainError(
      'NOT_OWNER',
      `programId: the session token is for "${caller.token.programId}", not for "${programId}".`,
    );
  }
  if (!speaksFor(caller, programId) && caller.role === 'program') {
    throw new DomainError(
      'NOT_OWNER',
      `programId: windows and memories of "${programId}" are for that program, admins and auditors; you are "${caller.programId}".`,
    );
  }
  return programId;
}

/** The session that the caller's window is, or was, in: by its token, else by the program's pointer, at the price of a read. Undefined: it never had one. */
export async function findWindowSessionId(
  { account, token }: Caller,
  programId: string,
  { windows }: Pick<Ports, 'windows'>,
): Promise<string | undefined> {
  return token?.sessionId ?? (await windows.findPointer(account, programId))?.sessionId;
}

/**
 * The window that is open for this call. One read, or two without a token.
 * @throws DomainError `SUPERSEDED`, `SESSION_EXPIRED`, `WINDOW_CLOSED`, `NO_OPEN_WINDOW`
 */
export async function requireWindow(caller: Caller, programId: string, ports: WindowPorts): Promise<WindowSession> {
  const sessionId = await findWindowSessionId(caller, programId, ports);
  const found = sessionId === undefined ? undefined : await ports.sessions.find(caller.account, sessionId);
  return requireOpenWindow(found, caller.token, ports.clock.now());
}

/** What a write under the caller's session token depends on; undefined: it came without one. */
export function fenceOf(caller: Caller, now: Date): Fence | undefined {
  const { token } = caller;
  return token === null ? undefined : { sessionId: token.sessionId, epoch: token.epoch, now };
}
