import { WEBHOOK_DELIVERIES_TOPIC } from '@quarterdeck/contract';
import type { Ports } from './ports.js';

/** Messages that are handed to Pub/Sub at once. */
const PUBLISHES_AT_ONCE = 100;

/**
 * Asks for an attempt at every delivery that is due: retries, and whatever an instance dropped when it died. A delivery stays due until an attempt
 * has begun, so a lost message is sent again a minute later.
 * @returns how many were asked for
 */
export async function requestWebhookDeliveries({
  deliveries,
  bus,
  clock,
}: Pick<Ports, 'deliveries' | 'bus' | 'clock'>): Promise<number> {
  let asked = 0;
  let pending: Promise<void>[] = [];
  for await (const { account, delivery } of deliveries.due(clock.now())) {
    const { webhookId, eventId, attempts } = delivery;
    pending.push(bus.publish(WEBHOOK_DELIVERIES_TOPIC, { account, webhookId, eventId, attempt: attempts + 1 }));
    asked++;
    if (pending.length === PUBLISHES_AT_ONCE) {
      await Promise.all(pending);
      pending = [];
    }
  }
  await Promise.all(pending);
  return asked;
}
