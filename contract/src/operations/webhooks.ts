import { z } from 'zod';
import { EventId } from '../event.js';
import { ALERT_TYPES, WEBHOOK_EVENT_TYPES } from '../event-types.js';
import {
  DELIVERY_PAGE_DEFAULT,
  DELIVERY_PAGE_MAX,
  WEBHOOK_DESCRIPTION_MAX_CHARS,
  WEBHOOK_URL_MAX_CHARS,
} from '../limits.js';
import { defineOperation } from '../operation.js';
import { visibleText } from '../primitives.js';
import { DeliveryView, WebhookEventType, WebhookId, WebhookView } from '../webhook.js';

const doors = ['callable', 'rest'] as const;

/** Makes an endpoint that events are sent to, signed as Standard Webhooks, at least once and in no order. */
export const createWebhook = defineOperation({
  name: 'create_webhook',
  title: 'Create webhook',
  description: 'Have events sent to an address of yours. The secret that they are signed with is shown once.',
  access: ['admin'],
  doors,
  effect: 'create',
  input: z.strictObject({
    url: z.string().max(WEBHOOK_URL_MAX_CHARS).describe('https://…, at a public address, on port 443 or from 1024 on.'),
    eventTypes: z
      .array(WebhookEventType)
      .min(1)
      .max(WEBHOOK_EVENT_TYPES.length)
      .default([...ALERT_TYPES])
      .describe('What is sent. By default the alerts: a session is stale, recovered, blocked or ended.'),
    description: visibleText(WEBHOOK_DESCRIPTION_MAX_CHARS).optional(),
  }),
  output: z.object({
    success: z.literal(true),
    webhookId: WebhookId,
    secret: z.string().describe('"whsec_…", for verifying signatures. It is shown this once.'),
    webhook: WebhookView,
  }),
  errors: ['WEBHOOK_LIMIT', 'CONTENTION'],
});

/** The endpoints of the account, oldest first, without their secrets. */
export const listWebhooks = defineOperation({
  name: 'list_webhooks',
  title: 'List webhooks',
  description: 'See where events are sent.',
  access: ['admin', 'auditor'],
  doors,
  effect: 'read',
  input: z.strictObject({}),
  output: z.object({ success: z.literal(true), webhooks: z.array(WebhookView) }),
  errors: [],
});

/** Ends an endpoint. What was not delivered is canceled. */
export const deleteWebhook = defineOperation({
  name: 'delete_webhook',
  title: 'Delete webhook',
  description: 'Stop sending events to an address. What is not delivered yet is not sent any more.',
  access: ['admin'],
  doors,
  effect: 'destructive',
  input: z.strictObject({ webhookId: WebhookId }),
  output: z.object({ success: z.literal(true), webhookId: WebhookId }),
  errors: ['WEBHOOK_UNKNOWN', 'CONTENTION'],
});

/** Sends a signed `webhook.ping` now, once, and says what came of it. */
export const pingWebhook = defineOperation({
  name: 'ping_webhook',
  title: 'Ping webhook',
  description: 'Send a test message to an address now, and see what it answers.',
  access: ['admin'],
  doors,
  effect: 'create',
  input: z.strictObject({ webhookId: WebhookId }),
  output: z.object({
    success: z.literal(true),
    webhookId: WebhookId,
    delivered: z.boolean().describe('True: it answered with 2xx.'),
    status: z.int().nullable().describe('HTTP status of the answer; null: there was none.'),
    error: z.string().nullable().describe('What went wrong; null: nothing.'),
    durationMs: z.int(),
  }),
  errors: ['WEBHOOK_UNKNOWN', 'WEBHOOK_DISABLED'],
});

/** The newest deliveries to an endpoint, of the last 30 days. */
export const listDeliveries = defineOperation({
  name: 'list_deliveries',
  title: 'List deliveries',
  description: 'See which events were sent to an address, and what came of it.',
  access: ['admin', 'auditor'],
  doors,
  effect: 'read',
  input: z.strictObject({
    webhookId: WebhookId,
    limit: z.int().min(1).max(DELIVERY_PAGE_MAX).default(DELIVERY_PAGE_DEFAULT),
  }),
  output: z.object({ success: z.literal(true), deliveries: z.array(DeliveryView) }),
  errors: ['WEBHOOK_UNKNOWN'],
});

/** Sends an event of the last 30 days to an endpoint again, or for the first time, whatever types it asks for. */
export const resendEvent = defineOperation({
  name: 'resend_event',
  title: 'Resend event',
  description: 'Send an event to an address once more, as after an outage there. It has the same id again.',
  access: ['admin'],
  doors,
  effect: 'create',
  input: z.strictObject({ webhookId: WebhookId, eventId: EventId }),
  output: z.object({ success: z.literal(true), delivery: DeliveryView }),
  errors: ['WEBHOOK_UNKNOWN', 'WEBHOOK_DISABLED', 'EVENT_UNKNOWN', 'CONTENTION'],
});
