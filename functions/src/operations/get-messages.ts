import { requireReader, speaksFor } from '../domain/caller.js';
import { DomainError } from '../domain/domain-error.js';
import { viewMessage } from '../domain/message.js';
import type { Handler } from './handler.js';
import { namedOrOwnProgram } from './require-window.js';

/** The inbox of a program. Reading marks nothing unless asked to: an answer can get lost. */
export const handleGetMessages: Handler<'getMessages'> = {
  for: 'member',
  run: async ({ programId: given, markAsRead, ...query }, caller, { messages, clock }) => {
    const { account } = caller;
    const programId = namedOrOwnProgram(caller, given);
    requireReader(caller, programId, 'the inbox');
    if (markAsRead && (!speaksFor(caller, programId) || caller.role === 'auditor')) {
      throw new DomainError(
        'NOT_OWNER',
        `markAsRead: messages to "${programId}" are read when that program has read them. Leave it out to look at them.`,
      );
    }
    const now = clock.now();
    const page = await messages.inbox(account, programId, query, now);
    // Where all that wait are on one page, they are counted already.
    const isAll = query.unreadOnly && query.threadId === undefined && query.pageToken === undefined;
    const pendingMessages =
      isAll && page.nextPageToken === undefined
        ? page.items.length
        : await messages.countPending(account, programId, now);
    const unread = page.items.filter(({ readAt }) => readAt === null).map(({ messageId }) => messageId);
    if (markAsRead) await messages.markAsRead(account, unread, now);
    const read = markAsRead ? page.items.map((one) => ({ ...one, readAt: one.readAt ?? now })) : page.items;
    return {
      success: true,
      programId,
      messages: read.map(viewMessage),
      pendingMessages,
      ...(page.nextPageToken === undefined ? {} : { nextPageToken: page.nextPageToken }),
    };
  },
};
