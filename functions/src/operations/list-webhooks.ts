import { viewWebhook } from '../domain/webhook-endpoint.js';
import type { Handler } from './handler.js';

/** The endpoints of the account, oldest first. */
export const handleListWebhooks: Handler<'listWebhooks'> = {
  for: 'member',
  run: async (_input, caller, { webhooks }) => {
    const all = await webhooks.list(caller.account);
    return { success: true, webhooks: all.map(viewWebhook) };
  },
};
