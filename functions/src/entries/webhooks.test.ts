import './quiet-debug.js';
import { aBusMessage } from '../../../test/support/bus-message.js';
import { recordFunctionLog } from '../../../test/support/function-log.js';

const log = recordFunctionLog();
const entries = import('./webhooks.js');

const account = 'abcdefghijklmnopqrst';
const id = '00000000-0000-4000-8000-000000000000';

afterEach(() => log.clear());

test.each([
  ['no JSON', undefined, { type: 'session.ended' }],
  ['nothing', null, { type: 'session.ended' }],
  ['no type', { account, id }, {}],
  ['a type that nobody knows', { account, id }, { type: 'session.exploded' }],
  ['a path instead of an account', { account: '../x', id }, { type: 'session.ended' }],
  ['a path instead of an id', { account, id: 'a/b' }, { type: 'session.ended' }],
])(
  'a poisonous message of an event is acknowledged, so that it can not come back: %s',
  async (_what, json, attributes) => {
    const { notifyWebhooks } = await entries;
    await expect(notifyWebhooks.run(aBusMessage(json, attributes as Record<string, string>))).resolves.toBeUndefined();
    expect(log.entries).toMatchObject([{ severity: 'ERROR', messageId: 'message-1' }]);
  },
);

test.each([
  ['no JSON', undefined],
  ['no attempt', { account, webhookId: id, eventId: id }],
  ['attempt 0', { account, webhookId: id, eventId: id, attempt: 0 }],
  ['no endpoint', { account, webhookId: 'all/x', eventId: id, attempt: 1 }],
])('so is one of a delivery: %s', async (_what, json) => {
  const { deliverWebhook } = await entries;
  await expect(deliverWebhook.run(aBusMessage(json))).resolves.toBeUndefined();
  expect(log.entries).toMatchObject([{ severity: 'ERROR', messageId: 'message-1' }]);
});
