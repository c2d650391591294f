import type { Account, ApiKey, DomainEvent, Member, Principal, Program } from '@quarterdeck/contract';
import type { Page } from './outside-ports.js';

export interface AccountStore {
  /** From memory, at most CREDENTIAL_CACHE_SECONDS behind. */
  settings(account: string): Promise<Account>;
  /**
   * Changes an account in a transaction.
   * @throws DomainError `TOO_MANY_LIVE_SESSIONS` when the change sets a limit that can't be tracked
   */
  change(
    account: string,
    decide: (account: Account) => { next: Account; events: readonly DomainEvent[] },
  ): Promise<Account>;
  /** The account a person belongs to, and the invitation that waits for them, for a decision that is written whole. */
  join(
    person: { readonly uid: string; readonly verifiedEmail: string | null },
    decide: (found: { principal: Principal | undefined; invitation: Invitation | undefined }) => Joining | undefined,
  ): Promise<{ principal: Principal; joined: boolean }>;
}

/** An e-mail address that may join an account. */
export interface Invitation {
  readonly account: string;
  readonly memberId: string;
  readonly email: string;
  readonly role: Member['role'];
  readonly since: Date;
}

/** A person becomes part of an account, which may be new. */
export interface Joining {
  readonly principal: Principal;
  readonly member: Member;
  /** Absent: the account exists. */
  readonly newAccount?: Account;
  /** The invitation that is used up. */
  readonly invitation?: Invitation;
  readonly events: readonly DomainEvent[];
}

export interface MemberStore {
  list(account: string, limit: number, pageToken: string | undefined): Promise<Page<Member>>;
  /** @returns false when the invitation existed and was changed */
  invite(account: string, member: Member & { readonly email: string }, event: DomainEvent): Promise<boolean>;
  /**
   * Changes or removes a member, with its rights, in a transaction.
   * @throws DomainError `MEMBER_UNKNOWN`, `LAST_ADMIN`
   */
  setRole(account: string, memberId: string, role: Member['role'], now: Date, event: DomainEvent): Promise<Member>;
  remove(account: string, memberId: string, now: Date, event: DomainEvent): Promise<Member>;
}

export interface ProgramStore {
  /** True for a program in service. From memory, at most CREDENTIAL_CACHE_SECONDS behind. */
  exists(account: string, programId: string): Promise<boolean>;
  /**
   * Writes a program that does not exist, or is retired.
   * @param decide gets the retired one
   * @throws DomainError `PROGRAM_EXISTS`
   */
  create(
    account: string,
    programId: string,
    decide: (retired: Program | undefined) => { next: Program; events: readonly DomainEvent[] },
  ): Promise<Program>;
  find(account: string, programId: string): Promise<Program | undefined>;
  list(account: string, limit: number, pageToken: string | undefined): Promise<Page<Program>>;
  /** Ids of the programs in service that are in a group; undefined: they are more than `most`. */
  inGroup(account: string, group: string, most: number): Promise<readonly string[] | undefined>;
  change(
    account: string,
    programId: string,
    decide: (program: Program) => { next: Program; events: readonly DomainEvent[] },
  ): Promise<Program>;
}

export interface KeyStore {
  /** From memory, at most CREDENTIAL_CACHE_SECONDS behind. Notes the day of its use, once a day. */
  recall(keyHash: string, now: Date): Promise<ApiKey | undefined>;
  /** From the database. */
  find(keyHash: string): Promise<ApiKey | undefined>;
  /** Writes the key, its principal, and with the program's first key the program. */
  create(key: ApiKey, event: DomainEvent, actor: string): Promise<void>;
  list(
    account: string,
    query: { programId?: string | undefined; limit: number; pageToken?: string | undefined },
  ): Promise<Page<ApiKey>>;
  /**
   * Changes a key of the account, and adds its successor if there is one, with their principals.
   * @throws DomainError `KEY_UNKNOWN`
   */
  change(
    account: string,
    keyHash: string,
    decide: (key: ApiKey) => { next: ApiKey; successor?: ApiKey; events: readonly DomainEvent[] },
  ): Promise<ApiKey>;
}

export interface PrincipalStore {
  /** From memory, at most CREDENTIAL_CACHE_SECONDS behind. */
  recall(uid: string): Promise<Principal | undefined>;
}
