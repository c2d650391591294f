import type {
  Account,
  ApiKey,
  ContextSnapshot,
  DomainEvent,
  EndedSession,
  Fleet,
  FleetSummary,
  LiveSession,
  LiveState,
  Member,
  Principal,
  Program,
  ProgramState,
  SessionState,
  TimelinePoint,
} from '@quarterdeck/contract';
import type { FleetBasis } from '../domain/fleet.js';
import type { SessionChange, SessionPatch } from '../domain/session-report.js';

/**
 * What operations need of the world. The store implements these on Firestore; every write of a change and its events is atomic.
 * All of them throw DomainError `DATABASE_UNAVAILABLE`, `DATABASE_TIMEOUT` or `CONTENTION` when the database does.
 */

export interface Clock {
  /** The server's time; the only one that counts. */
  now(): Date;
}

/** A page, and the token of the next one. Absent: it was the last. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextPageToken?: string;
}

/** What an instance remembers of a live session, to serve a beat without a read. */
export type KnownSession = Omit<LiveSession, 'contextSamples'>;

export interface SessionQuery {
  readonly state: SessionState | 'all';
  readonly programId?: string | undefined;
  readonly includeArchived: boolean;
  readonly limit: number;
  readonly pageToken?: string | undefined;
}

export interface SessionStore {
  /** A live session from memory, or by one read; undefined: it is not live. Its owner never changes; the rest may be a moment old. */
  recall(account: string, sessionId: string): Promise<KnownSession | undefined>;
  /**
   * Writes a report without reading: one write.
   * @param ifState write only if the session is in this state: known without a read as long as nobody else wrote
   * @returns false when it was not written, because the session is not live or has moved: decide on it as it is, with `change`
   */
  beat(account: string, sessionId: string, patch: SessionPatch, ifState?: LiveState): Promise<boolean>;
  /**
   * Changes one session at once or not at all: moves it between live and ended, takes and gives back its slot, writes its events.
   * @param decide is called with the session as it is, perhaps more than once; undefined: change nothing
   * @param options.isNew the id was just made, so nothing needs to be read
   * @param options.mayStart the change is likely to take a slot, for which many may contend
   * @throws DomainError `SESSION_LIMIT`, and what `decide` throws
   */
  change(
    account: string,
    sessionId: string,
    decide: (found: LiveSession | EndedSession | undefined) => SessionChange | undefined,
    options?: { readonly isNew?: boolean; readonly mayStart?: boolean },
  ): Promise<{ readonly before: LiveSession | EndedSession | undefined; readonly change: SessionChange | undefined }>;
  /** Live or ended. */
  find(account: string, sessionId: string): Promise<LiveSession | EndedSession | undefined>;
  /** The live session of a program that started, or was resumed, last. */
  findCurrent(account: string, programId: string): Promise<LiveSession | undefined>;
  list(account: string, query: SessionQuery): Promise<Page<LiveSession | EndedSession>>;
}

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
  /** A program never goes away, so a yes is remembered. */
  exists(account: string, programId: string): Promise<boolean>;
  find(account: string, programId: string): Promise<Program | undefined>;
  list(account: string, limit: number, pageToken: string | undefined): Promise<Page<Program>>;
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

export interface ProgramStateStore {
  find(account: string, programId: string): Promise<ProgramState | undefined>;
  /** Changes a state, and keeps a snapshot when the context summary was written. */
  change(
    account: string,
    programId: string,
    decide: (state: ProgramState) => ProgramState,
    keepSnapshot: boolean,
  ): Promise<ProgramState>;
  history(account: string, programId: string, limit: number): Promise<readonly ContextSnapshot[]>;
}

/** A fleet document as read, and what tells whether it has changed since. */
export interface FleetReading {
  readonly fleet: Fleet | null;
  readonly version: unknown;
}

export interface FleetStore {
  read(account: string): Promise<FleetReading>;
  /** What a new fleet is computed from; `live` when it was read already. */
  basis(account: string, previous: Fleet | null, live?: readonly LiveSession[]): Promise<FleetBasis>;
  /** @returns false when somebody else wrote since `version` was read; nothing is written then */
  write(account: string, fleet: Fleet, summary: FleetSummary, version: unknown): Promise<boolean>;
  addPoint(account: string, summary: FleetSummary, at: Date): Promise<void>;
  points(account: string, days: readonly string[]): Promise<readonly TimelinePoint[]>;
}

export interface SweepStore {
  /** Accounts that are due, page by page. */
  dueAccounts(now: Date): AsyncIterable<string>;
  /** The account as it is in the database; undefined: it is gone. */
  account(account: string): Promise<Account | undefined>;
  live(account: string): Promise<readonly SweptSession[]>;
  /** Ends a session as decided, unless it was touched since it was read. @returns whether it was ended */
  end(account: string, swept: SweptSession, change: SessionChange): Promise<boolean>;
  /** Marks a session stale or recovered, unless it was touched since it was read. */
  mark(account: string, swept: SweptSession, staleSince: Date | null, event: DomainEvent, now: Date): Promise<boolean>;
  /**
   * Archives sessions that ended before a moment, oldest first, with bounded memory.
   * @param deadline stop here and leave the rest for the next visit
   * @returns when the oldest of the rest ended; null: none is left
   */
  archive(account: string, endedBefore: Date, now: Date, deadline: Date): Promise<Date | null>;
  /** Program states whose patterns have something to forget. */
  decayDue(account: string, now: Date): Promise<readonly string[]>;
  /**
   * Sets when the account is visited next.
   * @param isIdle no session lived in this visit: the moment counts only if none has started meanwhile
   */
  schedule(
    account: string,
    nextSweepAt: Date | null,
    endsHeldUntil: Date | null,
    now: Date,
    isIdle: boolean,
  ): Promise<void>;
}

/** A live session as the sweep read it. */
export interface SweptSession {
  readonly session: LiveSession;
  readonly version: unknown;
}

/** Firebase Auth, as far as operations need it. */
export interface AuthPort {
  createCustomToken(uid: string, claims: Record<string, string>): Promise<string>;
  setClaims(uid: string, claims: Record<string, string> | null): Promise<void>;
}

/** Pub/Sub. Resolves when the message is accepted. */
export interface BusPort {
  publish(topic: string, json: object, attributes?: Record<string, string>): Promise<void>;
}

/** Randomness, so that tests can fix it. */
export interface RandomPort {
  /** An account id: 20 lower-case letters and digits. */
  accountId(): string;
  sessionId(): string;
  keyBytes(): Uint8Array;
}

/** Everything an operation may use. */
export interface Ports {
  readonly clock: Clock;
  readonly random: RandomPort;
  readonly sessions: SessionStore;
  readonly accounts: AccountStore;
  readonly members: MemberStore;
  readonly programs: ProgramStore;
  readonly keys: KeyStore;
  readonly principals: PrincipalStore;
  readonly programStates: ProgramStateStore;
  readonly fleets: FleetStore;
  readonly sweeps: SweepStore;
  readonly auth: AuthPort;
  readonly bus: BusPort;
  /** Tier of accounts that are made here. */
  readonly defaultTier: Account['tier'];
}
