import { createHash, randomUUID } from 'node:crypto';
import { collections, type DomainEvent, documents, limits, type StoredEvent } from '@quarterdeck/contract';
import {
  FieldPath,
  type Firestore,
  type Query,
  Timestamp,
  type Transaction,
  type WriteBatch,
} from 'firebase-admin/firestore';
import type { EventQuery, EventStore, Page } from '../operations/ports.js';
import { read, stored } from './documents.js';
import { decodePageToken, encodePageToken } from './page-token.js';
import type { StoreContext } from './store-context.js';

const RETENTION_MS = limits.EVENT_RETENTION_DAYS * 86_400_000;

/** Writes events beside the change that they tell of: the outbox. */
export function writeEvents(
  db: Firestore,
  writer: Transaction | WriteBatch,
  account: string,
  events: readonly DomainEvent[],
  time: Date,
): void {
  for (const { once, ...event } of events) {
    const id = once === undefined ? randomUUID() : eventId(event, once);
    const data = { ...event, id, time, expiresAt: new Date(time.getTime() + RETENTION_MS) };
    (writer as WriteBatch).set(db.doc(documents.event(account, id)), stored('event', data));
  }
}

export class FirestoreEventStore implements EventStore {
  constructor(private readonly context: StoreContext) {}

  async find(account: string, eventId: string): Promise<StoredEvent | undefined> {
    return read<StoredEvent>('event', await this.context.db.doc(documents.event(account, eventId)).get());
  }

  async list(account: string, { types, subject, after, limit, pageToken }: EventQuery): Promise<Page<StoredEvent>> {
    const all: Query = this.context.db.collection(collections.events(account));
    const about = subject === undefined ? all : all.where('subject', '==', subject);
    const [onlyType, ...moreTypes] = types ?? [];
    const ofType = moreTypes.length > 0 ? about.where('type', 'in', types) : about;
    const typed = onlyType !== undefined && moreTypes.length === 0 ? about.where('type', '==', onlyType) : ofType;
    const from = after === undefined ? typed : typed.where('time', '>=', after);
    const direction = after === undefined ? 'desc' : 'asc';
    const ordered = from.orderBy('time', direction).orderBy(FieldPath.documentId(), direction);
    const place = pageToken === undefined ? undefined : decodePageToken(pageToken, { time: 'number', id: 'string' });
    const placed = place === undefined ? ordered : ordered.startAfter(Timestamp.fromMillis(place.time), place.id);
    const { docs } = await placed.limit(limit + 1).get();
    const items = docs.slice(0, limit).map((doc) => read<StoredEvent>('event', doc) as StoredEvent);
    const last = items.at(-1);
    if (docs.length <= limit || last === undefined) return { items };
    return { items, nextPageToken: encodePageToken({ time: last.time.getTime(), id: last.id }) };
  }
}

/** Shaped like the random ones, and the same for the same change. */
function eventId(event: Omit<DomainEvent, 'once'>, once: string): string {
  const hash = createHash('sha256').update(`${event.type}|${event.subject}|${once}`).digest('hex');
  return [hash.slice(0, 8), hash.slice(8, 12), hash.slice(12, 16), hash.slice(16, 20), hash.slice(20, 32)].join('-');
}
