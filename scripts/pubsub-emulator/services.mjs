// @ts-check
import { Refusal } from './broker.mjs';

/** @import { Broker } from './broker.mjs' */
/** @import { Consumer } from './subscription.mjs' */

/** How long a pull may wait for the first message, when the caller has set itself no deadline. */
const LONGEST_PULL_MS = 60_000;

const STATUS = /** @type {const} */ ({ INVALID_ARGUMENT: 3, NOT_FOUND: 5, ALREADY_EXISTS: 6, INTERNAL: 13 });

/**
 * @param {unknown} error
 * @returns {{ code: number, message: string }} what goes over the wire
 */
function wireError(error) {
  const message = error instanceof Error ? error.message : String(error);
  return { code: STATUS[error instanceof Refusal ? error.status : 'INTERNAL'], message };
}

/**
 * A method that answers once.
 *
 * @param {(request: any, call: any) => unknown} answer
 */
function unary(answer) {
  return (/** @type {any} */ call, /** @type {(error: unknown, response?: unknown) => void} */ respond) => {
    Promise.resolve()
      .then(() => answer(call.request, call))
      .then(
        (response) => respond(null, response ?? {}),
        (error) => respond(wireError(error)),
      );
  };
}

/**
 * The methods of `google.pubsub.v1.Publisher`.
 *
 * @param {Broker} broker
 */
export function publisherService(broker) {
  return {
    createTopic: unary((topic) => broker.createTopic(topic)),
    getTopic: unary(({ topic }) => broker.topic(topic)),
    listTopics: unary(({ project }) => ({ topics: broker.topicsOf(project) })),
    listTopicSubscriptions: unary(({ topic }) => ({
      subscriptions: broker.subscriptionsTo(topic).map(({ config }) => config.name),
    })),
    deleteTopic: unary(({ topic }) => broker.deleteTopic(topic)),
    publish: unary(({ topic, messages }) => ({ messageIds: broker.publish(topic, messages) })),
  };
}

/**
 * The methods of `google.pubsub.v1.Subscriber`.
 *
 * @param {Broker} broker
 */
export function subscriberService(broker) {
  return {
    createSubscription: unary((config) => broker.createSubscription(config).config),
    getSubscription: unary(({ subscription }) => broker.subscription(subscription).config),
    listSubscriptions: unary(({ project }) => ({
      subscriptions: broker.subscriptionsOf(project).map(({ config }) => config),
    })),
    deleteSubscription: unary(({ subscription }) => broker.deleteSubscription(subscription)),
    acknowledge: unary(({ subscription, ackIds }) => broker.subscription(subscription).acknowledge(ackIds)),
    modifyAckDeadline: unary(({ subscription, ackIds, ackDeadlineSeconds }) =>
      broker.subscription(subscription).modifyAckDeadline(ackIds, ackDeadlineSeconds),
    ),
    pull: unary(async ({ subscription, maxMessages, returnImmediately }, call) => {
      const gone = new AbortController();
      call.once('cancelled', () => gone.abort());
      const wait = returnImmediately ? undefined : AbortSignal.any([gone.signal, AbortSignal.timeout(LONGEST_PULL_MS)]);
      return { receivedMessages: await broker.subscription(subscription).pull(maxMessages, wait) };
    }),
    streamingPull: (/** @type {any} */ call) => streamingPull(broker, call),
  };
}

/**
 * The first request names the subscription; later ones acknowledge, or change deadlines.
 *
 * @param {Broker} broker
 * @param {any} call
 */
function streamingPull(broker, call) {
  /** @type {import('./subscription.mjs').Subscription | undefined} */
  let subscription;
  /** @type {Consumer | undefined} */
  let consumer;
  const leave = () => consumer && subscription?.leave(consumer);
  call.on('data', (/** @type {any} */ request) => {
    try {
      if (!subscription) {
        subscription = broker.subscription(request.subscription);
        consumer = consumerOf(call, request);
        subscription.join(consumer);
      }
      subscription.acknowledge(request.ackIds);
      for (const [index, ackId] of request.modifyDeadlineAckIds.entries()) {
        subscription.modifyAckDeadline([ackId], request.modifyDeadlineSeconds[index] ?? 0);
      }
    } catch (error) {
      call.emit('error', wireError(error));
    }
  });
  call.on('end', () => {
    leave();
    call.end();
  });
  call.on('cancelled', leave);
  call.on('error', leave);
}

/**
 * @param {any} call
 * @param {any} request the first of the stream
 * @returns {Consumer}
 */
function consumerOf(call, request) {
  return {
    maxMessages: Number(request.maxOutstandingMessages),
    maxBytes: Number(request.maxOutstandingBytes),
    ackDeadlineSeconds: request.streamAckDeadlineSeconds || 10,
    held: { messages: 0, bytes: 0 },
    deliver: (received) => call.write({ receivedMessages: [received] }),
    gone: () =>
      call.emit('error', wireError(new Refusal('NOT_FOUND', `Subscription deleted: ${request.subscription}`))),
  };
}
