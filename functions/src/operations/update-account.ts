import type { Account } from '@quarterdeck/contract';
import { earliest } from '@quarterdeck/contract';
import { actorOf } from '../domain/caller.js';
import { DomainError } from '../domain/domain-error.js';
import { changedFields } from '../domain/same.js';
import { viewAccount } from './get-account.js';
import type { Handler } from './handler.js';

/** Changes an account. The sweep looks at it at once, because other moments may now be due. */
export const handleUpdateAccount: Handler<'updateAccount'> = {
  for: 'member',
  run: async (patch, caller, { accounts, clock }) => {
    for (const field of ['tier', 'sessionLimit'] as const) {
      if (patch[field] !== undefined && !caller.operator) {
        throw new DomainError('OPERATOR_ONLY', `${field}: only the operator of this deployment may set it. Omit it.`, {
          field,
        });
      }
    }
    const account = await accounts.change(caller.account, (old) => {
      const given = changedFields(old, patch as Partial<Account>);
      // Not later than it was: a visit that is late shows the sweep that its schedule was out.
      const nextSweepAt = old.nextSweepAt && earliest([old.nextSweepAt, clock.now()]);
      const next: Account = { ...old, ...given, nextSweepAt };
      requireOrderedThresholds(next);
      if (Object.keys(given).length === 0) return { next: old, events: [] };
      const data = { fields: Object.keys(given).join(','), tier: next.tier, sessionLimit: next.sessionLimit };
      return { next, events: [{ type: 'account.updated', subject: 'account', actor: actorOf(caller), data }] };
    });
    return { success: true, account: viewAccount(account) };
  },
};

function requireOrderedThresholds(account: Account): void {
  if (account.deadAfterMinutes >= account.staleAfterMinutes) return;
  const problem = `must not be below staleAfterMinutes (${account.staleAfterMinutes})`;
  throw new DomainError('INVALID_FIELD', `deadAfterMinutes: ${problem}. Nothing was changed.`, {
    fields: [{ field: 'deadAfterMinutes', problem }],
  });
}
