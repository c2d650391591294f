import { z } from 'zod';
import { MemberView } from '../account.js';
import { DIRECTORY_PAGE_DEFAULT, DIRECTORY_PAGE_MAX } from '../limits.js';
import { defineOperation } from '../operation.js';
import { MemberId, PageToken } from '../primitives.js';
import { MemberRole } from '../roles.js';

const doors = ['callable', 'mcp', 'rest'] as const;

/** The people of the account, and the invitations that wait. */
export const listMembers = defineOperation({
  name: 'list_members',
  title: 'List members',
  description: 'See who can sign in to the account, and who is invited.',
  access: ['admin', 'auditor'],
  doors,
  effect: 'read',
  input: z.strictObject({
    limit: z.int().min(1).max(DIRECTORY_PAGE_MAX).default(DIRECTORY_PAGE_DEFAULT),
    pageToken: PageToken.optional(),
  }),
  output: z.object({ success: z.literal(true), members: z.array(MemberView), nextPageToken: z.string().optional() }),
  errors: ['INVALID_PAGE_TOKEN'],
});

/** Invites a person by e-mail address; create_account accepts it once that address is verified. */
export const inviteMember = defineOperation({
  name: 'invite_member',
  title: 'Invite member',
  description: 'Let the person with this e-mail address join the account at their next first sign-in. No mail is sent.',
  access: ['admin'],
  doors,
  effect: 'idempotent',
  input: z.strictObject({ email: z.email().max(254), role: MemberRole.default('auditor') }),
  output: z.object({
    success: z.literal(true),
    memberId: MemberId,
    message: z.enum(['Member invited', 'Invitation updated']),
  }),
  errors: ['MEMBER_EXISTS', 'CONTENTION'],
});

/** Changes what a person, or an invited one, may do. */
export const setMemberRole = defineOperation({
  name: 'set_member_role',
  title: 'Set member role',
  description: 'Make a member an admin or an auditor.',
  access: ['admin'],
  doors,
  effect: 'idempotent',
  input: z.strictObject({ memberId: MemberId, role: MemberRole }),
  output: z.object({ success: z.literal(true), memberId: MemberId, role: MemberRole }),
  errors: ['MEMBER_UNKNOWN', 'LAST_ADMIN', 'CONTENTION'],
});

/** Takes a person's access away, or an invitation back. */
export const removeMember = defineOperation({
  name: 'remove_member',
  title: 'Remove member',
  description: 'Take away the access of a member, or take an invitation back.',
  access: ['admin'],
  doors,
  effect: 'destructive',
  input: z.strictObject({ memberId: MemberId }),
  output: z.object({ success: z.literal(true), memberId: MemberId }),
  errors: ['MEMBER_UNKNOWN', 'LAST_ADMIN', 'CONTENTION'],
});
