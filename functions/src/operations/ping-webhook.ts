import { pingBody } from '../domain/webhook-endpoint.js';
import type { Handler } from './handler.js';
import { requireEnabledWebhook } from './require-webhook.js';

/** Sends a test message. Of the answer it shows the status alone: what a server says inside is nobody else's business. */
export const handlePingWebhook: Handler<'pingWebhook'> = {
  for: 'member',
  run: async ({ webhookId }, caller, ports) => {
    const { webhooks, webhookSender, random, clock } = ports;
    const { url } = await requireEnabledWebhook(caller.account, webhookId, ports);
    const secret = await webhooks.secretOf(caller.account, webhookId);
    const id = random.memoryId();
    const time = clock.now();
    const body = pingBody(caller.account, id, webhookId, time);
    const { status, error, durationMs } = await webhookSender.send({ url, id, body, secret, time });
    return { success: true, webhookId, delivered: error === null, status, error, durationMs };
  },
};
