import { groupOf, iso, limits, type Message, type Operations, type OutputOf } from '@quarterdeck/contract';
import { actorOf, type Caller } from '../domain/caller.js';
import { DomainError } from '../domain/domain-error.js';
import { addressed, type Letter } from '../domain/message.js';
import type { Handler } from './handler.js';
import type { Ports } from './ports.js';
import { resolveTarget } from './resolve-target.js';

/** Sends a message: one write for each program that gets it, and one that tells of it. */
export const handleSendMessage: Handler<'sendMessage'> = {
  for: 'member',
  run: async ({ target, threadId, replyTo, ...said }, caller, ports) => {
    const recipients = await recipientsOf(target, caller, ports);
    const answered = replyTo === undefined ? undefined : await requireMessage(replyTo, caller, ports);
    const { sessionId = null, ...words } = said;
    const thread = threadId ?? answered?.threadId;
    return deliver(
      { ...words, target, sessionId, threadId: thread, replyTo: replyTo ?? null },
      recipients,
      caller,
      ports,
    );
  },
};

/** What is said, as far as the sender decides it. Without a thread it begins one. */
export interface Words
  extends Pick<Message, 'target' | 'sessionId' | 'replyTo' | 'message' | 'messageType' | 'priority'> {
  readonly threadId?: string | undefined;
  readonly ttlSeconds: number;
}

/** Writes a message for each who gets it, and answers the sender. */
export async function deliver(
  { ttlSeconds, ...words }: Words,
  recipients: readonly string[],
  caller: Caller,
  { messages, random, clock }: Ports,
): Promise<OutputOf<Operations['sendMessage']>> {
  const now = clock.now();
  const messageId = random.memoryId();
  const letter: Letter = {
    ...words,
    from: caller.programId,
    sender: actorOf(caller),
    threadId: words.threadId ?? messageId,
    sentAt: now,
    expiresAt: new Date(now.getTime() + ttlSeconds * 1000),
    readAt: null,
  };
  const sent = addressed(letter, messageId, recipients);
  const isNew = await messages.send(caller.account, sent, sentEvent(letter, messageId, recipients));
  // A repetition of a call whose answer was lost: what it made is there, with the moment at which it was made.
  const first = isNew ? sent[0] : await messages.find(caller.account, sent[0]?.messageId ?? messageId);
  const { threadId, sentAt, expiresAt } = first ?? letter;
  const moments = { sentAt: iso(sentAt), expiresAt: iso(expiresAt) };
  return { success: true, messageId, threadId, recipients: [...recipients], ...moments };
}

/**
 * Who gets it: a program may write to itself, but what it says to its group is for the others.
 * @throws DomainError `PROGRAM_UNKNOWN`, `GROUP_EMPTY`, `GROUP_TOO_LARGE`
 */
async function recipientsOf(target: string, { account, programId }: Caller, ports: Ports): Promise<readonly string[]> {
  const programs = await resolveTarget(account, target, limits.MESSAGE_RECIPIENTS_MAX, ports);
  const group = groupOf(target);
  if (group === undefined) return programs;
  const others = programs.filter((program) => program !== programId);
  if (others.length === 0) {
    throw new DomainError(
      'GROUP_EMPTY',
      `target: no other program is in the group "${group}". update_program puts programs into groups.`,
    );
  }
  return others;
}

/**
 * A message that the caller got or sent, or any for who oversees the account: others look as if they were not there.
 * @throws DomainError `MESSAGE_UNKNOWN`
 */
async function requireMessage(messageId: string, caller: Caller, { messages }: Ports): Promise<Message> {
  const found = await messages.find(caller.account, messageId);
  const isKnown =
    caller.role !== 'program' || found?.programId === caller.programId || found?.from === caller.programId;
  if (found !== undefined && isKnown) return found;
  throw new DomainError('MESSAGE_UNKNOWN', `replyTo: you neither got nor sent a message "${messageId}".`);
}

function sentEvent(
  { target, from, sender, threadId, messageType, priority }: Letter,
  messageId: string,
  recipients: readonly string[],
) {
  return {
    type: 'message.sent' as const,
    subject: `message/${messageId}`,
    actor: sender,
    data: { messageId, target, from, threadId, messageType, priority, recipients: recipients.length },
    once: messageId,
  };
}
