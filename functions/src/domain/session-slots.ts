import {
  type Account,
  isExpired,
  isStale,
  type LiveSession,
  lastSignOfLife,
  limits,
  sessionLimitOf,
} from '@quarterdeck/contract';
import { DomainError } from './domain-error.js';

/** The live sessions of an account with a limit: session → who holds the slot, since when. */
export type Slots = Readonly<Record<string, { readonly programId: string | null; readonly since: Date }>>;

export function hasFreeSlot(account: Pick<Account, 'tier' | 'sessionLimit'>, slots: Slots): boolean {
  const limit = sessionLimitOf(account);
  return limit === null || Object.keys(slots).length < limit;
}

/**
 * The session that gives way at the limit: the longest silent one of the same program that is stale or past its window, so that an agent that crashed can always start
 * again. A pinned one never gives way.
 */
export function findSuperseded(
  holders: readonly LiveSession[],
  programId: string | null,
  account: Account,
  now: Date,
): LiveSession | undefined {
  // After a limit was lowered, one that gives way makes no room.
  const limit = sessionLimitOf(account);
  if (limit !== null && holders.length > limit) return undefined;
  return holders
    .filter(
      (h) => h.programId === programId && programId !== null && h.state !== 'pinned' && hasGoneSilent(h, account, now),
    )
    .sort((a, b) => lastSignOfLife(a).getTime() - lastSignOfLife(b).getTime())[0];
}

/** Stale, or past the end of its window and not yet swept. */
function hasGoneSilent(session: LiveSession, account: Account, now: Date): boolean {
  return isStale(session, account, now) || isExpired(session, now);
}

/** Why no slot is free, with who holds them and since when each was last heard: what a person needs to decide who goes. */
export function sessionLimitError(account: Account, slots: Slots, holders: readonly LiveSession[]): DomainError {
  const limit = sessionLimitOf(account);
  const active = Object.keys(slots).length;
  return new DomainError(
    'SESSION_LIMIT',
    `The account has ${active} live session${active === 1 ? '' : 's'} and may have ${limit} (tier ${account.tier}). Complete one of details.holders first, or let it go stale.`,
    {
      limit,
      active,
      tier: account.tier,
      holders: holders.slice(0, limits.HOLDERS_SHOWN_MAX).map((holder) => ({
        sessionId: holder.sessionId,
        programId: holder.programId,
        name: holder.name,
        state: holder.state,
        since: holder.startedAt.toISOString(),
        lastSeenAt: lastSignOfLife(holder).toISOString(),
      })),
    },
  );
}
