import type { Delivery, DomainEvent, EventType, StoredEvent, Webhook } from '@quarterdeck/contract';
import type { Receipt } from '../../domain/webhook-delivery.js';
import type { Page } from './outside-ports.js';

/** Which events to list. */
export interface EventQuery {
  /** Undefined: all. */
  readonly types?: readonly EventType[] | undefined;
  readonly subject?: string | undefined;
  /** From this moment on, oldest first; undefined: newest first. */
  readonly after?: Date | undefined;
  readonly limit: number;
  readonly pageToken?: string | undefined;
}

export interface EventStore {
  find(account: string, eventId: string): Promise<StoredEvent | undefined>;
  list(account: string, query: EventQuery): Promise<Page<StoredEvent>>;
}

export interface WebhookStore {
  /** As stored, oldest first. */
  list(account: string): Promise<readonly Webhook[]>;
  /**
   * Writes an endpoint and seals its secret. A repetition of the same call changes nothing.
   * @throws DomainError `WEBHOOK_LIMIT`
   */
  create(account: string, webhook: Webhook, secret: string, event: DomainEvent): Promise<void>;
  /** @throws DomainError `WEBHOOK_UNKNOWN` */
  delete(account: string, webhookId: string, tell: (webhook: Webhook) => DomainEvent, now: Date): Promise<void>;
  /** Takes an endpoint out of service, unless it is gone or was before. */
  disable(account: string, webhookId: string, tell: (webhook: Webhook) => DomainEvent, now: Date): Promise<void>;
  /** What messages are signed with. @throws Error when it can't be unsealed */
  secretOf(account: string, webhookId: string): Promise<string>;
}

/** A delivery, and what its next attempt needs. */
export interface FoundDelivery {
  readonly delivery: Delivery;
  /** Undefined: the endpoint was deleted. */
  readonly webhook: Webhook | undefined;
  /** Undefined: its 30 days are over. */
  readonly event: StoredEvent | undefined;
  readonly version: unknown;
}

export interface DeliveryStore {
  /** @returns false: the event is, or was, on its way to this endpoint already */
  create(account: string, delivery: Delivery): Promise<boolean>;
  find(account: string, webhookId: string, eventId: string): Promise<FoundDelivery | undefined>;
  /** Writes it unless it has moved. @returns its version now; undefined: it has moved, and nothing was written */
  save(account: string, delivery: Delivery, version: unknown): Promise<unknown>;
  /** The newest first. */
  list(account: string, webhookId: string, limit: number): Promise<readonly Delivery[]>;
  /** What is due in any account, the longest due first. */
  due(now: Date): AsyncIterable<{ readonly account: string; readonly delivery: Delivery }>;
}

/** One signed message to an endpoint. */
export interface WebhookMessage {
  readonly url: string;
  /** The same for every attempt, so that the receiver can tell. */
  readonly id: string;
  readonly body: string;
  readonly secret: string;
  /** When this attempt is made. */
  readonly time: Date;
}

export interface WebhookSenderPort {
  /** Endpoints on this machine are allowed: never in production. */
  readonly allowsLoopback: boolean;
  /** Sends once, within WEBHOOK_TIMEOUT_SECONDS. Whatever goes wrong is in the receipt. */
  send(message: WebhookMessage): Promise<Receipt>;
}
