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
  cleanupSessions: { name: 'cleanup_sessions', effect: 'idempotent' },
  commandSession: { name: 'command_session', effect: 'idempotent' },
  killSession: { name: 'kill_session', effect: 'destructive' },
  spawnSession: { name: 'spawn_session', effect: 'create' },
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
  getMessages: { name: 'get_messages', effect: 'idempotent' },
  getSentMessages: { name: 'get_sent_messages', effect: 'read' },
  sendMessage: { name: 'send_message', effect: 'create' },
  sendToSession: { name: 'send_to_session', effect: 'create' },
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
  claimTask: { name: 'claim_task', effect: 'idempotent' },
  completeTask: { name: 'complete_task', effect: 'idempotent' },
  createTask: { name: 'create_task', effect: 'create' },
  getTask: { name: 'get_task', effect: 'read' },
  getTasks: { name: 'get_tasks', effect: 'read' },
  unclaimTask: { name: 'unclaim_task', effect: 'idempotent' },
  exportAccount: { name: 'export_account', effect: 'read' },
  importAccount: { name: 'import_account', effect: 'idempotent' },
  listEvents: { name: 'list_events', effect: 'read' },
  createWebhook: { name: 'create_webhook', effect: 'create' },
  deleteWebhook: { name: 'delete_webhook', effect: 'destructive' },
  listDeliveries: { name: 'list_deliveries', effect: 'read' },
  listWebhooks: { name: 'list_webhooks', effect: 'read' },
  pingWebhook: { name: 'ping_webhook', effect: 'create' },
  resendEvent: { name: 'resend_event', effect: 'create' },
  listDevices: { name: 'list_devices', effect: 'read' },
  registerDevice: { name: 'register_device', effect: 'idempotent' },
  unregisterDevice: { name: 'unregister_device', effect: 'destructive' },
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
  | 'NOT_TARGET'
  | 'FOREIGN_ORIGIN'
  | 'OPERATOR_ONLY'
  | 'SESSION_UNKNOWN'
  | 'OPERATION_UNKNOWN'
  | 'PROGRAM_UNKNOWN'
  | 'MESSAGE_UNKNOWN'
  | 'KEY_UNKNOWN'
  | 'MEMBER_UNKNOWN'
  | 'EVENT_UNKNOWN'
  | 'WEBHOOK_UNKNOWN'
  | 'DEVICE_UNKNOWN'
  | 'TASK_UNKNOWN'
  | 'GROUP_EMPTY'
  | 'TASK_EXISTS'
  | 'MEMBER_EXISTS'
  | 'PROGRAM_EXISTS'
  | 'RECORD_EXISTS'
  | 'SESSION_ENDED'
  | 'SESSION_ARCHIVED'
  | 'NOT_RESTORABLE'
  | 'NO_CURRENT_SESSION'
  | 'NO_OPEN_WINDOW'
  | 'WINDOW_LIMIT'
  | 'SESSION_DRAINING'
  | 'ALREADY_CLAIMED'
  | 'TASK_EXPIRED'
  | 'TASK_DONE'
  | 'NOT_HOLDER'
  | 'LAST_ADMIN'
  | 'KEY_ROTATED'
  | 'KEY_NOT_ACTIVE'
  | 'WEBHOOK_DISABLED'
  | 'TOO_MANY_LIVE_SESSIONS'
  | 'SESSION_LIMIT'
  | 'PATTERN_LIMIT'
  | 'WEBHOOK_LIMIT'
  | 'DEVICE_LIMIT'
  | 'GROUP_TOO_LARGE'
  | 'REVISION_CONFLICT'
  | 'SUPERSEDED'
  | 'CONTENTION'
  | 'DATABASE_UNAVAILABLE'
  | 'NEWER_DOCUMENT'
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
   * @throws {QuarterdeckError} `failed-precondition` NOT_RESTORABLE: The session's work is merged: it is finished, and does not come back.
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
   * Reopen a session that has ended and is not merged, also when it is archived. A live one stays as it is.
   *
   * For programs and admins. Repeating it changes nothing more.
   *
   * @throws {QuarterdeckError} `not-found` SESSION_UNKNOWN.
   * @throws {QuarterdeckError} `permission-denied` NOT_OWNER: The thing belongs to another program of the account.
   * @throws {QuarterdeckError} `failed-precondition` NOT_RESTORABLE: The session's work is merged: it is finished, and does not come back.
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
   * Archive the sessions that are over now, of one project or of all. They can be restored.
   *
   * For programs and admins. Repeating it changes nothing more.
   *
   * @throws {QuarterdeckError} `invalid-argument` INVALID_PAGE_TOKEN: The page token does not name a place in this list.
   */
  cleanupSessions(input?: CleanupSessionsInput, options?: CallOptions): Promise<CleanupSessionsOutput>;

  /**
   * Tell a live session of your own to stop, or to drain, or take that back. Its agent obeys by itself; kill_session ends it at once.
   *
   * For programs and admins. Repeating it changes nothing more.
   *
   * @throws {QuarterdeckError} `not-found` SESSION_UNKNOWN.
   * @throws {QuarterdeckError} `failed-precondition` SESSION_ENDED: The session is over; `details` has its outcome and endedAt.
   * @throws {QuarterdeckError} `permission-denied` NOT_OWNER: The thing belongs to another program of the account.
   * @throws {QuarterdeckError} `aborted` CONTENTION: Too many writers at once; nothing was changed.
   */
  commandSession(input: CommandSessionInput, options?: CallOptions): Promise<CommandSessionOutput>;

  /**
   * Stop a session: it ends as killed, and its runner stops the agent. One that is over stays as it is.
   *
   * For programs and admins. Takes something away.
   *
   * @throws {QuarterdeckError} `not-found` SESSION_UNKNOWN.
   * @throws {QuarterdeckError} `permission-denied` NOT_OWNER: The thing belongs to another program of the account.
   * @throws {QuarterdeckError} `aborted` CONTENTION: Too many writers at once; nothing was changed.
   */
  killSession(input: KillSessionInput, options?: CallOptions): Promise<KillSessionOutput>;

  /**
   * Ask a runner to start an agent on a piece of work. The session is there at once, as spawning.
   *
   * For programs and admins. Makes something each time.
   *
   * @throws {QuarterdeckError} `permission-denied` NOT_OWNER: The thing belongs to another program of the account.
   * @throws {QuarterdeckError} `not-found` PROGRAM_UNKNOWN.
   * @throws {QuarterdeckError} `resource-exhausted` SESSION_LIMIT: The account's live sessions are at its limit; `details` has limit, active,
   * tier and holders.
   * @throws {QuarterdeckError} `aborted` CONTENTION: Too many writers at once; nothing was changed.
   */
  spawnSession(input: SpawnSessionInput, options?: CallOptions): Promise<SpawnSessionOutput>;

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
   * Read the messages that your program got, newest first: by default those that are not read yet.
   *
   * For programs, admins and auditors. Repeating it changes nothing more.
   *
   * @throws {QuarterdeckError} `permission-denied` NOT_OWNER: The thing belongs to another program of the account.
   * @throws {QuarterdeckError} `not-found` PROGRAM_UNKNOWN.
   * @throws {QuarterdeckError} `invalid-argument` INVALID_PAGE_TOKEN: The page token does not name a place in this list.
   * @throws {QuarterdeckError} `aborted` CONTENTION: Too many writers at once; nothing was changed.
   */
  getMessages(input?: GetMessagesInput, options?: CallOptions): Promise<GetMessagesOutput>;

  /**
   * See what your program has sent, newest first, and whether it was read.
   *
   * For programs, admins and auditors. Reads only.
   *
   * @throws {QuarterdeckError} `permission-denied` NOT_OWNER: The thing belongs to another program of the account.
   * @throws {QuarterdeckError} `invalid-argument` INVALID_PAGE_TOKEN: The page token does not name a place in this list.
   */
  getSentMessages(input?: GetSentMessagesInput, options?: CallOptions): Promise<GetSentMessagesOutput>;

  /**
   * Say something to a program, or to all programs of a group. They find it in get_messages.
   *
   * For programs and admins. Makes something each time.
   *
   * @throws {QuarterdeckError} `not-found` PROGRAM_UNKNOWN.
   * @throws {QuarterdeckError} `not-found` GROUP_EMPTY: No program in service belongs to the group that is named.
   * @throws {QuarterdeckError} `resource-exhausted` GROUP_TOO_LARGE: The group has more programs than a task, or a message, can be for.
   * @throws {QuarterdeckError} `not-found` MESSAGE_UNKNOWN: No such message was sent by the caller, or to it.
   * @throws {QuarterdeckError} `aborted` CONTENTION: Too many writers at once; nothing was changed.
   */
  sendMessage(input: SendMessageInput, options?: CallOptions): Promise<SendMessageOutput>;

  /**
   * Tell the agent of a live session what to do. Its program finds it in get_messages.
   *
   * For programs and admins. Makes something each time.
   *
   * @throws {QuarterdeckError} `not-found` SESSION_UNKNOWN.
   * @throws {QuarterdeckError} `failed-precondition` SESSION_ENDED: The session is over; `details` has its outcome and endedAt.
   * @throws {QuarterdeckError} `not-found` PROGRAM_UNKNOWN.
   * @throws {QuarterdeckError} `aborted` CONTENTION: Too many writers at once; nothing was changed.
   */
  sendToSession(input: SendToSessionInput, options?: CallOptions): Promise<SendToSessionOutput>;

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
   * Take a pending task. Exactly one claimer gets it; claiming what you hold already changes nothing.
   *
   * For programs and admins. Repeating it changes nothing more.
   *
   * @throws {QuarterdeckError} `not-found` TASK_UNKNOWN.
   * @throws {QuarterdeckError} `permission-denied` NOT_TARGET: The task is for another program or group: a program claims only what it is a
   * target of.
   * @throws {QuarterdeckError} `permission-denied` NOT_OWNER: The thing belongs to another program of the account.
   * @throws {QuarterdeckError} `failed-precondition` SESSION_DRAINING: The session that would hold the task was told to stop or to drain: it
   * takes nothing new. `details` has the command, by whom and since when.
   * @throws {QuarterdeckError} `failed-precondition` ALREADY_CLAIMED: Another program has claimed the task; `details` has who and since when.
   * @throws {QuarterdeckError} `failed-precondition` TASK_EXPIRED: The task's time to live is over: nobody can claim it any more.
   * @throws {QuarterdeckError} `failed-precondition` TASK_DONE: The task is over, with another outcome than the one given; `details` has it and
   * when.
   * @throws {QuarterdeckError} `not-found` SESSION_UNKNOWN.
   * @throws {QuarterdeckError} `failed-precondition` SESSION_ENDED: The session is over; `details` has its outcome and endedAt.
   * @throws {QuarterdeckError} `aborted` CONTENTION: Too many writers at once; nothing was changed.
   */
  claimTask(input: ClaimTaskInput, options?: CallOptions): Promise<ClaimTaskOutput>;

  /**
   * Say how a task that you hold ended. Its maker may cancel it while it waits.
   *
   * For programs and admins. Repeating it changes nothing more.
   *
   * @throws {QuarterdeckError} `not-found` TASK_UNKNOWN.
   * @throws {QuarterdeckError} `permission-denied` NOT_OWNER: The thing belongs to another program of the account.
   * @throws {QuarterdeckError} `failed-precondition` NOT_HOLDER: The task is not the caller's to end or to return: somebody else holds it now,
   * or nobody does.
   * @throws {QuarterdeckError} `failed-precondition` TASK_DONE: The task is over, with another outcome than the one given; `details` has it and
   * when.
   * @throws {QuarterdeckError} `aborted` CONTENTION: Too many writers at once; nothing was changed.
   */
  completeTask(input: CompleteTaskInput, options?: CallOptions): Promise<CompleteTaskOutput>;

  /**
   * Give a program, or whoever of a group claims it first, something to do.
   *
   * For programs and admins. Makes something each time.
   *
   * @throws {QuarterdeckError} `not-found` PROGRAM_UNKNOWN.
   * @throws {QuarterdeckError} `not-found` GROUP_EMPTY: No program in service belongs to the group that is named.
   * @throws {QuarterdeckError} `resource-exhausted` GROUP_TOO_LARGE: The group has more programs than a task, or a message, can be for.
   * @throws {QuarterdeckError} `already-exists` TASK_EXISTS: A task of this id exists, and is another one.
   * @throws {QuarterdeckError} `aborted` CONTENTION: Too many writers at once; nothing was changed.
   */
  createTask(input: CreateTaskInput, options?: CallOptions): Promise<CreateTaskOutput>;

  /**
   * Read a task with its instructions and result.
   *
   * For programs, admins and auditors. Reads only.
   *
   * @throws {QuarterdeckError} `not-found` TASK_UNKNOWN.
   * @throws {QuarterdeckError} `permission-denied` NOT_OWNER: The thing belongs to another program of the account.
   */
  getTask(input: GetTaskInput, options?: CallOptions): Promise<GetTaskOutput>;

  /**
   * See which tasks wait (most urgent first, then oldest), are claimed or are done (newest first).
   *
   * For programs, admins and auditors. Reads only.
   *
   * @throws {QuarterdeckError} `permission-denied` NOT_OWNER: The thing belongs to another program of the account.
   * @throws {QuarterdeckError} `invalid-argument` INVALID_PAGE_TOKEN: The page token does not name a place in this list.
   */
  getTasks(input?: GetTasksInput, options?: CallOptions): Promise<GetTasksOutput>;

  /**
   * Put a task that you hold back into the queue, for another to claim.
   *
   * For programs and admins. Repeating it changes nothing more.
   *
   * @throws {QuarterdeckError} `not-found` TASK_UNKNOWN.
   * @throws {QuarterdeckError} `permission-denied` NOT_OWNER: The thing belongs to another program of the account.
   * @throws {QuarterdeckError} `failed-precondition` NOT_HOLDER: The task is not the caller's to end or to return: somebody else holds it now,
   * or nobody does.
   * @throws {QuarterdeckError} `failed-precondition` TASK_DONE: The task is over, with another outcome than the one given; `details` has it and
   * when.
   * @throws {QuarterdeckError} `failed-precondition` TASK_EXPIRED: The task's time to live is over: nobody can claim it any more.
   * @throws {QuarterdeckError} `aborted` CONTENTION: Too many writers at once; nothing was changed.
   */
  unclaimTask(input: UnclaimTaskInput, options?: CallOptions): Promise<UnclaimTaskOutput>;

  /**
   * Read the whole account page by page, to keep it or to import it elsewhere; keys, members and webhooks are left out.
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

  /**
   * See what happened in the account: newest first, or from a moment on to catch up.
   *
   * For admins and auditors. Reads only.
   *
   * @throws {QuarterdeckError} `invalid-argument` INVALID_PAGE_TOKEN: The page token does not name a place in this list.
   */
  listEvents(input?: ListEventsInput, options?: CallOptions): Promise<ListEventsOutput>;

  /**
   * Have events sent to an address of yours. The secret that they are signed with is shown once.
   *
   * For admins. Makes something each time.
   *
   * @throws {QuarterdeckError} `resource-exhausted` WEBHOOK_LIMIT: The account has as many webhook endpoints as it may: delete one first.
   * @throws {QuarterdeckError} `aborted` CONTENTION: Too many writers at once; nothing was changed.
   */
  createWebhook(input: CreateWebhookInput, options?: CallOptions): Promise<CreateWebhookOutput>;

  /**
   * Stop sending events to an address. What is not delivered yet is not sent any more.
   *
   * For admins. Takes something away.
   *
   * @throws {QuarterdeckError} `not-found` WEBHOOK_UNKNOWN.
   * @throws {QuarterdeckError} `aborted` CONTENTION: Too many writers at once; nothing was changed.
   */
  deleteWebhook(input: DeleteWebhookInput, options?: CallOptions): Promise<DeleteWebhookOutput>;

  /**
   * See which events were sent to an address, and what came of it.
   *
   * For admins and auditors. Reads only.
   *
   * @throws {QuarterdeckError} `not-found` WEBHOOK_UNKNOWN.
   */
  listDeliveries(input: ListDeliveriesInput, options?: CallOptions): Promise<ListDeliveriesOutput>;

  /**
   * See where events are sent.
   *
   * For admins and auditors. Reads only.
   */
  listWebhooks(input?: ListWebhooksInput, options?: CallOptions): Promise<ListWebhooksOutput>;

  /**
   * Send a test message to an address now, and see what it answers.
   *
   * For admins. Makes something each time.
   *
   * @throws {QuarterdeckError} `not-found` WEBHOOK_UNKNOWN.
   * @throws {QuarterdeckError} `failed-precondition` WEBHOOK_DISABLED: The endpoint answered 410 and was given up: make another.
   */
  pingWebhook(input: PingWebhookInput, options?: CallOptions): Promise<PingWebhookOutput>;

  /**
   * Send an event to an address once more, as after an outage there. It has the same id again.
   *
   * For admins. Makes something each time.
   *
   * @throws {QuarterdeckError} `not-found` WEBHOOK_UNKNOWN.
   * @throws {QuarterdeckError} `failed-precondition` WEBHOOK_DISABLED: The endpoint answered 410 and was given up: make another.
   * @throws {QuarterdeckError} `not-found` EVENT_UNKNOWN.
   * @throws {QuarterdeckError} `aborted` CONTENTION: Too many writers at once; nothing was changed.
   */
  resendEvent(input: ResendEventInput, options?: CallOptions): Promise<ResendEventOutput>;

  /**
   * See which devices of yours are told of alerts.
   *
   * For programs, admins and auditors. Reads only.
   */
  listDevices(input?: ListDevicesInput, options?: CallOptions): Promise<ListDevicesOutput>;

  /**
   * Have alerts sent to a phone or browser of yours. Call it at every start of the app: tokens change.
   *
   * For programs, admins and auditors. Repeating it changes nothing more.
   *
   * @throws {QuarterdeckError} `resource-exhausted` DEVICE_LIMIT: The caller, or its account, has as many devices as it may: unregister one
   * first.
   * @throws {QuarterdeckError} `aborted` CONTENTION: Too many writers at once; nothing was changed.
   */
  registerDevice(input: RegisterDeviceInput, options?: CallOptions): Promise<RegisterDeviceOutput>;

  /**
   * Stop sending alerts to a device of yours.
   *
   * For programs, admins and auditors. Takes something away.
   *
   * @throws {QuarterdeckError} `not-found` DEVICE_UNKNOWN: The caller has registered no such device, or another has registered it since.
   * @throws {QuarterdeckError} `aborted` CONTENTION: Too many writers at once; nothing was changed.
   */
  unregisterDevice(input: UnregisterDeviceInput, options?: CallOptions): Promise<UnregisterDeviceOutput>;
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

