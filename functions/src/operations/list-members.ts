import { iso } from '@quarterdeck/contract';
import type { Handler } from './handler.js';

/** The people of the account, and the invitations that wait. */
export const handleListMembers: Handler<'listMembers'> = {
  for: 'member',
  run: async ({ limit, pageToken }, caller, { members }) => {
    const { items, ...rest } = await members.list(caller.account, limit, pageToken);
    return { success: true, members: items.map((member) => ({ ...member, since: iso(member.since) })), ...rest };
  },
};
