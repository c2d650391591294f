import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { type Message, PubSub, type Subscription, type Topic, v1 } from '@google-cloud/pubsub';

const PROJECT = 'demo-pubsub-emulator';
let emulator: ChildProcess;
let client: PubSub;
let pulling: v1.SubscriberClient;
let formerHost: string | undefined;
let serial = 0;

beforeAll(async () => {
  emulator = spawn(process.execPath, [join(__dirname, '../../scripts/pubsub-emulator.mjs'), '--port=0']);
  const host = await new Promise<string>((ready, failed) => {
    emulator.stdout?.on('data', (text) => {
      const found = /ready on (\S+)/.exec(String(text))?.[1];
      if (found) ready(found);
    });
    emulator.stderr?.on('data', (text) => failed(new Error(String(text))));
    emulator.once('exit', (code) => failed(new Error(`exit code ${code}`)));
  });
  formerHost = process.env.PUBSUB_EMULATOR_HOST;
  process.env.PUBSUB_EMULATOR_HOST = host;
  client = new PubSub({ projectId: PROJECT });
  const { sslCreds } = await client.getClientConfig();
  const [servicePath = '', port] = host.split(':');
  pulling = new v1.SubscriberClient({
    projectId: PROJECT,
    servicePath,
    port: Number(port),
    ...(sslCreds && { sslCreds }),
  });
});

afterAll(async () => {
  if (formerHost === undefined) delete process.env.PUBSUB_EMULATOR_HOST;
  else process.env.PUBSUB_EMULATOR_HOST = formerHost;
  await pulling?.close();
  await client?.close();
  const ended = new Promise((done) => emulator.once('exit', done));
  emulator.kill('SIGINT');
  await ended;
});

async function aTopic(): Promise<Topic> {
  const [topic] = await client.createTopic(`topic-${++serial}`);
  return topic;
}

async function aSubscription(topic: Topic, options: { ackDeadlineSeconds?: number } = {}): Promise<Subscription> {
  const [subscription] = await topic.createSubscription(`subscription-${++serial}`, options);
  return subscription;
}

/** Resolves when the emulator has seen what was asked of it before with `pulling`: requests of a connection arrive in order. */
async function seenByEmulator({ name }: Subscription): Promise<void> {
  await pulling.getSubscription({ subscription: name });
}

/** Collects what a subscriber receives until there are `count`; each is handled (acknowledged by default). */
function receive(
  subscription: Subscription,
  count: number,
  handle = (message: Message) => message.ack(),
): Promise<Message[]> {
  const received: Message[] = [];
  return new Promise((done, failed) => {
    subscription.on('error', failed);
    subscription.on('message', (message: Message) => {
      received.push(message);
      handle(message);
      if (received.length === count) done(received);
    });
  });
}

async function pull(
  subscription: Subscription,
  options: { returnImmediately?: boolean } = {},
): Promise<{ ackId: string; text: string; attempt: number }[]> {
  const [{ receivedMessages }] = await pulling.pull({ subscription: subscription.name, maxMessages: 10, ...options });
  return (receivedMessages ?? []).map(({ ackId, message, deliveryAttempt }) => ({
    ackId: String(ackId),
    text: String(message?.data),
    attempt: Number(deliveryAttempt),
  }));
}

test('what is published arrives with its data, attributes, id and time', async () => {
  const topic = await aTopic();
  const subscription = await aSubscription(topic);
  const arriving = receive(subscription, 1);
  const before = Date.now();
  const messageId = await topic.publishMessage({ data: Buffer.from('hello'), attributes: { kind: 'greeting' } });
  const [message] = await arriving;
  expect(message).toMatchObject({ id: messageId, attributes: { kind: 'greeting' }, deliveryAttempt: 1 });
  expect(String(message?.data)).toBe('hello');
  const publishedAt = Number(message?.publishTime.getTime());
  expect(publishedAt).toBeGreaterThanOrEqual(before);
  expect(publishedAt).toBeLessThanOrEqual(Date.now());
  await subscription.close();
});

