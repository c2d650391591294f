import { AccountId, SWEEP_TOPIC } from '@quarterdeck/contract';
import { onMessagePublished } from 'firebase-functions/pubsub';
import { onSchedule } from 'firebase-functions/scheduler';
import { endsWith, isAbout, error as logError, measured, observe } from '../log/log.js';
import { runsAs } from './identities.js';
import { bodyOf } from './told-event.js';

/** Every minute: asks for a visit to every account that is due. A tick that fails is made up for by the next. */
export const sweep = onSchedule(
  { ...runsAs('sweep'), schedule: '* * * * *', timeZone: 'Etc/UTC', retryCount: 0, timeoutSeconds: 120 },
  () =>
    observe('schedule', 'sweep', async () => {
      const [{ deployedApp }, { requestSweeps }] = await Promise.all([
        import('../compose.js'),
        import('../operations/request-sweeps.js'),
      ]);
      const { accounts, lateSeconds } = await requestSweeps(deployedApp().ports);
      measured({ accounts, lateSeconds });
    }),
);

/**
 * One visit to one account. Without retries of its own: an account stays due until its visit is over, and is asked for again a minute later, so
 * a visit that always fails can't loop.
 */
export const sweepAccount = onMessagePublished(
  // A visit keeps every live session of its account in memory: some 5 kB each.
  {
    ...runsAs('sweep'),
    topic: SWEEP_TOPIC,
    retry: false,
    timeoutSeconds: 540,
    memory: '1GiB',
    concurrency: 4,
    maxInstances: 100,
  },
  (event) =>
    observe('topic', 'sweepAccount', async () => {
      const { message } = event.data;
      const account = AccountId.safeParse((bodyOf(message) as { account?: unknown } | null | undefined)?.account);
      if (!account.success) {
        endsWith('dropped', 'NO_ACCOUNT');
        logError('sweep-account message without an account', { messageId: message.messageId });
        return;
      }
      isAbout({ account: account.data });
      const [{ deployedApp }, operation] = await Promise.all([
        import('../compose.js'),
        import('../operations/sweep-account.js'),
      ]);
      const { live, ended, marked, lateSeconds } = await operation.sweepAccount(account.data, deployedApp().ports);
      measured({ live, ended, marked, lateSeconds });
    }),
);
