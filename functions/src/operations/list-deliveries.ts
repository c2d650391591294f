import { viewDelivery } from '../domain/webhook-delivery.js';
import type { Handler } from './handler.js';
import { requireWebhook } from './require-webhook.js';

/** The newest deliveries to an endpoint. */
export const handleListDeliveries: Handler<'listDeliveries'> = {
  for: 'member',
  run: async ({ webhookId, limit }, { account }, ports) => {
    await requireWebhook(account, webhookId, ports);
    const found = await ports.deliveries.list(account, webhookId, limit);
    return { success: true, deliveries: found.map(viewDelivery) };
  },
};
