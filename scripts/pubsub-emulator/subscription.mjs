// @ts-check

/** What a subscription without an `ackDeadlineSeconds` gets, as in the service. */
const DEFAULT_ACK_DEADLINE_SECONDS = 10;

/**
 * A published message, in the shape of the service's `PubsubMessage`.
 *
 * @typedef {object} Message
 * @property {Buffer} data
 * @property {Record<string, string>} attributes
 * @property {string} messageId
 * @property {{ seconds: number, nanos: number }} publishTime
 * @property {string} orderingKey
 */

/**
 * One message on its way to the subscriber, and how often it has been handed out.
 *
 * @typedef {{ message: Message, attempts: number }} Delivery
 */

/**
 * Somebody who takes messages as they come: an open streaming pull.
 *
 * @typedef {object} Consumer
 * @property {number} maxMessages how many it may hold unacknowledged; 0 for any number
 * @property {number} maxBytes of message data it may hold unacknowledged; 0 for any number
 * @property {number} ackDeadlineSeconds how long it has for each
 * @property {{ messages: number, bytes: number }} held what it holds; kept by the subscription
 * @property {(received: ReceivedMessage) => void} deliver
 * @property {() => void} gone called when the subscription is deleted
 */

/** @typedef {{ ackId: string, message: Message, deliveryAttempt: number }} ReceivedMessage */

/** @typedef {{ delivery: Delivery, consumer: Consumer | undefined, timer: NodeJS.Timeout }} Lease */

/**
 * A queue whose messages are handed out on lease: acknowledged, they are gone; given back or forgotten, they come again.
 * Consumers share the messages in turns.
 */
export class Subscription {
  /** @type {Delivery[]} */
  #queue = [];
  /** @type {Map<string, Lease>} */
  #leases = new Map();
  /** @type {Consumer[]} */
  #consumers = [];
  /** @type {Set<() => void>} */
  #waiting = new Set();
  #lastAck = 0;

  /** @param {{ name: string, topic: string, ackDeadlineSeconds?: number }} config as created; given back by getSubscription */
  constructor(config) {
    this.config = { ...config, ackDeadlineSeconds: config.ackDeadlineSeconds || DEFAULT_ACK_DEADLINE_SECONDS };
  }

  /** @param {Message} message */
  add(message) {
    this.#queue.push({ message, attempts: 0 });
    this.#handOut();
  }

  /** @param {Consumer} consumer */
  join(consumer) {
    this.#consumers.push(consumer);
    this.#handOut();
  }

  /**
   * The consumer gets no more messages. Those it holds come again when their deadline passes, as when a subscriber crashes.
   *
   * @param {Consumer} consumer
   */
  leave(consumer) {
    this.#consumers = this.#consumers.filter((each) => each !== consumer);
  }

  /**
   * Takes messages.
   *
   * @param {number} maxMessages
   * @param {AbortSignal} [waitUntil] given, the first message is waited for until this is aborted
   * @returns {Promise<ReceivedMessage[]>} empty when none came
   */
  async pull(maxMessages, waitUntil) {
    if (!this.#queue.length && waitUntil) {
      await new Promise((/** @type {(value?: unknown) => void} */ done) => {
        this.#waiting.add(done);
        waitUntil.addEventListener('abort', done, { once: true });
        waitUntil.addEventListener('abort', () => this.#waiting.delete(done), { once: true });
      });
    }
    if (waitUntil?.aborted) return [];
    const taken = this.#queue
      .splice(0, maxMessages)
      .map((delivery) => this.#lease(delivery, this.config.ackDeadlineSeconds));
    this.#handOut();
    return taken;
  }

  /** @param {string[]} ackIds unknown ones are late acknowledgements: the message has been handed out again, and nothing happens */
  acknowledge(ackIds) {
    for (const ackId of ackIds) this.#endLease(ackId);
    this.#handOut();
  }

  /**
   * @param {string[]} ackIds
   * @param {number} seconds from now; 0 gives the messages back at once
   */
  modifyAckDeadline(ackIds, seconds) {
    for (const ackId of ackIds) {
      const lease = this.#leases.get(ackId);
      if (!lease) continue;
      clearTimeout(lease.timer);
      if (seconds === 0) this.#giveBack(ackId);
      else lease.timer = this.#deadline(ackId, seconds);
    }
    this.#handOut();
  }

  /** Forgets everything; who waits for a message gets none. */
  close() {
    this.#queue = [];
    for (const consumer of this.#consumers) consumer.gone();
    this.#consumers = [];
    for (const { timer } of this.#leases.values()) clearTimeout(timer);
    this.#leases.clear();
    for (const finish of this.#waiting) finish();
    this.#waiting.clear();
  }

  #handOut() {
    while (this.#queue.length) {
      const [waiting] = this.#waiting;
      if (waiting) {
        this.#waiting.delete(waiting);
        waiting(); // It takes its messages in a moment, and what it leaves is handed out then.
        return;
      }
      const consumer = this.#consumers.find(hasRoom);
      const delivery = consumer && this.#queue.shift();
      if (!consumer || !delivery) return;
      this.leave(consumer);
      this.#consumers.push(consumer); // to the end of the line
      consumer.deliver(this.#lease(delivery, consumer.ackDeadlineSeconds, consumer));
    }
  }

  /**
   * @param {Delivery} delivery
   * @param {number} seconds
   * @param {Consumer} [consumer]
   * @returns {ReceivedMessage}
   */
  #lease(delivery, seconds, consumer) {
    delivery.attempts++;
    const ackId = `${delivery.message.messageId}-${++this.#lastAck}`;
    this.#leases.set(ackId, { delivery, consumer, timer: this.#deadline(ackId, seconds) });
    if (consumer) hold(consumer, delivery.message, 1);
    return { ackId, message: delivery.message, deliveryAttempt: delivery.attempts };
  }

  /**
   * @param {string} ackId
   * @param {number} seconds
   */
  #deadline(ackId, seconds) {
    return setTimeout(() => {
      this.#giveBack(ackId);
      this.#handOut();
    }, seconds * 1000);
  }

  /** @param {string} ackId */
  #giveBack(ackId) {
    const lease = this.#endLease(ackId);
    if (lease) this.#queue.push(lease.delivery);
  }

  /** @param {string} ackId */
  #endLease(ackId) {
    const lease = this.#leases.get(ackId);
    if (!lease) return undefined;
    clearTimeout(lease.timer);
    this.#leases.delete(ackId);
    if (lease.consumer) hold(lease.consumer, lease.delivery.message, -1);
    return lease;
  }
}

/**
 * @param {Consumer} consumer
 * @returns {boolean}
 */
function hasRoom({ maxMessages, maxBytes, held }) {
  return (maxMessages <= 0 || held.messages < maxMessages) && (maxBytes <= 0 || held.bytes < maxBytes);
}

/**
 * @param {Consumer} consumer
 * @param {Message} message
 * @param {1 | -1} sign
 */
function hold({ held }, message, sign) {
  held.messages += sign;
  held.bytes += sign * message.data.length;
}
