// Generated from the registry by `npm run reference`.
import type { CallOptions } from './options.js';

/** Every operation, by the name of its method: its name at the doors, and what calling it does to the world. */
export const OPERATIONS = {
  createSession: { name: 'create_session', effect: 'create' },
  getContextUtilization: { name: 'get_context_utilization', effect: 'read' },
  getSession: { name: 'get_session', effect: 'read' },
  heartbeat: { name: 'heartbeat', effect: 'idempotent' },
  listSessions: { name: 'list_sessions', effect: 'read' },
  restoreSession: { name: 'restore_session', effect: 'idempotent' },
  updateSession: { name: 'update_session', effect: 'idempotent' },
  getFleetHealth: { name: 'get_fleet_health', effect: 'read' },
  getFleetTimeline: { name: 'get_fleet_timeline', effect: 'read' },
  getContextHistory: { name: 'get_context_history', effect: 'read' },
  getProgramState: { name: 'get_program_state', effect: 'read' },
  updateProgramState: { name: 'update_program_state', effect: 'idempotent' },
  boot: { name: 'boot', effect: 'read' },
  activateAgent: { name: 'activate_agent', effect: 'create' },
  currentSession: { name: 'current_session', effect: 'read' },
  deactivateAgent: { name: 'deactivate_agent', effect: 'idempotent' },
  extendSession: { name: 'extend_session', effect: 'create' },
  answer: { name: 'answer', effect: 'read' },
  forget: { name: 'forget', effect: 'destructive' },
  listMemories: { name: 'list_memories', effect: 'read' },
  recall: { name: 'recall', effect: 'read' },
  remember: { name: 'remember', effect: 'create' },
  createProgram: { name: 'create_program', effect: 'create' },
  getProgram: { name: 'get_program', effect: 'read' },
  listPrograms: { name: 'list_programs', effect: 'read' },
  retireProgram: { name: 'retire_program', effect: 'destructive' },
  updateProgram: { name: 'update_program', effect: 'idempotent' },
  createKey: { name: 'create_key', effect: 'create' },
  exchangeKey: { name: 'exchange_key', effect: 'read' },
  listKeys: { name: 'list_keys', effect: 'read' },
  revokeKey: { name: 'revoke_key', effect: 'destructive' },
  rotateKey: { name: 'rotate_key', effect: 'destructive' },
  createAccount: { name: 'create_account', effect: 'idempotent' },
  getAccount: { name: 'get_account', effect: 'read' },
  updateAccount: { name: 'update_account', effect: 'idempotent' },
  inviteMember: { name: 'invite_member', effect: 'idempotent' },
  listMembers: { name: 'list_members', effect: 'read' },
  removeMember: { name: 'remove_member', effect: 'destructive' },
  setMemberRole: { name: 'set_member_role', effect: 'idempotent' },
  exportAccount: { name: 'export_account', effect: 'read' },
  importAccount: { name: 'import_account', effect: 'idempotent' },
} as const;

/** `createSession`, `updateSession`, … */
export type OperationName = keyof typeof OPERATIONS;

/** What kind of refusal it is: the canonical codes of Firebase callables. */
export type ErrorCode =
  | 'invalid-argument'
  | 'unauthenticated'
  | 'permission-denied'
  | 'not-found'
  | 'already-exists'
  | 'failed-precondition'
  | 'resource-exhausted'
  | 'aborted'
  | 'unavailable'
  | 'deadline-exceeded'
  | 'internal';

/** Why a call was refused, for programs to tell cases apart: each reason has one code. */
export type Reason =
  | 'INVALID_FIELD'
  | 'INVALID_PAGE_TOKEN'
  | 'IDEMPOTENCY_KEY_REUSED'
  | 'REQUEST_TOO_LARGE'
  | 'NO_CREDENTIAL'
  | 'INVALID_KEY'
  | 'INVALID_ID_TOKEN'
  | 'TOKEN_REVOKED'
  | 'INVALID_SESSION_TOKEN'
  | 'NO_SESSION_TOKEN'
  | 'SESSION_EXPIRED'
  | 'WINDOW_CLOSED'
  | 'NO_ACCOUNT'
  | 'ROLE_NOT_ALLOWED'
  | 'NOT_OWNER'
  | 'FOREIGN_ORIGIN'
  | 'OPERATOR_ONLY'
  | 'SESSION_UNKNOWN'
  | 'OPERATION_UNKNOWN'
  | 'PROGRAM_UNKNOWN'
  | 'KEY_UNKNOWN'
  | 'MEMBER_UNKNOWN'
  | 'MEMBER_EXISTS'
  | 'PROGRAM_EXISTS'
  | 'RECORD_EXISTS'
  | 'SESSION_ENDED'
  | 'SESSION_ARCHIVED'
  | 'NO_CURRENT_SESSION'
  | 'NO_OPEN_WINDOW'
  | 'WINDOW_LIMIT'
  | 'LAST_ADMIN'
  | 'KEY_ROTATED'
  | 'KEY_NOT_ACTIVE'
  | 'TOO_MANY_LIVE_SESSIONS'
  | 'SESSION_LIMIT'
  | 'PATTERN_LIMIT'
  | 'REVISION_CONFLICT'
  | 'SUPERSEDED'
  | 'CONTENTION'
  | 'DATABASE_UNAVAILABLE'
  | 'DATABASE_TIMEOUT'
  | 'UNEXPECTED';

/**
 * A method for each operation. Each can also be refused because of its fields or its credential, and fail because nobody answers: see the reasons.
 */
export interface OperationMethods {
  /**
   * Register a session when work starts. With the id of a live session of the same program it updates that one.
   *
   * For programs and admins. Makes something each time.
   *
   * @throws {QuarterdeckError} `permission-denied` NOT_OWNER: The thing belongs to another program of the account.
   * @throws {QuarterdeckError} `not-found` PROGRAM_UNKNOWN.
   * @throws {QuarterdeckError} `resource-exhausted` SESSION_LIMIT: The account's live sessions are at its limit; `details` has limit, active,
   * tier and holders.
   * @throws {QuarterdeckError} `failed-precondition` SESSION_ARCHIVED: The session is over and archived: only restore_session reopens it.
   * @throws {QuarterdeckError} `aborted` CONTENTION: Too many writers at once; nothing was changed.
   */
  createSession(input: CreateSessionInput, options?: CallOptions): Promise<CreateSessionOutput>;

  /**
   * See how full the context of a session, or of the live sessions of a program, has become.
   *
   * For programs, admins and auditors. Reads only.
   *
   * @throws {QuarterdeckError} `not-found` SESSION_UNKNOWN.
   */
  getContextUtilization(
    input?: GetContextUtilizationInput,
    options?: CallOptions,
  ): Promise<GetContextUtilizationOutput>;

  /**
   * Read one session, also when it has ended.
   *
   * For programs, admins and auditors. Reads only.
   *
   * @throws {QuarterdeckError} `not-found` SESSION_UNKNOWN.
   */
  getSession(input: GetSessionInput, options?: CallOptions): Promise<GetSessionOutput>;

  /**
   * Say that a session is alive, without changing its status. Beats that change nothing are absorbed.
   *
   * For programs and admins. Repeating it changes nothing more.
   *
   * @throws {QuarterdeckError} `not-found` SESSION_UNKNOWN.
   * @throws {QuarterdeckError} `failed-precondition` SESSION_ENDED: The session is over; `details` has its outcome and endedAt.
   * @throws {QuarterdeckError} `failed-precondition` SESSION_ARCHIVED: The session is over and archived: only restore_session reopens it.
   * @throws {QuarterdeckError} `failed-precondition` NO_CURRENT_SESSION: sessionId was omitted and the caller's program has no live session.
   * @throws {QuarterdeckError} `permission-denied` NOT_OWNER: The thing belongs to another program of the account.
   * @throws {QuarterdeckError} `aborted` CONTENTION: Too many writers at once; nothing was changed.
   */
  heartbeat(input?: HeartbeatInput, options?: CallOptions): Promise<HeartbeatOutput>;

  /**
   * See what every agent of the account is doing: live sessions first, newest first.
   *
   * For programs, admins and auditors. Reads only.
   *
   * @throws {QuarterdeckError} `invalid-argument` INVALID_PAGE_TOKEN: The page token does not name a place in this list.
   */
  listSessions(input?: ListSessionsInput, options?: CallOptions): Promise<ListSessionsOutput>;

  /**
   * Reopen a session that has ended, also when it is archived. A live one stays as it is.
   *
   * For programs and admins. Repeating it changes nothing more.
   *
   * @throws {QuarterdeckError} `not-found` SESSION_UNKNOWN.
   * @throws {QuarterdeckError} `permission-denied` NOT_OWNER: The thing belongs to another program of the account.
   * @throws {QuarterdeckError} `resource-exhausted` SESSION_LIMIT: The account's live sessions are at its limit; `details` has limit, active,
   * tier and holders.
   * @throws {QuarterdeckError} `aborted` CONTENTION: Too many writers at once; nothing was changed.
   */
  restoreSession(input: RestoreSessionInput, options?: CallOptions): Promise<RestoreSessionOutput>;

