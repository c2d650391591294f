import type { Reason } from '@quarterdeck/contract';

/** Each reason for people who look it up: when it comes, and what helps. A new reason does not compile without its sentence. */
export const REASON_TEXTS: Readonly<Record<Reason, string>> = {
  INVALID_FIELD:
    'A field is missing, unknown, of the wrong type or out of bounds, or the body is no JSON object. details.fields names each field and says what is allowed.',
  INVALID_PAGE_TOKEN: 'The page token names no place in this list. Start again without one.',
  IDEMPOTENCY_KEY_REUSED:
    'The same Idempotency-Key came with another operation or another input before. Use a new key for a new call.',
  REQUEST_TOO_LARGE: 'The body is larger than this door takes. Send less in one call.',
  NO_CREDENTIAL: 'No credential was sent. Send an API key as Authorization: Bearer or as X-Api-Key.',
  INVALID_KEY:
    'The API key has a typing error, is unknown, has expired or was revoked; the answer does not say which. Check it, or ask an admin for a new one.',
  INVALID_ID_TOKEN: 'The bearer is neither an API key nor a valid Firebase ID token. Sign in again.',
  TOKEN_REVOKED: 'The ID token is older than a change or withdrawal of this access. Sign in again.',
  INVALID_SESSION_TOKEN:
    'The session token was not made here, is of another account, or has reached its end. Activate the agent for a new one.',
  NO_SESSION_TOKEN: 'This call needs the session token of an open window, as the header X-Session-Token.',
  SESSION_EXPIRED: 'The window has reached its end. Activate the agent again; what it remembered is still there.',
  WINDOW_CLOSED: 'The window was shut before its end; details.outcome says how. Activate the agent again.',
  NO_ACCOUNT: 'You are signed in and belong to no account yet. Call create_account, then refresh the ID token.',
  ROLE_NOT_ALLOWED: 'Your role may not call this operation; details.allowed names those that may. Ask an admin.',
  NOT_OWNER: 'The thing belongs to another program of the account. Call as that program, or as an admin.',
  NOT_TARGET: 'The task is for another program or group. Claim one of those that get_tasks shows you.',
  FOREIGN_ORIGIN: 'A browser called from a site that this deployment does not know. Its operator can allow the site.',
  OPERATOR_ONLY: 'Only the operator of this deployment may set this field.',
  SESSION_UNKNOWN: 'Your account has no session of this id.',
  OPERATION_UNKNOWN: 'Nothing answers at this address, or not to this method. This page lists all there is.',
  PROGRAM_UNKNOWN: 'Your account has no program of this id. An admin makes one with create_program or create_key.',
  KEY_UNKNOWN: 'Your account has no key of this hash.',
  MEMBER_UNKNOWN: 'Your account has no member or invitation of this id.',
  TASK_UNKNOWN: 'Your account has no task of this id, or not any more: done tasks are kept for 30 days.',
  MESSAGE_UNKNOWN: 'You neither got nor sent a message of this id, or its time is over. Leave replyTo out.',
  GROUP_EMPTY: 'No program in service belongs to this group. An admin adds some with update_program.',
  TASK_EXISTS: 'The account has a task of this id, and it is another one. Choose another id, or leave it out.',
  EVENT_UNKNOWN: 'Your account has no event of this id, or it is older than 30 days.',
  WEBHOOK_UNKNOWN: 'Your account has no webhook endpoint of this id.',
  DEVICE_UNKNOWN: 'You have registered no device of this id, or somebody else has registered it since.',
  MEMBER_EXISTS: 'This person is a member of the account already.',
  PROGRAM_EXISTS: 'The account has a program of this id already. Use it, or choose another id.',
  RECORD_EXISTS:
    'What this record of an import is about exists in your account and is not the same. Nothing was overwritten; the record was left out.',
  SESSION_ENDED:
    'The session is over; details has its outcome and when. Send state "working" to resume it, or start another.',
  SESSION_ARCHIVED: 'The session is over and archived: it is history. Start another.',
  NOT_RESTORABLE: "The session's work is merged, so it is finished. Start another session.",
  NO_CURRENT_SESSION: 'sessionId was left out, and your program has no live session. Start one with create_session.',
  NO_OPEN_WINDOW: 'The program has no open window. Activate the agent first.',
  WINDOW_LIMIT: 'The window already ends as far ahead as it may. Extend it later, or activate the agent again.',
  SESSION_DRAINING:
    'The session was told to stop or to drain, so it takes nothing new; details has by whom and since when. Name another session, or take the command back with command_session.',
  ALREADY_CLAIMED:
    'Another program was faster; details.claimedBy says who, and details.since since when. Take another task.',
  TASK_EXPIRED: 'The time to live of the task is over: nobody can claim it any more. Its maker may create it again.',
  TASK_DONE: 'The task is over; details has its outcome and when. Create another one.',
  NOT_HOLDER:
    'The task is not yours to end or return: another program, or a newer attempt, holds it, or nobody does. Claim it first.',
  LAST_ADMIN: 'The account would have no admin left. Make somebody else an admin first.',
  KEY_ROTATED: 'The key was rotated before. Rotate its successor.',
  KEY_NOT_ACTIVE: 'The key was revoked or has expired, so it can not have a successor. Create a new one.',
  WEBHOOK_DISABLED: 'The endpoint answered 410 Gone, so nothing is sent to it any more. Delete it and create another.',
  TOO_MANY_LIVE_SESSIONS:
    'A limit can not be set while the account has more live sessions than a limited account may have. End some first.',
  SESSION_LIMIT:
    'The account has as many live sessions as it may. details.holders names them and since when each was last heard; complete one.',
  PATTERN_LIMIT: 'The program state holds as many learned patterns as it may. Remove some with removePatternIds.',
  GROUP_TOO_LARGE: 'The group has more programs than one task or message can be for. Make a smaller group.',
  WEBHOOK_LIMIT: 'The account has as many webhook endpoints as it may; details.limit says how many. Delete one first.',
  DEVICE_LIMIT:
    'You have as many devices as you may, or your account has; details.limit says how many. Unregister one first.',
  REVISION_CONFLICT:
    'The program state has moved on since the revision that you had read. Read it again and decide anew.',
  SUPERSEDED:
    'A newer window of this program is open: this session was handed over and can not write any more. Nothing was changed.',
  CONTENTION: 'Too many writers at once; nothing was changed. Repeat the call in a moment.',
  DATABASE_UNAVAILABLE: 'The database did not answer. Repeat the call in a moment.',
  NEWER_DOCUMENT:
    'A newer version of Quarterdeck wrote what would be changed, and an older one got the call; nothing was changed. Repeat the call in a moment.',
  DATABASE_TIMEOUT:
    'The database answered too late. Repeat the call in a moment; with an Idempotency-Key that is safe.',
  UNEXPECTED: 'A defect of ours; it is in our log. Repeat the call in a moment.',
};
