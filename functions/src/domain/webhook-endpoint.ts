import {
  type DomainEvent,
  type EventType,
  iso,
  PING_TYPE,
  type StoredEvent,
  type Webhook,
  type WebhookView,
} from '@quarterdeck/contract';
import { alertOf, candidateOf } from './alert.js';
import { DomainError } from './domain-error.js';

/** True when an event of this type may be one that the endpoint asks for. */
export function mayWant(webhook: Webhook, type: EventType): boolean {
  if (webhook.disabledAt !== null) return false;
  return webhook.eventTypes.some((one) => one === type || one === candidateOf(type));
}

/** True when the endpoint asks for this event, which did not happen before the endpoint was there. */
export function wants(webhook: Webhook, event: StoredEvent): boolean {
  if (!mayWant(webhook, event.type) || event.time < webhook.createdAt) return false;
  const alert = alertOf(event);
  return webhook.eventTypes.some((one) => one === event.type || one === alert);
}

/** An endpoint as admins see it. */
export function viewWebhook(webhook: Webhook): WebhookView {
  return {
    webhookId: webhook.webhookId,
    url: webhook.url,
    eventTypes: [...webhook.eventTypes],
    description: webhook.description,
    status: webhook.disabledAt === null ? 'enabled' : 'disabled',
    createdAt: iso(webhook.createdAt),
    disabledAt: iso(webhook.disabledAt),
  };
}

/** What is told about an endpoint: never its address, which is often a secret. */
export function webhookEvent(
  type: 'webhook.created' | 'webhook.deleted' | 'webhook.disabled',
  { webhookId, description }: Webhook,
  actor: string,
): DomainEvent {
  // Each of them happens to an endpoint once.
  return { type, subject: `webhook/${webhookId}`, actor, data: { webhookId, description }, once: type };
}

/** The body that an event is sent as: JSON with the attributes of CloudEvents 1.0. The same for every attempt. */
export function eventBody(account: string, { id, type, time, subject, actor, data }: StoredEvent): string {
  const source = sourceOf(account);
  return JSON.stringify({ specversion: '1.0', id, type, source, time: iso(time), subject, actor, data });
}

/** The same for a test message. */
export function pingBody(account: string, id: string, webhookId: string, now: Date): string {
  const subject = `webhook/${webhookId}`;
  const source = sourceOf(account);
  return JSON.stringify({ specversion: '1.0', id, type: PING_TYPE, source, time: iso(now), subject, data: {} });
}

export function webhookUnknown(): DomainError {
  return new DomainError(
    'WEBHOOK_UNKNOWN',
    'webhookId: the account has no such endpoint. list_webhooks shows which it has.',
  );
}

function sourceOf(account: string): string {
  return `/accounts/${account}`;
}
