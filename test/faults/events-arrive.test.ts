import '../../functions/src/entries/quiet-debug.js';
import {
  callableName,
  documents,
  EVENTS_TOPIC,
  type OperationName,
  SWEEP_TOPIC,
  WEBHOOK_DELIVERIES_TOPIC,
} from '@quarterdeck/contract';
import type { App } from '../../functions/src/compose.js';
import { requestWebhookDeliveries } from '../../functions/src/operations/request-webhook-deliveries.js';
import { comparableDifference } from '../support/comparable.js';
import { recordFunctionLog } from '../support/function-log.js';
import { aScriptedAccount, closeReceiver, credentialsOf, type ScriptedAccount } from '../support/scripted-account.js';
import { chance } from '../support/seeded.js';
import { type BusMessage, type Deliveries, type Disorder, deliveriesOf, triggered } from '../support/subscribers.js';
import { startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.js';
import { sendToThisMachine } from '../support/webhooks.js';
import { aWorld, type World } from '../support/world.js';

/**
 * Events and messages arrive more than once, in any order and late, some of them poisonous. Whatever subscribes ends in the state that it has when each
 * comes once and in order. QUARTERDECK_RUNS sets how many disorders.
 */
const { runs, seed } = chance(1);

const log = recordFunctionLog('everything');

let current: App;
jest.mock('../../functions/src/compose.js', () => ({
  ...jest.requireActual<object>('../../functions/src/compose.js'),
  deployedApp: () => current,
}));

const account = 'abcdefghijklmnopqrst';
const id = '00000000-0000-4000-8000-000000000000';
const path = '../../principals';

/** Whatever an event or a message calls, with messages that nobody should ever have sent. A function without a row fails. */
const SUBSCRIBERS: Readonly<Record<string, readonly BusMessage[]>> = {
  // Firestore calls it, and no message: its poison is an event of a type that nobody knows, which the test below writes.
  publishEvent: [],
  notifyWebhooks: [
    { topic: EVENTS_TOPIC },
    { topic: EVENTS_TOPIC, json: null, attributes: { type: 'session.ended' } },
    { topic: EVENTS_TOPIC, json: { account, id: path }, attributes: { type: 'session.ended' } },
    { topic: EVENTS_TOPIC, json: { account, id }, attributes: { type: 'session.exploded' } },
    { topic: EVENTS_TOPIC, json: { account, id }, attributes: { type: 'session.ended' } },
  ],
  // No device is registered: which alerts are told depends on what overtook them, see test/integration/devices.test.ts.
  notifyDevices: [
    { topic: EVENTS_TOPIC },
    { topic: EVENTS_TOPIC, json: { account, id: path }, attributes: { type: 'session.ended' } },
    { topic: EVENTS_TOPIC, json: { account, id }, attributes: { type: 'session.exploded' } },
    { topic: EVENTS_TOPIC, json: { account, id }, attributes: { type: 'session.ended' } },
  ],
  deliverWebhook: [
    { topic: WEBHOOK_DELIVERIES_TOPIC },
    { topic: WEBHOOK_DELIVERIES_TOPIC, json: [] },
    { topic: WEBHOOK_DELIVERIES_TOPIC, json: { account, webhookId: id, eventId: path, attempt: 1 } },
    { topic: WEBHOOK_DELIVERIES_TOPIC, json: { account, webhookId: id, eventId: id, attempt: 1 } },
    { topic: WEBHOOK_DELIVERIES_TOPIC, json: { account, webhookId: id, eventId: id, attempt: -1 } },
  ],
  sweepAccount: [
    { topic: SWEEP_TOPIC },
    { topic: SWEEP_TOPIC, json: { account: path } },
    { topic: SWEEP_TOPIC, json: { account } },
  ],
};

test('everything that an event or a message calls is here', () => {
  expect(Object.keys(SUBSCRIBERS).sort()).toEqual(Object.keys(triggered).sort());
});

const opened: { close(): Promise<unknown> }[] = [];
afterAll(async () => {
  for (const one of opened.reverse()) await one.close();
  await closeReceiver();
});

/** Of each kind of thing that is told, a call or two. */
const TOLD: readonly OperationName[] = [
  'createSession',
  'updateSession',
  'spawnSession',
  'killSession',
  'restoreSession',
  'activateAgent',
  'sendMessage',
  'completeTask',
  'unclaimTask',
  'rotateKey',
  'removeMember',
  'deleteWebhook',
  'resendEvent',
];

/** An account of which everything is told to two endpoints. */
interface Told {
  readonly world: World;
  readonly scripted: ScriptedAccount;
  /** Of the endpoints. */
  readonly names: readonly [string, string][];
}

/** The same for all accounts, so that their addresses are. */
let receivers: readonly WebhookReceiver[];

async function aToldAccount(): Promise<Told> {
  const world = await aWorld();
  opened.push(world);
  sendToThisMachine(world);
  for (const { received } of receivers) received.splice(0);
  const everything = ['session.started', 'session.ended', 'session.stale', 'task.created', 'key.created'] as const;
  const names: [string, string][] = [];
  for (const [n, { url }] of receivers.entries()) {
    const { webhookId } = await world.call('createWebhook', { url, eventTypes: [...everything] });
    names.push([webhookId, `‹endpoint ${n}›`]);
  }
  const scripted = await aScriptedAccount(world, {
    clients: 1,
    seed,
    undisturbed: true,
    comparesMoments: false,
    attempt: async (_door, { name }, input, asker = {}) => {
      const answer = await world.app.dispatch(callableName(name) as OperationName, input, credentialsOf(asker));
      return { verdict: 'accepted', answer, wire: '' };
    },
  });
  return { world, scripted, names };
}

interface Ended {
  readonly text: readonly string[];
  /** What each endpoint got, by type. */
  readonly received: readonly (readonly string[])[];
  /** Messages that an endpoint got twice. */
  readonly twice: readonly string[];
  readonly broken: readonly string[];
  readonly givenUp: readonly string[];
}

/** @param disturb is called before anything is delivered */
async function happen(disorder?: Disorder, disturb?: (told: Told, deliveries: Deliveries) => unknown): Promise<Ended> {
  const told = await aToldAccount();
  const { world, scripted, names } = told;
  const deliveries = deliveriesOf(world, await entries(), disorder);
  const run = async (late: boolean) => {
    current = world.app;
    await deliveries.run({ late: late && disorder !== undefined });
  };
  await disturb?.(told, deliveries);
  for (const client of scripted.clients) await client.run(TOLD);
  await run(true);
  // Sessions turn stale, then dead, then are archived.
  for (const minutes of [20, 60, 70]) {
    world.clock.advance({ minutes });
    deliveries.inject({ topic: SWEEP_TOPIC, json: { account: world.account } });
    await requestOwnDeliveries(world);
    await run(minutes !== 70);
  }
  const ids = receivers.map(({ received }) => received.map((message) => message.id));
  return {
    text: await scripted.text(names),
    received: receivers.map(({ received }) => received.map(({ body }) => JSON.parse(body).type as string).sort()),
    twice: ids.flatMap((each) => each.filter((one, n) => each.indexOf(one) !== n)),
    broken: await scripted.broken(),
    givenUp: deliveries.givenUp,
  };
}

/** The schedule sees all accounts; those of other test files run on clocks of their own. */
async function requestOwnDeliveries({ app, published, account: own }: World): Promise<void> {
  await requestWebhookDeliveries(app.ports);
  published.splice(
    0,
    published.length,
    ...published.filter(({ json }) => (json as { account?: string }).account === own),
  );
}

async function entries(): Promise<Record<string, { run(event: never): unknown }>> {
  const [outbox, webhooks, devices, background] = await Promise.all([
    import('../../functions/src/entries/outbox.js'),
    import('../../functions/src/entries/webhooks.js'),
    import('../../functions/src/entries/devices.js'),
    import('../../functions/src/entries/background.js'),
  ]);
  return { ...outbox, ...webhooks, ...devices, ...background } as never;
}

let expected: Ended;
beforeAll(async () => {
  receivers = await Promise.all([startWebhookReceiver(), startWebhookReceiver()]);
  opened.push(...receivers);
  expected = await happen();
  expect(expected.broken).toEqual([]);
  expect(new Set(expected.received[0])).toEqual(
    new Set(['session.started', 'session.ended', 'session.stale', 'task.created', 'key.created']),
  );
});

function expectTheSame(found: Ended): void {
  expect(comparableDifference(found.text, expected.text)).toEqual([]);
  const { text: _text, ...rest } = found;
  const { text: _other, ...wanted } = expected;
  expect(rest).toEqual(wanted);
}

const disorders = Array.from({ length: runs }, (_, n) => ({ seed: seed + n, copies: 5 }));

test.each(disorders)(
  'each arrives one to five times, shuffled and late: the same end (seed $seed)',
  async (disorder) => {
    expectTheSame(await happen(disorder));
  },
);

/** Errors of the log, without where they are from. */
function logged(): Set<string> {
  return new Set(
    log.entries
      .filter(({ severity }) => severity === 'ERROR')
      .map(({ message }) => /^(?:Error: )?(.*)/.exec(message)?.[1] ?? ''),
  );
}

test('a poisonous message is put aside with a line in the log, and holds up nobody', async () => {
  log.clear();
  const poison = Object.values(SUBSCRIBERS).flat();
  const found = await happen({ seed, copies: 2 }, (_told, deliveries) => {
    for (const message of poison) deliveries.inject(message);
  });
  expectTheSame(found);
  expect(logged()).toEqual(
    new Set([
      'events message without an event',
      'webhook-deliveries message without a delivery',
      'sweep-account message without an account',
    ]),
  );
});

test('an event of a type that nobody knows is put aside with a line in the log', async () => {
  log.clear();
  const found = await happen(undefined, ({ world }) =>
    world.db.doc(documents.event(world.account, id)).set({ id, type: 'session.exploded', subject: 'account' }),
  );
  expect(logged()).toEqual(new Set(['event of an unknown type']));
  expect(found.received).toEqual(expected.received);
});

test('a message whose handler throws for a while comes again, and the others do not wait for it', async () => {
  let refused = 0;
  const found = await happen({ seed, copies: 1 }, ({ world }) => {
    const { bus } = world.app.ports;
    const publish = bus.publish.bind(bus);
    Object.assign(world.app.ports, {
      bus: {
        publish: async (topic: string, json: object, attributes?: Record<string, string>) => {
          if (attributes?.type === 'task.created' && refused < 10) {
            refused++;
            throw new Error('Pub/Sub does not take it');
          }
          await publish(topic, json, attributes);
        },
      },
    });
  });
  expect(refused).toBe(10);
  expectTheSame(found);
});

test('a message whose handler always throws is given up alone', async () => {
  const found = await happen({ seed, copies: 1 }, ({ world }) => {
    const { bus } = world.app.ports;
    const publish = bus.publish.bind(bus);
    Object.assign(world.app.ports, {
      bus: {
        publish: async (topic: string, json: object, attributes?: Record<string, string>) => {
          if (attributes?.type === 'key.created') throw new Error('Pub/Sub never takes it');
          await publish(topic, json, attributes);
        },
      },
    });
  });
  expect(new Set(found.givenUp)).toEqual(new Set(['publishEvent']));
  const others = (types: readonly string[] = []) => types.filter((type) => type !== 'key.created');
  expect(found.received.map(others)).toEqual(expected.received.map(others));
  expect(found.broken).toEqual([]);
});
