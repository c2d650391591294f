import { type Delivery, WEBHOOK_DELIVERIES_TOPIC } from '@quarterdeck/contract';
import { DomainError } from '../domain/domain-error.js';
import { newDelivery, resendDelivery, viewDelivery } from '../domain/webhook-delivery.js';
import type { Handler } from './handler.js';
import type { Ports } from './ports.js';
import { requireEnabledWebhook } from './require-webhook.js';

/** Puts an event on its way to an endpoint once more, or for the first time. */
export const handleResendEvent: Handler<'resendEvent'> = {
  for: 'member',
  run: async ({ webhookId, eventId }, { account }, ports) => {
    await requireEnabledWebhook(account, webhookId, ports);
    const delivery = await restart(account, webhookId, eventId, ports);
    await ports.bus.publish(WEBHOOK_DELIVERIES_TOPIC, { account, webhookId, eventId, attempt: 1 });
    return { success: true, delivery: viewDelivery(delivery) };
  },
};

/** @throws DomainError `EVENT_UNKNOWN`, `CONTENTION` */
async function restart(account: string, webhookId: string, eventId: string, ports: Ports): Promise<Delivery> {
  const { deliveries, events, clock } = ports;
  const found = await deliveries.find(account, webhookId, eventId);
  const event = found === undefined ? await events.find(account, eventId) : found.event;
  if (event === undefined) {
    throw new DomainError(
      'EVENT_UNKNOWN',
      'eventId: the account has no such event, or it is older than 30 days. list_events shows which it has.',
    );
  }
  const delivery =
    found === undefined ? newDelivery(webhookId, event, clock.now()) : resendDelivery(found.delivery, clock.now());
  const written =
    found === undefined
      ? await deliveries.create(account, delivery)
      : (await deliveries.save(account, delivery, found.version)) !== undefined;
  if (written) return delivery;
  throw new DomainError('CONTENTION', 'eventId: it is being sent at this very moment. Repeat the call.');
}
