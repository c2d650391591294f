import './quiet-debug.js';
import { aBusMessage } from '../../../test/support/bus-message.js';
import { recordFunctionLog } from '../../../test/support/function-log.js';

const pushAlert = jest.fn();
jest.mock('../compose.js', () => ({ deployedApp: () => ({ ports: {} }) }));
jest.mock('../operations/push-alert.js', () => ({ pushAlert: (...args: unknown[]) => pushAlert(...args) }));

const log = recordFunctionLog();
const entries = import('./devices.js');

const account = 'abcdefghijklmnopqrst';
const id = '00000000-0000-4000-8000-000000000000';

afterEach(() => {
  log.clear();
  pushAlert.mockReset();
});

test.each<[what: string, json: unknown, attributes: Record<string, string>]>([
  ['no JSON', undefined, { type: 'session.ended' }],
  ['nothing', null, { type: 'session.ended' }],
  ['no type', { account, id }, {}],
  ['a type that nobody knows', { account, id }, { type: 'session.exploded' }],
  ['a path instead of an account', { account: '../x', id }, { type: 'session.ended' }],
  ['a path instead of an id', { account, id: 'a/b' }, { type: 'session.ended' }],
])('a poisonous message is acknowledged, so that it can not come back: %s', async (_what, json, attributes) => {
  const { notifyDevices } = await entries;
  await expect(notifyDevices.run(aBusMessage(json, attributes))).resolves.toBeUndefined();
  expect(log.entries).toMatchObject([{ severity: 'ERROR', messageId: 'message-1' }]);
});

test('an event that can be no alert is acknowledged before anything is loaded', async () => {
  const { notifyDevices } = await entries;
  await expect(notifyDevices.run(aBusMessage({ account, id }, { type: 'key.created' }))).resolves.toBeUndefined();
  expect(log.entries).toEqual([]);
  expect(pushAlert).not.toHaveBeenCalled();
});

describe('what was told', () => {
  const tell = async (report: object): Promise<unknown> => {
    pushAlert.mockResolvedValue({ sent: 1, error: null, ...report });
    const { notifyDevices } = await entries;
    return notifyDevices.run(aBusMessage({ account, id }, { type: 'session.ended' }));
  };

  test.each<[report: object, severity: string[]]>([
    [{ outcome: 'nothing', sent: 0 }, []],
    [{ outcome: 'told', error: 'messaging/invalid-payload' }, ['WARNING']],
    [{ outcome: 'parked', error: 'messaging/internal-error' }, ['ERROR']],
  ])('%j is acknowledged, and logged as %j', async (report, severities) => {
    await expect(tell(report)).resolves.toBeUndefined();
    expect(log.entries.map(({ severity }) => severity)).toEqual(severities);
    expect(pushAlert).toHaveBeenCalledWith(account, id, 'session.ended', {});
  });

  test('what has to come again is not acknowledged, and says why', async () => {
    await expect(tell({ outcome: 'again', error: 'messaging/server-unavailable' })).rejects.toThrow(
      'messaging/server-unavailable',
    );
  });
});
