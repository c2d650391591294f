import { type EventType, WEBHOOK_DELIVERIES_TOPIC } from '@quarterdeck/contract';
import { newDelivery } from '../domain/webhook-delivery.js';
import { mayWant, wants } from '../domain/webhook-endpoint.js';
import type { Ports } from './ports.js';

/**
 * Puts an event on its way to every endpoint that asks for it, once each, however often it is called. When it returns, a document stands for every
 * delivery; the messages only make them prompt, and one that is lost is made up for by the schedule.
 * The endpoints are read anew with each event: whoever makes one hears of what happens from then on, whatever an instance knew before.
 * @returns how many deliveries were made
 */
export async function notifyWebhooks(
  account: string,
  eventId: string,
  type: EventType,
  { webhooks, events, deliveries, bus, clock }: Pick<Ports, 'webhooks' | 'events' | 'deliveries' | 'bus' | 'clock'>,
): Promise<number> {
  const candidates = (await webhooks.list(account)).filter((webhook) => mayWant(webhook, type));
  if (candidates.length === 0) return 0;
  const event = await events.find(account, eventId);
  if (event === undefined) return 0;
  const made = await Promise.all(
    candidates
      .filter((webhook) => wants(webhook, event))
      .map(async ({ webhookId }) => {
        if (!(await deliveries.create(account, newDelivery(webhookId, event, clock.now())))) return 0;
        await bus.publish(WEBHOOK_DELIVERIES_TOPIC, { account, webhookId, eventId, attempt: 1 });
        return 1;
      }),
  );
  return made.filter((one) => one === 1).length;
}