  /**
   * Set a session's one-line status, progress or state, and renew its heartbeat.
   *
   * For programs and admins. Repeating it changes nothing more.
   *
   * @throws {QuarterdeckError} `not-found` SESSION_UNKNOWN.
   * @throws {QuarterdeckError} `failed-precondition` SESSION_ENDED: The session is over; `details` has its outcome and endedAt.
   * @throws {QuarterdeckError} `failed-precondition` SESSION_ARCHIVED: The session is over and archived: only restore_session reopens it.
   * @throws {QuarterdeckError} `failed-precondition` NO_CURRENT_SESSION: sessionId was omitted and the caller's program has no live session.
   * @throws {QuarterdeckError} `permission-denied` NOT_OWNER: The thing belongs to another program of the account.
   * @throws {QuarterdeckError} `resource-exhausted` SESSION_LIMIT: The account's live sessions are at its limit; `details` has limit, active,
   * tier and holders.
   * @throws {QuarterdeckError} `aborted` CONTENTION: Too many writers at once; nothing was changed.
   */
  updateSession(input: UpdateSessionInput, options?: CallOptions): Promise<UpdateSessionOutput>;

  /**
   * See every program: its heartbeat, state and whether it has gone silent.
   *
   * For admins and auditors. Reads only.
   */
  getFleetHealth(input?: GetFleetHealthInput, options?: CallOptions): Promise<GetFleetHealthOutput>;

  /**
   * See how many programs worked, waited or were silent over a day, a week or a month.
   *
   * For admins and auditors. Reads only.
   */
  getFleetTimeline(input?: GetFleetTimelineInput, options?: CallOptions): Promise<GetFleetTimelineOutput>;

  /**
   * Read earlier context summaries of a program, newest first; the newest 50 are kept.
   *
   * For programs, admins and auditors. Reads only.
   *
   * @throws {QuarterdeckError} `permission-denied` NOT_OWNER: The thing belongs to another program of the account.
   * @throws {QuarterdeckError} `not-found` PROGRAM_UNKNOWN.
   */
  getContextHistory(input: GetContextHistoryInput, options?: CallOptions): Promise<GetContextHistoryOutput>;

  /**
   * Read what the previous session of this program left behind. Call it on start.
   *
   * For programs, admins and auditors. Reads only.
   *
   * @throws {QuarterdeckError} `permission-denied` NOT_OWNER: The thing belongs to another program of the account.
   * @throws {QuarterdeckError} `not-found` PROGRAM_UNKNOWN.
   */
  getProgramState(input: GetProgramStateInput, options?: CallOptions): Promise<GetProgramStateOutput>;

  /**
   * Remember something for the next session. Fields given are merged, fields omitted stay, null clears.
   *
   * For programs, admins and auditors. Repeating it changes nothing more.
   *
   * @throws {QuarterdeckError} `permission-denied` NOT_OWNER: The thing belongs to another program of the account.
   * @throws {QuarterdeckError} `aborted` REVISION_CONFLICT: The program state has moved on since the revision that the caller had read.
   * @throws {QuarterdeckError} `resource-exhausted` PATTERN_LIMIT: A program's learned patterns are at their limit: remove some with
   * removePatternIds.
   * @throws {QuarterdeckError} `aborted` CONTENTION: Too many writers at once; nothing was changed.
   */
  updateProgramState(input: UpdateProgramStateInput, options?: CallOptions): Promise<UpdateProgramStateOutput>;

  /**
   * Start here: what the previous session of this program left behind, how it ended, and what is still open.
   *
   * For programs, admins and auditors. Reads only.
   *
   * @throws {QuarterdeckError} `permission-denied` NOT_OWNER: The thing belongs to another program of the account.
   * @throws {QuarterdeckError} `not-found` PROGRAM_UNKNOWN.
   */
  boot(input?: BootInput, options?: CallOptions): Promise<BootOutput>;

  /**
   * Open a window in which the program can store and recall memories. Ends the session of a window that is open.
   *
   * For programs and admins. Makes something each time.
   *
   * @throws {QuarterdeckError} `permission-denied` NOT_OWNER: The thing belongs to another program of the account.
   * @throws {QuarterdeckError} `not-found` PROGRAM_UNKNOWN.
   * @throws {QuarterdeckError} `resource-exhausted` SESSION_LIMIT: The account's live sessions are at its limit; `details` has limit, active,
   * tier and holders.
   * @throws {QuarterdeckError} `aborted` CONTENTION: Too many writers at once; nothing was changed.
   */
  activateAgent(input?: ActivateAgentInput, options?: CallOptions): Promise<ActivateAgentOutput>;

  /**
   * See how long the window of the session token, or of your program, stays open.
   *
   * For programs, admins and auditors. Reads only.
   *
   * @throws {QuarterdeckError} `permission-denied` NOT_OWNER: The thing belongs to another program of the account.
   * @throws {QuarterdeckError} `failed-precondition` NO_OPEN_WINDOW: The program has no open window: call activate_agent.
   * @throws {QuarterdeckError} `unauthenticated` WINDOW_CLOSED: The window was shut before its end; `details` has the outcome of its session.
   * @throws {QuarterdeckError} `unauthenticated` SESSION_EXPIRED: The window has reached its end: activate the agent again. (extend_session says
   * so as failed-precondition.)
   * @throws {QuarterdeckError} `aborted` SUPERSEDED: A newer window of the program is open: this session was handed over and can't write any
   * more.
   */
  currentSession(input?: CurrentSessionInput, options?: CallOptions): Promise<CurrentSessionOutput>;

  /**
   * Shut the window and complete its session; memories stay for the next one.
   *
   * For programs and admins. Repeating it changes nothing more.
   *
   * @throws {QuarterdeckError} `permission-denied` NOT_OWNER: The thing belongs to another program of the account.
   * @throws {QuarterdeckError} `failed-precondition` NO_OPEN_WINDOW: The program has no open window: call activate_agent.
   * @throws {QuarterdeckError} `aborted` SUPERSEDED: A newer window of the program is open: this session was handed over and can't write any
   * more.
   * @throws {QuarterdeckError} `aborted` CONTENTION: Too many writers at once; nothing was changed.
   */
  deactivateAgent(input?: DeactivateAgentInput, options?: CallOptions): Promise<DeactivateAgentOutput>;

  /**
   * Keep the window open for longer: adds hours to its end, to at most a week from now.
   *
   * For programs and admins. Makes something each time.
   *
   * @throws {QuarterdeckError} `permission-denied` NOT_OWNER: The thing belongs to another program of the account.
   * @throws {QuarterdeckError} `failed-precondition` NO_OPEN_WINDOW: The program has no open window: call activate_agent.
   * @throws {QuarterdeckError} `unauthenticated` WINDOW_CLOSED: The window was shut before its end; `details` has the outcome of its session.
   * @throws {QuarterdeckError} `unauthenticated` SESSION_EXPIRED: The window has reached its end: activate the agent again. (extend_session says
   * so as failed-precondition.)
   * @throws {QuarterdeckError} `aborted` SUPERSEDED: A newer window of the program is open: this session was handed over and can't write any
   * more.
   * @throws {QuarterdeckError} `failed-precondition` WINDOW_LIMIT: The window can't be extended any further.
   * @throws {QuarterdeckError} `aborted` CONTENTION: Too many writers at once; nothing was changed.
   */
  extendSession(input?: ExtendSessionInput, options?: CallOptions): Promise<ExtendSessionOutput>;

  /**
   * Answer a question from the memories of the program, with citations.
   *
   * For programs, admins and auditors. Reads only.
   *
   * @throws {QuarterdeckError} `permission-denied` NOT_OWNER: The thing belongs to another program of the account.
   * @throws {QuarterdeckError} `failed-precondition` NO_OPEN_WINDOW: The program has no open window: call activate_agent.
   * @throws {QuarterdeckError} `unauthenticated` WINDOW_CLOSED: The window was shut before its end; `details` has the outcome of its session.
   * @throws {QuarterdeckError} `unauthenticated` SESSION_EXPIRED: The window has reached its end: activate the agent again. (extend_session says
   * so as failed-precondition.)
   * @throws {QuarterdeckError} `aborted` SUPERSEDED: A newer window of the program is open: this session was handed over and can't write any
   * more.
   */
  answer(input: AnswerInput, options?: CallOptions): Promise<AnswerOutput>;

  /**
   * Remove memories for good. Those that are gone already are no error.
   *
   * For programs and admins. Takes something away.
   *
   * @throws {QuarterdeckError} `permission-denied` NOT_OWNER: The thing belongs to another program of the account.
   * @throws {QuarterdeckError} `failed-precondition` NO_OPEN_WINDOW: The program has no open window: call activate_agent.
   * @throws {QuarterdeckError} `unauthenticated` WINDOW_CLOSED: The window was shut before its end; `details` has the outcome of its session.
   * @throws {QuarterdeckError} `unauthenticated` SESSION_EXPIRED: The window has reached its end: activate the agent again. (extend_session says
   * so as failed-precondition.)
   * @throws {QuarterdeckError} `aborted` SUPERSEDED: A newer window of the program is open: this session was handed over and can't write any
   * more.
   * @throws {QuarterdeckError} `aborted` CONTENTION: Too many writers at once; nothing was changed.
   */
  forget(input: ForgetInput, options?: CallOptions): Promise<ForgetOutput>;

