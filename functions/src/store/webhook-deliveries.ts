import { collections, type Delivery, documents, type StoredEvent } from '@quarterdeck/contract';
import { FieldPath, type Timestamp } from 'firebase-admin/firestore';
import type { DeliveryStore, FoundDelivery } from '../operations/ports.js';
import { read, stored } from './documents.js';
import { ALREADY_EXISTS, grpcCode, isOutpaced } from './firestore-errors.js';
import { pagesOf } from './pages-of.js';
import type { StoreContext } from './store-context.js';
import { webhooksIn } from './webhooks.js';

/** Documents of one page: bounds memory, whatever the backlog. */
const PAGE = 500;

export class FirestoreDeliveryStore implements DeliveryStore {
  constructor(private readonly context: StoreContext) {}

  async create(account: string, delivery: Delivery): Promise<boolean> {
    try {
      await this.ref(account, delivery.webhookId, delivery.eventId).create(stored('delivery', delivery));
      return true;
    } catch (error) {
      if (grpcCode(error) === ALREADY_EXISTS) return false;
      throw error;
    }
  }

  async find(account: string, webhookId: string, eventId: string): Promise<FoundDelivery | undefined> {
    const { db } = this.context;
    const [snapshot, webhooks, event] = await db.getAll(
      this.ref(account, webhookId, eventId),
      db.doc(documents.webhooks(account)),
      db.doc(documents.event(account, eventId)),
    );
    if (snapshot === undefined || webhooks === undefined || event === undefined) return undefined;
    const delivery = read<Delivery>('delivery', snapshot);
    if (delivery === undefined) return undefined;
    const webhook = webhooksIn(read('webhooks', webhooks)).find((one) => one.webhookId === webhookId);
    return { delivery, webhook, event: read<StoredEvent>('event', event), version: snapshot.updateTime };
  }

  async save(account: string, delivery: Delivery, version: unknown): Promise<unknown> {
    try {
      const ref = this.ref(account, delivery.webhookId, delivery.eventId);
      const { writeTime } = await ref.update(
        { ...stored('delivery', delivery) },
        { lastUpdateTime: version as Timestamp },
      );
      return writeTime;
    } catch (error) {
      if (isOutpaced(error)) return undefined;
      throw error;
    }
  }

  async list(account: string, webhookId: string, limit: number): Promise<readonly Delivery[]> {
    const ofWebhook = this.context.db.collection(collections.deliveries(account)).where('webhookId', '==', webhookId);
    const { docs } = await ofWebhook.orderBy('createdAt', 'desc').limit(limit).get();
    return docs.map((doc) => read<Delivery>('delivery', doc) as Delivery);
  }

  async *due(now: Date): AsyncIterable<{ readonly account: string; readonly delivery: Delivery }> {
    const due = this.context.db
      .collectionGroup(collections.allDeliveries())
      .where('nextAttemptAt', '<=', now)
      .orderBy('nextAttemptAt')
      .orderBy(FieldPath.documentId());
    for await (const page of pagesOf(due, PAGE)) {
      for (const doc of page) {
        const account = doc.ref.parent.parent?.id;
        if (account !== undefined) yield { account, delivery: read<Delivery>('delivery', doc) as Delivery };
      }
    }
  }

  private ref(account: string, webhookId: string, eventId: string) {
    return this.context.db.doc(documents.delivery(account, webhookId, eventId));
  }
}
