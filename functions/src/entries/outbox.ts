import { EventType } from '@quarterdeck/contract';
import { onDocumentCreated } from 'firebase-functions/firestore';
import { endsWith, isAbout, error as logError, observe } from '../log/log.js';
import { runsAs } from './identities.js';

/**
 * The outbox: hands every event that was written to Pub/Sub, at least once. Retried for a day when Pub/Sub doesn't take it. What was imported was told
 * where it happened, and is not told again.
 */
export const publishEvent = onDocumentCreated(
  { ...runsAs('sweep'), document: 'accounts/{account}/events/{event}', retry: true },
  (event) =>
    observe('trigger', 'publishEvent', async () => {
      const { account, event: id } = event.params;
      isAbout({ account, event: id });
      if (event.data?.get('imported') === true) return;
      const type = EventType.safeParse(event.data?.get('type'));
      if (!type.success) {
        endsWith('dropped', 'UNKNOWN_TYPE');
        logError('event of an unknown type');
        return;
      }
      const [{ deployedApp }, operation] = await Promise.all([
        import('../compose.js'),
        import('../operations/publish-event.js'),
      ]);
      const subject = String(event.data?.get('subject'));
      await operation.publishEvent(account, id, type.data, subject, deployedApp().ports);
    }),
);
