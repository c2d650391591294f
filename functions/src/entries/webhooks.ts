import {
  AccountId,
  type DeliveryStatus,
  EVENTS_TOPIC,
  EventId,
  WEBHOOK_DELIVERIES_TOPIC,
  WebhookId,
} from '@quarterdeck/contract';
import { onMessagePublished } from 'firebase-functions/pubsub';
import { onSchedule } from 'firebase-functions/scheduler';
import { z } from 'zod';
import type { LogOutcome } from '../log/call-lines.js';
import { endsWith, isAbout, error as logError, measured, observe } from '../log/log.js';
import { runsAs } from './identities.js';
import { SECRETS } from './secrets.js';
import { bodyOf, toldEvent } from './told-event.js';

const Attempt = z.object({ account: AccountId, webhookId: WebhookId, eventId: EventId, attempt: z.int().min(1) });

/**
 * Puts an event on its way to the endpoints that ask for it. Retried by Pub/Sub until documents stand for all its deliveries; a message that names no
 * event is dropped, so that it can't come back for a day.
 */
export const notifyWebhooks = onMessagePublished({ ...runsAs('sweep'), topic: EVENTS_TOPIC, retry: true }, (event) =>
  observe('topic', 'notifyWebhooks', async () => {
    const told = toldEvent(event.data.message);
    if (told === undefined) return;
    const [{ deployedApp }, operation] = await Promise.all([
      import('../compose.js'),
      import('../operations/notify-webhooks.js'),
    ]);
    measured({ deliveries: await operation.notifyWebhooks(told.account, told.id, told.type, deployedApp().ports) });
  }),
);

/** What an attempt came to, for the log. A delivery that is sending is another attempt's. */
const OUTCOMES: Readonly<Record<DeliveryStatus, LogOutcome>> = {
  delivered: 'ok',
  sending: 'ok',
  canceled: 'ok',
  waiting: 'again',
  failed: 'parked',
};

/** One attempt at one delivery. Without retries of its own: a delivery is due again by its document, whatever becomes of this. */
export const deliverWebhook = onMessagePublished(
  { ...runsAs('webhooks'), topic: WEBHOOK_DELIVERIES_TOPIC, retry: false, secrets: SECRETS },
  (event) =>
    observe('topic', 'deliverWebhook', async () => {
      const attempt = Attempt.safeParse(bodyOf(event.data.message));
      if (!attempt.success) {
        endsWith('dropped', 'NO_DELIVERY');
        logError('webhook-deliveries message without a delivery', { messageId: event.data.message.messageId });
        return;
      }
      const { account, eventId, webhookId } = attempt.data;
      isAbout({ account, event: eventId, webhook: webhookId });
      const [{ deployedApp }, operation] = await Promise.all([
        import('../compose.js'),
        import('../operations/deliver-webhook.js'),
      ]);
      const delivery = await operation.deliverWebhook(attempt.data, deployedApp().ports);
      if (delivery === undefined) return;
      const { status, attempts, lastStatus } = delivery;
      endsWith(OUTCOMES[status], status === 'delivered' ? undefined : status.toUpperCase());
      measured({ attempts, ...(lastStatus === null ? {} : { httpStatus: lastStatus }) });
    }),
);

/** Every minute: asks for an attempt at every delivery that is due. Apart from the sweep, so that neither holds up the other. */
export const retryWebhooks = onSchedule(
  { ...runsAs('sweep'), schedule: '* * * * *', timeZone: 'Etc/UTC', retryCount: 0, timeoutSeconds: 120 },
  () =>
    observe('schedule', 'retryWebhooks', async () => {
      const [{ deployedApp }, operation] = await Promise.all([
        import('../compose.js'),
        import('../operations/request-webhook-deliveries.js'),
      ]);
      measured({ deliveries: await operation.requestWebhookDeliveries(deployedApp().ports) });
    }),
);