  /**
   * Read the memories of the program, newest first.
   *
   * For programs, admins and auditors. Reads only.
   *
   * @throws {QuarterdeckError} `permission-denied` NOT_OWNER: The thing belongs to another program of the account.
   * @throws {QuarterdeckError} `failed-precondition` NO_OPEN_WINDOW: The program has no open window: call activate_agent.
   * @throws {QuarterdeckError} `unauthenticated` WINDOW_CLOSED: The window was shut before its end; `details` has the outcome of its session.
   * @throws {QuarterdeckError} `unauthenticated` SESSION_EXPIRED: The window has reached its end: activate the agent again. (extend_session says
   * so as failed-precondition.)
   * @throws {QuarterdeckError} `aborted` SUPERSEDED: A newer window of the program is open: this session was handed over and can't write any
   * more.
   * @throws {QuarterdeckError} `invalid-argument` INVALID_PAGE_TOKEN: The page token does not name a place in this list.
   */
  listMemories(input?: ListMemoriesInput, options?: CallOptions): Promise<ListMemoriesOutput>;

  /**
   * Find memories of the program that fit a query, best first, whichever session stored them.
   *
   * For programs, admins and auditors. Reads only.
   *
   * @throws {QuarterdeckError} `permission-denied` NOT_OWNER: The thing belongs to another program of the account.
   * @throws {QuarterdeckError} `failed-precondition` NO_OPEN_WINDOW: The program has no open window: call activate_agent.
   * @throws {QuarterdeckError} `unauthenticated` WINDOW_CLOSED: The window was shut before its end; `details` has the outcome of its session.
   * @throws {QuarterdeckError} `unauthenticated` SESSION_EXPIRED: The window has reached its end: activate the agent again. (extend_session says
   * so as failed-precondition.)
   * @throws {QuarterdeckError} `aborted` SUPERSEDED: A newer window of the program is open: this session was handed over and can't write any
   * more.
   */
  recall(input: RecallInput, options?: CallOptions): Promise<RecallOutput>;

  /**
   * Store a memory, or up to 100 at once, for this and later sessions of the program. Needs an open window.
   *
   * For programs and admins. Makes something each time.
   *
   * @throws {QuarterdeckError} `permission-denied` NOT_OWNER: The thing belongs to another program of the account.
   * @throws {QuarterdeckError} `failed-precondition` NO_OPEN_WINDOW: The program has no open window: call activate_agent.
   * @throws {QuarterdeckError} `unauthenticated` WINDOW_CLOSED: The window was shut before its end; `details` has the outcome of its session.
   * @throws {QuarterdeckError} `unauthenticated` SESSION_EXPIRED: The window has reached its end: activate the agent again. (extend_session says
   * so as failed-precondition.)
   * @throws {QuarterdeckError} `aborted` SUPERSEDED: A newer window of the program is open: this session was handed over and can't write any
   * more.
   * @throws {QuarterdeckError} `aborted` CONTENTION: Too many writers at once; nothing was changed.
   */
  remember(input?: RememberInput, options?: CallOptions): Promise<RememberOutput>;

  /**
   * Make a program before it has a key, or put a retired one back into service.
   *
   * For admins. Makes something each time.
   *
   * @throws {QuarterdeckError} `already-exists` PROGRAM_EXISTS.
   * @throws {QuarterdeckError} `aborted` CONTENTION: Too many writers at once; nothing was changed.
   */
  createProgram(input: CreateProgramInput, options?: CallOptions): Promise<CreateProgramOutput>;

  /**
   * Read the name, role, colour, groups and tags of a program.
   *
   * For programs, admins and auditors. Reads only.
   *
   * @throws {QuarterdeckError} `not-found` PROGRAM_UNKNOWN.
   */
  getProgram(input: GetProgramInput, options?: CallOptions): Promise<GetProgramOutput>;

  /**
   * See which programs the account has.
   *
   * For programs, admins and auditors. Reads only.
   *
   * @throws {QuarterdeckError} `invalid-argument` INVALID_PAGE_TOKEN: The page token does not name a place in this list.
   */
  listPrograms(input?: ListProgramsInput, options?: CallOptions): Promise<ListProgramsOutput>;

  /**
   * Take a program out of service: its keys stop working, its window shuts, its data and memories stay.
   *
   * For admins. Takes something away.
   *
   * @throws {QuarterdeckError} `not-found` PROGRAM_UNKNOWN.
   * @throws {QuarterdeckError} `aborted` CONTENTION: Too many writers at once; nothing was changed.
   */
  retireProgram(input: RetireProgramInput, options?: CallOptions): Promise<RetireProgramOutput>;

  /**
   * Change the name, role, colour, groups or tags of a program.
   *
   * For admins. Repeating it changes nothing more.
   *
   * @throws {QuarterdeckError} `not-found` PROGRAM_UNKNOWN.
   * @throws {QuarterdeckError} `aborted` CONTENTION: Too many writers at once; nothing was changed.
   */
  updateProgram(input: UpdateProgramInput, options?: CallOptions): Promise<UpdateProgramOutput>;

  /**
   * Make an API key for a program; the first key of a program creates it. The key is shown once.
   *
   * For admins. Makes something each time.
   */
  createKey(input: CreateKeyInput, options?: CallOptions): Promise<CreateKeyOutput>;

  /**
   * Turn an API key into a Firebase custom token, to sign in and listen to documents in real time.
   *
   * For anyone. Reads only.
   *
   * @throws {QuarterdeckError} `unauthenticated` INVALID_KEY: The API key has a typing error, is unknown, has expired or was revoked. The answer
   * doesn't say which.
   */
  exchangeKey(input: ExchangeKeyInput, options?: CallOptions): Promise<ExchangeKeyOutput>;

  /**
   * See which keys exist, for which programs, and when each was last used.
   *
   * For admins and auditors. Reads only.
   *
   * @throws {QuarterdeckError} `invalid-argument` INVALID_PAGE_TOKEN: The page token does not name a place in this list.
   */
  listKeys(input?: ListKeysInput, options?: CallOptions): Promise<ListKeysOutput>;

  /**
   * Stop a key from working. It cannot be undone.
   *
   * For admins. Takes something away.
   *
   * @throws {QuarterdeckError} `not-found` KEY_UNKNOWN.
   * @throws {QuarterdeckError} `aborted` CONTENTION: Too many writers at once; nothing was changed.
   */
  revokeKey(input: RevokeKeyInput, options?: CallOptions): Promise<RevokeKeyOutput>;

  /**
   * Replace a key by a new one. A program rotates the key it calls with; an admin any key.
   *
   * For programs, admins and auditors. Takes something away.
   *
   * @throws {QuarterdeckError} `not-found` KEY_UNKNOWN.
   * @throws {QuarterdeckError} `failed-precondition` KEY_ROTATED: The key was rotated before: its successor is the one to rotate.
   * @throws {QuarterdeckError} `failed-precondition` KEY_NOT_ACTIVE: The key was revoked or has expired: it can't have a successor.
   * @throws {QuarterdeckError} `permission-denied` NOT_OWNER: The thing belongs to another program of the account.
   * @throws {QuarterdeckError} `aborted` CONTENTION: Too many writers at once; nothing was changed.
   */
  rotateKey(input?: RotateKeyInput, options?: CallOptions): Promise<RotateKeyOutput>;

  /**
   * On first sign-in: make an account, or join the one that invited your e-mail address. Refresh the ID token afterwards.
   *
   * For people who are signed in. Repeating it changes nothing more.
   *
   * @throws {QuarterdeckError} `aborted` CONTENTION: Too many writers at once; nothing was changed.
   */
  createAccount(input?: CreateAccountInput, options?: CallOptions): Promise<CreateAccountOutput>;

  /**
   * Read the name, tier, session limit and thresholds of the account.
   *
   * For programs, admins and auditors. Reads only.
   */
  getAccount(input?: GetAccountInput, options?: CallOptions): Promise<GetAccountOutput>;

  /**
   * Change the account's name, or when its sessions count as stale, dead and ready to archive.
   *
   * For admins. Repeating it changes nothing more.
   *
   * @throws {QuarterdeckError} `permission-denied` OPERATOR_ONLY: Only the operator of this deployment may set this field.
   * @throws {QuarterdeckError} `failed-precondition` TOO_MANY_LIVE_SESSIONS: A limit can't be set while the account has more live sessions than
   * a limited account may have.
   * @throws {QuarterdeckError} `aborted` CONTENTION: Too many writers at once; nothing was changed.
   */
  updateAccount(input?: UpdateAccountInput, options?: CallOptions): Promise<UpdateAccountOutput>;

  /**
   * Let the person with this e-mail address join the account at their next first sign-in. No mail is sent.
   *
   * For admins. Repeating it changes nothing more.
   *
   * @throws {QuarterdeckError} `already-exists` MEMBER_EXISTS.
   * @throws {QuarterdeckError} `aborted` CONTENTION: Too many writers at once; nothing was changed.
   */
  inviteMember(input: InviteMemberInput, options?: CallOptions): Promise<InviteMemberOutput>;

  /**
   * See who can sign in to the account, and who is invited.
   *
   * For admins and auditors. Reads only.
   *
   * @throws {QuarterdeckError} `invalid-argument` INVALID_PAGE_TOKEN: The page token does not name a place in this list.
   */
  listMembers(input?: ListMembersInput, options?: CallOptions): Promise<ListMembersOutput>;

  /**
   * Take away the access of a member, or take an invitation back.
   *
   * For admins. Takes something away.
   *
   * @throws {QuarterdeckError} `not-found` MEMBER_UNKNOWN.
   * @throws {QuarterdeckError} `failed-precondition` LAST_ADMIN: The account would have no admin left.
   * @throws {QuarterdeckError} `aborted` CONTENTION: Too many writers at once; nothing was changed.
   */
  removeMember(input: RemoveMemberInput, options?: CallOptions): Promise<RemoveMemberOutput>;

