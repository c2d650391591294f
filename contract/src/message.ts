import { z } from 'zod';
import { MESSAGE_MAX_CHARS } from './limits.js';
import { Instant, ProgramId, SessionId, visibleText, wholeText } from './primitives.js';
import { TaskPriority, TaskTarget } from './task.js';

/** What a message is for, as programs tell each other. */
export const MessageType = z.enum(['PING', 'PONG', 'HANDSHAKE', 'DIRECTIVE', 'STATUS', 'ACK', 'QUERY', 'RESULT']);
export type MessageType = z.infer<typeof MessageType>;

export const MessageId = z
  .string()
  .regex(
    /^[0-9a-f-]{36}(\.[A-Za-z0-9][A-Za-z0-9_-]{0,49})?$/,
    'must be a messageId that send_message or get_messages answered',
  )
  .describe('The message.');
export type MessageId = z.infer<typeof MessageId>;

export const ThreadId = z
  .string()
  .regex(/^[A-Za-z0-9._:-]{1,100}$/, 'must be 1 to 100 letters, digits, ".", "_", ":" and "-"')
  .describe('What belongs together. Absent: that of the message replied to, else a new one.');

export const MessageTarget = TaskTarget.describe(
  'A program, or "group:" and the name of a group: each of its programs gets the message, but not the sender.',
);

export const MessageText = visibleText(MESSAGE_MAX_CHARS).describe('What to say.');

/** A message as it is stored, once for each program that gets it. */
export interface Message {
  readonly messageId: string;
  /** The program that gets it. */
  readonly programId: string;
  /** What the sender named: the program, or a group. */
  readonly target: string;
  /** The program that sent it; null: a person. */
  readonly from: string | null;
  /** Who sent it: `program/builder`, `person/<uid>`. */
  readonly sender: string;
  /** The session that it is meant for; null: whichever reads it. */
  readonly sessionId: string | null;
  readonly threadId: string;
  readonly replyTo: string | null;
  readonly message: string;
  readonly messageType: MessageType;
  readonly priority: TaskPriority;
  readonly sentAt: Date;
  /** After it nobody gets the message any more. */
  readonly expiresAt: Date;
  /** Null: not read. */
  readonly readAt: Date | null;
}

/** A message at the doors. */
export const MessageView = z.object({
  messageId: MessageId,
  programId: ProgramId.describe('Who gets it.'),
  target: z.string().describe('What the sender named: the program, or a group.'),
  from: ProgramId.nullable().describe('Null: a person.'),
  sessionId: SessionId.nullable().describe('The session that it is meant for; null: whichever reads it.'),
  threadId: z.string(),
  replyTo: MessageId.nullable(),
  message: wholeText(MESSAGE_MAX_CHARS),
  messageType: MessageType,
  priority: TaskPriority,
  sentAt: Instant,
  expiresAt: Instant,
  readAt: Instant.nullable().describe('Null: not read.'),
});
export type MessageView = z.infer<typeof MessageView>;
