import { GROUP_PREFIX, iso, limits, type Message, type Operations, type OutputOf } from '@quarterdeck/contract';
import { actorOf, type Caller } from '../domain/caller.js';
import { DomainError } from '../domain/domain-error.js';
import { addressed, type Letter } from '../domain/message.js';
import type { Handler } from './handler.js';
import type { Ports } from './ports.js';

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

/** @throws DomainError `PROGRAM_UNKNOWN`, `GROUP_EMPTY`, `GROUP_TOO_LARGE` */
async function recipientsOf(target: string, caller: Caller, { programs }: Ports): Promise<readonly string[]> {
  const { account, programId } = caller;
  if (!target.startsWith(GROUP_PREFIX)) {
    if (await programs.exists(account, target)) return [target];
    throw new DomainError('PROGRAM_UNKNOWN', `target: there is no program "${target}". list_programs names them.`);
  }
  const group = target.slice(GROUP_PREFIX.length);
  const members = await programs.inGroup(account, group, limits.MESSAGE_RECIPIENTS_MAX + 1);
  if (members.length > limits.MESSAGE_RECIPIENTS_MAX) {
    throw new DomainError(
      'GROUP_TOO_LARGE',
      `target: the group "${group}" has more than ${limits.MESSAGE_RECIPIENTS_MAX} programs. Make a smaller group.`,
    );
  }
  const others = members.filter((member) => member !== programId);
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
