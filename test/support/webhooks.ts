import { EVENTS_TOPIC, type EventType, WEBHOOK_DELIVERIES_TOPIC } from '@quarterdeck/contract';
import { type Attempt, deliverWebhook } from '../../functions/src/operations/deliver-webhook.js';
import { notifyWebhooks } from '../../functions/src/operations/notify-webhooks.js';
import { publishEvent } from '../../functions/src/operations/publish-event.js';
import { requestWebhookDeliveries } from '../../functions/src/operations/request-webhook-deliveries.js';
import { HttpWebhookSender } from '../../functions/src/store/webhook-sender.js';
import { seeded, shuffled } from './seeded.js';
import type { World } from './world.js';
import { newEventsOf } from './written-events.js';

/**
 * From now on endpoints of this account may be on this machine.
 * @param timeoutMs for an answer. Default: more than a busy machine ever takes; less is for an endpoint that hangs.
 */
export function sendToThisMachine(world: Pick<World, 'app'>, timeoutMs = 30_000): void {
  const webhookSender = new HttpWebhookSender({ allowsLoopback: true, timeoutMs });
  Object.assign(world.app.ports, { webhookSender });
}

/** What the background functions do with what is written and published, when a test says so. */
export interface Background {
  /** Hands every event that was written since the last call to Pub/Sub, and what is published to its subscribers, until nothing is left. */
  run(): Promise<void>;
  /** The same with the ring of the schedule before it. */
  tick(): Promise<void>;
}

/** How often, and in which order, a message reaches its subscriber. Default: once, as they come. */
export type Redelivery = <T>(messages: readonly T[]) => readonly T[];

/** One to five times each, shuffled; the same for the same seed. */
export function stormOf(seed: number): Redelivery {
  const next = seeded(seed);
  return (messages) =>
    shuffled(
      messages.flatMap((message) => Array.from({ length: 1 + Math.floor(next() * 5) }, () => message)),
      next,
    );
}

export function aBackground(world: World, redelivered: Redelivery = (messages) => messages): Background {
  const newEvents = newEventsOf(world);
  const { ports } = world.app;

  async function tellEvents(): Promise<void> {
    for (const doc of redelivered(await newEvents())) {
      await publishEvent(world.account, doc.id, doc.get('type') as EventType, doc.get('subject'), ports);
    }
  }

  async function run(): Promise<void> {
    for (;;) {
      await tellEvents();
      const messages = world.published.splice(0);
      if (messages.length === 0) return;
      await Promise.all(redelivered(messages).map(({ topic, json }) => subscribers[topic]?.(json)));
    }
  }

  const subscribers: Readonly<Record<string, (json: object) => Promise<unknown>>> = {
    [EVENTS_TOPIC]: async (json) => {
      const { account, id } = json as { account: string; id: string };
      const event = await ports.events.find(account, id);
      if (event) await notifyWebhooks(account, id, event.type, ports);
    },
    [WEBHOOK_DELIVERIES_TOPIC]: (json) => deliverWebhook(json as Attempt, ports),
  };

  return {
    run,
    tick: async () => {
      await requestWebhookDeliveries(ports);
      // The schedule sees all accounts; those of other test files run on a clock of their own.
      const own = world.published.filter(({ json }) => (json as { account?: string }).account === world.account);
      world.published.splice(0, world.published.length, ...own);
      await run();
    },
  };
}