/** What the agent's own tool says of the session. */
export interface AgentInfo {
  /** At most 500 characters. */
  summary: string | null;
  /** The session's name in that tool, to take it up again. At most 200 characters. */
  agentSessionId: string | null;
  /** Totals so far. */
  cost: {
    inputTokens: number;
    outputTokens: number;
    estimatedCostUsd: number;
  } | null;
}

/** The same, as a caller says it. */
export interface AgentInfoInput {
  /** Default null. At most 500 characters. */
  summary?: string | null | undefined;
  /** The session's name in that tool, to take it up again. Default null. At most 200 characters. */
  agentSessionId?: string | null | undefined;
  /** Totals so far. Default null. */
  cost?:
    | {
        inputTokens: number;
        outputTokens: number;
        estimatedCostUsd: number;
      }
    | null
    | undefined;
}

/** What a device can be told of. A recovery is told to those devices that were told of the silence. */
export type AlertType = 'session.stale' | 'session.recovered' | 'session.blocked' | 'session.ended';

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
  /** Tasks that wait for the program, its groups' included. */
  pendingTasks: number;
  /** Messages that wait to be read. */
  pendingMessages: number;
  /** The newest of them, up to 10. They stay unread. */
  messages: MessageView[];
  /** The first of them, most urgent first, up to 10. */
  tasks: TaskRowView[];
  programState: ProgramStateView;
}

