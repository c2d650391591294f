import type { Account, AccountView } from '@quarterdeck/contract';
import { iso, sessionLimitOf } from '@quarterdeck/contract';
import type { Handler } from './handler.js';

/** The caller's account. */
export const handleGetAccount: Handler<'getAccount'> = {
  for: 'member',
  run: async (_input, caller, { accounts }) => ({
    success: true,
    account: viewAccount(await accounts.settings(caller.account)),
  }),
};

/** An account as callers see it. */
export function viewAccount(account: Account): AccountView {
  return {
    accountId: account.accountId,
    name: account.name,
    tier: account.tier,
    sessionLimit: sessionLimitOf(account),
    staleAfterMinutes: account.staleAfterMinutes,
    deadAfterMinutes: account.deadAfterMinutes,
    blockedDeadAfterMinutes: account.blockedDeadAfterMinutes,
    archiveAfterMinutes: account.archiveAfterMinutes,
    createdAt: iso(account.createdAt),
  };
}
