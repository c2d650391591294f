import { z } from 'zod';
import { EVENT_TYPES } from './event-types.js';
import { Instant } from './primitives.js';

export const EventType = z.enum(EVENT_TYPES);
export type EventType = z.infer<typeof EventType>;

export const EventId = z
  .string()
  .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'must be the id of an event')
  .describe('The event. Who is told of it twice knows it by this.');
export type EventId = z.infer<typeof EventId>;

/**
 * A change of something, as decided by the domain and as stored: attribute names follow CloudEvents 1.0 (`id`, `type`, `time`, `subject`, `data`).
 * It is written in the same transaction as the change and published at least once.
 */
export interface DomainEvent {
  readonly type: EventType;
  /** What it is about: `session/abc`, `key/<hash>`, `program/builder`, `member/<id>`, `webhook/<id>`, `account`. */
  readonly subject: string;
  /** Who caused it: `program/builder`, `person/<uid>` or `sweep`. */
  readonly actor: string;
  readonly data: Readonly<Record<string, string | number | boolean | null>>;
  /** Makes the id the same when the same change is decided twice; absent: every decision is an event of its own. */
  readonly once?: string;
}

/** An event as stored. */
export interface StoredEvent extends Omit<DomainEvent, 'once'> {
  readonly id: string;
  readonly time: Date;
  readonly expiresAt: Date;
  /** True: it came with an import, where it had been told before. It is not published. */
  readonly imported?: boolean;
}

/** An event as it is listed. */
export const EventView = z.object({
  id: EventId,
  type: EventType,
  time: Instant,
  subject: z.string().describe('What it is about: session/…, key/…, program/…, member/…, webhook/…, account.'),
  actor: z.string().describe('Who caused it: program/…, person/…, or sweep.'),
  data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type EventView = z.infer<typeof EventView>;

/** Pub/Sub topic of events; a message carries `{ account, id }` and the attributes `account`, `id`, `type` and `subject`, never the event itself. */
export const EVENTS_TOPIC = 'events';
/** Pub/Sub topic on which the schedule asks for the sweep of one account: `{ account }`. */
export const SWEEP_TOPIC = 'sweep-account';