  /**
   * Make a member an admin or an auditor.
   *
   * For admins. Repeating it changes nothing more.
   *
   * @throws {QuarterdeckError} `not-found` MEMBER_UNKNOWN.
   * @throws {QuarterdeckError} `failed-precondition` LAST_ADMIN: The account would have no admin left.
   * @throws {QuarterdeckError} `aborted` CONTENTION: Too many writers at once; nothing was changed.
   */
  setMemberRole(input: SetMemberRoleInput, options?: CallOptions): Promise<SetMemberRoleOutput>;

  /**
   * Read the whole account page by page, to keep it or to import it elsewhere; keys, members and events are left out.
   *
   * For admins and auditors. Reads only.
   *
   * @throws {QuarterdeckError} `invalid-argument` INVALID_PAGE_TOKEN: The page token does not name a place in this list.
   */
  exportAccount(input?: ExportAccountInput, options?: CallOptions): Promise<ExportAccountOutput>;

  /**
   * Put records of an export into this account. What exists already is never overwritten; repeating it changes nothing.
   *
   * For admins. Repeating it changes nothing more.
   *
   * @throws {QuarterdeckError} `already-exists` RECORD_EXISTS: An import has a record of something that exists and is not the same; the record
   * was left out.
   * @throws {QuarterdeckError} `not-found` PROGRAM_UNKNOWN.
   * @throws {QuarterdeckError} `resource-exhausted` SESSION_LIMIT: The account's live sessions are at its limit; `details` has limit, active,
   * tier and holders.
   * @throws {QuarterdeckError} `aborted` CONTENTION: Too many writers at once; nothing was changed.
   */
  importAccount(input: ImportAccountInput, options?: CallOptions): Promise<ImportAccountOutput>;
}

/** Name and thresholds. Tier, limit and people are those of the account that it is imported into. */
export interface AccountRecord {
  kind: 'account';
  /** At most 200 characters. */
  name: string;
  /** Silence after which a session that announced no interval is stale. 1 to 43200. */
  staleAfterMinutes: number;
  /** Silence after which a session is dead; not below staleAfterMinutes. 1 to 43200. */
  deadAfterMinutes: number;
  /** The same for a blocked session, which waits for a person. 1 to 43200. */
  blockedDeadAfterMinutes: number;
  /** Time between the end of a session and its archiving. 1 to 43200. */
  archiveAfterMinutes: number;
}

export interface AccountView {
  /** Silence after which a session that announced no interval is stale. */
  staleAfterMinutes: number;
  /** Silence after which a session is dead; not below staleAfterMinutes. */
  deadAfterMinutes: number;
  /** The same for a blocked session, which waits for a person. */
  blockedDeadAfterMinutes: number;
  /** Time between the end of a session and its archiving. */
  archiveAfterMinutes: number;
  accountId: string;
  name: string;
  tier: Tier;
  /** Live sessions that the account may have at once; null: no limit. */
  sessionLimit: number | null;
  /** ISO 8601 in UTC. */
  createdAt: string;
}

/** What `activateAgent` takes. */
export interface ActivateAgentInput {
  /** The program. Absent: the session token's, else the caller's own. At most 50 characters. */
  programId?: string | undefined;
  /** Hours, fractions allowed; at most 168, a week. Default 6. More than 0. */
  hours?: number | undefined;
  /** Absent: the name of the program. At most 200 characters. */
  name?: string | undefined;
}

/** What `activateAgent` answers. */
export interface ActivateAgentOutput {
  success: true;
  /** The session. */
  sessionId: string;
  /** The program: a stable name for an agent, such as "builder". */
  programId: string;
  /** Counts the windows of the program. */
  epoch: number;
  /** ISO 8601 in UTC. */
  openedAt: string;
  /** After this moment the window is shut, whether or not anybody has looked. */
  expiresAt: string;
  /** No extension goes beyond this moment. */
  endsAt: string;
  /** How long the window has been open. */
  durationMinutes: number;
  /** Whole minutes until expiresAt. */
  timeRemainingMinutes: number;
  /** Send it as X-Session-Token. It stays good through extensions; never log it. */
  sessionToken: string;
  /** The session whose window was taken over; null: none was open. */
  superseded: string | null;
}

/**
 * What the agent's process is doing, finer than its state. `active`: thinking or writing. `ready`: finished its turn. `idle`: quiet for a
 * while. `waiting_input`: asks a person. `blocked`: hit an error. `exited`: the process is gone, which ends the session.
 */
export type Activity = 'active' | 'ready' | 'idle' | 'waiting_input' | 'blocked' | 'exited';

/** What `answer` takes. */
export interface AnswerInput {
  /** The program. Absent: the session token's, else the caller's own. At most 50 characters. */
  programId?: string | undefined;
  /** At most 1000 characters. */
  question: string;
  /** Memories to answer from. Default 5. 1 to 50. */
  limit?: number | undefined;
  /** Only memories of these types. Not empty. */
  types?: MemoryType[] | undefined;
  /** Only memories that have all of these tags. 1 to 20 elements. */
  tags?: string[] | undefined;
  /** 0 to 1. */
  minConfidence?: number | undefined;
}

/** What `answer` answers. */
export interface AnswerOutput {
  success: true;
  /** Cites as [1], [2], …; empty when nothing that is remembered fits. */
  answer: string;
  citations: Array<{
    /** The memory. */
    memoryId: string;
    title: string;
    type: MemoryType;
    confidence: number;
    /** ISO 8601 in UTC. */
    createdAt: string;
    number: number;
    /** The words that the answer rests on. */
    quote: string;
  }>;
  /** quotes: sentences of the memories; model: a generative model. */
  composedBy: 'quotes' | 'model';
  ranking: Ranking;
}

export interface ApiKeyView {
  keyHash: string;
  /** The program: a stable name for an agent, such as "builder". */
  programId: string;
  role: Role;
  label: string;
  status: 'active' | 'expired' | 'revoked';
  /** ISO 8601 in UTC. */
  createdAt: string;
  /** Null: it does not expire. */
  expiresAt: string | null;
  /** The day of its last use; null: never used. */
  lastUsedAt: string | null;
  revokedAt: string | null;
}

export interface BaselinesPatch {
  avgTaskDurationMinutes?: number | null | undefined;
  /** At most 10 elements. */
  commonFailureModes?: string[] | null | undefined;
  sessionsCompleted?: number | null | undefined;
  lastSessionDurationMinutes?: number | null | undefined;
}

/** What `boot` takes. */
export interface BootInput {
  /** The program. Absent: the caller's own. At most 50 characters. */
  programId?: string | undefined;
  /** Largest size of the brief, in characters. Default 4000. 500 to 40000. */
  maxChars?: number | undefined;
}

/** What `boot` answers. */
export interface BootOutput {
  success: true;
  /** The program: a stable name for an agent, such as "builder". */
  programId: string;
  /** All of it as Markdown, the most urgent first, for the context of a model. */
  brief: string;
  /** True: something did not fit into maxChars. */
  truncated: boolean;
  /** The session that ended last; null: there was none. */
  predecessor: SessionView | null;
  /** Sessions of the program that live now, newest first, up to 10. */
  liveSessions: SessionView[];
  programState: ProgramStateView;
}

/** How the program likes to work. Maps merge key by key; null removes a key (RFC 7396). */
export interface ConfigPatch {
  /** At most 100 characters. */
  preferredOutputFormat?: string | null | undefined;
  toolPreferences?: Record<string, string | null> | null | undefined;
  /** At most 20 elements. */
  knownQuirks?: string[] | null | undefined;
  /** Any JSON, at most 8 kB after merging. */
  customSettings?: Record<string, Json> | null | undefined;
}

/** A kept version of a context summary, with its place in the ring of those that are kept. */
export interface ContextSnapshotRecord {
  kind: 'context_snapshot';
  /** The program: a stable name for an agent, such as "builder". At most 50 characters. */
  programId: string;
  /** 0 to 49. */
  slot: number;
  /** At least 1. */
  revision: number;
  /** 1 to 100 characters. */
  sessionId: string | null;
  writtenAt: string;
  contextSummary: {
    lastTask: string | TaskSummary | null;
    activeWorkItems: string[];
    handoffNotes: string;
    openQuestions: string[];
  };
}

/** A kept version at the doors. */
export interface ContextSnapshotView {
  revision: number;
  sessionId: string | null;
  /** ISO 8601 in UTC. */
  writtenAt: string;
  contextSummary: {
    lastTask: string | TaskSummary | null;
    activeWorkItems: string[];
    handoffNotes: string;
    openQuestions: string[];
  };
}

/** What the next session needs to go on. Fields given replace, fields omitted stay, null clears. */
export interface ContextSummaryPatch {
  lastTask?: string | TaskSummary | null | undefined;
  /** At most 20 elements. */
  activeWorkItems?: string[] | null | undefined;
  /** At most 2000 characters. */
  handoffNotes?: string | null | undefined;
  /** At most 10 elements. */
  openQuestions?: string[] | null | undefined;
}

/** What `createAccount` takes. */
export interface CreateAccountInput {
  /** Absent: "Account of" the e-mail address or name. At most 200 characters. */
  name?: string | undefined;
  /** False: make an own account although an invitation waits. Default true. */
  acceptInvitation?: boolean | undefined;
}

/** What `createAccount` answers. */
export interface CreateAccountOutput {
  success: true;
  accountId: string;
  role: Role;
  message: 'Account created' | 'Invitation accepted' | 'Account exists';
}

