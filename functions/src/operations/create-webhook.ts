import type { Webhook } from '@quarterdeck/contract';
import { actorOf } from '../domain/caller.js';
import { invalidField } from '../domain/domain-error.js';
import { viewWebhook, webhookEvent } from '../domain/webhook-endpoint.js';
import { urlProblem } from '../domain/webhook-url.js';
import type { Handler } from './handler.js';

/** Makes an endpoint. Its name is not looked up yet: where it leads is checked with every message. */
export const handleCreateWebhook: Handler<'createWebhook'> = {
  for: 'member',
  run: async ({ url, eventTypes, description }, caller, { webhooks, webhookSender, clock, random }) => {
    const problem = urlProblem(url, webhookSender.allowsLoopback);
    if (problem !== undefined) throw invalidField('url', problem);
    const webhook: Webhook = {
      webhookId: random.memoryId(),
      url: new URL(url).href,
      eventTypes: [...new Set(eventTypes)],
      description: description ?? null,
      createdAt: clock.now(),
      disabledAt: null,
    };
    const secret = `whsec_${Buffer.from(random.keyBytes()).toString('base64')}`;
    await webhooks.create(caller.account, webhook, secret, webhookEvent('webhook.created', webhook, actorOf(caller)));
    return { success: true, webhookId: webhook.webhookId, secret, webhook: viewWebhook(webhook) };
  },
};
