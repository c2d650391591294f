import { collections, documents, type InputOf, limits, type Operations } from '@quarterdeck/contract';
import type { Credentials } from '../../functions/src/operations/identify-caller.js';
import { anInstance, aWorld, caller, refusal, type World } from '../support/world.js';

const worlds: World[] = [];
afterAll(() => Promise.all(worlds.map((world) => world.close())));

async function world(settings: Parameters<typeof aWorld>[0] = {}): Promise<World> {
  const one = await aWorld(settings);
  worlds.push(one);
  return one;
}

/** A program with an open window: its key, and key and session token. */
async function anAgent(w: World, programId = 'builder') {
  const key = await w.aKey(programId);
  const { sessionToken, sessionId } = await w.call('activateAgent', {}, key);
  return { key, both: { ...key, sessionToken } satisfies Credentials, sessionId };
}

const titlesOf = ({ memories }: { memories: { title: string }[] }) => memories.map(({ title }) => title);
const countIn = async (w: World) => (await w.db.collection(collections.memories(w.account)).count().get()).data().count;

test('what an expired window remembered is recalled in the next one, with all its fields', async () => {
  const w = await world();
  const first = await anAgent(w);
  const given: InputOf<Operations['remember']> = {
    content: 'Ada prefers rollbacks over hotfixes on Fridays.',
    type: 'preference',
    title: 'Friday deploys',
    confidence: 0.9,
    tags: ['deploys', 'ada'],
    provenance: 'observed',
  };
  const { memoryIds, message } = await w.call('remember', given, first.both);
  expect(message).toBe('Memory stored');
  const at = w.clock.now().toISOString();
  w.clock.advance({ hours: 7 });
  const second = await w.call('activateAgent', {}, first.key);
  const { memories, ranking } = await w.call(
    'recall',
    { query: 'What does Ada prefer on a friday?' },
    { ...first.key, sessionToken: second.sessionToken },
  );
  expect(ranking).toBe('text');
  const memory = { ...given, memoryId: memoryIds[0], programId: 'builder', sessionId: first.sessionId, createdAt: at };
  expect(memories).toEqual([{ ...memory, score: expect.any(Number) }]);
});

test('omitted fields have their defaults, and the title is the beginning of the content', async () => {
  const w = await world();
  const { both } = await anAgent(w);
  await w.call('remember', { content: 'The API listens on port 8080.\nIt speaks HTTP/2.' }, both);
  expect((await w.call('listMemories', {}, both)).memories).toMatchObject([
    {
      type: 'fact',
      title: 'The API listens on port 8080.',
      confidence: 0.8,
      tags: [],
      provenance: 'explicit_statement',
    },
  ]);
});

describe('a window that is shut', () => {
  const calls = {
    remember: (w, who) => w.call('remember', { content: 'too late' }, who),
    recall: (w, who) => w.call('recall', { query: 'port' }, who),
    answer: (w, who) => w.call('answer', { question: 'Which port?' }, who),
    list: (w, who) => w.call('listMemories', {}, who),
    forget: (w, who) => w.call('forget', { memoryIds: ['00000000-0000-4000-8000-000000000000'] }, who),
  } satisfies Record<string, (w: World, who: Credentials) => Promise<unknown>>;

  test.each(Object.entries(calls))('refuses %s, and says how it was shut', async (name, call) => {
    const w = await world();
    const { key, both } = await anAgent(w);
    await w.call('remember', { content: 'The port is 8080.' }, both);
    const next = await w.call('activateAgent', {}, key);
    const current = { ...key, sessionToken: next.sessionToken };
    expect(await refusal(call(w, both))).toBe('aborted SUPERSEDED');
    expect(await refusal(call(w, current))).toBe('accepted');
    w.clock.advance({ hours: 6 });
    expect(await refusal(call(w, current))).toBe('unauthenticated SESSION_EXPIRED');
    expect(await refusal(call(w, key))).toBe('unauthenticated SESSION_EXPIRED');
    const last = await w.call('activateAgent', {}, key);
    await w.call('deactivateAgent', {}, key);
    expect(await refusal(call(w, { ...key, sessionToken: last.sessionToken }))).toBe('unauthenticated WINDOW_CLOSED');
    expect(await refusal(call(w, key))).toBe('failed-precondition NO_OPEN_WINDOW');
    const idle = await w.aKey('idle');
    expect(await refusal(call(w, idle))).toBe('failed-precondition NO_OPEN_WINDOW');
    // The one before the take-over, and where the call was remember the one that was accepted.
    expect(await countIn(w)).toBe(name === 'remember' ? 2 : 1);
  });

  test('is known by its memories when it is deactivated', async () => {
    const w = await world();
    const { both } = await anAgent(w);
    await w.call('remember', { memories: [{ content: 'one' }, { content: 'two' }] }, both);
    expect(await w.call('deactivateAgent', {}, both)).toMatchObject({ memoriesCreated: 2 });
  });
});

