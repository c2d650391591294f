/**
 * The canonical codes that a caller can receive. They are those of Firebase callables.
 *
 * - `invalid-argument`: the request itself is wrong; sending it again cannot help.
 * - `unauthenticated`: nobody knows who is calling, or no longer trusts it. Unlike `permission-denied`, a new credential helps.
 * - `permission-denied`: the caller is known and may not.
 * - `not-found`: the thing named does not exist in the caller's account.
 * - `already-exists`: the thing to be made exists.
 * - `failed-precondition`: the thing exists, in a state that forbids this; change its state first.
 * - `aborted`: another writer was faster; read again and repeat.
 * - `resource-exhausted`: a limit is reached; something has to end first.
 * - `unavailable`, `deadline-exceeded`: the database did not answer, or this instance can't serve the call while a new version takes over; repeat with back-off.
 * - `internal`: a defect of Quarterdeck. No input may cause it.
 */
export const ERROR_CODES = [
  'invalid-argument',
  'unauthenticated',
  'permission-denied',
  'not-found',
  'already-exists',
  'failed-precondition',
  'aborted',
  'resource-exhausted',
  'unavailable',
  'deadline-exceeded',
  'internal',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** Why a call was refused, for programs to tell cases apart: each reason has one code. It arrives as `details.reason`. */
export const REASONS = {
  /** A field is missing, unknown, of the wrong type or out of bounds; `details.fields` names each. */
  INVALID_FIELD: 'invalid-argument',
  /** The page token does not name a place in this list. */
  INVALID_PAGE_TOKEN: 'invalid-argument',
  /** The same idempotency key came with another operation or input before. */
  IDEMPOTENCY_KEY_REUSED: 'invalid-argument',
  /** The body is larger than the door takes. */
  REQUEST_TOO_LARGE: 'invalid-argument',

  /** No credential was sent. */
  NO_CREDENTIAL: 'unauthenticated',
  /** The API key has a typing error, is unknown, has expired or was revoked. The answer doesn't say which. */
  INVALID_KEY: 'unauthenticated',
  /** The bearer is neither an API key nor a valid Firebase ID token. */
  INVALID_ID_TOKEN: 'unauthenticated',
  /** The ID token was issued before its identity was revoked or changed: sign in again. */
  TOKEN_REVOKED: 'unauthenticated',
  /** The session token was not made here, is not of this account, or has reached its end. The answer doesn't say which. */
  INVALID_SESSION_TOKEN: 'unauthenticated',
  /** The operation needs a session token, and none was sent. */
  NO_SESSION_TOKEN: 'unauthenticated',
  /** The window has reached its end: activate the agent again. (extend_session says so as failed-precondition.) */
  SESSION_EXPIRED: 'unauthenticated',
  /** The window was shut before its end; `details` has the outcome of its session. */
  WINDOW_CLOSED: 'unauthenticated',
  /** Signed in, without an account yet: call create_account. */
  NO_ACCOUNT: 'permission-denied',
  /** The caller's role may not call this operation. */
  ROLE_NOT_ALLOWED: 'permission-denied',
  /** The thing belongs to another program of the account. */
  NOT_OWNER: 'permission-denied',
  /** The task is for another program or group: a program claims only what it is a target of. */
  NOT_TARGET: 'permission-denied',
  /** A browser called from a site that this deployment does not know. */
  FOREIGN_ORIGIN: 'permission-denied',
  /** Only the operator of this deployment may set this field. */
  OPERATOR_ONLY: 'permission-denied',

  SESSION_UNKNOWN: 'not-found',
  OPERATION_UNKNOWN: 'not-found',
  PROGRAM_UNKNOWN: 'not-found',
  /** No such message was sent by the caller, or to it. */
  MESSAGE_UNKNOWN: 'not-found',
  KEY_UNKNOWN: 'not-found',
  MEMBER_UNKNOWN: 'not-found',
  EVENT_UNKNOWN: 'not-found',
  WEBHOOK_UNKNOWN: 'not-found',
  /** The caller has registered no such device, or another has registered it since. */
  DEVICE_UNKNOWN: 'not-found',
  TASK_UNKNOWN: 'not-found',
  /** No program in service belongs to the group that is named. */
  GROUP_EMPTY: 'not-found',
  /** A task of this id exists, and is another one. */
  TASK_EXISTS: 'already-exists',
  MEMBER_EXISTS: 'already-exists',
  PROGRAM_EXISTS: 'already-exists',
  /** An import has a record of something that exists and is not the same; the record was left out. */
  RECORD_EXISTS: 'already-exists',

  /** The session is over; `details` has its outcome and endedAt. */
  SESSION_ENDED: 'failed-precondition',
  /** The session is over and archived: only restore_session reopens it. */
  SESSION_ARCHIVED: 'failed-precondition',
  /** The session's work is merged: it is finished, and does not come back. */
  NOT_RESTORABLE: 'failed-precondition',
  /** sessionId was omitted and the caller's program has no live session. */
  NO_CURRENT_SESSION: 'failed-precondition',
  /** The program has no open window: call activate_agent. */
  NO_OPEN_WINDOW: 'failed-precondition',
  /** The window can't be extended any further. */
  WINDOW_LIMIT: 'failed-precondition',
  /** The session that would hold the task was told to stop or to drain: it takes nothing new. `details` has the command, by whom and since when. */
  SESSION_DRAINING: 'failed-precondition',
  /** Another program has claimed the task; `details` has who and since when. */
  ALREADY_CLAIMED: 'failed-precondition',
  /** The task's time to live is over: nobody can claim it any more. */
  TASK_EXPIRED: 'failed-precondition',
  /** The task is over, with another outcome than the one given; `details` has it and when. */
  TASK_DONE: 'failed-precondition',
  /** The task is not the caller's to end or to return: somebody else holds it now, or nobody does. */
  NOT_HOLDER: 'failed-precondition',
  /** The account would have no admin left. */
  LAST_ADMIN: 'failed-precondition',
  /** The key was rotated before: its successor is the one to rotate. */
  KEY_ROTATED: 'failed-precondition',
  /** The key was revoked or has expired: it can't have a successor. */
  KEY_NOT_ACTIVE: 'failed-precondition',
  /** The endpoint answered 410 and was given up: make another. */
  WEBHOOK_DISABLED: 'failed-precondition',
  /** A limit can't be set while the account has more live sessions than a limited account may have. */
  TOO_MANY_LIVE_SESSIONS: 'failed-precondition',

  /** The account's live sessions are at its limit; `details` has limit, active, tier and holders. */
  SESSION_LIMIT: 'resource-exhausted',
  /** A program's learned patterns are at their limit: remove some with removePatternIds. */
  PATTERN_LIMIT: 'resource-exhausted',
  /** The account has as many webhook endpoints as it may: delete one first. */
  WEBHOOK_LIMIT: 'resource-exhausted',
  /** The caller, or its account, has as many devices as it may: unregister one first. */
  DEVICE_LIMIT: 'resource-exhausted',

  /** The group has more programs than a task, or a message, can be for. */
  GROUP_TOO_LARGE: 'resource-exhausted',

  /** The program state has moved on since the revision that the caller had read. */
  REVISION_CONFLICT: 'aborted',
  /** A newer window of the program is open: this session was handed over and can't write any more. */
  SUPERSEDED: 'aborted',
  /** Too many writers at once; nothing was changed. */
  CONTENTION: 'aborted',

  /** The database did not answer. */
  DATABASE_UNAVAILABLE: 'unavailable',
  /** What would be changed was written by a newer version of Quarterdeck than the one that got the call; nothing was changed. */
  NEWER_DOCUMENT: 'unavailable',
  /** The database answered too late. */
  DATABASE_TIMEOUT: 'deadline-exceeded',
  /** A defect of ours; the log has it whole. */
  UNEXPECTED: 'internal',
} as const satisfies Record<string, ErrorCode>;
export type Reason = keyof typeof REASONS;
