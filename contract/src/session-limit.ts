import type { Account } from './account.js';
import { SESSIONS_BY_TIER } from './limits.js';

/** How many sessions an account may have live at once; null: any number. */
export function sessionLimitOf(account: Pick<Account, 'tier' | 'sessionLimit'>): number | null {
  return account.sessionLimit ?? SESSIONS_BY_TIER[account.tier];
}
