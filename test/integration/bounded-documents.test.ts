import { documents, limits } from '@quarterdeck/contract';
import { aWorld } from '../support/world.js';

/** R10, R8: what is written often stays small, and no client's clock is ever asked. QUARTERDECK_BEATS sets how many beats. */
const BEATS = Number(process.env.QUARTERDECK_BEATS ?? 500);

test('beats leave the document as large as it was, and make no other document', async () => {
  const world = await aWorld();
  const key = await world.aKey('builder');
  const { sessionId } = await world.call('createSession', { name: 'x', contextLimitBytes: 1e9 }, key);
  const size = async () => JSON.stringify(await world.stored(documents.session(world.account, sessionId))).length;
  const beat = (n: number) => {
    world.clock.advance({ minutes: 10 });
    return world.call(
      'heartbeat',
      { sessionId, contextBytes: 1e8 + n, tokens: { inputTokens: 1e8 + n, outputTokens: 1e8 + n }, activity: 'active' },
      key,
    );
  };
  for (let n = 0; n < limits.CONTEXT_SAMPLE_COUNT; n++) await beat(n);
  const full = await size();
  const before = await countDocuments();
  for (let n = 0; n < BEATS; n++) await beat(n);
  expect(Math.abs((await size()) - full)).toBeLessThan(16);
  expect(await countDocuments()).toBe(before);
  expect(full).toBeLessThan(8 * 1024);
  await world.close();

  async function countDocuments(): Promise<number> {
    const account = world.db.doc(documents.account(world.account));
    const counts = await Promise.all(
      (await account.listCollections()).map(async (one) => (await one.count().get()).data().count),
    );
    return counts.reduce((sum, count) => sum + count, 0);
  }
});

test('no operation takes a time from its caller', async () => {
  const world = await aWorld();
  const key = await world.aKey('builder');
  const { sessionId } = await world.call('createSession', { name: 'x' }, key);
  for (const field of ['lastHeartbeat', 'lastActivityAt', 'createdAt', 'heartbeatAt']) {
    const skewed = { sessionId, [field]: new Date(world.clock.now().getTime() + 86_400_000).toISOString() };
    await expect(world.call('heartbeat', skewed as never, key)).rejects.toMatchObject({ reason: 'INVALID_FIELD' });
  }
  await world.call('updateSession', { sessionId, status: 'x', lastHeartbeat: true }, key);
  expect((await world.call('getSession', { sessionId })).session.lastHeartbeat).toBe(world.clock.now().toISOString());
  await world.close();
});
