import './quiet-debug.js';
import { recordFunctionLog } from '../../../test/support/function-log.js';

const log = recordFunctionLog();
const publish = jest.fn(async () => undefined);
jest.mock('../compose.js', () => ({ deployedApp: () => ({ ports: { bus: { publish } } }) }));
const entry = import('./outbox.js');

const account = 'abcdefghijklmnopqrst';
const stored = { type: 'session.ended', subject: 'session/s' };

/** A document that was created, as the SDK hands it over. */
function created(fields: Readonly<Record<string, unknown>>): never {
  return { params: { account, event: 'event-1' }, data: { get: (field: string) => fields[field] } } as never;
}

beforeEach(() => {
  publish.mockClear();
  log.clear();
});

test('an event that was written is published once, by its id', async () => {
  const { publishEvent } = await entry;
  await publishEvent.run(created(stored));
  expect(publish.mock.calls).toEqual([
    ['events', { account, id: 'event-1' }, { account, id: 'event-1', type: 'session.ended', subject: 'session/s' }],
  ]);
});

test.each([
  ['that was imported is not: it was told where it happened', { ...stored, imported: true }, 0],
  ['that says so in another way is', { ...stored, imported: 'true' }, 1],
  ['of an unknown type is not, and is logged', { ...stored, type: 'session.exploded' }, 0],
])('an event %s', async (_what, fields, times) => {
  const { publishEvent } = await entry;
  await publishEvent.run(created(fields));
  expect(publish).toHaveBeenCalledTimes(times);
  expect(log.entries).toHaveLength(fields.type === stored.type ? 0 : 1);
});