/** What `claimTask` takes. */
export interface ClaimTaskInput {
  /** The task. 1 to 100 characters. */
  taskId: string;
  /** The program that gets it. Absent: the caller's own. At most 50 characters. */
  programId?: string | undefined;
  /**
   * The live session that holds it: with its end the task returns to the queue. Absent: the program's current one, if it has one. 1 to 100
   * characters.
   */
  sessionId?: string | undefined;
}

/** What `claimTask` answers. */
export interface ClaimTaskOutput {
  success: true;
  message: 'Task claimed' | 'Task is claimed by this program already';
  task: TaskView;
}

/** What `cleanupSessions` takes. */
export interface CleanupSessionsInput {
  /** Only sessions of this projectName. At most 100 characters. */
  projectId?: string | undefined;
  /** True: say what would be archived, and change nothing. Default false. */
  dryRun?: boolean | undefined;
  /** nextPageToken of the page before. Absent: the first page. At most 1000 characters. */
  pageToken?: string | undefined;
}

/** What `cleanupSessions` answers. */
export interface CleanupSessionsOutput {
  success: true;
  /** Archived now, or with dryRun what would be. */
  cleaned: string[];
  /** Came back to life, or were archived, at this very moment. */
  skipped: string[];
  /** Absent: nothing is left. One call looks at 100 sessions. */
  nextPageToken?: string;
}

