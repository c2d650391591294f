import { GROUP_PREFIX, iso, type Message, type MessageView } from '@quarterdeck/contract';

/** A message as callers see it. */
export function viewMessage(message: Message): MessageView {
  const { sender: _sender, sentAt, expiresAt, readAt, ...rest } = message;
  return { ...rest, sentAt: iso(sentAt), expiresAt: iso(expiresAt), readAt: iso(readAt) };
}

/** What a sender says once for all who get it. */
export type Letter = Omit<Message, 'messageId' | 'programId'>;

/** One message for each who gets it: with an id of its own where there are several, because each is read by itself. */
export function addressed(letter: Letter, messageId: string, recipients: readonly string[]): Message[] {
  const isGroup = letter.target.startsWith(GROUP_PREFIX);
  return recipients.map((programId) => ({
    ...letter,
    messageId: isGroup ? `${messageId}.${programId}` : messageId,
    programId,
  }));
}
