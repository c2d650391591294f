import './quiet-debug.js';
import { recordFunctionLog } from '../../../test/support/function-log.js';

const log = recordFunctionLog();
const entries = import('./devices.js');

const account = 'abcdefghijklmnopqrst';
const id = '00000000-0000-4000-8000-000000000000';

/** A message as the SDK hands it over; a body that is no JSON throws as it is read. */
function aMessage(json: unknown, attributes: Record<string, string>): never {
  const message = {
    messageId: 'message-1',
    attributes,
    get json() {
      if (json === undefined) throw new SyntaxError('no JSON');
      return json;
    },
  };
  return { data: { message } } as never;
}

afterEach(() => log.clear());

test.each<[what: string, json: unknown, attributes: Record<string, string>]>([
  ['no JSON', undefined, { type: 'session.ended' }],
  ['nothing', null, { type: 'session.ended' }],
  ['no type', { account, id }, {}],
  ['a type that nobody knows', { account, id }, { type: 'session.exploded' }],
  ['a path instead of an account', { account: '../x', id }, { type: 'session.ended' }],
  ['a path instead of an id', { account, id: 'a/b' }, { type: 'session.ended' }],
])('a poisonous message is acknowledged, so that it can not come back: %s', async (_what, json, attributes) => {
  const { notifyDevices } = await entries;
  await expect(notifyDevices.run(aMessage(json, attributes))).resolves.toBeUndefined();
  expect(log.entries).toMatchObject([{ severity: 'ERROR', messageId: 'message-1' }]);
});

test('an event that can be no alert is acknowledged before anything is loaded', async () => {
  const { notifyDevices } = await entries;
  await expect(notifyDevices.run(aMessage({ account, id }, { type: 'key.created' }))).resolves.toBeUndefined();
  expect(log.entries).toEqual([]);
});
