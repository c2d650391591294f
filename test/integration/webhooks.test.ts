import {
  collections,
  type Delivery,
  documents,
  type EventType,
  limits,
  type Webhook,
  type WebhookEventType,
} from '@quarterdeck/contract';
import { newDelivery } from '../../functions/src/domain/webhook-delivery.js';
import { webhookEvent } from '../../functions/src/domain/webhook-endpoint.js';
import { deliverWebhook } from '../../functions/src/operations/deliver-webhook.js';
import { notifyWebhooks } from '../../functions/src/operations/notify-webhooks.js';
import { sweepAccount } from '../../functions/src/operations/sweep-account.js';
import { FaultGate } from '../support/fault-gate.js';
import { type OwnEmulator, useOwnEmulator } from '../support/own-emulator.js';
import { expectedSignature, startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.js';
import { aBackground, type Background, sendToThisMachine, stormOf } from '../support/webhooks.js';
import { anInstance, aWorld, type Instance, refusal, SESSION_TOKEN_KEYS, type World } from '../support/world.js';

/** From a change to somebody else's endpoint, over HTTP on this machine. */
let world: World;
let key: { apiKey: string };
let receiver: WebhookReceiver;
let background: Background;
const faults = new FaultGate();

// The schedule looks for what is due in all accounts, and days of minutes pass here: those of other test files would be looked through at each.
let emulator: OwnEmulator;
beforeAll(async () => {
  emulator = await useOwnEmulator();
});
afterAll(() => emulator.close());

beforeEach(async () => {
  faults.arm();
  world = await aWorld({ gate: faults.gate });
  sendToThisMachine(world);
  key = await world.aKey('builder');
  receiver = await startWebhookReceiver();
  background = aBackground(world);
  // What led here is told to nobody.
  await background.run();
});
afterEach(async () => {
  await Promise.all([receiver.close(), world.close()]);
});

const createWebhook = (eventTypes?: WebhookEventType[], url = receiver.url) =>
  world.call('createWebhook', { url, ...(eventTypes ? { eventTypes } : {}) });
const start = (sessionId: string) => world.call('createSession', { name: 'x', sessionId }, key);
const update = (sessionId: string, state: 'working' | 'blocked' | 'complete') =>
  world.call('updateSession', { sessionId, status: 'x', state }, key);
const bodies = () => receiver.received.map(({ body }) => JSON.parse(body));
/** From now on the endpoint takes what is sent to it, and never answers. */
function hang(r: WebhookReceiver): void {
  sendToThisMachine(world, 300);
  r.answer = () => 'hangs';
}
const types = () => bodies().map(({ type }) => type as string);
const eventsOf = async (type: EventType) => (await world.call('listEvents', { types: [type] })).events;
const deliveriesOf = async (webhookId: string) => (await world.call('listDeliveries', { webhookId })).deliveries;

/** Minute after minute, until nothing is due any more. */
async function passDays(days: number): Promise<void> {
  for (let minutes = 0; minutes < days * 24 * 60; ) {
    const step = minutes < 120 ? 1 : 60;
    world.clock.advance({ minutes: step });
    minutes += step;
    await background.tick();
  }
}

describe('endpoints', () => {
  test('an endpoint is made with a secret that is shown once, and gets the alerts unless it asks for something else', async () => {
    const { webhookId, secret, webhook } = await createWebhook();
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(webhook.eventTypes).toEqual(['session.stale', 'session.recovered', 'session.blocked', 'session.ended']);
    const { webhooks } = await world.call('listWebhooks', {});
    expect(webhooks).toEqual([webhook]);
    expect(JSON.stringify(webhooks)).not.toContain(secret);
    await world.call('deleteWebhook', { webhookId });
    expect((await world.call('listWebhooks', {})).webhooks).toEqual([]);
    expect(await world.stored(documents.webhookSecret(world.account, webhookId))).toBeUndefined();
    expect(await refusal(world.call('deleteWebhook', { webhookId }))).toBe('not-found WEBHOOK_UNKNOWN');
  });

  test('their number is exact, however many are made at once', async () => {
    const made = await Promise.all(Array.from({ length: limits.WEBHOOKS_MAX + 4 }, () => refusal(createWebhook())));
    expect(made.filter((one) => one === 'accepted')).toHaveLength(limits.WEBHOOKS_MAX);
    expect(made.filter((one) => one === 'resource-exhausted WEBHOOK_LIMIT')).toHaveLength(4);
  });

  test('programs neither make nor see them; auditors see them and what was delivered', async () => {
    const { webhookId } = await createWebhook();
    const auditor = await world.aKey('watcher', 'auditor');
    expect(await refusal(world.call('listWebhooks', {}, key))).toBe('permission-denied ROLE_NOT_ALLOWED');
    expect((await world.call('listWebhooks', {}, auditor)).webhooks).toHaveLength(1);
    expect((await world.call('listDeliveries', { webhookId }, auditor)).deliveries).toEqual([]);
    expect(await refusal(world.call('pingWebhook', { webhookId }, auditor))).toBe('permission-denied ROLE_NOT_ALLOWED');
  });

  test('an address into a private network is refused by the field', async () => {
    expect(await refusal(createWebhook(undefined, 'https://169.254.169.254/'))).toBe('invalid-argument INVALID_FIELD');
  });

  test('a repetition with the same idempotency key makes one endpoint, with the same secret', async () => {
    const create = () =>
      world.app.dispatch('createWebhook', { url: receiver.url }, world.admin, { idempotencyKey: 'once' });
    const first = await create();
    expect(await create()).toEqual(first);
    expect((await world.call('listWebhooks', {})).webhooks).toHaveLength(1);
  });

  test('a repetition of a call whose answer was lost leaves the endpoint and its secret as they are', async () => {
    const { webhookId, secret } = await createWebhook();
    const { webhooks } = world.app.ports;
    const [made] = await webhooks.list(world.account);
    if (made === undefined) throw new Error('it was not made');
    const tell = (webhook: Webhook) => webhookEvent('webhook.disabled', webhook, 'webhooks');
    await webhooks.disable(world.account, webhookId, tell, world.clock.now());
    const before = await webhooks.list(world.account);
    await webhooks.create(world.account, made, 'whsec_AAAA', webhookEvent('webhook.created', made, 'test'));
    expect(await webhooks.list(world.account)).toEqual(before);
    expect(await webhooks.secretOf(world.account, webhookId)).toBe(secret);
  });

  test('a ping is signed, and answers what the endpoint answered', async () => {
    const { webhookId, secret } = await createWebhook();
    expect(await world.call('pingWebhook', { webhookId })).toMatchObject({ delivered: true, status: 204, error: null });
    const [message] = receiver.received;
    expect(message?.headers['webhook-signature']).toBe(message && expectedSignature(message, secret));
    expect(bodies()).toMatchObject([{ type: 'webhook.ping', subject: `webhook/${webhookId}` }]);
    receiver.answer = () => 500;
    expect(await world.call('pingWebhook', { webhookId })).toMatchObject({ delivered: false, status: 500 });
    hang(receiver);
    expect(await world.call('pingWebhook', { webhookId })).toMatchObject({ delivered: false, status: null });
    expect(await deliveriesOf(webhookId)).toEqual([]);
  });
});

describe('deliveries', () => {
  test('an event arrives once, signed, with the id under which it is listed', async () => {
    const { webhookId, secret } = await createWebhook(['session.started']);
    await start('s1');
    await background.run();
    const [message] = receiver.received;
    const { events } = await world.call('listEvents', { types: ['session.started'] });
    expect(receiver.received).toHaveLength(1);
    expect(message?.id).toBe(events[0]?.id);
    expect(message?.headers['webhook-signature']).toBe(message && expectedSignature(message, secret));
    const { id, type, time, subject, actor, data } = events[0] as (typeof events)[0];
    const source = `/accounts/${world.account}`;
    expect(bodies()).toEqual([{ specversion: '1.0', id, type, source, time, subject, actor, data }]);
    expect(await deliveriesOf(webhookId)).toMatchObject([
      { eventId: id, status: 'delivered', attempts: 1, lastStatus: 204 },
    ]);
    await passDays(0.1);
    expect(receiver.received).toHaveLength(1);
  });

  test('an endpoint hears of what it asks for, and of nothing from before it was there', async () => {
    await start('before');
    world.clock.advance({ seconds: 1 });
    await createWebhook(['session.started', 'session.blocked']);
    await start('after');
    await update('after', 'blocked');
    await update('after', 'working');
    await update('after', 'complete');
    await background.run();
    expect(types().sort()).toEqual(['session.started', 'session.state_changed']);
    expect(bodies().every(({ subject }) => subject === 'session/after')).toBe(true);
  });

  test('a session that needs somebody from its start on is told of as one that comes to', async () => {
    await createWebhook(['session.blocked']);
    await start('works');
    await world.call('createSession', { name: 'x', sessionId: 'asks', state: 'blocked' }, key);
    await background.run();
    expect(bodies()).toMatchObject([{ type: 'session.started', subject: 'session/asks', data: { state: 'blocked' } }]);
  });

  test.each([
    [
      'answers 503',
      (r: WebhookReceiver) => {
        r.answer = () => 503;
      },
    ],
    ['hangs', hang],
    [
      'redirects',
      (r: WebhookReceiver) => {
        r.answer = () => 302;
      },
    ],
  ])(
    'while an endpoint %s nothing is lost, and once it is back every event arrives under its id',
    async (_what, breakIt) => {
      const { webhookId } = await createWebhook(['session.started']);
      breakIt(receiver);
      for (const id of ['a', 'b', 'c']) await start(id);
      await background.run();
      for (let n = 0; n < 3; n++) {
        world.clock.advance({ minutes: 2 });
        await background.tick();
      }
      expect(await deliveriesOf(webhookId)).toMatchObject(Array(3).fill({ status: 'waiting' }));
      const before = receiver.received.length;
      sendToThisMachine(world);
      receiver.answer = () => 204;
      await passDays(1);
      const after = receiver.received.slice(before).map(({ id }) => id);
      const { events } = await world.call('listEvents', { types: ['session.started'] });
      expect(after.sort()).toEqual(events.map(({ id }) => id).sort());
      expect(await deliveriesOf(webhookId)).toMatchObject(Array(3).fill({ status: 'delivered' }));
    },
  );

  test('an endpoint where nobody listens gets everything once it listens', async () => {
    const { port } = new URL(receiver.url);
    await createWebhook(['session.started']);
    await receiver.close();
    await start('a');
    await background.run();
    receiver = await startWebhookReceiver('127.0.0.1', Number(port));
    await passDays(0.1);
    expect(types()).toEqual(['session.started']);
  });

  test('after three days a delivery has failed; it is kept, and can be sent again', async () => {
    const { webhookId } = await createWebhook(['session.started']);
    receiver.answer = () => 500;
    await start('a');
    await background.run();
    await passDays(3);
    const [failed] = await deliveriesOf(webhookId);
    expect(failed).toMatchObject({ status: 'failed', lastStatus: 500, nextAttemptAt: null });
    expect(failed?.attempts).toBeGreaterThan(9);
    const attempts = receiver.received.length;
    await passDays(0.5);
    expect(receiver.received).toHaveLength(attempts);

    receiver.answer = () => 200;
    const eventId = failed?.eventId as string;
    const { delivery } = await world.call('resendEvent', { webhookId, eventId });
    expect(delivery).toMatchObject({ status: 'waiting', attempts: 0 });
    await background.run();
    expect(receiver.received.at(-1)?.id).toBe(eventId);
    expect(await deliveriesOf(webhookId)).toMatchObject([{ status: 'delivered', attempts: 1, lastStatus: 200 }]);
  });

  test('410 ends the endpoint: the rest is canceled, it is told of, and nothing is sent any more', async () => {
    const { webhookId } = await createWebhook(['session.started']);
    receiver.answer = () => 503;
    await start('a');
    await background.run();
    receiver.answer = () => 410;
    await start('b');
    await background.run();
    world.clock.advance({ minutes: 31 });
    await start('c');
    await background.tick();
    expect(receiver.received).toHaveLength(2);
    expect((await world.call('listWebhooks', {})).webhooks).toMatchObject([{ status: 'disabled' }]);
    const statuses = (await deliveriesOf(webhookId)).map(({ status }) => status).sort();
    expect(statuses).toEqual(['canceled', 'failed']);
    const { events } = await world.call('listEvents', { types: ['webhook.disabled'] });
    expect(events).toMatchObject([{ subject: `webhook/${webhookId}`, actor: 'webhooks' }]);
    const eventId = events[0]?.id as string;
    expect(await refusal(world.call('resendEvent', { webhookId, eventId }))).toBe(
      'failed-precondition WEBHOOK_DISABLED',
    );
    expect(await refusal(world.call('pingWebhook', { webhookId }))).toBe('failed-precondition WEBHOOK_DISABLED');
  });

  test('what is not delivered to an endpoint that is deleted is canceled', async () => {
    const { webhookId } = await createWebhook(['session.started']);
    receiver.answer = () => 503;
    await start('a');
    await background.run();
    await world.call('deleteWebhook', { webhookId });
    await passDays(0.1);
    expect(receiver.received).toHaveLength(1);
    const { docs } = await world.db.collection(collections.deliveries(world.account)).get();
    expect(docs.map((doc) => doc.data() as Delivery)).toMatchObject([{ status: 'canceled' }]);
  });

  test('any event can be sent to an endpoint, and one that there is not can not', async () => {
    const { events } = await world.call('listEvents', { types: ['account.created'] });
    const { webhookId } = await createWebhook();
    const eventId = events[0]?.id as string;
    await world.call('resendEvent', { webhookId, eventId });
    await background.run();
    expect(types()).toEqual(['account.created']);
    const unknown = { webhookId, eventId: '00000000-0000-4000-8000-000000000000' };
    expect(await refusal(world.call('resendEvent', unknown))).toBe('not-found EVENT_UNKNOWN');
    expect(await refusal(world.call('resendEvent', { webhookId: eventId, eventId }))).toBe('not-found WEBHOOK_UNKNOWN');
  });

  test('one endpoint that fails holds up neither the others nor other events', async () => {
    const other = await startWebhookReceiver();
    receiver.answer = () => 'hangs';
    await createWebhook(['session.started']);
    await createWebhook(['session.started'], other.url);
    for (const id of ['a', 'b', 'c']) await start(id);
    const all = background.run();
    await other.has(3);
    await receiver.close();
    await all;
    await other.close();
  });
});

describe('at least once', () => {
  test('whatever is redelivered, shuffled and late, whoever deduplicates by id ends with every event, and none was in flight twice', async () => {
    const stormy = aBackground(world, stormOf(1));
    await createWebhook(['session.started', 'session.state_changed', 'session.ended']);
    const arrivals = new Map<string, number>();
    const failures = new Map<string, number>();
    receiver.answer = ({ id }) => {
      const arrived = (arrivals.get(id) ?? 0) + 1;
      arrivals.set(id, arrived);
      // An event fails up to four times in a row: its fifth attempt is due after an hour and a half, long before this test ends.
      if (!failures.has(id)) failures.set(id, failures.size % 5);
      return arrived <= Number(failures.get(id)) ? 503 : 204;
    };
    for (let n = 0; n < 8; n++) {
      await start(`s${n}`);
      await update(`s${n}`, 'blocked');
      if (n % 2 === 0) await update(`s${n}`, 'complete');
      if (n % 3 === 0) await stormy.run();
    }
    await stormy.run();
    for (let n = 0; n < 40; n++) {
      world.clock.advance({ hours: n < 20 ? 0 : 2, minutes: 5 });
      await requestAndRun(stormy);
    }
    const { events } = await world.call('listEvents', {
      types: ['session.started', 'session.state_changed', 'session.ended'],
    });
    expect([...arrivals.keys()].sort()).toEqual(events.map(({ id }) => id).sort());
    const { docs } = await world.db.collection(collections.deliveries(world.account)).get();
    const stored = docs.map((doc) => doc.data() as Delivery);
    expect(stored.filter(({ status }) => status !== 'delivered')).toEqual([]);
    // Each arrival was an attempt of its own, made one after the other.
    for (const { eventId, attempts } of stored) expect([eventId, arrivals.get(eventId)]).toEqual([eventId, attempts]);
  });
  const requestAndRun = (stormy: Background) => stormy.tick();

  test('parallel messages for the same attempt make one', async () => {
    const { webhookId } = await createWebhook(['session.started']);
    await start('a');
    const { events } = await world.call('listEvents', { types: ['session.started'] });
    const eventId = events[0]?.id as string;
    await Promise.all(
      Array.from({ length: 5 }, () => notifyWebhooks(world.account, eventId, 'session.started', world.app.ports)),
    );
    expect(world.published.filter(({ topic }) => topic === 'webhook-deliveries')).toHaveLength(1);
    const attempt = { account: world.account, webhookId, eventId, attempt: 1 };
    await Promise.all(Array.from({ length: 5 }, () => deliverWebhook(attempt, world.app.ports)));
    expect(receiver.received).toHaveLength(1);
  });

  test('an instance that dies at any RPC between event and answer loses nothing', async () => {
    for (let n = 0; n < 10; n++) {
      const { webhookId } = await createWebhook(['session.started'], `${receiver.url}/${n}`);
      await start(`dies-${n}`);
      const { events } = await world.call('listEvents', { subject: `session/dies-${n}` });
      const eventId = events[0]?.id as string;
      const isDelivered = async () => (await deliveriesOf(webhookId))[0]?.status === 'delivered';
      // What publishes the event may die as well: Pub/Sub then delivers it again.
      const notify = () => notifyWebhooks(world.account, eventId, 'session.started', world.app.ports);
      const deliver = () => deliverWebhook({ account: world.account, webhookId, eventId, attempt: 1 }, world.app.ports);
      const dead = faults.dieAt(n);
      const work = notify()
        .then(deliver)
        .catch(() => undefined);
      await Promise.race([dead, work]);
      await work;
      faults.arm();
      world.published.splice(0);
      if ((await deliveriesOf(webhookId)).length === 0) await notify();
      world.published.splice(0);
      for (let minute = 0; minute < 3 && !(await isDelivered()); minute++) {
        world.clock.advance({ minutes: 1, seconds: 1 });
        await background.tick();
      }
      expect([n, await isDelivered()]).toEqual([n, true]);
      await world.call('deleteWebhook', { webhookId });
    }
  });

  test('each alert comes once per episode, whatever is redelivered', async () => {
    const stormy = aBackground(world, stormOf(1));
    await createWebhook();
    const sweepTwice = async () => {
      await sweepAccount(world.account, world.app.ports);
      await sweepAccount(world.account, world.app.ports);
      await stormy.run();
    };
    await start('episode');
    world.clock.advance({ minutes: 15, seconds: 1 });
    await sweepTwice();
    expect(types()).toEqual(['session.stale']);
    world.clock.advance({ minutes: 1 });
    await world.call('heartbeat', { sessionId: 'episode' }, key);
    await sweepTwice();
    await update('episode', 'blocked');
    await update('episode', 'blocked');
    await stormy.run();
    world.clock.advance({ minutes: 16 });
    await sweepTwice();
    await update('episode', 'complete');
    await update('episode', 'complete');
    await sweepTwice();
    const seen = bodies().map(({ type, subject }) => `${type} ${subject}`);
    expect(seen.filter((one) => one === 'session.ended session/episode')).toHaveLength(1);
    expect(seen.filter((one) => one === 'session.state_changed session/episode')).toHaveLength(1);
    expect(seen.filter((one) => one === 'session.recovered session/episode')).toHaveLength(1);
    expect(seen.filter((one) => one === 'session.stale session/episode')).toHaveLength(2);
    expect(seen).toHaveLength(5);
  });
});

describe('other instances', () => {
  const [newest, oldest] = SESSION_TOKEN_KEYS.keys;
  const keysOf = (...keys: (typeof newest)[]) => ({ keys: keys.filter((one) => one !== undefined) });
  /** Another instance, with these keys. */
  async function on<T>(keys: ReturnType<typeof keysOf>, work: (instance: Instance) => Promise<T>): Promise<T> {
    const instance = anInstance({ clock: world.clock, sessionTokenKeys: () => keys });
    try {
      return await work(instance);
    } finally {
      await instance.close();
    }
  }

  test('a secret that was used since a key took the place of another outlives the old one; one that was not is said to be unreadable', async () => {
    const before = keysOf(oldest);
    const dispatch = (instance: Instance) =>
      instance.app.dispatch('createWebhook', { url: receiver.url, eventTypes: ['session.started'] }, world.admin);
    const secretOn = (keys: ReturnType<typeof keysOf>, webhookId: string) =>
      on(keys, ({ app }) => app.ports.webhooks.secretOf(world.account, webhookId));
    const [used, unused] = await on(before, async (instance) => {
      Object.assign(instance.app.ports.webhookSender, { allowsLoopback: true });
      return [await dispatch(instance), await dispatch(instance)];
    });
    const id = (made: Record<string, unknown> | undefined) => String(made?.webhookId);
    expect(await secretOn(keysOf(newest, oldest), id(used))).toBe(used?.secret);
    expect(await secretOn(keysOf(newest), id(used))).toBe(used?.secret);
    await expect(secretOn(keysOf(newest), id(unused))).rejects.toThrow('SESSION_TOKEN_KEYS');

    await on(keysOf(newest), async ({ app, db }) => {
      const eventId = (await db.collection(collections.events(world.account)).limit(1).get()).docs[0]?.id ?? '';
      await app.ports.deliveries.create(
        world.account,
        newDelivery(id(unused), { id: eventId, type: 'key.created' }, world.clock.now()),
      );
      const attempt = { account: world.account, webhookId: id(unused), eventId, attempt: 1 };
      expect(await deliverWebhook(attempt, app.ports)).toMatchObject({
        status: 'waiting',
        lastError: 'the signing secret could not be read',
      });
    });
  });

  test('one that saw an event go by before there was an endpoint hands the next one to it', async () => {
    await on(SESSION_TOKEN_KEYS, async ({ app }) => {
      const [before] = await eventsOf('account.created');
      expect(await notifyWebhooks(world.account, before?.id ?? '', 'account.created', app.ports)).toBe(0);
      await createWebhook(['session.started']);
      await start('a');
      const [started] = await eventsOf('session.started');
      expect(await notifyWebhooks(world.account, started?.id ?? '', 'session.started', app.ports)).toBe(1);
    });
  });
});

describe('what it costs, and what it hides', () => {
  test('an event of an account without endpoints costs one read, and no message', async () => {
    const notify = () =>
      notifyWebhooks(world.account, '00000000-0000-4000-8000-000000000000', 'session.stale', world.app.ports);
    await notify();
    world.published.splice(0);
    world.spy.since();
    for (let n = 0; n < 20; n++) await notify();
    expect(world.spy.since()).toMatchObject({ reads: 20, writes: 0, deletes: 0 });
    expect(world.published).toEqual([]);
  });

  test('an event that no endpoint asks for costs no more; one that is delivered six reads and three writes', async () => {
    const { webhookId } = await createWebhook(['session.started']);
    await start('a');
    const { events } = await world.call('listEvents', { types: ['session.started'] });
    const eventId = events[0]?.id as string;
    world.spy.since();
    await notifyWebhooks(world.account, eventId, 'session.ended', world.app.ports);
    expect(world.spy.since()).toMatchObject({ reads: 1, writes: 0 });
    await notifyWebhooks(world.account, eventId, 'session.started', world.app.ports);
    expect(world.spy.since()).toMatchObject({ reads: 2, writes: 1 });
    await deliverWebhook({ account: world.account, webhookId, eventId, attempt: 1 }, world.app.ports);
    expect(world.spy.since()).toMatchObject({ reads: 4, writes: 2, deletes: 0 });
    expect(receiver.received).toHaveLength(1);
  });

  test('the secret is in no document of the account, in no message and in no event, raw or encoded', async () => {
    const { webhookId, secret } = await createWebhook();
    await start('a');
    await update('a', 'complete');
    await background.run();
    const raw = secret.slice('whsec_'.length);
    const forms = [
      raw,
      Buffer.from(raw, 'base64').toString('hex'),
      Buffer.from(secret).toString('base64').slice(0, 40),
    ];
    const paths = ['webhooks', 'webhookSecrets', 'deliveries', 'events'].map(
      (name) => `accounts/${world.account}/${name}`,
    );
    const all = await Promise.all(paths.map((path) => world.db.collection(path).get()));
    const text = JSON.stringify([
      all.map(({ docs }) => docs.map((doc) => doc.data())),
      world.published,
      receiver.received,
    ]);
    for (const form of forms) expect(text).not.toContain(form);
    const sealed = await world.stored(documents.webhookSecret(world.account, webhookId));
    expect(Object.keys(sealed ?? {}).sort()).toEqual(['kid', 'schemaVersion', 'sealed']);
    // The address of an endpoint is often a secret too: no event tells it.
    const { events } = await world.call('listEvents', {});
    expect(JSON.stringify(events)).not.toContain(new URL(receiver.url).port);
  });
});
