import type { Webhook } from '@quarterdeck/contract';
import { actorOf } from '../domain/caller.js';
import { webhookEvent } from '../domain/webhook-endpoint.js';
import type { Handler } from './handler.js';

/** Ends an endpoint. Deliveries to it cancel themselves when they come due. */
export const handleDeleteWebhook: Handler<'deleteWebhook'> = {
  for: 'member',
  run: async ({ webhookId }, caller, { webhooks, clock }) => {
    const tell = (webhook: Webhook) => webhookEvent('webhook.deleted', webhook, actorOf(caller));
    await webhooks.delete(caller.account, webhookId, tell, clock.now());
    return { success: true, webhookId };
  },
};
