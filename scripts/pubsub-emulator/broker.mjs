// @ts-check
import { Subscription } from './subscription.mjs';

/** @import { Message } from './subscription.mjs' */

/** What the service shows as the topic of a subscription whose topic was deleted. */
const DELETED_TOPIC = '_deleted-topic_';

/** A refusal with the name of its gRPC status. */
export class Refusal extends Error {
  /**
   * @param {'INVALID_ARGUMENT' | 'NOT_FOUND' | 'ALREADY_EXISTS'} status
   * @param {string} message
   */
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** Topics and subscriptions, in memory only. */
export class Broker {
  /** @type {Map<string, { name: string }>} */
  #topics = new Map();
  /** @type {Map<string, Subscription>} */
  #subscriptions = new Map();
  #lastMessageId = 0;

  /**
   * @template {{ name: string }} T
   * @param {T} topic
   * @returns {T}
   */
  createTopic(topic) {
    if (this.#topics.has(topic.name)) throw new Refusal('ALREADY_EXISTS', `Topic already exists: ${topic.name}`);
    this.#topics.set(topic.name, topic);
    return topic;
  }

  /** @param {string} name */
  topic(name) {
    const topic = this.#topics.get(name);
    if (!topic) throw new Refusal('NOT_FOUND', `Topic not found: ${name}`);
    return topic;
  }

  /** @param {string} project as `projects/<id>` */
  topicsOf(project) {
    return [...this.#topics.values()].filter(({ name }) => name.startsWith(`${project}/topics/`));
  }

  /** @param {string} name */
  deleteTopic(name) {
    this.topic(name);
    this.#topics.delete(name);
    for (const subscription of this.#subscriptions.values()) {
      if (subscription.config.topic === name) subscription.config.topic = DELETED_TOPIC;
    }
  }

  /** @param {{ name: string, topic: string, ackDeadlineSeconds?: number }} config */
  createSubscription(config) {
    this.topic(config.topic);
    if (this.#subscriptions.has(config.name))
      throw new Refusal('ALREADY_EXISTS', `Subscription already exists: ${config.name}`);
    const subscription = new Subscription(config);
    this.#subscriptions.set(config.name, subscription);
    return subscription;
  }

  /** @param {string} name */
  subscription(name) {
    const subscription = this.#subscriptions.get(name);
    if (!subscription) throw new Refusal('NOT_FOUND', `Subscription not found: ${name}`);
    return subscription;
  }

  /** @param {string} project as `projects/<id>` */
  subscriptionsOf(project) {
    return [...this.#subscriptions.values()].filter(({ config }) =>
      config.name.startsWith(`${project}/subscriptions/`),
    );
  }

  /** @param {string} topic */
  subscriptionsTo(topic) {
    this.topic(topic);
    return [...this.#subscriptions.values()].filter(({ config }) => config.topic === topic);
  }

  /** @param {string} name */
  deleteSubscription(name) {
    this.subscription(name).close();
    this.#subscriptions.delete(name);
  }

  /**
   * Each subscription to the topic gets its own copy of each message.
   *
   * @param {string} topic
   * @param {Pick<Message, 'data' | 'attributes' | 'orderingKey'>[]} messages
   * @returns {string[]} the messages' ids
   */
  publish(topic, messages) {
    const subscriptions = this.subscriptionsTo(topic);
    const empty = messages.some(({ data, attributes }) => !data?.length && !Object.keys(attributes ?? {}).length);
    if (empty || !messages.length) throw new Refusal('INVALID_ARGUMENT', 'A message must have data or attributes.');
    const now = Date.now();
    const publishTime = { seconds: Math.floor(now / 1000), nanos: (now % 1000) * 1_000_000 };
    return messages.map((content) => {
      const messageId = String(++this.#lastMessageId);
      for (const subscription of subscriptions) subscription.add({ ...content, messageId, publishTime });
      return messageId;
    });
  }

  /** Forgets everything. */
  close() {
    for (const subscription of this.#subscriptions.values()) subscription.close();
    this.#subscriptions.clear();
    this.#topics.clear();
  }
}