test('a batch is stored in the order given, whole or not at all', async () => {
  let failCommit = false;
  const w = await world({
    gate: ({ method, paths }) => {
      if (failCommit && method === 'commit' && paths.some((path) => path.includes('/memories/'))) {
        throw Object.assign(new Error('no'), { code: 3 });
      }
    },
  });
  const { both } = await anAgent(w);
  const memories = Array.from({ length: limits.MEMORY_BATCH_MAX }, (_, n) => ({ content: `memory number ${n}` }));
  expect(await refusal(w.call('remember', { memories: [...memories, { content: 'one more' }] }, both))).toBe(
    'invalid-argument INVALID_FIELD',
  );
  expect(await refusal(w.call('remember', { memories: [{ content: 'good' }, { content: ' ' }] }, both))).toBe(
    'invalid-argument INVALID_FIELD',
  );
  failCommit = true;
  await expect(w.call('remember', { memories }, both)).rejects.toThrow();
  failCommit = false;
  expect(await countIn(w)).toBe(0);
  const { memoryIds, message } = await w.call('remember', { memories }, both);
  expect(message).toBe('Memories stored');
  const stored = await Promise.all(memoryIds.map((id) => w.stored(documents.memory(w.account, id))));
  expect(stored.map((one) => one?.content)).toEqual(memories.map(({ content }) => content));
});

test.each([
  ['neither one memory nor a batch', {}, 'content'],
  ['a field without content', { type: 'fact' }, 'content'],
  ['content beside a batch', { content: 'x', memories: [{ content: 'y' }] }, 'content'],
  ['a type beside a batch', { type: 'goal', memories: [{ content: 'y' }] }, 'type'],
  ['tags beside a batch', { tags: [], memories: [{ content: 'y' }] }, 'tags'],
] as const)('remember refuses %s, naming the field', async (_what, input, field) => {
  const w = await world();
  const { both } = await anAgent(w);
  await expect(w.call('remember', input as never, both)).rejects.toMatchObject({
    reason: 'INVALID_FIELD',
    details: { fields: [{ field }] },
  });
});

test("nothing crosses programs or accounts, not even under the other's own words and ids", async () => {
  const w = await world();
  const builder = await anAgent(w, 'builder');
  const reviewer = await anAgent(w, 'reviewer');
  const { memoryIds } = await w.call('remember', { content: 'the secret port is 9000', tags: ['port'] }, builder.both);
  const search = { query: 'secret port' };
  expect((await w.call('recall', search, reviewer.both)).memories).toEqual([]);
  expect((await w.call('recall', { query: 'the', tags: ['port'] }, reviewer.both)).memories).toEqual([]);
  expect((await w.call('answer', { question: 'secret port?' }, reviewer.both)).answer).toBe('');
  expect((await w.call('listMemories', {}, reviewer.both)).memories).toEqual([]);
  expect(await w.call('forget', { memoryIds }, reviewer.both)).toMatchObject({ forgotten: 0 });
  expect(await refusal(w.call('recall', { ...search, programId: 'builder' }, reviewer.key))).toBe(
    'permission-denied NOT_OWNER',
  );
  const other = await world();
  const stranger = await anAgent(other, 'builder');
  expect((await other.call('recall', search, stranger.both)).memories).toEqual([]);
  expect(await other.call('forget', { memoryIds }, stranger.both)).toMatchObject({ forgotten: 0 });
  expect((await w.call('recall', search, builder.both)).memories).toHaveLength(1);
});

test('an admin names the program, and needs its window to remember and recall, but not to list and forget', async () => {
  const w = await world();
  const { key, both } = await anAgent(w);
  const programId = 'builder';
  const { memoryIds } = await w.call('remember', { programId, content: 'an admin says: use port 80' });
  expect((await w.call('recall', { programId, query: 'port' })).memories).toHaveLength(1);
  expect((await w.call('recall', { query: 'port' }, both)).memories).toHaveLength(1);
  expect(await refusal(w.call('recall', { query: 'port' }))).toBe('invalid-argument INVALID_FIELD');
  await w.call('deactivateAgent', {}, key);
  expect(await refusal(w.call('remember', { programId, content: 'x' }))).toBe('failed-precondition NO_OPEN_WINDOW');
  expect(await refusal(w.call('recall', { programId, query: 'port' }))).toBe('failed-precondition NO_OPEN_WINDOW');
  const auditor = await w.aKey('audit', 'auditor');
  expect((await w.call('listMemories', { programId }, auditor)).memories).toHaveLength(1);
  expect(await refusal(w.call('forget', { programId, memoryIds }, auditor))).toBe('permission-denied ROLE_NOT_ALLOWED');
  expect(await w.call('forget', { programId, memoryIds })).toMatchObject({ forgotten: 1 });
  expect(await w.call('forget', { programId, memoryIds })).toMatchObject({ forgotten: 0 });
});

