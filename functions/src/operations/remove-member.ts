import { actorOf } from '../domain/caller.js';
import type { Handler } from './handler.js';

/** Takes a person's access away, or an invitation back: at the doors within 30 seconds, in the security rules at once. */
export const handleRemoveMember: Handler<'removeMember'> = {
  for: 'member',
  run: async ({ memberId }, caller, { members, auth, clock }) => {
    const member = await members.remove(caller.account, memberId, clock.now(), {
      type: 'member.removed',
      subject: `member/${memberId}`,
      actor: actorOf(caller),
      data: { memberId },
    });
    if (member.status === 'active') await auth.setClaims(memberId, null);
    return { success: true, memberId };
  },
};
