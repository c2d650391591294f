import { requireReader } from '../domain/caller.js';
import { viewMessage } from '../domain/message.js';
import type { Handler } from './handler.js';
import { namedOrOwnProgram } from './require-window.js';

/** What a program has sent, newest first. */
export const handleGetSentMessages: Handler<'getSentMessages'> = {
  for: 'member',
  run: async ({ programId: given, limit, pageToken }, caller, { messages }) => {
    const programId = namedOrOwnProgram(caller, given);
    requireReader(caller, programId, 'what was sent');
    const { items, nextPageToken } = await messages.sent(caller.account, programId, limit, pageToken);
    return {
      success: true,
      programId,
      messages: items.map(viewMessage),
      ...(nextPageToken === undefined ? {} : { nextPageToken }),
    };
  },
};
