import { z } from 'zod';
import { EventId, EventType } from './event.js';
import { WEBHOOK_EVENT_TYPES } from './event-types.js';
import { Instant } from './primitives.js';

/** Pub/Sub topic on which one attempt to deliver one event to one endpoint is asked for: `{ account, webhookId, eventId, attempt }`. */
export const WEBHOOK_DELIVERIES_TOPIC = 'webhook-deliveries';
/** What ping_webhook sends. It is no event: nothing happened. */
export const PING_TYPE = 'webhook.ping';

export const WebhookEventType = z
  .enum(WEBHOOK_EVENT_TYPES)
  .describe(
    'The type of an event, or "session.blocked" for what tells that a session needs somebody: session.state_changed to blocked, or session.started in it.',
  );
export type WebhookEventType = z.infer<typeof WebhookEventType>;

export const WebhookId = z
  .string()
  .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'must be a webhookId that create_webhook answered')
  .describe('The endpoint.');
export type WebhookId = z.infer<typeof WebhookId>;

/** An endpoint of somebody else's that events are sent to, as stored: its secret lies elsewhere, sealed. */
export interface Webhook {
  readonly webhookId: string;
  readonly url: string;
  readonly eventTypes: readonly WebhookEventType[];
  readonly description: string | null;
  /** Nothing that happened before is sent by itself. */
  readonly createdAt: Date;
  /** When it answered 410 and was given up; null: it is in service. */
  readonly disabledAt: Date | null;
}

export const WebhookView = z.object({
  webhookId: WebhookId,
  url: z.string(),
  eventTypes: z.array(WebhookEventType),
  description: z.string().nullable(),
  status: z.enum(['enabled', 'disabled']).describe('Disabled: it answered 410, and nothing is sent to it any more.'),
  createdAt: Instant,
  disabledAt: Instant.nullable(),
});
export type WebhookView = z.infer<typeof WebhookView>;

/**
 * Where a delivery stands. `waiting`: for its next attempt. `sending`: an attempt is under way. `delivered`: it was answered with 2xx.
 * `failed`: given up. `canceled`: there was nothing to send, or nowhere to.
 */
export const DeliveryStatus = z.enum(['waiting', 'sending', 'delivered', 'failed', 'canceled']);
export type DeliveryStatus = z.infer<typeof DeliveryStatus>;

/** One event on its way to one endpoint, as stored. */
export interface Delivery {
  readonly webhookId: string;
  readonly eventId: string;
  readonly type: EventType;
  readonly status: DeliveryStatus;
  /** Since it was made, or last asked for with resend_event. */
  readonly attempts: number;
  /** Giving up counts from here. */
  readonly since: Date;
  /** While it is `sending`, when that attempt counts as lost; null: there is none to come. */
  readonly nextAttemptAt: Date | null;
  readonly lastAttemptAt: Date | null;
  /** HTTP status of the last answer; null: there was none. */
  readonly lastStatus: number | null;
  readonly lastError: string | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

export const DeliveryView = z.object({
  eventId: EventId,
  type: EventType,
  status: DeliveryStatus,
  attempts: z.int().describe('Attempts since the event happened, or was last sent again.'),
  createdAt: Instant,
  lastAttemptAt: Instant.nullable(),
  nextAttemptAt: Instant.nullable().describe('Null: there is none to come.'),
  lastStatus: z.int().nullable().describe('HTTP status of the last answer; null: there was none.'),
  lastError: z.string().nullable().describe('What went wrong in the last attempt; null: nothing.'),
});
export type DeliveryView = z.infer<typeof DeliveryView>;