test('a message published before anybody listens waits for its subscriber', async () => {
  const topic = await aTopic();
  const subscription = await aSubscription(topic);
  await topic.publishMessage({ json: { early: true } });
  const [message] = await receive(subscription, 1);
  expect(JSON.parse(String(message?.data))).toEqual({ early: true });
  await subscription.close();
});

test('every subscription to a topic gets its own copy', async () => {
  const topic = await aTopic();
  const subscriptions = [await aSubscription(topic), await aSubscription(topic)];
  await topic.publishMessage({ data: Buffer.from('for all') });
  for (const subscription of subscriptions) expect(await pull(subscription)).toMatchObject([{ text: 'for all' }]);
});

test('two subscribers to one subscription share its messages and neither gets the same one', async () => {
  const topic = await aTopic();
  const first = await aSubscription(topic);
  const second = client.subscription(first.name);
  const shares: [string[], string[]] = [[], []];
  let look = () => {};
  for (const [index, subscriber] of [first, second].entries()) {
    subscriber.on('message', (message: Message) => {
      shares[index]?.push(String(message.data));
      message.ack();
      look();
    });
  }
  const received = (count: number) =>
    new Promise<void>((done) => {
      look = () => shares.flat().length >= count && done();
      look();
    });
  const sent: string[] = [];
  const send = (text: string) => {
    sent.push(text);
    return topic.publishMessage({ data: Buffer.from(text) });
  };
  // The streams open when they will: until both are there, one gets everything.
  while (shares.some((share) => share.length === 0)) {
    await send(`first message ${sent.length}`);
    await received(sent.length);
  }
  const before = shares.map((share) => share.length);
  await Promise.all(Array.from({ length: 40 }, (_, index) => send(`message ${index}`)));
  await received(sent.length);
  expect(shares.flat().sort()).toEqual(sent.sort());
  expect(shares.map((share, index) => share.length - Number(before[index]))).toEqual([20, 20]);
  await Promise.all([first.close(), second.close()]);
});

test('a subscriber holds no more messages than its flow control allows', async () => {
  const topic = await aTopic();
  const { name } = await aSubscription(topic, { ackDeadlineSeconds: 600 });
  const subscription = client.subscription(name, {
    flowControl: { maxMessages: 3 },
    streamingOptions: { maxStreams: 1 },
  });
  const held: Message[] = [];
  let look = () => {};
  const three = () =>
    new Promise<void>((done) => {
      look = () => held.length >= 3 && done();
      look();
    });
  subscription.on('message', (message: Message) => {
    held.push(message);
    look();
  });
  await Promise.all(Array.from({ length: 10 }, () => topic.publishMessage({ data: Buffer.from('x') })));
  await three();
  for (const message of held.splice(0)) message.ack();
  await three();
  // All that it has not been given is there for somebody else.
  expect(await pull(subscription)).toHaveLength(4);
  expect(held).toHaveLength(3);
  for (const message of held) message.ack();
  await subscription.close();
});

test('a message given back comes again, counted', async () => {
  const topic = await aTopic();
  const subscription = await aSubscription(topic);
  const arriving = receive(subscription, 3, (message) =>
    message.deliveryAttempt === 3 ? message.ack() : message.nack(),
  );
  await topic.publishMessage({ data: Buffer.from('again') });
  expect((await arriving).map(({ deliveryAttempt }) => deliveryAttempt)).toEqual([1, 2, 3]);
  await subscription.close();
});

test('a message not acknowledged within its deadline comes again', async () => {
  const topic = await aTopic();
  const subscription = await aSubscription(topic, { ackDeadlineSeconds: 600 });
  await topic.publishMessage({ data: Buffer.from('forgotten') });
  const [first] = await pull(subscription);
  expect(await pull(subscription, { returnImmediately: true })).toEqual([]);
  await pulling.modifyAckDeadline({
    subscription: subscription.name,
    ackIds: [String(first?.ackId)],
    ackDeadlineSeconds: 1,
  });
  const [second] = await pull(subscription);
  expect(second).toMatchObject({ text: 'forgotten', attempt: 2 });
  expect(second?.ackId).not.toBe(first?.ackId);
});

