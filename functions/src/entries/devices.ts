import { EVENTS_TOPIC } from '@quarterdeck/contract';
import { onMessagePublished } from 'firebase-functions/pubsub';
import { mayAlert } from '../domain/alert.js';
import { endsWith, error as logError, measured, observe, warn } from '../log/log.js';
import { runsAs } from './identities.js';
import { toldEvent } from './told-event.js';

/**
 * Pushes an alert to the devices that ask for it. Retried by Pub/Sub until each has got it, or it is parked: every alert is a message of its own, so
 * one that fails holds up no other.
 */
export const notifyDevices = onMessagePublished(
  // Less than the lease of an attempt, see domain/push.ts.
  { ...runsAs('push'), topic: EVENTS_TOPIC, retry: true, timeoutSeconds: 120 },
  (event) =>
    observe('topic', 'notifyDevices', async () => {
      const told = toldEvent(event.data.message);
      if (told === undefined || !mayAlert(told.type)) return;
      const [{ deployedApp }, operation] = await Promise.all([
        import('../compose.js'),
        import('../operations/push-alert.js'),
      ]);
      const { account, id, type } = told;
      const { outcome, sent, error } = await operation.pushAlert(account, id, type, deployedApp().ports);
      measured({ sent });
      if (outcome === 'told' && error !== null) warn('alert pushed, but not to all', { sent, error });
      if (outcome === 'parked') {
        endsWith('parked', 'PUSH_GIVEN_UP');
        logError('alert parked: given up for the devices that have not got it', { sent, error });
      }
      if (outcome === 'again') {
        endsWith('again', 'PUSH_UNFINISHED');
        // What is thrown is not acknowledged, so Pub/Sub delivers it again, later each time.
        throw new Error(`the alert of event ${id} is not pushed to all devices yet: ${error}`);
      }
    }),
);
