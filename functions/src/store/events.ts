import { createHash, randomUUID } from 'node:crypto';
import { type DomainEvent, documents, limits } from '@quarterdeck/contract';
import type { Firestore, Transaction, WriteBatch } from 'firebase-admin/firestore';

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
    const stored = { ...event, id, time, expiresAt: new Date(time.getTime() + RETENTION_MS) };
    (writer as WriteBatch).set(db.doc(documents.event(account, id)), stored);
  }
}

/** Shaped like the random ones, and the same for the same change. */
function eventId(event: Omit<DomainEvent, 'once'>, once: string): string {
  const hash = createHash('sha256').update(`${event.type}|${event.subject}|${once}`).digest('hex');
  return [hash.slice(0, 8), hash.slice(8, 12), hash.slice(12, 16), hash.slice(16, 20), hash.slice(20, 32)].join('-');
}