/** What `createKey` takes. */
export interface CreateKeyInput {
  /** The program: a stable name for an agent, such as "builder". At most 50 characters. */
  programId: string;
  /** What the key is for, to recognise it later. At most 200 characters. */
  label: string;
  /** Default "program". */
  role?: Role | undefined;
  /** Absent: the key does not expire. 1 to 3650. */
  expiresInDays?: number | undefined;
}

/** What `createKey` answers. */
export interface CreateKeyOutput {
  success: true;
  /** The program: a stable name for an agent, such as "builder". */
  programId: string;
  /** The key itself. It is shown this once. */
  key: string;
  keyHash: string;
  expiresAt: string | null;
}

/** What `createProgram` takes. */
export interface CreateProgramInput {
  /** At most 200 characters. */
  displayName?: string | null | undefined;
  /** What it is for, such as "reviewer". Gives no rights. At most 50 characters. */
  role?: string | null | undefined;
  color?: string | null | undefined;
  /** At most 20 elements. */
  groups?: string[] | undefined;
  /** At most 20 elements. */
  tags?: string[] | undefined;
  /** The program: a stable name for an agent, such as "builder". At most 50 characters. */
  programId: string;
}

/** What `createProgram` answers. */
export interface CreateProgramOutput {
  success: true;
  program: ProgramView;
}

/** What `createSession` takes. */
export interface CreateSessionInput {
  /** What the agent is doing, for people to read. At most 200 characters. */
  name: string;
  /** An id of your own, so that a retry makes no second session. Absent: made by the server. 1 to 100 characters. */
  sessionId?: string | undefined;
  /** The program it belongs to. Absent: the caller's own. At most 50 characters. */
  programId?: string | undefined;
  /** What the agent is doing now, one line. At most 200 characters. */
  status?: string | undefined;
  /** Absent: working for a new session, unchanged for a live one. */
  state?: SessionState | undefined;
  /** Percentage, 0 to 100. */
  progress?: number | undefined;
  /** The project this session works on. At most 100 characters. */
  projectName?: string | undefined;
  /** Seconds between this session's beats. Stale after 1.5 of them; absent: after the account's staleAfterMinutes. 30 to 3600. */
  expectedIntervalSeconds?: number | undefined;
  /** Size of the context window; lets handoffRequired turn true by itself. At least 1. */
  contextLimitBytes?: number | undefined;
}

/** What `createSession` answers. */
export interface CreateSessionOutput {
  success: true;
  /** The session. */
  sessionId: string;
  message: 'Session created' | 'Session updated' | 'Session resumed';
  session: SessionView;
}

/** What `currentSession` takes. */
export interface CurrentSessionInput {
  /** The program. Absent: the session token's, else the caller's own. At most 50 characters. */
  programId?: string | undefined;
}

/** What `currentSession` answers. */
export interface CurrentSessionOutput {
  success: true;
  /** The session. */
  sessionId: string;
  /** The program: a stable name for an agent, such as "builder". */
  programId: string;
  /** Counts the windows of the program. */
  epoch: number;
  /** ISO 8601 in UTC. */
  openedAt: string;
  /** After this moment the window is shut, whether or not anybody has looked. */
  expiresAt: string;
  /** No extension goes beyond this moment. */
  endsAt: string;
  /** How long the window has been open. */
  durationMinutes: number;
  /** Whole minutes until expiresAt. */
  timeRemainingMinutes: number;
}

/** What `deactivateAgent` takes. */
export interface DeactivateAgentInput {
  /** The program. Absent: the session token's, else the caller's own. At most 50 characters. */
  programId?: string | undefined;
}

/** What `deactivateAgent` answers. */
export interface DeactivateAgentOutput {
  success: true;
  /** The session. */
  sessionId: string;
  /** The program: a stable name for an agent, such as "builder". */
  programId: string;
  outcome: Outcome;
  /** ISO 8601 in UTC. */
  openedAt: string;
  /** ISO 8601 in UTC. */
  endedAt: string;
  durationMinutes: number;
  memoriesCreated: number;
}

/** When things are forgotten. */
export interface DecayPatch {
  /** 1 to 90. */
  contextSummaryTTLDays?: number | undefined;
  /** Days. 1 to 365. */
  learnedPatternMaxAge?: number | undefined;
  /** 5 to 200. */
  maxUnpromotedPatterns?: number | undefined;
}

/** A session that is over, archived or not. */
export interface EndedSessionRecord {
  kind: 'session';
  /** The session. 1 to 100 characters. */
  sessionId: string;
  /** At most 50 characters. */
  programId: string | null;
  /** What the agent is doing, for people to read. At most 200 characters. */
  name: string;
  /** At most 400 characters. */
  status: string | null;
  /** 0 to 100. */
  progress: number | null;
  /** At most 100 characters. */
  projectName: string | null;
  activity: Activity | null;
  tokens: TokenUsage | null;
  contextBytes: number | null;
  /** At least 1. */
  contextLimitBytes: number | null;
  handoffRequired: boolean;
  handoffDecision: boolean | null;
  contextSamples: Record<
    string,
    {
      at: string;
      bytes: number;
    }
  >;
  /** 30 to 3600. */
  expectedIntervalSeconds: number | null;
  createdAt: string;
  startedAt: string;
  lastHeartbeat: string | null;
  lastActivityAt: string;
  state: 'complete';
  endedAt: string;
  outcome: Outcome;
  archivedAt: string | null;
}

/** What `exchangeKey` takes. */
export interface ExchangeKeyInput {
  /** The API key, "cb_…". At most 200 characters. */
  key: string;
}

/** What `exchangeKey` answers. */
export interface ExchangeKeyOutput {
  success: true;
  /** For signInWithCustomToken; good for one hour. */
  customToken: string;
  accountId: string;
  /** The program: a stable name for an agent, such as "builder". */
  programId: string;
  role: Role;
}

/** What `exportAccount` takes. */
export interface ExportAccountInput {
  /** Default 100. 1 to 200. */
  limit?: number | undefined;
  /** nextPageToken of the page before. Absent: the first page. At most 1000 characters. */
  pageToken?: string | undefined;
}

/** What `exportAccount` answers. */
export interface ExportAccountOutput {
  success: true;
  /** May be fewer than limit, even none, on any page. */
  records: ExportRecord[];
  /** Absent: this is the last page. */
  nextPageToken?: string;
}

/** Any line of an export; `kind` says which. */
export type ExportRecord =
  | AccountRecord
  | ProgramRecord
  | ProgramStateRecord
  | ContextSnapshotRecord
  | SessionRecord
  | MemoryRecord;

/** What `extendSession` takes. */
export interface ExtendSessionInput {
  /** The program. Absent: the session token's, else the caller's own. At most 50 characters. */
  programId?: string | undefined;
  /** Hours, fractions allowed; at most 168, a week. Default 6. More than 0. */
  hours?: number | undefined;
}

/** What `extendSession` answers. */
export interface ExtendSessionOutput {
  success: true;
  /** The session. */
  sessionId: string;
  /** The program: a stable name for an agent, such as "builder". */
  programId: string;
  /** Counts the windows of the program. */
  epoch: number;
  /** ISO 8601 in UTC. */
  openedAt: string;
  /** After this moment the window is shut, whether or not anybody has looked. */
  expiresAt: string;
  /** No extension goes beyond this moment. */
  endsAt: string;
  /** How long the window has been open. */
  durationMinutes: number;
  /** Whole minutes until expiresAt. */
  timeRemainingMinutes: number;
  /** Less than asked for at the limit: a week ahead, or endsAt. */
  hoursAdded: number;
}

export interface FleetRowView {
  /** The program: a stable name for an agent, such as "builder". */
  programId: string;
  lastHeartbeat: string | null;
  /** "45s", "2m", "3h", "2d"; null: it never beat. */
  heartbeatAge: string | null;
  /** The last sign of life: beat, report or creation of a session. */
  lastSeenAt: string | null;
  pendingMessages: number;
  pendingTasks: number;
  /** Of the newest live session; offline when there is none. */
  state: SessionState | 'offline';
  health: Health;
  /** The threshold behind health; null: offline. */
  staleAfterSeconds: number | null;
  sessionId: string | null;
  activeSessions: number;
  handoffRequired: boolean;
}

/** How many programs are what. */
export interface FleetSummary {
  programs: number;
  healthy: number;
  stale: number;
  offline: number;
  working: number;
  blocked: number;
  pinned: number;
  activeSessions: number;
}

/** What `forget` takes. */
export interface ForgetInput {
  /** The program. Absent: the session token's, else the caller's own. At most 50 characters. */
  programId?: string | undefined;
  /** 1 to 100 elements. */
  memoryIds: string[];
}

/** What `forget` answers. */
export interface ForgetOutput {
  success: true;
  /** How many were there. */
  forgotten: number;
}

/** What `getAccount` takes. */
export type GetAccountInput = Record<string, never>;

/** What `getAccount` answers. */
export interface GetAccountOutput {
  success: true;
  account: AccountView;
}

/** What `getContextHistory` takes. */
export interface GetContextHistoryInput {
  /** The program: a stable name for an agent, such as "builder". At most 50 characters. */
  programId: string;
  /** Default 20. 1 to 50. */
  limit?: number | undefined;
}

/** What `getContextHistory` answers. */
export interface GetContextHistoryOutput {
  success: true;
  /** The program: a stable name for an agent, such as "builder". */
  programId: string;
  history: ContextSnapshotView[];
}

