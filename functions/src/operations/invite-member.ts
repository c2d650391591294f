import { createHash } from 'node:crypto';
import { actorOf } from '../domain/caller.js';
import type { Handler } from './handler.js';

/** Lets the owner of an e-mail address join the account. */
export const handleInviteMember: Handler<'inviteMember'> = {
  for: 'member',
  run: async ({ email: given, role }, caller, { members, clock }) => {
    const email = given.toLowerCase();
    const memberId = `invited-${hashEmail(email).slice(0, 32)}`;
    const member = { memberId, status: 'invited', role, email, displayName: null, since: clock.now() } as const;
    const isNew = await members.invite(caller.account, member, {
      type: 'member.invited',
      subject: `member/${memberId}`,
      actor: actorOf(caller),
      data: { memberId, role },
    });
    return { success: true, memberId, message: isNew ? 'Member invited' : 'Invitation updated' };
  },
};

/** How an invitation is found without an address in a path. */
export function hashEmail(email: string): string {
  return createHash('sha256').update(email.toLowerCase()).digest('hex');
}