/** What `commandSession` takes. */
export interface CommandSessionInput {
  /** The session. 1 to 100 characters. */
  sessionId: string;
  /** stop: end what you do, tidy up and complete. drain: finish what you have, take nothing new. Null takes back what waits. */
  command: SessionCommand | null;
}

/** What `commandSession` answers. */
export interface CommandSessionOutput {
  success: true;
  /** The session. */
  sessionId: string;
  message: 'Session commanded' | 'Command taken back' | 'Nothing changed';
  session: SessionView;
}

/** What `completeTask` takes. */
export interface CompleteTaskInput {
  /** The task. 1 to 100 characters. */
  taskId: string;
  outcome: TaskOutcome;
  /** What came of it. At most 4000 characters. */
  result?: string | undefined;
  /** The attempt that ended, as claim_task answered it: refused when there is a newer one. Absent: any. */
  attempt?: number | undefined;
}

/** What `completeTask` answers. */
export interface CompleteTaskOutput {
  success: true;
  message: 'Task completed' | 'Task was completed before';
  task: TaskView;
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
  /** Moves the state along: a terminal one ends the session, needs_input and stuck mean blocked, the others working. */
  lifecycle?: Lifecycle | undefined;
  /** At most 250 characters. */
  branch?: string | null | undefined;
  /** At most 100 characters. */
  issueId?: string | null | undefined;
  /** Its pull request. */
  pr?: PullRequestInput | null | undefined;
  /** At most 500 characters. */
  workspacePath?: string | null | undefined;
  /** How to reach the agent's environment. */
  runtimeHandle?: RuntimeHandleInput | null | undefined;
  /** What the agent's own tool says of the session. */
  agentInfo?: AgentInfoInput | null | undefined;
  /** Labels, merged key by key; null removes one. At most 50 stay. */
  metadata?: Record<string, string | null> | undefined;
}

/** What `createSession` answers. */
export interface CreateSessionOutput {
  success: true;
  /** The session. */
  sessionId: string;
  message: 'Session created' | 'Session updated' | 'Session resumed';
  session: SessionView;
}

/** What `createTask` takes. */
export interface CreateTaskInput {
  /** What has to be done, one line. At most 200 characters. */
  title: string;
  /** A program, such as "builder", or a group of programs, such as "group:reviewers". At most 56 characters. */
  target: string;
  /** All that its holder needs to know. At most 4000 characters. */
  instructions?: string | undefined;
  /** Default "normal". */
  priority?: TaskPriority | undefined;
  /** Seconds for which it can be claimed; then it is cancelled. Absent: it waits for ever. 60 to 2592000. */
  ttlSeconds?: number | undefined;
  /** An id of your own: the same call again makes no second task. Absent: the server makes one. 1 to 100 characters. */
  taskId?: string | undefined;
}

/** What `createTask` answers. */
export interface CreateTaskOutput {
  success: true;
  /** The task. */
  taskId: string;
  message: 'Task created' | 'Task exists already';
  task: TaskView;
}

/** What `createWebhook` takes. */
export interface CreateWebhookInput {
  /** https://…, at a public address, on port 443 or from 1024 on. At most 2000 characters. */
  url: string;
  /**
   * What is sent. By default the alerts: a session is stale, recovered, blocked or ended. Default
   * ["session.stale","session.recovered","session.blocked","session.ended"]. 1 to 30 elements.
   */
  eventTypes?: WebhookEventType[] | undefined;
  /** At most 200 characters. */
  description?: string | undefined;
}

