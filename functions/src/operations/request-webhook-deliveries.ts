import { WEBHOOK_DELIVERIES_TOPIC } from '@quarterdeck/contract';
import type { Ports } from './ports.js';
import { publishEach } from './publish-each.js';

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
  return publishEach(deliveries.due(clock.now()), ({ account, delivery: { webhookId, eventId, attempts } }) =>
    bus.publish(WEBHOOK_DELIVERIES_TOPIC, { account, webhookId, eventId, attempt: attempts + 1 }),
  );
}
