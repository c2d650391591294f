import type { Role, WindowClaims } from '@quarterdeck/contract';
import { DomainError } from './domain-error.js';

/** Who is calling, once credentials are checked. */
export interface Caller {
  readonly account: string;
  readonly role: Role;
  /** The program it speaks for; null: a person. */
  readonly programId: string | null;
  /** The Firebase Auth user. A key's user is named after its hash. */
  readonly uid: string;
  /** The key it called with; null: an ID token. */
  readonly keyHash: string | null;
  /** May set what only the operator of a deployment may. */
  readonly operator: boolean;
  /** What its session token says, verified; null: it sent none. */
  readonly token: WindowClaims | null;
}

/** A signed-in person, who may have no account yet. */
export interface Person {
  readonly uid: string;
  /** Null: none, or not verified. */
  readonly verifiedEmail: string | null;
  readonly displayName: string | null;
}

/** `program/builder` or `person/<uid>`: how events name who caused them. */
export function actorOf(caller: Pick<Caller, 'programId' | 'uid'>): string {
  return caller.programId === null ? `person/${caller.uid}` : `program/${caller.programId}`;
}

/** The Auth user that stands for a key: its ID tokens come from exchange_key. */
export function uidOfKey(keyHash: string): string {
  return `key:${keyHash}`;
}

/** Its own program's things: an agent's key, or an admin's or auditor's key that is bound to the program. */
export function speaksFor(caller: Caller, programId: string | null): boolean {
  return programId !== null && caller.programId === programId;
}

/**
 * @throws DomainError `NOT_OWNER` unless the caller is the program, an admin or an auditor
 */
export function requireReader(caller: Caller, programId: string, what: string): void {
  if (speaksFor(caller, programId) || caller.role !== 'program') return;
  throw new DomainError(
    'NOT_OWNER',
    `programId: ${what} of "${programId}" can be read by that program, admins and auditors only; you are "${caller.programId}".`,
  );
}
