import { PubSub, type Topic } from '@google-cloud/pubsub';
import type { BusPort } from '../operations/ports.js';
import { grpcCode, NOT_FOUND } from './firestore-errors.js';

/** Google Cloud Pub/Sub. Resolves when the message is accepted, so nothing is left unsent when an answer goes out. */
export class PubSubBus implements BusPort {
  private readonly client = new PubSub();
  private readonly topics = new Map<string, Topic>();

  async publish(topic: string, json: object, attributes: Record<string, string> = {}): Promise<void> {
    const publish = () => this.topic(topic).publishMessage({ json, attributes });
    await publish().catch(async (error: unknown) => {
      if (grpcCode(error) !== NOT_FOUND) throw error;
      // A topic that no function subscribes to is made by nobody else.
      await this.topic(topic).get({ autoCreate: true });
      await publish();
    });
  }

  close(): Promise<void> {
    return this.client.close();
  }

  private topic(name: string): Topic {
    const known = this.topics.get(name);
    if (known !== undefined) return known;
    // Batches are sent at once: a single message must not wait for company.
    const topic = this.client.topic(name, { batching: { maxMilliseconds: 1 } });
    this.topics.set(name, topic);
    return topic;
  }
}
