import { z } from 'zod';
import {
  MESSAGE_TTL_DEFAULT_SECONDS,
  MESSAGE_TTL_MAX_SECONDS,
  MESSAGE_TTL_MIN_SECONDS,
  PAGE_DEFAULT,
  PAGE_MAX,
} from '../limits.js';
import { MessageId, MessageTarget, MessageText, MessageType, MessageView, ThreadId } from '../message.js';
import { defineOperation } from '../operation.js';
import { Count, Instant, PageToken, ProgramId, SessionId } from '../primitives.js';
import { TaskPriority } from '../task.js';

const doors = ['callable', 'mcp', 'rest'] as const;
const everyone = ['program', 'admin', 'auditor'] as const;

/** Sends a message to a program, or to every program of a group. */
export const sendMessage = defineOperation({
  name: 'send_message',
  title: 'Send message',
  description: 'Say something to a program, or to all programs of a group. They find it in get_messages.',
  access: ['program', 'admin'],
  doors,
  effect: 'create',
  input: z.strictObject({
    target: MessageTarget,
    message: MessageText,
    messageType: MessageType.default('STATUS'),
    priority: TaskPriority.default('normal'),
    sessionId: SessionId.optional().describe(
      'The session of the program that it is meant for. Absent: whichever reads it.',
    ),
    threadId: ThreadId.optional(),
    replyTo: MessageId.optional().describe('A message that you got or sent.'),
    ttlSeconds: z
      .int()
      .min(MESSAGE_TTL_MIN_SECONDS)
      .max(MESSAGE_TTL_MAX_SECONDS)
      .default(MESSAGE_TTL_DEFAULT_SECONDS)
      .describe('After so many seconds nobody gets it any more.'),
  }),
  output: z.object({
    success: z.literal(true),
    messageId: MessageId.describe('The message; in a group, each program has its own, which begins with this.'),
    threadId: z.string(),
    recipients: z.array(ProgramId).describe('Who gets it.'),
    sentAt: Instant,
    expiresAt: Instant,
  }),
  errors: ['PROGRAM_UNKNOWN', 'GROUP_EMPTY', 'GROUP_TOO_LARGE', 'MESSAGE_UNKNOWN', 'CONTENTION'],
});

/** Sends a message to the program of a live session, for that session. */
export const sendToSession = defineOperation({
  name: 'send_to_session',
  title: 'Send to session',
  description: 'Tell the agent of a live session what to do. Its program finds it in get_messages.',
  access: ['program', 'admin'],
  doors,
  effect: 'create',
  input: z.strictObject({ sessionId: SessionId, message: MessageText }),
  output: sendMessage.output,
  errors: ['SESSION_UNKNOWN', 'SESSION_ENDED', 'PROGRAM_UNKNOWN', 'CONTENTION'],
});

/** The inbox of a program, newest first. */
export const getMessages = defineOperation({
  name: 'get_messages',
  title: 'Get messages',
  description: 'Read the messages that your program got, newest first: by default those that are not read yet.',
  access: everyone,
  doors,
  effect: 'idempotent',
  input: z.strictObject({
    programId: ProgramId.optional().describe("Whose inbox. Absent: the caller's own."),
    unreadOnly: z.boolean().default(true),
    threadId: ThreadId.optional().describe('Only of this thread.'),
    markAsRead: z
      .boolean()
      .default(false)
      .describe(
        'Mark those that are answered as read. An answer can get lost, so do it once you have them: with the second call.',
      ),
    limit: z.int().min(1).max(PAGE_MAX).default(PAGE_DEFAULT),
    pageToken: PageToken.optional(),
  }),
  output: z.object({
    success: z.literal(true),
    programId: ProgramId,
    messages: z.array(MessageView),
    pendingMessages: Count.describe('Messages that are not read and not expired, before this call marked any.'),
    nextPageToken: z.string().optional().describe('Absent: this is the last page.'),
  }),
  errors: ['NOT_OWNER', 'PROGRAM_UNKNOWN', 'INVALID_PAGE_TOKEN', 'CONTENTION'],
});

/** What a program has sent, newest first. */
export const getSentMessages = defineOperation({
  name: 'get_sent_messages',
  title: 'Get sent messages',
  description: 'See what your program has sent, newest first, and whether it was read.',
  access: everyone,
  doors,
  effect: 'read',
  input: z.strictObject({
    programId: ProgramId.optional().describe("Whose. Absent: the caller's own."),
    limit: z.int().min(1).max(PAGE_MAX).default(PAGE_DEFAULT),
    pageToken: PageToken.optional(),
  }),
  output: z.object({
    success: z.literal(true),
    programId: ProgramId,
    messages: z.array(MessageView),
    nextPageToken: z.string().optional().describe('Absent: this is the last page.'),
  }),
  errors: ['NOT_OWNER', 'INVALID_PAGE_TOKEN'],
});