test('an acknowledged message never comes again, and a late acknowledgement is harmless', async () => {
  const topic = await aTopic();
  const subscription = await aSubscription(topic, { ackDeadlineSeconds: 600 });
  for (const text of ['done', 'forgotten']) await topic.publishMessage({ data: Buffer.from(text) });
  const pulled = await pull(subscription);
  expect(pulled.map(({ text }) => text)).toEqual(['done', 'forgotten']);
  const [done, forgotten] = pulled.map(({ ackId }) => ackId);
  const of = { subscription: subscription.name };
  await pulling.modifyAckDeadline({ ...of, ackIds: [String(done), String(forgotten)], ackDeadlineSeconds: 1 });
  await pulling.acknowledge({ ...of, ackIds: [String(done)] });
  await pulling.acknowledge({ ...of, ackIds: [String(done)] });
  // The deadlines pass in this order, so that what was acknowledged would come before the other.
  expect(await pull(subscription)).toMatchObject([{ text: 'forgotten', attempt: 2 }]);
  expect(await pull(subscription, { returnImmediately: true })).toEqual([]);
});

test('a pull waits for the first message', async () => {
  const topic = await aTopic();
  const subscription = await aSubscription(topic);
  const pulled = pull(subscription);
  await seenByEmulator(subscription);
  await topic.publishMessage({ data: Buffer.from('at last') });
  expect(await pulled).toMatchObject([{ text: 'at last' }]);
});

test('a pull that its caller gave up takes no message', async () => {
  const topic = await aTopic();
  const subscription = await aSubscription(topic);
  const request = { subscription: subscription.name, maxMessages: 1 };
  await expect(pulling.pull(request, { timeout: 200, retry: null })).rejects.toMatchObject({ code: 4 });
  await seenByEmulator(subscription);
  await topic.publishMessage({ data: Buffer.from('still here') });
  expect(await pull(subscription)).toMatchObject([{ text: 'still here', attempt: 1 }]);
});

test('topics and subscriptions are listed, and gone once deleted', async () => {
  const topic = await aTopic();
  const subscription = await aSubscription(topic);
  const names = async (): Promise<string[]> => {
    const [topics] = await client.getTopics();
    const [subscriptions] = await client.getSubscriptions();
    return [...topics, ...subscriptions].map(({ name }) => name);
  };
  expect(await names()).toEqual(expect.arrayContaining([topic.name, subscription.name]));
  await subscription.delete();
  await topic.delete();
  expect(await names()).not.toEqual(expect.arrayContaining([topic.name]));
  expect(await names()).not.toEqual(expect.arrayContaining([subscription.name]));
});

test('a subscriber whose subscription is deleted is told so', async () => {
  const topic = await aTopic();
  const subscription = await aSubscription(topic);
  const listener = client.subscription(subscription.name);
  const told = new Promise((done) => listener.once('error', done));
  const isOpen = new Promise((done) => listener.on('message', done));
  await topic.publishMessage({ data: Buffer.from('is anybody there?') });
  await isOpen;
  await subscription.delete();
  expect(await told).toMatchObject({ code: 5 });
  await listener.close();
});

test.each([
  [
    'publishing to an unknown topic is not found',
    5,
    () => client.topic('nowhere').publishMessage({ data: Buffer.from('x') }),
  ],
  ['an unknown topic is not found', 5, () => client.topic('nowhere').getMetadata()],
  ['subscribing to an unknown topic is not found', 5, () => client.topic('nowhere').createSubscription('stray')],
  ['pulling an unknown subscription is not found', 5, () => pull(client.subscription('nobody'))],
  ['a second topic of the same name already exists', 6, async () => client.createTopic((await aTopic()).name)],
  [
    'a second subscription of the same name already exists',
    6,
    async () => {
      const topic = await aTopic();
      await topic.createSubscription((await aSubscription(topic)).name);
    },
  ],
  ['an empty message is refused', 3, async () => (await aTopic()).publishMessage({ data: Buffer.alloc(0) })],
])('%s', async (_title, code, attempt) => {
  await expect(attempt()).rejects.toMatchObject({ code });
});
