import { collections, limits } from '@quarterdeck/contract';
import type { Credentials } from '../../functions/src/operations/identify-caller.js';
import { aWorld, type World } from '../support/world.js';

/** What memories cost: exactly where few are stored, bounded where many share a word. A session token proves the window with one read. */
const MANY = 2000;

let w: World;
let key: { apiKey: string };
let both: Credentials;

beforeAll(async () => {
  w = await aWorld();
  key = await w.aKey('builder');
  both = { ...key, sessionToken: (await w.call('activateAgent', {}, key)).sessionToken };
  await w.call(
    'remember',
    { content: 'The deploy of the lighthouse needs two keys.', tags: ['Safety'], type: 'goal' },
    both,
  );
  for (let first = 0; first < MANY; first += limits.MEMORY_BATCH_MAX) {
    w.clock.advance({ seconds: 1 });
    const memories = Array.from({ length: limits.MEMORY_BATCH_MAX }, (_, n) => ({
      content: `The deploy number ${first + n} of the service went through without a rollback.`,
      confidence: 0.5,
    }));
    await w.call('remember', { memories }, both);
  }
});
afterAll(() => w.close());

async function costOf(call: () => Promise<unknown>) {
  w.spy.since();
  await call();
  const { reads, writes, deletes } = w.spy.since();
  return { reads, writes, deletes };
}

test(`a recall reads the window and at most 50 memories for each of 10 words, whatever is stored`, async () => {
  const words = 'deploy number service went rollback without through lighthouse keys needs two extra';
  const recall =
    (query: string, filter = {}) =>
    () =>
      w.call('recall', { query, ...filter }, both);
  expect(await costOf(recall('deploy'))).toEqual({ reads: 1 + 50, writes: 0, deletes: 0 });
  expect(await costOf(recall('zebra'))).toEqual({ reads: 1 + 1, writes: 0, deletes: 0 });
  for (const filter of [{}, { tags: ['safety'] }, { minConfidence: 0.6 }, { types: ['goal', 'fact', 'event'] }]) {
    const { reads } = await costOf(recall(words, filter));
    expect(reads).toBeGreaterThan(100);
    expect(reads).toBeLessThanOrEqual(1 + limits.QUERY_TERMS_MAX * limits.CANDIDATES_PER_TERM);
  }
  expect((await costOf(() => w.call('recall', { query: 'deploy' }, key))).reads).toBe(2 + 50);
});

test('the rare word of a query decides, however common the others are', async () => {
  const { memories } = await w.call('recall', { query: 'deploy of the service at the lighthouse', limit: 3 }, both);
  expect(memories[0]?.content).toContain('lighthouse');
  expect(memories).toHaveLength(3);
});

test.each([
  ['a tag', { tags: ['safety'] }],
  ['a type', { types: ['goal'] }],
  ['types', { types: ['goal', 'event'] }],
  ['a tag and a type', { tags: ['safety'], types: ['goal'] }],
] as const)('%s finds what 2,000 newer memories with the same word would bury', async (_what, filter) => {
  const { memories } = await w.call('recall', { query: 'deploy', ...filter } as never, both);
  expect(memories.map(({ title }) => title)).toEqual(['The deploy of the lighthouse needs two keys.']);
});

test('remembering reads the window and writes each memory; the first in 30 seconds also renews the session', async () => {
  const remember = (count: number, who: Credentials) => () =>
    w.call('remember', { memories: Array.from({ length: count }, () => ({ content: 'x' })) }, who);
  w.clock.advance({ seconds: 30 });
  await w.call('getAccount', {}, both); // the clock's move makes the instance ask once what was revoked
  expect(await costOf(remember(1, both))).toEqual({ reads: 1, writes: 1 + 1, deletes: 0 });
  expect(await costOf(remember(3, both))).toEqual({ reads: 1, writes: 3, deletes: 0 });
  expect(await costOf(remember(1, key))).toEqual({ reads: 2, writes: 1, deletes: 0 });
});

test('a page reads the window and one memory more than it shows; forgetting reads the window and what it takes away', async () => {
  const { memories } = await w.call('listMemories', { limit: 4 }, both);
  const memoryIds = memories.map(({ memoryId }) => memoryId);
  expect(await costOf(() => w.call('listMemories', { limit: 10 }, both))).toEqual({ reads: 12, writes: 0, deletes: 0 });
  expect(await costOf(() => w.call('listMemories', { limit: 10, programId: 'builder' }))).toMatchObject({ reads: 11 });
  expect(await costOf(() => w.call('forget', { memoryIds }, both))).toEqual({ reads: 5, writes: 0, deletes: 4 });
});

test('no memory is larger than its text by more than its words and their weights', async () => {
  const content = Array.from({ length: 1500 }, (_, n) => `word${n}`)
    .join(' ')
    .slice(0, limits.MEMORY_MAX_CHARS);
  const { memoryIds } = await w.call('remember', { content, tags: ['a tag', 'another'] }, both);
  const stored = await w.stored(`${collections.memories(w.account)}/${memoryIds[0]}`);
  expect(stored?.terms).toHaveLength(limits.MEMORY_TERMS_MAX);
  expect(JSON.stringify(stored).length).toBeLessThan(2 * limits.MEMORY_MAX_CHARS);
});
