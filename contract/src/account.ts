import { z } from 'zod';
import { SESSION_LIMIT_MAX, THRESHOLD_MAX_MINUTES } from './limits.js';
import { AccountId, Count, Instant, MemberId } from './primitives.js';
import { MemberRole, type Role } from './roles.js';

/** How many sessions an account may have live at once, by name. */
export const Tier = z.enum(['free', 'pro', 'team', 'unlimited']);
export type Tier = z.infer<typeof Tier>;

const threshold = z.int().min(1).max(THRESHOLD_MAX_MINUTES);

/** When the clock of an account calls a session stale, dead or history, in minutes. */
export const Thresholds = z.object({
  staleAfterMinutes: threshold.describe('Silence after which a session that announced no interval is stale.'),
  deadAfterMinutes: threshold.describe('Silence after which a session is dead; not below staleAfterMinutes.'),
  blockedDeadAfterMinutes: threshold.describe('The same for a blocked session, which waits for a person.'),
  archiveAfterMinutes: threshold.describe('Time between the end of a session and its archiving.'),
});
export type Thresholds = z.infer<typeof Thresholds>;

export const SessionLimit = z.int().min(1).max(SESSION_LIMIT_MAX);

/** The tenant, as stored. */
export interface Account extends Thresholds {
  readonly accountId: string;
  readonly name: string;
  readonly tier: Tier;
  /** Set by the operator for this account alone; null: the tier decides. */
  readonly sessionLimit: number | null;
  readonly createdAt: Date;
  /** Uids of its admins: the last can't go. */
  readonly adminUids: readonly string[];
  /** When the sweep has to look at the account again; null: nothing can fall due. */
  readonly nextSweepAt: Date | null;
  /** Until when the sweep ends nothing, after an outage of its own schedule. */
  readonly endsHeldUntil: Date | null;
}

export const AccountView = Thresholds.extend({
  accountId: AccountId,
  name: z.string(),
  tier: Tier,
  sessionLimit: Count.nullable().describe('Live sessions that the account may have at once; null: no limit.'),
  createdAt: Instant,
});
export type AccountView = z.infer<typeof AccountView>;

/** A person of an account, as stored: one that has joined, or one that was invited. */
export interface Member {
  /** The uid once joined; until then the id of the invitation. */
  readonly memberId: string;
  readonly status: 'active' | 'invited';
  readonly role: MemberRole;
  readonly email: string | null;
  readonly displayName: string | null;
  readonly since: Date;
}

export const MemberView = z.object({
  memberId: MemberId,
  status: z.enum(['active', 'invited']),
  role: MemberRole,
  email: z.string().nullable(),
  displayName: z.string().nullable(),
  since: Instant,
});

/**
 * What an identity may do and since when: the check beside the token's claims, at every door and in the security rules.
 * A token counts when it was issued (`auth_time`) at or after `validSince` and it is not yet `validUntil`.
 */
export interface Principal {
  readonly uid: string;
  readonly account: string;
  readonly role: Role;
  /** Null: a person. */
  readonly programId: string | null;
  readonly validSince: Date;
  /** Null: no end. The moment of revocation, or the key's expiry. */
  readonly validUntil: Date | null;
  /** May set what only the operator of a deployment may: set by hand in the database. */
  readonly operator: boolean;
}
