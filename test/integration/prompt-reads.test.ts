import { createHook } from 'node:async_hooks';
import { aWorld } from '../support/world.js';

/** Node makes a timer of no delay one of a millisecond. */
const SHORTEST_MS = 1;

/** How many timers without a delay are started meanwhile, whoever starts them: the SDK has globals of its own here. */
async function timersDuring(work: () => Promise<unknown>): Promise<number> {
  let timers = 0;
  const hook = createHook({
    init: (_id, type, _trigger, resource) => {
      if (type === 'Timeout' && (resource as { _idleTimeout: number })._idleTimeout <= SHORTEST_MS) timers++;
    },
  }).enable();
  await work();
  hook.disable();
  return timers;
}

test('a read does not wait for a timer before it is sent', async () => {
  const world = await aWorld();
  const { db, spy } = world;
  const read = () => db.doc('accounts/nobody').get();
  await read();
  const sent = spy.rpcs.length;
  expect(await timersDuring(read)).toBe(0);
  expect(spy.rpcs.length).toBe(sent + 1);
  await world.close();
});

test('would be seen: a timer without a delay', async () => {
  expect(await timersDuring(() => new Promise((done) => setTimeout(done, 0)))).toBe(1);
});