/** What `createWebhook` answers. */
export interface CreateWebhookOutput {
  success: true;
  /** The endpoint. */
  webhookId: string;
  /** "whsec_…", for verifying signatures. It is shown this once. */
  secret: string;
  webhook: WebhookView;
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

/** What `deleteWebhook` takes. */
export interface DeleteWebhookInput {
  /** The endpoint. */
  webhookId: string;
}

/** What `deleteWebhook` answers. */
export interface DeleteWebhookOutput {
  success: true;
  /** The endpoint. */
  webhookId: string;
}

/**
 * Where a delivery stands. `waiting`: for its next attempt. `sending`: an attempt is under way. `delivered`: it was answered with 2xx.
 * `failed`: given up. `canceled`: there was nothing to send, or nowhere to.
 */
export type DeliveryStatus = 'waiting' | 'sending' | 'delivered' | 'failed' | 'canceled';

export interface DeliveryView {
  /** The event. Who is told of it twice knows it by this. */
  eventId: string;
  type: EventType;
  status: DeliveryStatus;
  /** Attempts since the event happened, or was last sent again. */
  attempts: number;
  /** ISO 8601 in UTC. */
  createdAt: string;
  lastAttemptAt: string | null;
  /** Null: there is none to come. */
  nextAttemptAt: string | null;
  /** HTTP status of the last answer; null: there was none. */
  lastStatus: number | null;
  /** What went wrong in the last attempt; null: nothing. */
  lastError: string | null;
}

export type DevicePlatform = 'web' | 'ios' | 'android';

/** A device as its owner sees it: without its token. */
export interface DeviceView {
  /** The device. */
  deviceId: string;
  platform: DevicePlatform;
  label: string | null;
  eventTypes: AlertType[];
  /** ISO 8601 in UTC. */
  createdAt: string;
  /** When it was registered last; within a day the first time counts. */
  refreshedAt: string;
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
  /** At most 250 characters. */
  branch?: string | null | undefined;
  /** At most 100 characters. */
  issueId?: string | null | undefined;
  pr?: PullRequest | null | undefined;
  /** At most 500 characters. */
  workspacePath?: string | null | undefined;
  runtimeHandle?: RuntimeHandle | null | undefined;
  agentInfo?: AgentInfo | null | undefined;
  metadata?: Record<string, string> | undefined;
  restoredAt?: string | null | undefined;
  createdAt: string;
  startedAt: string;
  lastHeartbeat: string | null;
  lastActivityAt: string;
  state: 'complete';
  /** Absent: the nearest to its outcome. */
  lifecycle?: TerminalLifecycle | undefined;
  endedAt: string;
  outcome: Outcome;
  archivedAt: string | null;
}

/** Something that happened, as it was told. It is kept, and not told again. */
export interface EventRecord {
  kind: 'event';
  /** The event. Who is told of it twice knows it by this. */
  id: string;
  type: EventType;
  time: string;
  /** At most 200 characters. */
  subject: string;
  /** At most 200 characters. */
  actor: string;
  data: Record<string, string | number | boolean | null>;
}

export type EventType =
  | 'account.created'
  | 'account.updated'
  | 'member.invited'
  | 'member.joined'
  | 'member.role_changed'
  | 'member.removed'
  | 'program.created'
  | 'program.updated'
  | 'program.retired'
  | 'key.created'
  | 'key.rotated'
  | 'key.revoked'
  | 'session.started'
  | 'session.state_changed'
  | 'session.lifecycle_changed'
  | 'session.spawn_requested'
  | 'session.commanded'
  | 'session.extended'
  | 'session.stale'
  | 'session.recovered'
  | 'session.ended'
  | 'message.sent'
  | 'task.created'
  | 'task.claimed'
  | 'task.released'
  | 'task.completed'
  | 'webhook.created'
  | 'webhook.deleted'
  | 'webhook.disabled';

/** An event as it is listed. */
export interface EventView {
  /** The event. Who is told of it twice knows it by this. */
  id: string;
  type: EventType;
  /** ISO 8601 in UTC. */
  time: string;
  /** What it is about: session/…, key/…, program/…, member/…, webhook/…, account. */
  subject: string;
  /** Who caused it: program/…, person/…, or sweep. */
  actor: string;
  data: Record<string, string | number | boolean | null>;
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
  | MemoryRecord
  | TaskRecord
  | MessageRecord
  | EventRecord
  | FleetDayRecord;

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

/** A day of the timeline in UTC: a point for each minute in which the fleet was looked at. */
export interface FleetDayRecord {
  kind: 'fleet_day';
  day: string;
  /** 1 to 1440 elements. */
  points: Array<{
    at: string;
    programs: number;
    healthy: number;
    stale: number;
    offline: number;
    working: number;
    blocked: number;
    pinned: number;
    activeSessions: number;
    /** Null: it was not counted then. */
    load: {
      working: number;
      blocked: number;
      pinned: number;
      /** Live sessions that are silent, whatever they last said. */
      stale: number;
      pendingTasks: number;
      pendingMessages: number;
    } | null;
  }>;
}

/** How much is going on: sessions by what they last said, those that are silent, and what waits. */
export interface FleetLoad {
  working: number;
  blocked: number;
  pinned: number;
  /** Live sessions that are silent, whatever they last said. */
  stale: number;
  pendingTasks: number;
  pendingMessages: number;
}

export interface FleetRowView {
  /** The program: a stable name for an agent, such as "builder". */
  programId: string;
  lastHeartbeat: string | null;
  /** "45s", "2m", "3h", "2d"; null: it never beat. */
  heartbeatAge: string | null;
  /** The last sign of life: beat, report or creation of a session. */
  lastSeenAt: string | null;
  /** Messages that wait to be read by it, as of computedAt. */
  pendingMessages: number;
  /** Tasks that wait for it, its groups' included, as of computedAt. */
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

/** What `getMessages` takes. */
export interface GetMessagesInput {
  /** Whose inbox. Absent: the caller's own. At most 50 characters. */
  programId?: string | undefined;
  /** Default true. */
  unreadOnly?: boolean | undefined;
  /** Only of this thread. */
  threadId?: string | undefined;
  /** Mark those that are answered as read. An answer can get lost, so do it once you have them: with the second call. Default false. */
  markAsRead?: boolean | undefined;
  /** Default 10. 1 to 50. */
  limit?: number | undefined;
  /** nextPageToken of the page before. Absent: the first page. At most 1000 characters. */
  pageToken?: string | undefined;
}

/** What `getMessages` answers. */
export interface GetMessagesOutput {
  success: true;
  /** The program: a stable name for an agent, such as "builder". */
  programId: string;
  messages: MessageView[];
  /** Messages that are not read and not expired, before this call marked any. */
  pendingMessages: number;
  /** Absent: this is the last page. */
  nextPageToken?: string;
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

/** What `getSentMessages` takes. */
export interface GetSentMessagesInput {
  /** Whose. Absent: the caller's own. At most 50 characters. */
  programId?: string | undefined;
  /** Default 10. 1 to 50. */
  limit?: number | undefined;
  /** nextPageToken of the page before. Absent: the first page. At most 1000 characters. */
  pageToken?: string | undefined;
}

/** What `getSentMessages` answers. */
export interface GetSentMessagesOutput {
  success: true;
  /** The program: a stable name for an agent, such as "builder". */
  programId: string;
  messages: MessageView[];
  /** Absent: this is the last page. */
  nextPageToken?: string;
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
  /** What a runner was asked to start, for the session's program and overseers. Absent: nobody asked, or you are neither. */
  spawnRequest?: SpawnRequestView;
}

/** What `getTask` takes. */
export interface GetTaskInput {
  /** The task. 1 to 100 characters. */
  taskId: string;
}

/** What `getTask` answers. */
export interface GetTaskOutput {
  success: true;
  task: TaskView;
}

/** What `getTasks` takes. */
export interface GetTasksInput {
  /** Default "pending". */
  status?: TaskStatus | 'all' | undefined;
  /** Only tasks for this program, its groups' included, or for this group. Absent: your own; admins and auditors: all. At most 56 characters. */
  target?: string | undefined;
  /** True: only tasks for your own program, as target would say. */
  mine?: boolean | undefined;
  /** Only tasks that this program made, instead of tasks for a target. At most 50 characters. */
  createdBy?: string | undefined;
  /** Default 10. 1 to 50. */
  limit?: number | undefined;
  /** nextPageToken of the page before. Absent: the first page. At most 1000 characters. */
  pageToken?: string | undefined;
}

/** What `getTasks` answers. */
export interface GetTasksOutput {
  success: true;
  tasks: TaskRowView[];
  /** Absent: this is the last page. */
  nextPageToken?: string;
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
  /** True: answer what waits for the agent as well, at the price of two reads, at times three. Default false. */
  includeInbox?: boolean | undefined;
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
  /** What waits for the agent; absent: includeInbox did not ask for it. */
  inbox?: Inbox;
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

/** What waits for an agent, as a report is answered that asks for it. */
export interface Inbox {
  /** Messages to the session's program that are neither read nor expired. */
  pendingMessages: number;
  /** Tasks that the session's program may claim. */
  pendingTasks: number;
  /** stop: end what you do, tidy up and complete. drain: finish what you have, take nothing new. Null: none waits. */
  command: SessionCommand | null;
}

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

/** What `killSession` takes. */
export interface KillSessionInput {
  /** The session. 1 to 100 characters. */
  sessionId: string;
}

/** What `killSession` answers. */
export interface KillSessionOutput {
  success: true;
  /** The session. */
  sessionId: string;
  message: 'Session killed' | 'Session already over';
  session: SessionView;
}

/**
 * Where a session stands in the eyes of an orchestrator, from the spawning of its agent over the stages of its pull request to its end. It
 * moves together with the state: see lifecycle.ts.
 */
export type Lifecycle =
  | 'spawning'
  | 'working'
  | 'pr_open'
  | 'ci_failed'
  | 'review_pending'
  | 'changes_requested'
  | 'approved'
  | 'mergeable'
  | 'merged'
  | 'cleanup'
  | 'needs_input'
  | 'stuck'
  | 'errored'
  | 'killed'
  | 'done'
  | 'terminated';

/** What `listDeliveries` takes. */
export interface ListDeliveriesInput {
  /** The endpoint. */
  webhookId: string;
  /** Default 20. 1 to 100. */
  limit?: number | undefined;
}

/** What `listDeliveries` answers. */
export interface ListDeliveriesOutput {
  success: true;
  deliveries: DeliveryView[];
}

/** What `listDevices` takes. */
export type ListDevicesInput = Record<string, never>;

/** What `listDevices` answers. */
export interface ListDevicesOutput {
  success: true;
  devices: DeviceView[];
}

/** What `listEvents` takes. */
export interface ListEventsInput {
  /** Absent: all. 1 to 29 elements. */
  types?: EventType[] | undefined;
  /** What the events are about, such as "session/payment-refactor". At most 200 characters. */
  subject?: string | undefined;
  /** From this moment on, oldest first. Absent: newest first. */
  after?: string | undefined;
  /** Default 50. 1 to 100. */
  limit?: number | undefined;
  /** nextPageToken of the page before. Absent: the first page. At most 1000 characters. */
  pageToken?: string | undefined;
}

/** What `listEvents` answers. */
export interface ListEventsOutput {
  success: true;
  events: EventView[];
  /** For "after", once there is no next page. It lies a little back, so some events come again. */
  cursor: string;
  nextPageToken?: string;
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

/** What `listWebhooks` takes. */
export type ListWebhooksInput = Record<string, never>;

/** What `listWebhooks` answers. */
export interface ListWebhooksOutput {
  success: true;
  webhooks: WebhookView[];
}

/** Lifecycles of a session that is not over. */
export type LiveLifecycle =
  | 'spawning'
  | 'working'
  | 'pr_open'
  | 'ci_failed'
  | 'review_pending'
  | 'changes_requested'
  | 'approved'
  | 'mergeable'
  | 'needs_input'
  | 'stuck';

/** A session that lives, without its window: a window belongs to a token. Nor with its spawn request: that belongs to a runner. */
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
  /** At most 250 characters. */
  branch?: string | null | undefined;
  /** At most 100 characters. */
  issueId?: string | null | undefined;
  pr?: PullRequest | null | undefined;
  /** At most 500 characters. */
  workspacePath?: string | null | undefined;
  runtimeHandle?: RuntimeHandle | null | undefined;
  agentInfo?: AgentInfo | null | undefined;
  metadata?: Record<string, string> | undefined;
  restoredAt?: string | null | undefined;
  createdAt: string;
  startedAt: string;
  lastHeartbeat: string | null;
  lastActivityAt: string;
  state: LiveState;
  /** Absent: the nearest to its state. */
  lifecycle?: LiveLifecycle | undefined;
  staleSince: string | null;
  /** Absent: none waits. */
  command?:
    | {
        name: SessionCommand;
        by: string;
        at: string;
      }
    | null
    | undefined;
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

/** A message as one program got it. */
export interface MessageRecord {
  kind: 'message';
  /** The message. */
  messageId: string;
  /** The program: a stable name for an agent, such as "builder". At most 50 characters. */
  programId: string;
  /** A program, or "group:" and the name of a group: each of its programs gets the message, but not the sender. At most 56 characters. */
  target: string;
  /** At most 50 characters. */
  from: string | null;
  /** At most 200 characters. */
  sender: string;
  /** 1 to 100 characters. */
  sessionId: string | null;
  /** What belongs together. Absent: that of the message replied to, else a new one. */
  threadId: string;
  replyTo: string | null;
  /** What to say. At most 2000 characters. */
  message: string;
  messageType: MessageType;
  priority: TaskPriority;
  sentAt: string;
  expiresAt: string;
  readAt: string | null;
}

/** What a message is for, as programs tell each other. */
export type MessageType = 'PING' | 'PONG' | 'HANDSHAKE' | 'DIRECTIVE' | 'STATUS' | 'ACK' | 'QUERY' | 'RESULT';

/** A message at the doors. */
export interface MessageView {
  /** The message. */
  messageId: string;
  /** Who gets it. */
  programId: string;
  /** What the sender named: the program, or a group. */
  target: string;
  /** Null: a person. */
  from: string | null;
  /** The session that it is meant for; null: whichever reads it. */
  sessionId: string | null;
  threadId: string;
  replyTo: string | null;
  message: string;
  messageType: MessageType;
  priority: TaskPriority;
  /** ISO 8601 in UTC. */
  sentAt: string;
  /** ISO 8601 in UTC. */
  expiresAt: string;
  /** Null: not read. */
  readAt: string | null;
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

/** What `pingWebhook` takes. */
export interface PingWebhookInput {
  /** The endpoint. */
  webhookId: string;
}

/** What `pingWebhook` answers. */
export interface PingWebhookOutput {
  success: true;
  /** The endpoint. */
  webhookId: string;
  /** True: it answered with 2xx. */
  delivered: boolean;
  /** HTTP status of the answer; null: there was none. */
  status: number | null;
  /** What went wrong; null: nothing. */
  error: string | null;
  durationMs: number;
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

/** The pull request of a session. */
export interface PullRequest {
  /** At least 1. */
  number: number;
  url: string;
  /** At most 300 characters. */
  title: string | null;
  isDraft: boolean;
}

/** The same, as a caller says it. */
export interface PullRequestInput {
  /** At least 1. */
  number: number;
  url: string;
  /** Default null. At most 300 characters. */
  title?: string | null | undefined;
  /** Default false. */
  isDraft?: boolean | undefined;
}

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

/** What `registerDevice` takes. */
export interface RegisterDeviceInput {
  /**
   * The registration token that Firebase Cloud Messaging gave the app: getToken() on the web, the delegate's or service's token on phones. At
   * most 4096 characters.
   */
  token: string;
  platform: DevicePlatform;
  /** What you call the device. Omitted: as it was. At most 100 characters. */
  label?: string | undefined;
  /** The alerts that it is told of. Omitted: as it was, and at first all of them. 1 to 4 elements. */
  eventTypes?: AlertType[] | undefined;
}

/** What `registerDevice` answers. */
export interface RegisterDeviceOutput {
  success: true;
  /** The device. */
  deviceId: string;
  device: DeviceView;
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

/** What `resendEvent` takes. */
export interface ResendEventInput {
  /** The endpoint. */
  webhookId: string;
  /** The event. Who is told of it twice knows it by this. */
  eventId: string;
}

/** What `resendEvent` answers. */
export interface ResendEventOutput {
  success: true;
  delivery: DeliveryView;
}

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

/** How to reach the environment that an agent runs in: a process, a terminal multiplexer, a container. */
export interface RuntimeHandle {
  /** Its name in the runtime: a process id, a container. At most 200 characters. */
  id: string;
  /** "process", "tmux", "docker". At most 50 characters. */
  runtimeName: string;
  data: Record<string, string>;
}

/** The same, as a caller says it. */
export interface RuntimeHandleInput {
  /** Its name in the runtime: a process id, a container. At most 200 characters. */
  id: string;
  /** "process", "tmux", "docker". At most 50 characters. */
  runtimeName: string;
  /** Default {}. */
  data?: Record<string, string> | undefined;
}

/** What `sendMessage` takes. */
export interface SendMessageInput {
  /** A program, or "group:" and the name of a group: each of its programs gets the message, but not the sender. At most 56 characters. */
  target: string;
  /** What to say. At most 2000 characters. */
  message: string;
  /** Default "STATUS". */
  messageType?: MessageType | undefined;
  /** Default "normal". */
  priority?: TaskPriority | undefined;
  /** The session of the program that it is meant for. Absent: whichever reads it. 1 to 100 characters. */
  sessionId?: string | undefined;
  /** What belongs together. Absent: that of the message replied to, else a new one. */
  threadId?: string | undefined;
  /** A message that you got or sent. */
  replyTo?: string | undefined;
  /** After so many seconds nobody gets it any more. Default 86400. 60 to 2592000. */
  ttlSeconds?: number | undefined;
}

/** What `sendMessage` answers. */
export interface SendMessageOutput {
  success: true;
  /** The message; in a group, each program has its own, which begins with this. */
  messageId: string;
  threadId: string;
  /** Who gets it. */
  recipients: string[];
  /** ISO 8601 in UTC. */
  sentAt: string;
  /** ISO 8601 in UTC. */
  expiresAt: string;
}

/** What `sendToSession` takes. */
export interface SendToSessionInput {
  /** The session. 1 to 100 characters. */
  sessionId: string;
  /** What to say. At most 2000 characters. */
  message: string;
}

/** What `sendToSession` answers. */
export interface SendToSessionOutput {
  success: true;
  /** The message; in a group, each program has its own, which begins with this. */
  messageId: string;
  threadId: string;
  /** Who gets it. */
  recipients: string[];
  /** ISO 8601 in UTC. */
  sentAt: string;
  /** ISO 8601 in UTC. */
  expiresAt: string;
}

/**
 * What somebody wants an agent to do with its session. `stop`: end what you do, tidy up, and complete. `drain`: finish what you have, and take
 * nothing new.
 */
export type SessionCommand = 'stop' | 'drain';

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
  /** Where it stands in the eyes of an orchestrator; moves together with the state. */
  lifecycle: Lifecycle;
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
  branch: string | null;
  issueId: string | null;
  pr: PullRequest | null;
  workspacePath: string | null;
  runtimeHandle: RuntimeHandle | null;
  agentInfo: AgentInfo | null;
  metadata: Record<string, string>;
  /** When it last came back after its end; null: never. */
  restoredAt: string | null;
  /** When a runner was asked to start it; null: it registered by itself. */
  spawnRequestedAt: string | null;
  /** What its agent was told to do; null: nothing but its work, or it is over. */
  command: WaitingCommandView | null;
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

/** A spawn request at the doors, for the session's own program and those who oversee the account. */
export interface SpawnRequestView {
  /** What the agent is told first. */
  prompt: string | null;
  /** Which agent is to run; null: the runner decides. */
  agent: string | null;
  /** ISO 8601 in UTC. */
  requestedAt: string;
}

/** What `spawnSession` takes. */
export interface SpawnSessionInput {
  /** The project; the session's projectName, and the beginning of its id. At most 80 characters. */
  projectId: string;
  /** The issue that the session works on. At most 100 characters. */
  issueId?: string | undefined;
  /** Git branch that the session works on. At most 250 characters. */
  branch?: string | undefined;
  /** What the agent is told first. At most 10000 characters. */
  prompt?: string | undefined;
  /** Which agent. Absent: the runner decides. At most 50 characters. */
  agent?: string | undefined;
  /** The program it belongs to. Absent: the caller's own. At most 50 characters. */
  programId?: string | undefined;
  /** Labels. */
  metadata?: Record<string, string> | undefined;
}

/** What `spawnSession` answers. */
export interface SpawnSessionOutput {
  success: true;
  /** The next free one of the project: "my-app-3". */
  sessionId: string;
  message: 'Session spawning';
  session: SessionView;
}

/** How a task ended. `SKIPPED`: there was nothing to do. `CANCELLED`: nobody should do it any more, or its time to live is over. */
export type TaskOutcome = 'SUCCESS' | 'FAILED' | 'SKIPPED' | 'CANCELLED';

/** The most urgent is claimed first, and the oldest among equals. */
export type TaskPriority = 'low' | 'normal' | 'high';

/** A task with everything that was said of it. Where it stands in the queue, and when the database removes it, is made again. */
export interface TaskRecord {
  kind: 'task';
  /** The task. 1 to 100 characters. */
  taskId: string;
  /** What has to be done, one line. At most 200 characters. */
  title: string;
  /** A program, such as "builder", or a group of programs, such as "group:reviewers". At most 56 characters. */
  target: string;
  /** Who may claim it: the programs that the target meant when it was made, after the group itself, if it is one. 1 to 1001 elements. */
  targets: string[];
  /** At most 4000 characters. */
  instructions: string | null;
  priority: TaskPriority;
  status: TaskStatus;
  attempt: number;
  createdAt: string;
  /** At most 200 characters. */
  createdBy: string;
  /** At most 50 characters. */
  creatorProgramId: string | null;
  expiresAt: string | null;
  /** At most 50 characters. */
  claimedBy: string | null;
  /** 1 to 100 characters. */
  sessionId: string | null;
  claimedAt: string | null;
  /** At most 50 characters. */
  lastClaimedBy: string | null;
  outcome: TaskOutcome | null;
  /** At most 4000 characters. */
  result: string | null;
  completedAt: string | null;
  /** At most 200 characters. */
  completedBy: string | null;
}

/** A task in a list. */
export interface TaskRowView {
  /** The task. */
  taskId: string;
  title: string;
  target: string;
  priority: TaskPriority;
  status: TaskStatus;
  /** How often it was claimed. */
  attempt: number;
  /** ISO 8601 in UTC. */
  createdAt: string;
  /** "program/builder" or "person/<uid>". */
  createdBy: string;
  /** From then on nobody can claim it; null: it has no time to live. */
  expiresAt: string | null;
  /** The program that holds it; null: none. */
  claimedBy: string | null;
  /** The session that holds it; null: none, so that nothing returns it to the queue. */
  sessionId: string | null;
  claimedAt: string | null;
  outcome: TaskOutcome | null;
  completedAt: string | null;
  /** "sweep": its time to live was over. */
  completedBy: string | null;
}

/** `pending`: waits in the queue. `claimed`: a program works on it. `done`: over, with an outcome. */
export type TaskStatus = 'pending' | 'claimed' | 'done';

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

/** A task with everything that was said of it. */
export interface TaskView {
  /** The task. */
  taskId: string;
  title: string;
  target: string;
  priority: TaskPriority;
  status: TaskStatus;
  /** How often it was claimed. */
  attempt: number;
  /** ISO 8601 in UTC. */
  createdAt: string;
  /** "program/builder" or "person/<uid>". */
  createdBy: string;
  /** From then on nobody can claim it; null: it has no time to live. */
  expiresAt: string | null;
  /** The program that holds it; null: none. */
  claimedBy: string | null;
  /** The session that holds it; null: none, so that nothing returns it to the queue. */
  sessionId: string | null;
  claimedAt: string | null;
  outcome: TaskOutcome | null;
  completedAt: string | null;
  /** "sweep": its time to live was over. */
  completedBy: string | null;
  instructions: string | null;
  result: string | null;
}

/** Lifecycles of a session that is over. `merged` is final; a session with any other can be restored. */
export type TerminalLifecycle = 'merged' | 'cleanup' | 'errored' | 'killed' | 'done' | 'terminated';

/** How many sessions an account may have live at once, by name. */
export type Tier = 'free' | 'pro' | 'team' | 'unlimited';

/** One moment of the fleet: counts of programs, and the load. */
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
  /** Counts of sessions, tasks and messages; null: they were not counted then. */
  load: FleetLoad | null;
}

/** Tokens that the session has used so far: totals, not differences. */
export interface TokenUsage {
  inputTokens: number;
  outputTokens: number;
}

/** What `unclaimTask` takes. */
export interface UnclaimTaskInput {
  /** The task. 1 to 100 characters. */
  taskId: string;
}

/** What `unclaimTask` answers. */
export interface UnclaimTaskOutput {
  success: true;
  message: 'Task returned' | 'Task was not claimed' | 'Task cancelled: its time to live is over';
  task: TaskView;
}

/** What `unregisterDevice` takes. */
export interface UnregisterDeviceInput {
  /** The device. */
  deviceId: string;
}

/** What `unregisterDevice` answers. */
export interface UnregisterDeviceOutput {
  success: true;
  /** The device. */
  deviceId: string;
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
  /** True: answer what waits for the agent as well, at the price of two reads, at times three. Default false. */
  includeInbox?: boolean | undefined;
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
  /** Moves the state along: a terminal one ends the session, needs_input and stuck mean blocked, the others working. */
  lifecycle?: Lifecycle | undefined;
  /** At most 250 characters. */
  branch?: string | null | undefined;
  /** At most 100 characters. */
  issueId?: string | null | undefined;
  /** Its pull request. */
  pr?: PullRequestInput | null | undefined;
  /** At most 500 characters. */
  workspacePath?: string | null | undefined;
  /** How to reach the agent's environment. */
  runtimeHandle?: RuntimeHandleInput | null | undefined;
  /** What the agent's own tool says of the session. */
  agentInfo?: AgentInfoInput | null | undefined;
  /** Labels, merged key by key; null removes one. At most 50 stay. */
  metadata?: Record<string, string | null> | undefined;
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
  /** What waits for the agent; absent: includeInbox did not ask for it. */
  inbox?: Inbox;
}

/** The same at the doors. */
export interface WaitingCommandView {
  name: SessionCommand;
  /** Who gave it: program/… or person/…. */
  by: string;
  /** ISO 8601 in UTC. */
  at: string;
}

export type WebhookEventType =
  | 'account.created'
  | 'account.updated'
  | 'member.invited'
  | 'member.joined'
  | 'member.role_changed'
  | 'member.removed'
  | 'program.created'
  | 'program.updated'
  | 'program.retired'
  | 'key.created'
  | 'key.rotated'
  | 'key.revoked'
  | 'session.started'
  | 'session.state_changed'
  | 'session.lifecycle_changed'
  | 'session.spawn_requested'
  | 'session.commanded'
  | 'session.extended'
  | 'session.stale'
  | 'session.recovered'
  | 'session.ended'
  | 'message.sent'
  | 'task.created'
  | 'task.claimed'
  | 'task.released'
  | 'task.completed'
  | 'webhook.created'
  | 'webhook.deleted'
  | 'webhook.disabled'
  | 'session.blocked';

export interface WebhookView {
  /** The endpoint. */
  webhookId: string;
  url: string;
  eventTypes: WebhookEventType[];
  description: string | null;
  /** Disabled: it answered 410, and nothing is sent to it any more. */
  status: 'enabled' | 'disabled';
  /** ISO 8601 in UTC. */
  createdAt: string;
  disabledAt: string | null;
}

/** Any JSON. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
