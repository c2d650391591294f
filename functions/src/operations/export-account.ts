import type { Handler } from './handler.js';

/** A page of everything that the account has made: one read for each record, and at most one more. */
export const handleExportAccount: Handler<'exportAccount'> = {
  for: 'member',
  run: async ({ limit, pageToken }, caller, { transfers }) => {
    const { items, ...rest } = await transfers.page(caller.account, limit, pageToken);
    return { success: true, records: [...items], ...rest };
  },
};
