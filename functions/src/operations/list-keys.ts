import { viewKey } from '../domain/api-key.js';
import type { Handler } from './handler.js';

/** The keys of the account, newest first, without the keys themselves. */
export const handleListKeys: Handler<'listKeys'> = {
  for: 'member',
  run: async (query, caller, { keys, clock }) => {
    const { items, ...rest } = await keys.list(caller.account, query);
    const now = clock.now();
    return { success: true, keys: items.map((key) => viewKey(key, now)), ...rest };
  },
};
