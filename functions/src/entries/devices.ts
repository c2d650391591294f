import { AccountId, EVENTS_TOPIC, EventId, EventType } from '@quarterdeck/contract';
import { info, error as logError, warn } from 'firebase-functions/logger';
import { onMessagePublished } from 'firebase-functions/pubsub';
import { z } from 'zod';
import { mayAlert } from '../domain/alert.js';

const Told = z.object({ account: AccountId, id: EventId });

/**
 * Pushes an alert to the devices that ask for it. Retried by Pub/Sub until each has got it, or it is parked: every alert is a message of its own, so
 * one that fails holds up no other.
 */
export const notifyDevices = onMessagePublished(
  // Less than the lease of an attempt, see domain/push.ts.
  { topic: EVENTS_TOPIC, retry: true, timeoutSeconds: 120 },
  async (event) => {
    const { messageId, attributes } = event.data.message;
    const told = Told.safeParse(bodyOf(event.data.message));
    const type = EventType.safeParse(attributes.type);
    if (!told.success || !type.success) {
      logError('events message without an event', { messageId });
      return;
    }
    if (!mayAlert(type.data)) return;
    const [{ deployedApp }, operation] = await Promise.all([
      import('../compose.js'),
      import('../operations/push-alert.js'),
    ]);
    const { account, id } = told.data;
    const { outcome, sent, error } = await operation.pushAlert(account, id, type.data, deployedApp().ports);
    const report = { account, event: id, sent, error };
    if (outcome === 'told' && error === null) info('alert pushed', report);
    if (outcome === 'told' && error !== null) warn('alert pushed, but not to all', report);
    if (outcome === 'parked') logError('alert parked: given up for the devices that have not got it', report);
    // What is thrown is not acknowledged, so Pub/Sub delivers it again, later each time.
    if (outcome === 'again') throw new Error(`the alert of event ${id} is not pushed to all devices yet: ${error}`);
  },
);

/** A body that is no JSON throws as it is read. */
function bodyOf(message: { readonly json: unknown }): unknown {
  try {
    return message.json;
  } catch {
    return undefined;
  }
}