/** What `getContextUtilization` takes. */
export interface GetContextUtilizationInput {
  /** The session. 1 to 100 characters. */
  sessionId?: string | undefined;
  /** Its live sessions, up to 50, newest first. At most 50 characters. */
  programId?: string | undefined;
}

/** What `getContextUtilization` answers. */
export interface GetContextUtilizationOutput {
  success: true;
  sessions: Array<{
    /** The session. */
    sessionId: string;
    programId: string | null;
    contextBytes: number | null;
    contextLimitBytes: number | null;
    handoffRequired: boolean;
    outcome: Outcome | null;
    /** Oldest first: the last value of each ten minutes, up to six hours. */
    samples: Array<{
      /** ISO 8601 in UTC. */
      at: string;
      bytes: number;
    }>;
  }>;
}

/** What `getFleetHealth` takes. */
export interface GetFleetHealthInput {
  /** Recompute when the fleet document is older. Recomputing reads every live session. Default 60. 0 to 3600. */
  maxAgeSeconds?: number | undefined;
}

/** What `getFleetHealth` answers. */
export interface GetFleetHealthOutput {
  success: true;
  /** By programId. */
  programs: FleetRowView[];
  summary: FleetSummary;
  /** The moment that the heartbeats are from; ages and health are from now. */
  computedAt: string;
}

/** What `getFleetTimeline` takes. */
export interface GetFleetTimelineInput {
  /** Calendar periods in UTC; weeks begin on Monday. Default "today". */
  period?: 'today' | 'this_week' | 'this_month' | undefined;
  /** One point per interval: the last that was taken in it. Intervals without a visit of the sweep have none. Default "15m". */
  resolution?: '5m' | '15m' | '1h' | '1d' | undefined;
}

/** What `getFleetTimeline` answers. */
export interface GetFleetTimelineOutput {
  success: true;
  /** ISO 8601 in UTC. */
  from: string;
  /** ISO 8601 in UTC. */
  to: string;
  /** Oldest first. */
  points: TimelinePoint[];
}

/** What `getProgram` takes. */
export interface GetProgramInput {
  /** The program: a stable name for an agent, such as "builder". At most 50 characters. */
  programId: string;
}

/** What `getProgram` answers. */
export interface GetProgramOutput {
  success: true;
  program: ProgramView;
}

/** What `getProgramState` takes. */
export interface GetProgramStateInput {
  /** The program: a stable name for an agent, such as "builder". At most 50 characters. */
  programId: string;
}

/** What `getProgramState` answers. */
export interface GetProgramStateOutput {
  programId: string;
  /** False: the program has never written; everything else is the empty state. */
  exists: boolean;
  /** For ifRevision; rises with every write. */
  revision: number;
  /** The session that wrote last, when it said so. */
  sessionId: string | null;
  contextSummary: {
    lastTask: string | TaskSummary | null;
    activeWorkItems: string[];
    handoffNotes: string;
    openQuestions: string[];
    /** Older than contextSummaryTTLDays: read it with care. */
    stale: boolean;
    updatedAt: string | null;
  };
  learnedPatterns: Array<{
    id: string;
    domain: string;
    pattern: string;
    confidence: number;
    evidence: string | null;
    promoted: boolean;
    /** ISO 8601 in UTC. */
    discoveredAt: string;
    /** ISO 8601 in UTC. */
    lastReinforcedAt: string;
  }>;
  config: {
    preferredOutputFormat: string | null;
    toolPreferences: Record<string, string>;
    knownQuirks: string[];
    customSettings: Record<string, Json>;
  };
  baselines: {
    avgTaskDurationMinutes: number | null;
    commonFailureModes: string[];
    sessionsCompleted: number;
    lastSessionDurationMinutes: number | null;
  };
  decay: {
    contextSummaryTTLDays: number;
    learnedPatternMaxAge: number;
    maxUnpromotedPatterns: number;
  };
  updatedAt: string | null;
  success: true;
}

/** What `getSession` takes. */
export interface GetSessionInput {
  /** The session. 1 to 100 characters. */
  sessionId: string;
}

/** What `getSession` answers. */
export interface GetSessionOutput {
  success: true;
  session: SessionView;
}

/** `healthy`: gives signs of life. `stale`: live and silent for too long. `offline`: no live session. */
export type Health = 'healthy' | 'stale' | 'offline';

/** What `heartbeat` takes. */
export interface HeartbeatInput {
  /** The session. Absent: the newest live session of the caller's program, at the price of one read. 1 to 100 characters. */
  sessionId?: string | undefined;
  /** Size of the context now. */
  contextBytes?: number | undefined;
  /** What the process is doing; "exited" ends the session. */
  activity?: Activity | null | undefined;
  /** Tokens used so far. */
  tokens?: TokenUsage | undefined;
}

/** What `heartbeat` answers. */
export interface HeartbeatOutput {
  success: true;
  /** The session. */
  sessionId: string;
  /** The heartbeat that counts: this one, or the earlier one that absorbed it. */
  heartbeatAt: string;
  /** True: nothing changed since a beat a moment ago, and nothing was written. */
  coalesced: boolean;
  /** After this moment the session counts as stale; absent: the session is over. */
  nextHeartbeatBy?: string;
}

/** What `importAccount` takes. */
export interface ImportAccountInput {
  /** As export_account answered them, in its order. 1 to 100 elements. */
  records: ExportRecord[];
}

/** What `importAccount` answers. */
export interface ImportAccountOutput {
  success: true;
  /** Records that were not there. */
  imported: number;
  /** Records that were there as they are. */
  unchanged: number;
  /** Records that were left out; the others went in. */
  refused: Array<{
    /** Its place in records, from 0. */
    index: number;
    kind: string;
    /** The record's id in its account; empty: the account itself. */
    id: string;
    reason: ImportRefusal;
    message: string;
  }>;
}

/** Why a single record of an import was refused. */
export type ImportRefusal = 'RECORD_EXISTS' | 'PROGRAM_UNKNOWN' | 'SESSION_LIMIT' | 'INVALID_FIELD';

/** What `inviteMember` takes. */
export interface InviteMemberInput {
  email: string;
  /** Default "auditor". */
  role?: MemberRole | undefined;
}

/** What `inviteMember` answers. */
export interface InviteMemberOutput {
  success: true;
  memberId: string;
  message: 'Member invited' | 'Invitation updated';
}

/** What `listKeys` takes. */
export interface ListKeysInput {
  /** The program: a stable name for an agent, such as "builder". At most 50 characters. */
  programId?: string | undefined;
  /** Default 100. 1 to 200. */
  limit?: number | undefined;
  /** nextPageToken of the page before. Absent: the first page. At most 1000 characters. */
  pageToken?: string | undefined;
}

/** What `listKeys` answers. */
export interface ListKeysOutput {
  success: true;
  keys: ApiKeyView[];
  nextPageToken?: string;
}

/** What `listMembers` takes. */
export interface ListMembersInput {
  /** Default 100. 1 to 200. */
  limit?: number | undefined;
  /** nextPageToken of the page before. Absent: the first page. At most 1000 characters. */
  pageToken?: string | undefined;
}

/** What `listMembers` answers. */
export interface ListMembersOutput {
  success: true;
  members: MemberView[];
  nextPageToken?: string;
}

/** What `listMemories` takes. */
export interface ListMemoriesInput {
  /** The program. Absent: the session token's, else the caller's own. At most 50 characters. */
  programId?: string | undefined;
  type?: MemoryType | undefined;
  /** Default 10. 1 to 50. */
  limit?: number | undefined;
  /** nextPageToken of the page before. Absent: the first page. At most 1000 characters. */
  pageToken?: string | undefined;
}

/** What `listMemories` answers. */
export interface ListMemoriesOutput {
  success: true;
  memories: MemoryView[];
  /** Absent: this is the last page. */
  nextPageToken?: string;
}

/** What `listPrograms` takes. */
export interface ListProgramsInput {
  /** Default 100. 1 to 200. */
  limit?: number | undefined;
  /** nextPageToken of the page before. Absent: the first page. At most 1000 characters. */
  pageToken?: string | undefined;
}

/** What `listPrograms` answers. */
export interface ListProgramsOutput {
  success: true;
  programs: ProgramView[];
  nextPageToken?: string;
}

/** What `listSessions` takes. */
export interface ListSessionsInput {
  /** Default "all". */
  state?: 'working' | 'blocked' | 'pinned' | 'complete' | 'all' | undefined;
  /** The program: a stable name for an agent, such as "builder". At most 50 characters. */
  programId?: string | undefined;
  /** Default 10. 1 to 50. */
  limit?: number | undefined;
  /** Default false. */
  includeArchived?: boolean | undefined;
  /** nextPageToken of the page before. Absent: the first page. At most 1000 characters. */
  pageToken?: string | undefined;
}

/** What `listSessions` answers. */
export interface ListSessionsOutput {
  success: true;
  sessions: SessionView[];
  /** Absent: this is the last page. */
  nextPageToken?: string;
}

