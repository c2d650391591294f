import { actorOf } from '../domain/caller.js';
import type { Handler } from './handler.js';

/** Makes a member an admin or an auditor: at the doors within 30 seconds, in the security rules at once. */
export const handleSetMemberRole: Handler<'setMemberRole'> = {
  for: 'member',
  run: async ({ memberId, role }, caller, { members, auth, clock }) => {
    const member = await members.setRole(caller.account, memberId, role, clock.now(), {
      type: 'member.role_changed',
      subject: `member/${memberId}`,
      actor: actorOf(caller),
      data: { memberId, role },
    });
    if (member.status === 'active') await auth.setClaims(memberId, { account: caller.account, role });
    return { success: true, memberId, role };
  },
};
