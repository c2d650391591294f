import { AccountId, SWEEP_TOPIC } from '@quarterdeck/contract';
import { info, error as logError } from 'firebase-functions/logger';
import { onMessagePublished } from 'firebase-functions/pubsub';
import { onSchedule } from 'firebase-functions/scheduler';

/** Every minute: asks for a visit to every account that is due. A tick that fails is made up for by the next. */
export const sweep = onSchedule(
  { schedule: '* * * * *', timeZone: 'Etc/UTC', retryCount: 0, timeoutSeconds: 120 },
  async () => {
    const [{ deployedApp }, { requestSweeps }] = await Promise.all([
      import('../compose.js'),
      import('../operations/request-sweeps.js'),
    ]);
    const asked = await requestSweeps(deployedApp().ports);
    info('sweep requested', { accounts: asked });
  },
);

/**
 * One visit to one account. Without retries of its own: an account stays due until its visit is over, and is asked for again a minute later, so
 * a visit that always fails can't loop.
 */
export const sweepAccount = onMessagePublished(
  { topic: SWEEP_TOPIC, retry: false, timeoutSeconds: 540 },
  async (event) => {
    const account = AccountId.safeParse((event.data.message.json as { account?: unknown } | undefined)?.account);
    if (!account.success) {
      logError('sweep-account message without an account', { messageId: event.data.message.messageId });
      return;
    }
    const [{ deployedApp }, operation] = await Promise.all([
      import('../compose.js'),
      import('../operations/sweep-account.js'),
    ]);
    const report = await operation.sweepAccount(account.data, deployedApp().ports);
    info('account swept', { account: account.data, ...report });
  },
);
