import { EventType } from '@quarterdeck/contract';
import { onDocumentCreated } from 'firebase-functions/firestore';
import { error as logError } from 'firebase-functions/logger';

/**
 * The outbox: hands every event that was written to Pub/Sub, at least once. Retried for a day when Pub/Sub doesn't take it. What was imported was told
 * where it happened, and is not told again.
 */
export const publishEvent = onDocumentCreated(
  { document: 'accounts/{account}/events/{event}', retry: true },
  async (event) => {
    if (event.data?.get('imported') === true) return;
    const type = EventType.safeParse(event.data?.get('type'));
    if (!type.success) {
      logError('event of an unknown type', { account: event.params.account, event: event.params.event });
      return;
    }
    const [{ deployedApp }, operation] = await Promise.all([
      import('../compose.js'),
      import('../operations/publish-event.js'),
    ]);
    const { account, event: id } = event.params;
    const subject = String(event.data?.get('subject'));
    await operation.publishEvent(account, id, type.data, subject, deployedApp().ports);
  },
);
