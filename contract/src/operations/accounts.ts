import { z } from 'zod';
import { AccountView, SessionLimit, Thresholds, Tier } from '../account.js';
import { NAME_MAX_CHARS } from '../limits.js';
import { defineOperation } from '../operation.js';
import { AccountId, visibleText } from '../primitives.js';
import { Role } from '../roles.js';

const doors = ['callable', 'mcp', 'rest'] as const;

/** Makes the account of a person that signs in for the first time, or joins the one that invited them. */
export const createAccount = defineOperation({
  name: 'create_account',
  title: 'Create account',
  description:
    'On first sign-in: make an account, or join the one that invited your e-mail address. Refresh the ID token afterwards.',
  access: ['person'],
  doors: ['callable', 'rest'],
  effect: 'idempotent',
  input: z.strictObject({
    name: visibleText(NAME_MAX_CHARS).optional().describe('Absent: "Account of" the e-mail address or name.'),
    acceptInvitation: z.boolean().default(true).describe('False: make an own account although an invitation waits.'),
  }),
  output: z.object({
    success: z.literal(true),
    accountId: AccountId,
    role: Role,
    message: z.enum(['Account created', 'Invitation accepted', 'Account exists']),
  }),
  errors: ['CONTENTION'],
});

/** The caller's account. */
export const getAccount = defineOperation({
  name: 'get_account',
  title: 'Get account',
  description: 'Read the name, tier, session limit and thresholds of the account.',
  access: ['program', 'admin', 'auditor'],
  doors,
  effect: 'read',
  input: z.strictObject({}),
  output: z.object({ success: z.literal(true), account: AccountView }),
  errors: [],
});

/** Changes the account's name and thresholds; its tier and limit only for the operator of the deployment. */
export const updateAccount = defineOperation({
  name: 'update_account',
  title: 'Update account',
  description: "Change the account's name, or when its sessions count as stale, dead and ready to archive.",
  access: ['admin'],
  doors,
  effect: 'idempotent',
  input: Thresholds.partial()
    .extend({
      name: visibleText(NAME_MAX_CHARS).optional(),
      tier: Tier.optional().describe('Operator only.'),
      sessionLimit: SessionLimit.nullable().optional().describe('Operator only. Null: the tier decides.'),
    })
    .strict(),
  output: z.object({ success: z.literal(true), account: AccountView }),
  errors: ['OPERATOR_ONLY', 'TOO_MANY_LIVE_SESSIONS', 'CONTENTION'],
});