/** A session that lives, without its window: a window belongs to a token. */
export interface LiveSessionRecord {
  kind: 'session';
  /** The session. 1 to 100 characters. */
  sessionId: string;
  /** At most 50 characters. */
  programId: string | null;
  /** What the agent is doing, for people to read. At most 200 characters. */
  name: string;
  /** At most 400 characters. */
  status: string | null;
  /** 0 to 100. */
  progress: number | null;
  /** At most 100 characters. */
  projectName: string | null;
  activity: Activity | null;
  tokens: TokenUsage | null;
  contextBytes: number | null;
  /** At least 1. */
  contextLimitBytes: number | null;
  handoffRequired: boolean;
  handoffDecision: boolean | null;
  contextSamples: Record<
    string,
    {
      at: string;
      bytes: number;
    }
  >;
  /** 30 to 3600. */
  expectedIntervalSeconds: number | null;
  createdAt: string;
  startedAt: string;
  lastHeartbeat: string | null;
  lastActivityAt: string;
  state: LiveState;
  staleSince: string | null;
}

/** States of a session that is not over. */
export type LiveState = 'working' | 'blocked' | 'pinned';

/** Roles of people. */
export type MemberRole = 'admin' | 'auditor';

export interface MemberView {
  memberId: string;
  status: 'active' | 'invited';
  role: MemberRole;
  email: string | null;
  displayName: string | null;
  /** ISO 8601 in UTC. */
  since: string;
}

/** Something to remember. */
export interface MemoryInput {
  /** What to remember, in words that a later question may use. At most 10000 characters. */
  content: string;
  /** Default "fact". */
  type?: MemoryType | undefined;
  /** Absent: the beginning of the content. At most 100 characters. */
  title?: string | undefined;
  /** How sure the agent is, 0 to 1. Default 0.8. */
  confidence?: number | undefined;
  /** Default []. At most 20 elements. */
  tags?: string[] | undefined;
  /** Default "explicit_statement". */
  provenance?: Provenance | undefined;
}

/** A memory without what it is found by: that is made again from its words. */
export interface MemoryRecord {
  kind: 'memory';
  /** The memory. */
  memoryId: string;
  /** The program: a stable name for an agent, such as "builder". At most 50 characters. */
  programId: string;
  /** The session. 1 to 100 characters. */
  sessionId: string;
  /** What to remember, in words that a later question may use. At most 10000 characters. */
  content: string;
  type: MemoryType;
  /** 1 to 100 characters. */
  title: string;
  /** 0 to 1. */
  confidence: number;
  /** At most 20 elements. */
  tags: string[];
  provenance: Provenance;
  createdAt: string;
}

/** What kind of thing is remembered. */
export type MemoryType =
  | 'fact'
  | 'preference'
  | 'goal'
  | 'decision'
  | 'artifact'
  | 'learning'
  | 'event'
  | 'instruction'
  | 'relationship'
  | 'context'
  | 'observation'
  | 'commitment'
  | 'error';

export interface MemoryView {
  /** The memory. */
  memoryId: string;
  /** The program: a stable name for an agent, such as "builder". */
  programId: string;
  /** The session. */
  sessionId: string;
  content: string;
  type: MemoryType;
  title: string;
  confidence: number;
  tags: string[];
  provenance: Provenance;
  /** ISO 8601 in UTC. */
  createdAt: string;
}

/** How a session ended: said so, went silent, its window closed, a successor took its place, was stopped, or failed. */
export type Outcome = 'completed' | 'timed_out' | 'expired' | 'superseded' | 'killed' | 'errored';

/** A pattern to add or change, by its id. A new one needs domain, pattern and confidence. */
export interface PatternPatch {
  /** 1 to 100 characters. */
  id: string;
  /** At most 50 characters. */
  domain?: string | undefined;
  /** At most 500 characters. */
  pattern?: string | undefined;
  /** 0 to 1. */
  confidence?: number | undefined;
  /** At most 500 characters. */
  evidence?: string | null | undefined;
  /** A promoted pattern never decays. */
  promoted?: boolean | undefined;
}

export interface ProgramRecord {
  kind: 'program';
  /** The program: a stable name for an agent, such as "builder". At most 50 characters. */
  programId: string;
  /** At most 200 characters. */
  displayName: string | null;
  /** At most 50 characters. */
  role: string | null;
  color: string | null;
  /** At most 20 elements. */
  groups: string[];
  /** At most 20 elements. */
  tags: string[];
  createdAt: string;
  retiredAt: string | null;
}

export interface ProgramStateRecord {
  kind: 'program_state';
  /** The program: a stable name for an agent, such as "builder". At most 50 characters. */
  programId: string;
  /** At least 1. */
  revision: number;
  /** 1 to 100 characters. */
  sessionId: string | null;
  contextSummary: {
    lastTask: string | TaskSummary | null;
    activeWorkItems: string[];
    handoffNotes: string;
    openQuestions: string[];
  };
  contextSummaryUpdatedAt: string | null;
  /** At most 200 elements. */
  learnedPatterns: Array<{
    id: string;
    domain: string;
    pattern: string;
    confidence: number;
    evidence: string | null;
    promoted: boolean;
    discoveredAt: string;
    lastReinforcedAt: string;
  }>;
  config: {
    preferredOutputFormat: string | null;
    toolPreferences: Record<string, string>;
    knownQuirks: string[];
    /** A JSON object, as text. */
    customSettingsJson: string;
  };
  baselines: {
    avgTaskDurationMinutes: number | null;
    commonFailureModes: string[];
    sessionsCompleted: number;
    lastSessionDurationMinutes: number | null;
  };
  decay: {
    contextSummaryTTLDays: number;
    /** Days. */
    learnedPatternMaxAge: number;
    maxUnpromotedPatterns: number;
  };
  updatedAt: string;
}

/** A program state at the doors. */
export interface ProgramStateView {
  programId: string;
  /** False: the program has never written; everything else is the empty state. */
  exists: boolean;
  /** For ifRevision; rises with every write. */
  revision: number;
  /** The session that wrote last, when it said so. */
  sessionId: string | null;
  contextSummary: {
    lastTask: string | TaskSummary | null;
    activeWorkItems: string[];
    handoffNotes: string;
    openQuestions: string[];
    /** Older than contextSummaryTTLDays: read it with care. */
    stale: boolean;
    updatedAt: string | null;
  };
  learnedPatterns: Array<{
    id: string;
    domain: string;
    pattern: string;
    confidence: number;
    evidence: string | null;
    promoted: boolean;
    /** ISO 8601 in UTC. */
    discoveredAt: string;
    /** ISO 8601 in UTC. */
    lastReinforcedAt: string;
  }>;
  config: {
    preferredOutputFormat: string | null;
    toolPreferences: Record<string, string>;
    knownQuirks: string[];
    customSettings: Record<string, Json>;
  };
  baselines: {
    avgTaskDurationMinutes: number | null;
    commonFailureModes: string[];
    sessionsCompleted: number;
    lastSessionDurationMinutes: number | null;
  };
  decay: {
    contextSummaryTTLDays: number;
    learnedPatternMaxAge: number;
    maxUnpromotedPatterns: number;
  };
  updatedAt: string | null;
}

export interface ProgramView {
  /** The program: a stable name for an agent, such as "builder". */
  programId: string;
  displayName: string | null;
  role: string | null;
  color: string | null;
  groups: string[];
  tags: string[];
  /** ISO 8601 in UTC. */
  createdAt: string;
  /** Since when it is out of service; null: in service. */
  retiredAt: string | null;
}

/** How the agent came to know it. */
export type Provenance = 'explicit_statement' | 'inferred' | 'corrected' | 'validated' | 'observed' | 'imported';

/**
 * How memories were found. `text`: by the words of the query. `vector`: by meaning, where an embedding model is configured. `recent`: the
 * query had no word to look for, so the newest came.
 */
export type Ranking = 'text' | 'vector' | 'recent';

/** What `recall` takes. */
export interface RecallInput {
  /** The program. Absent: the session token's, else the caller's own. At most 50 characters. */
  programId?: string | undefined;
  /** At most 1000 characters. */
  query: string;
  /** Default 10. 1 to 50. */
  limit?: number | undefined;
  /** Only memories of these types. Not empty. */
  types?: MemoryType[] | undefined;
  /** Only memories that have all of these tags. 1 to 20 elements. */
  tags?: string[] | undefined;
  /** 0 to 1. */
  minConfidence?: number | undefined;
}

/** What `recall` answers. */
export interface RecallOutput {
  success: true;
  memories: Array<{
    /** The memory. */
    memoryId: string;
    /** The program: a stable name for an agent, such as "builder". */
    programId: string;
    /** The session. */
    sessionId: string;
    content: string;
    type: MemoryType;
    title: string;
    confidence: number;
    tags: string[];
    provenance: Provenance;
    /** ISO 8601 in UTC. */
    createdAt: string;
    /** Higher fits better; comparable within one answer only. */
    score: number;
  }>;
  ranking: Ranking;
}

/** What `remember` takes. */
export interface RememberInput {
  /** The program. Absent: the session token's, else the caller's own. At most 50 characters. */
  programId?: string | undefined;
  /** What to remember, in words that a later question may use. At most 10000 characters. */
  content?: string | undefined;
  /** Absent: fact. */
  type?: MemoryType | undefined;
  /** Absent: the beginning of the content. At most 100 characters. */
  title?: string | undefined;
  /** How sure the agent is, 0 to 1. Absent: 0.8. */
  confidence?: number | undefined;
  /** At most 20 elements. */
  tags?: string[] | undefined;
  /** Absent: explicit_statement. */
  provenance?: Provenance | undefined;
  /** A batch, instead of content and the fields beside it. 1 to 100 elements. */
  memories?: MemoryInput[] | undefined;
}

/** What `remember` answers. */
export interface RememberOutput {
  success: true;
  /** In the order in which they were given. */
  memoryIds: string[];
  /** The program: a stable name for an agent, such as "builder". */
  programId: string;
  message: 'Memory stored' | 'Memories stored';
}

