import { collections, type DomainEvent, documents, type Message } from '@quarterdeck/contract';
import { FieldPath, type Query, Timestamp } from 'firebase-admin/firestore';
import type { InboxQuery, MessageStore, Page } from '../operations/ports.js';
import { read, stored } from './documents.js';
import { writeEvents } from './events.js';
import { ALREADY_EXISTS, grpcCode, NOT_FOUND } from './firestore-errors.js';
import { decodePageToken, encodePageToken } from './page-token.js';
import type { StoreContext } from './store-context.js';

/** A page looks through so many times its size for messages that have not expired: those that have are deleted within a day or two. */
const LOOK_THROUGH = 4;

export class FirestoreMessageStore implements MessageStore {
  constructor(private readonly context: StoreContext) {}

  async send(account: string, messages: readonly Message[], event: DomainEvent): Promise<boolean> {
    const { db, clock } = this.context;
    const batch = db.batch();
    for (const message of messages)
      batch.create(db.doc(documents.message(account, message.messageId)), stored('message', message));
    writeEvents(db, batch, account, [event], clock.now());
    try {
      await batch.commit();
      return true;
    } catch (error) {
      if (grpcCode(error) === ALREADY_EXISTS) return false;
      throw error;
    }
  }

  async find(account: string, messageId: string): Promise<Message | undefined> {
    return read<Message>('message', await this.context.db.doc(documents.message(account, messageId)).get());
  }

  async inbox(account: string, programId: string, query: InboxQuery, now: Date): Promise<Page<Message>> {
    const of = this.ofProgram(account, programId);
    const unread = query.unreadOnly ? of.where('readAt', '==', null) : of;
    const ofThread = query.threadId === undefined ? unread : unread.where('threadId', '==', query.threadId);
    const found: Message[] = [];
    let place = query.pageToken;
    for (let looks = 0; looks < LOOK_THROUGH; looks++) {
      const page = await this.page(ofThread, query.limit, place);
      const fresh = page.items.filter(({ expiresAt }) => expiresAt > now);
      const room = query.limit - found.length;
      found.push(...fresh.slice(0, room));
      const isFull = found.length === query.limit;
      const last = isFull ? fresh[room - 1] : page.items.at(-1);
      const isMore = page.nextPageToken !== undefined || (isFull && last !== page.items.at(-1));
      if (!isMore || last === undefined) return { items: found };
      place = encodePlace(last);
      if (isFull) break;
    }
    return place === undefined ? { items: found } : { items: found, nextPageToken: place };
  }

  async sent(account: string, programId: string, limit: number, pageToken: string | undefined): Promise<Page<Message>> {
    const of = this.context.db.collection(collections.messages(account)).where('from', '==', programId);
    return this.page(of, limit, pageToken);
  }

  async markAsRead(account: string, messageIds: readonly string[], now: Date): Promise<void> {
    const { db } = this.context;
    const mark = (messageId: string) =>
      db
        .doc(documents.message(account, messageId))
        .update({ readAt: now })
        .catch((error: unknown) => {
          // Its time to live is over, and it was deleted.
          if (grpcCode(error) !== NOT_FOUND) throw error;
        });
    await Promise.all(messageIds.map(mark));
  }

  async waiting(account: string, programId: string, limit: number, now: Date) {
    const { items, nextPageToken } = await this.inbox(account, programId, { unreadOnly: true, limit }, now);
    // Where all fit, they are counted already.
    const count = nextPageToken === undefined ? items.length : await this.countPending(account, programId, now);
    return { count, newest: items };
  }

  async countPending(account: string, programId: string, now: Date): Promise<number> {
    const pending = this.ofProgram(account, programId).where('readAt', '==', null).where('expiresAt', '>', now);
    return (await pending.count().get()).data().count;
  }

  private ofProgram(account: string, programId: string): Query {
    return this.context.db.collection(collections.messages(account)).where('programId', '==', programId);
  }

  private async page(query: Query, limit: number, pageToken: string | undefined): Promise<Page<Message>> {
    const ordered = query.orderBy('sentAt', 'desc').orderBy(FieldPath.documentId(), 'desc');
    const placed = pageToken === undefined ? ordered : ordered.startAfter(...decodePlace(pageToken));
    const { docs } = await placed.limit(limit + 1).get();
    const items = docs.slice(0, limit).map((doc) => read<Message>('message', doc) as Message);
    const last = items.at(-1);
    return docs.length > limit && last ? { items, nextPageToken: encodePlace(last) } : { items };
  }
}

function encodePlace({ sentAt, messageId }: Message): string {
  return encodePageToken({ sentAt: sentAt.getTime(), id: messageId });
}

function decodePlace(token: string): [Timestamp, string] {
  const { sentAt, id } = decodePageToken(token, { sentAt: 'number', id: 'string' });
  return [Timestamp.fromMillis(sentAt), id];
}