test('what is forgotten is found no more', async () => {
  const w = await world();
  const { both } = await anAgent(w);
  const { memoryIds } = await w.call(
    'remember',
    { memories: ['port one', 'port two', 'port three'].map((content) => ({ content })) },
    both,
  );
  const [one, two] = memoryIds as [string, string];
  expect(await w.call('forget', { memoryIds: [one, two, one] }, both)).toMatchObject({ forgotten: 2 });
  expect(titlesOf(await w.call('recall', { query: 'port' }, both))).toEqual(['port three']);
});

test('a list is newest first, page by page, without gaps or repeats, also of one type', async () => {
  const w = await world();
  const { both } = await anAgent(w);
  for (let n = 0; n < 4; n++) {
    await w.call('remember', { memories: [{ content: `a${n}` }, { content: `b${n}`, type: 'goal' }] }, both);
    w.clock.advance({ seconds: 1 });
  }
  const pagesOf = async (type?: 'goal') => {
    const seen: string[] = [];
    let pageToken: string | undefined;
    do {
      const page = await w.call(
        'listMemories',
        { limit: 3, ...(type ? { type } : {}), ...(pageToken ? { pageToken } : {}) },
        both,
      );
      seen.push(...titlesOf(page));
      pageToken = page.nextPageToken;
    } while (pageToken);
    return seen;
  };
  expect((await pagesOf()).map((title) => title[1]).join('')).toBe('33221100');
  expect(new Set(await pagesOf()).size).toBe(8);
  expect(await pagesOf('goal')).toEqual(['b3', 'b2', 'b1', 'b0']);
  expect(await refusal(w.call('listMemories', { pageToken: 'nonsense' }, both))).toBe(
    'invalid-argument INVALID_PAGE_TOKEN',
  );
});

test('a query without a word to look for answers the newest, and says so', async () => {
  const w = await world();
  const { both } = await anAgent(w);
  for (const content of ['first', 'second', 'third']) {
    await w.call('remember', { content, type: content === 'first' ? 'goal' : 'fact', tags: [content] }, both);
    w.clock.advance({ seconds: 1 });
  }
  const recall = async (filter: object) => {
    const { memories, ranking } = await w.call('recall', { query: 'what was it?', limit: 2, ...filter }, both);
    return [ranking, ...titlesOf({ memories })];
  };
  expect(await recall({})).toEqual(['recent', 'third', 'second']);
  expect(await recall({ types: ['goal'] })).toEqual(['recent', 'first']);
  expect(await recall({ types: ['goal', 'fact'] })).toEqual(['recent', 'third', 'second']);
  expect(await recall({ tags: ['SECOND'] })).toEqual(['recent', 'second']);
  expect(await recall({ minConfidence: 0.9 })).toEqual(['recent']);
});

test("an agent's memory is a sign of life, at most one more write in 30 seconds; an admin's is none", async () => {
  const w = await world();
  const { both, sessionId } = await anAgent(w);
  const lastSeen = async () => (await w.call('getSession', { sessionId })).session.lastSeenAt;
  const openedAt = await lastSeen();
  w.clock.advance({ minutes: 20 });
  await w.call('remember', { programId: 'builder', content: 'x' });
  expect(await lastSeen()).toBe(openedAt);
  await w.call('remember', { content: 'x' }, both);
  const seenAt = w.clock.now().toISOString();
  expect(await lastSeen()).toBe(seenAt);
  w.clock.advance({ seconds: 29 });
  await w.call('remember', { content: 'x' }, both);
  expect(await lastSeen()).toBe(seenAt);
});

test('a repeated call that makes the same ids writes the same memories, and is no error', async () => {
  const w = await world();
  const { both } = await anAgent(w);
  const random = { ...w.app.ports.random, memoryId: () => '00000000-0000-4000-8000-000000000000' };
  const repeating = anInstance({ clock: w.clock, random });
  const remember = () => caller(repeating.app)('remember', { content: 'once' }, both);
  expect(await remember()).toEqual(await remember());
  expect(await countIn(w)).toBe(1);
  await repeating.close();
});

test('an answer quotes what fits the question and says where it is from; nothing fits: it is empty', async () => {
  const w = await world();
  const { both } = await anAgent(w);
  const { memoryIds } = await w.call(
    'remember',
    {
      memories: [
        { content: 'We talked long. The staging database listens on port 5433. Then we had lunch.', title: 'Staging' },
        { content: 'Lunch is at noon.' },
      ],
    },
    both,
  );
  expect(await w.call('answer', { question: 'On which port does the staging database listen?' }, both)).toEqual({
    success: true,
    answer: 'The staging database listens on port 5433. [1]',
    citations: [
      {
        number: 1,
        memoryId: memoryIds[0],
        title: 'Staging',
        type: 'fact',
        confidence: 0.8,
        createdAt: w.clock.now().toISOString(),
        quote: 'The staging database listens on port 5433.',
      },
    ],
    composedBy: 'quotes',
    ranking: 'text',
  });
  expect(await w.call('answer', { question: 'Who is Grace?' }, both)).toMatchObject({ answer: '', citations: [] });
});