/** What `removeMember` takes. */
export interface RemoveMemberInput {
  /** 1 to 128 characters. */
  memberId: string;
}

/** What `removeMember` answers. */
export interface RemoveMemberOutput {
  success: true;
  memberId: string;
}

/** What an agent may say of how its session ended; the others are for the clock and for successors to say. */
export type ReportedOutcome = 'completed' | 'errored' | 'killed';

/** What `restoreSession` takes. */
export interface RestoreSessionInput {
  /** The session. 1 to 100 characters. */
  sessionId: string;
}

/** What `restoreSession` answers. */
export interface RestoreSessionOutput {
  success: true;
  /** The session. */
  sessionId: string;
  message: 'Session restored' | 'Session already live';
  session: SessionView;
}

/** What `retireProgram` takes. */
export interface RetireProgramInput {
  /** The program: a stable name for an agent, such as "builder". At most 50 characters. */
  programId: string;
}

/** What `retireProgram` answers. */
export interface RetireProgramOutput {
  success: true;
  program: ProgramView;
  keysRevoked: number;
}

/** What `revokeKey` takes. */
export interface RevokeKeyInput {
  keyHash: string;
}

/** What `revokeKey` answers. */
export interface RevokeKeyOutput {
  success: true;
  keyHash: string;
  /** ISO 8601 in UTC. */
  revokedAt: string;
}

/**
 * What an identity may do in its account. `admin` manages everything but the programs' own state; `auditor` reads everything and writes
 * nothing; `program` is an agent.
 */
export type Role = 'program' | 'auditor' | 'admin';

/** What `rotateKey` takes. */
export interface RotateKeyInput {
  /** The key to replace. Absent: the key of this call. */
  keyHash?: string | undefined;
  /** How long the old key stays valid beside the new one. Default 0. 0 to 60. */
  graceMinutes?: number | undefined;
}

/** What `rotateKey` answers. */
export interface RotateKeyOutput {
  success: true;
  /** The program: a stable name for an agent, such as "builder". */
  programId: string;
  /** The key itself. It is shown this once. */
  key: string;
  keyHash: string;
  expiresAt: string | null;
  /** ISO 8601 in UTC. */
  oldKeyValidUntil: string;
}

export type SessionRecord = LiveSessionRecord | EndedSessionRecord;

/**
 * What an agent says of itself. `working`: executing. `blocked`: waits for a person, an agent or a dependency. `pinned`: kept for reference,
 * never ended or archived automatically. `complete`: over.
 */
export type SessionState = 'working' | 'blocked' | 'pinned' | 'complete';

/** A session at the doors. */
export interface SessionView {
  /** The session. */
  sessionId: string;
  /** Null: the session belongs to the account. */
  programId: string | null;
  name: string;
  /** The state that the agent last reported. */
  state: SessionState;
  status: string | null;
  progress: number | null;
  projectName: string | null;
  activity: Activity | null;
  tokens: TokenUsage | null;
  contextBytes: number | null;
  contextLimitBytes: number | null;
  /** The context is filling up: a fresh session should take over. */
  handoffRequired: boolean;
  expectedIntervalSeconds: number | null;
  /** ISO 8601 in UTC. */
  createdAt: string;
  /** Null: it never beat. */
  lastHeartbeat: string | null;
  /** "45s", "2m", "3h", "2d"; null: it never beat. */
  heartbeatAge: string | null;
  /** The last sign of life: beat, report or creation. */
  lastSeenAt: string;
  /** No sign of life for staleAfterSeconds. An ended session is never stale. */
  stale: boolean;
  staleAfterSeconds: number;
  /** End of its window; null: it has none. */
  expiresAt: string | null;
  endedAt: string | null;
  outcome: Outcome | null;
  archivedAt: string | null;
}

/** What `setMemberRole` takes. */
export interface SetMemberRoleInput {
  /** 1 to 128 characters. */
  memberId: string;
  role: MemberRole;
}

/** What `setMemberRole` answers. */
export interface SetMemberRoleOutput {
  success: true;
  memberId: string;
  role: MemberRole;
}

/** A task as a program remembers it. */
export interface TaskSummary {
  /** At most 100 characters. */
  taskId?: string | undefined;
  /** At most 200 characters. */
  title: string;
  /** Such as "completed", "in_progress", "blocked" or "deferred". At most 200 characters. */
  outcome?: string | undefined;
  /** At most 2000 characters. */
  notes?: string | undefined;
}

/** How many sessions an account may have live at once, by name. */
export type Tier = 'free' | 'pro' | 'team' | 'unlimited';

/** One moment of the fleet: the summary without its constant parts. */
export interface TimelinePoint {
  programs: number;
  healthy: number;
  stale: number;
  offline: number;
  working: number;
  blocked: number;
  pinned: number;
  activeSessions: number;
  /** ISO 8601 in UTC. */
  at: string;
}

/** Tokens that the session has used so far: totals, not differences. */
export interface TokenUsage {
  inputTokens: number;
  outputTokens: number;
}

/** What `updateAccount` takes. */
export interface UpdateAccountInput {
  /** Silence after which a session that announced no interval is stale. 1 to 43200. */
  staleAfterMinutes?: number | undefined;
  /** Silence after which a session is dead; not below staleAfterMinutes. 1 to 43200. */
  deadAfterMinutes?: number | undefined;
  /** The same for a blocked session, which waits for a person. 1 to 43200. */
  blockedDeadAfterMinutes?: number | undefined;
  /** Time between the end of a session and its archiving. 1 to 43200. */
  archiveAfterMinutes?: number | undefined;
  /** At most 200 characters. */
  name?: string | undefined;
  /** Operator only. */
  tier?: Tier | undefined;
  /** Operator only. Null: the tier decides. 1 to 1000. */
  sessionLimit?: number | null | undefined;
}

/** What `updateAccount` answers. */
export interface UpdateAccountOutput {
  success: true;
  account: AccountView;
}

/** What `updateProgram` takes. */
export interface UpdateProgramInput {
  /** At most 200 characters. */
  displayName?: string | null | undefined;
  /** What it is for, such as "reviewer". Gives no rights. At most 50 characters. */
  role?: string | null | undefined;
  color?: string | null | undefined;
  /** At most 20 elements. */
  groups?: string[] | undefined;
  /** At most 20 elements. */
  tags?: string[] | undefined;
  /** The program: a stable name for an agent, such as "builder". At most 50 characters. */
  programId: string;
}

/** What `updateProgram` answers. */
export interface UpdateProgramOutput {
  success: true;
  program: ProgramView;
}

/** What `updateProgramState` takes. */
export interface UpdateProgramStateInput {
  /** The program: a stable name for an agent, such as "builder". At most 50 characters. */
  programId: string;
  /** The session that writes. 1 to 100 characters. */
  sessionId?: string | undefined;
  contextSummary?: ContextSummaryPatch | undefined;
  /** Merged by id; sending one again reinforces it. At most 200 elements. */
  learnedPatterns?: PatternPatch[] | undefined;
  /** At most 200 elements. */
  removePatternIds?: string[] | undefined;
  config?: ConfigPatch | undefined;
  baselines?: BaselinesPatch | undefined;
  decay?: DecayPatch | undefined;
  /** Refuse with aborted when the state has another revision. 0: only when it was never written. */
  ifRevision?: number | undefined;
}

/** What `updateProgramState` answers. */
export interface UpdateProgramStateOutput {
  success: true;
  /** The program: a stable name for an agent, such as "builder". */
  programId: string;
  revision: number;
  message: 'Program state updated';
}

/** What `updateSession` takes. */
export interface UpdateSessionInput {
  /** What the agent is doing now, one line. At most 200 characters. */
  status: string;
  /** The session. Absent: the newest live session of the caller's program, at the price of one read. 1 to 100 characters. */
  sessionId?: string | undefined;
  /** Size of the context now. */
  contextBytes?: number | undefined;
  /** What the process is doing; "exited" ends the session. */
  activity?: Activity | null | undefined;
  /** Tokens used so far. */
  tokens?: TokenUsage | undefined;
  /** "complete" ends the session; "working" resumes a completed one. */
  state?: SessionState | undefined;
  /** How it ended, with state "complete" only. Absent: completed, and progress becomes 100 unless given. */
  outcome?: ReportedOutcome | undefined;
  /** Percentage, 0 to 100. */
  progress?: number | undefined;
  /** The project this session works on. At most 100 characters. */
  projectName?: string | undefined;
  /** True renews the heartbeat with the server's time. */
  lastHeartbeat?: boolean | undefined;
  /** Size of the context window; remembered. At least 1. */
  contextLimitBytes?: number | undefined;
  /** Overrules the share of the context from now on. */
  handoffRequired?: boolean | undefined;
  /** Seconds between this session's beats. Stale after 1.5 of them; absent: after the account's staleAfterMinutes. 30 to 3600. */
  expectedIntervalSeconds?: number | undefined;
}

/** What `updateSession` answers. */
export interface UpdateSessionOutput {
  success: true;
  /** The session. */
  sessionId: string;
  message: 'Session updated' | 'Session completed' | 'Session resumed' | 'Session already complete';
  /** When the heartbeat was renewed; absent: it was not. */
  heartbeatAt?: string;
  /** After this moment the session counts as stale; absent: the session is over. */
  nextHeartbeatBy?: string;
}

/** Any JSON. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
