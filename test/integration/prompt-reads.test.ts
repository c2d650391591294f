import { aWorld } from '../support/world.js';

test('a read does not wait for a timer before it is sent', async () => {
  const world = await aWorld();
  const { db, spy } = world;
  await db.doc('accounts/nobody').get();
  const sent = spy.rpcs.length;
  const timers = jest.spyOn(globalThis, 'setTimeout');
  const reading = db.doc('accounts/nobody').get();
  await reading;
  const zeroDelays = timers.mock.calls.filter(([, delay]) => !delay);
  timers.mockRestore();
  expect(spy.rpcs.length).toBe(sent + 1);
  expect(zeroDelays).toEqual([]);
  await world.close();
});
