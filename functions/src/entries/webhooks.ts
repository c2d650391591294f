import { AccountId, EVENTS_TOPIC, EventId, WEBHOOK_DELIVERIES_TOPIC, WebhookId } from '@quarterdeck/contract';
import { info, error as logError } from 'firebase-functions/logger';
import { onMessagePublished } from 'firebase-functions/pubsub';
import { onSchedule } from 'firebase-functions/scheduler';
import { z } from 'zod';
import { SECRETS } from './secrets.js';
import { bodyOf, toldEvent } from './told-event.js';

const Attempt = z.object({ account: AccountId, webhookId: WebhookId, eventId: EventId, attempt: z.int().min(1) });

/**
 * Puts an event on its way to the endpoints that ask for it. Retried by Pub/Sub until documents stand for all its deliveries; a message that names no
 * event is dropped, so that it can't come back for a day.
 */
export const notifyWebhooks = onMessagePublished({ topic: EVENTS_TOPIC, retry: true }, async (event) => {
  const told = toldEvent(event.data.message);
  if (told === undefined) return;
  const [{ deployedApp }, operation] = await Promise.all([
    import('../compose.js'),
    import('../operations/notify-webhooks.js'),
  ]);
  await operation.notifyWebhooks(told.account, told.id, told.type, deployedApp().ports);
});

/** One attempt at one delivery. Without retries of its own: a delivery is due again by its document, whatever becomes of this. */
export const deliverWebhook = onMessagePublished(
  { topic: WEBHOOK_DELIVERIES_TOPIC, retry: false, secrets: SECRETS },
  async (event) => {
    const attempt = Attempt.safeParse(bodyOf(event.data.message));
    if (!attempt.success) {
      logError('webhook-deliveries message without a delivery', { messageId: event.data.message.messageId });
      return;
    }
    const [{ deployedApp }, operation] = await Promise.all([
      import('../compose.js'),
      import('../operations/deliver-webhook.js'),
    ]);
    const delivery = await operation.deliverWebhook(attempt.data, deployedApp().ports);
    const outcome = delivery && { status: delivery.status, lastStatus: delivery.lastStatus, error: delivery.lastError };
    if (outcome !== undefined) info('webhook delivery', { ...attempt.data, ...outcome });
  },
);

/** Every minute: asks for an attempt at every delivery that is due. Apart from the sweep, so that neither holds up the other. */
export const retryWebhooks = onSchedule(
  { schedule: '* * * * *', timeZone: 'Etc/UTC', retryCount: 0, timeoutSeconds: 120 },
  async () => {
    const [{ deployedApp }, operation] = await Promise.all([
      import('../compose.js'),
      import('../operations/request-webhook-deliveries.js'),
    ]);
    const asked = await operation.requestWebhookDeliveries(deployedApp().ports);
    if (asked > 0) info('webhook deliveries requested', { asked });
  },
);
