import type { Caller } from '../domain/caller.js';
import { DomainError } from '../domain/domain-error.js';
import type { Ports } from './ports.js';

/**
 * Whose a new session is. A program may only name itself; an admin any program that exists; a person who names none starts a session of the account.
 * @throws DomainError `NOT_OWNER`, `PROGRAM_UNKNOWN`
 */
export async function requireOwner(
  given: string | undefined,
  caller: Caller,
  { programs }: Pick<Ports, 'programs'>,
): Promise<string | null> {
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
