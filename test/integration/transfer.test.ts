import { documents, type ExportRecord, limits } from '@quarterdeck/contract';
import { encodePageToken } from '../../functions/src/store/page-token.js';
import { databaseDifference, databaseHash, databaseText } from '../support/database-hash.js';
import { invariants } from '../support/invariants.js';
import { anOriginal, copied, exported, imported, type Original } from '../support/transfers.js';
import { anInstance, caller, refusal, type World } from '../support/world.js';

/** What is imported, and into what: see the original. */
let original: Original;
let of: Original['of'];
let sessionOf: Original['sessionOf'];
let program: Original['program'];
let aTarget: Original['aTarget'];
let records: Original['records'];
let source: World;

beforeAll(async () => {
  original = await anOriginal();
  ({ of, sessionOf, program, aTarget, records, source } = original);
});
afterAll(() => original.close());

const textOf = (all: readonly ExportRecord[]) => all.map((record) => JSON.stringify(record));

test('the full account has records of every kind and shape, in the order in which they can be imported', () => {
  const kinds = records.map(({ kind }) => kind);
  expect([...new Set(kinds)]).toEqual(['account', 'program', 'program_state', 'context_snapshot', 'session', 'memory']);
  expect(of('context_snapshot').filter(({ programId }) => programId === 'builder')).toHaveLength(
    limits.CONTEXT_HISTORY_MAX,
  );
  expect(
    of('session').map((one) => [one.sessionId, one.state, 'archivedAt' in one && one.archivedAt !== null]),
  ).toEqual(
    expect.arrayContaining([
      ['working', 'working', false],
      ['blocked', 'blocked', false],
      ['pinned', 'pinned', false],
      ['done-late', 'complete', false],
      ['archived-1', 'complete', true],
      ['archived-2', 'complete', true],
    ]),
  );
  expect(Object.keys(sessionOf('working')?.contextSamples ?? {})).toHaveLength(5);
  expect(of('memory')).toHaveLength(3);
});

test.each([
  [1, 1],
  [3, 7],
  [50, 100],
  [200, 40],
])(
  'exported in pages of %i and imported in batches of %i, an account is what it was, byte for byte',
  async (page, batch) => {
    const target = await aTarget();
    const out = await exported(source, page);
    expect(textOf(out)).toEqual(textOf(records));
    expect(await imported(target, JSON.parse(JSON.stringify(out)), batch)).toEqual({
      imported: records.length,
      unchanged: 0,
      refused: [],
    });
    expect(textOf(await exported(target, page))).toEqual(textOf(records));
    expect(await invariants(target.db, target.account)).toEqual([]);
  },
);

test('the documents of a copy are those of the original, what derives from them included', async () => {
  const target = await aTarget();
  await imported(target, records);
  const exportedParts = /^(programs|programState|sessions|sessionHistory|memories)\//;
  // A window belongs to a token, and an idempotency key to a caller.
  const without = (path: string, field?: string) =>
    !exportedParts.test(path) || field === 'window' || field === 'writtenBy';
  const [copy, original] = await Promise.all(
    [target, source].map(({ db, account }) => databaseText(db, account, { without })),
  );
  expect(databaseDifference(copy ?? {}, original ?? {})).toEqual([]);
});

test('a page reads each of its records once, and at most one document more, whatever its size', async () => {
  const empty = await aTarget();
  for (const [world, limit] of [
    [source, 1],
    [source, 9],
    [source, 50],
    [source, 200],
    [empty, 100],
  ] as const) {
    let pageToken: string | undefined;
    await world.call('getAccount', {});
    do {
      world.spy.since();
      const page = await world.call('exportAccount', { limit, ...(pageToken ? { pageToken } : {}) });
      const { reads, writes } = world.spy.since();
      expect(page.records.length).toBeLessThanOrEqual(limit);
      expect({ reads: reads <= page.records.length + 1, writes }).toEqual({ reads: true, writes: 0 });
      pageToken = page.nextPageToken;
    } while (pageToken !== undefined);
  }
});

test('a page ends before it outgrows an answer', async () => {
  const target = await aTarget();
  // In JSON a control character is six.
  const content = `${'\u0001'.repeat(limits.MEMORY_MAX_CHARS - 1)}x`;
  const many = Array.from({ length: 150 }, (_, n) =>
    copied(of('memory')[0], { memoryId: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`, content }),
  );
  await imported(target, [...of('program'), ...many], 15);
  const sizes: number[] = [];
  for (let pageToken: string | undefined, first = true; first || pageToken !== undefined; first = false) {
    const page = await target.call('exportAccount', { limit: 200, ...(pageToken ? { pageToken } : {}) });
    sizes.push(page.records.length);
    pageToken = page.nextPageToken;
  }
  expect(sizes.reduce((sum, size) => sum + size)).toBe(1 + of('program').length + 150);
  expect(sizes.slice(-2)).toEqual([100, 50]);
});

test('an import reads at most twice and writes at most twice for each record, and a few documents for all', async () => {
  const target = await aTarget({ tier: 'team' });
  const costs: object[] = [];
  for (const kind of ['program', 'program_state', 'context_snapshot', 'session', 'memory'] as const) {
    const batch: ExportRecord[] = of(kind);
    await target.call('getAccount', {});
    target.spy.since();
    const { imported: count } = await target.call('importAccount', { records: batch });
    const { reads, writes, deletes } = target.spy.since();
    expect([kind, count]).toEqual([kind, batch.length]);
    costs.push({ kind, reads: reads - batch.length, writes: writes - batch.length, deletes });
  }
  const [programs, live, named] = [4, 5, 3];
  expect(costs).toEqual([
    // Each is new; an event for each in service, and the fleet.
    { kind: 'program', reads: 0, writes: programs - 1 + 1, deletes: 0 },
    // The programs they are of, each once.
    { kind: 'program_state', reads: 2, writes: 0, deletes: 0 },
    // The states they are of.
    { kind: 'context_snapshot', reads: 2, writes: 0, deletes: 0 },
    // Each may be live or ended; account, slots and fleet. An event for each live one, and the same three documents.
    { kind: 'session', reads: of('session').length + named, writes: live + named, deletes: 0 },
    { kind: 'memory', reads: 0, writes: 0, deletes: 0 },
  ]);
});

test('importing twice is importing once', async () => {
  const target = await aTarget();
  await imported(target, records);
  const before = await databaseHash(target.db, target.account);
  expect(await imported(target, records, 30)).toEqual({ imported: 0, unchanged: records.length, refused: [] });
  const shuffledKeys = records.map((record) => Object.fromEntries(Object.entries(record).reverse())) as ExportRecord[];
  expect(await imported(target, [...shuffledKeys, ...records])).toMatchObject({ imported: 0, refused: [] });
  expect(await databaseHash(target.db, target.account)).toBe(before);
});

test('an imported memory is found by its words, and by a model where there is one', async () => {
  const target = await aTarget();
  const embed = jest.fn(async (texts: readonly string[]) => ({
    model: 'm',
    vectors: texts.map((text) =>
      Array.from({ length: limits.EMBEDDING_DIMENSIONS }, (_, n) => (n === text.length % 7 ? 1 : 0)),
    ),
  }));
  const withModel = anInstance({ clock: target.clock, embedding: { embed } });
  const batch = { records: [...of('program'), ...of('memory')] };
  for (let n = 0; n < 2; n++) await caller(withModel.app)('importAccount', batch, target.admin);
  expect(embed).toHaveBeenCalledTimes(1);
  const [stored] = await Promise.all(
    of('memory').map(({ memoryId }) => target.stored(documents.memory(target.account, memoryId))),
  );
  expect(stored).toMatchObject({ embeddingModel: 'm' });
  const key = await target.aKey('reviewer');
  const { sessionToken } = await target.call('activateAgent', {}, key);
  const { memories } = await target.call(
    'recall',
    { query: 'which port has staging?', tags: ['ports'] },
    { ...key, sessionToken },
  );
  expect(memories.map(({ content }) => content)).toEqual(['The staging database listens on port 5433.']);
  await withModel.close();
});

test('auditors export and do not import, programs do neither', async () => {
  const target = await aTarget();
  const [auditor, agent] = [await target.aKey('audit', 'auditor'), await target.aKey('builder')];
  const calls = (who: typeof agent) =>
    [target.call('exportAccount', {}, who), target.call('importAccount', { records: [program()] }, who)].map(refusal);
  expect(await Promise.all(calls(auditor))).toEqual(['accepted', 'permission-denied ROLE_NOT_ALLOWED']);
  expect(await Promise.all(calls(agent))).toEqual(Array(2).fill('permission-denied ROLE_NOT_ALLOWED'));
});

test('nothing reaches another account, whatever records and page tokens say', async () => {
  const [target, neighbour] = [await aTarget(), await aTarget()];
  await imported(neighbour, records);
  const before = await databaseHash(neighbour.db, neighbour.account);
  const own = await exported(target, 1);
  expect(own.map(({ kind }) => kind)).toEqual(['account']);
  const parts = ['programs', 'programState', 'contextHistory', 'sessions', 'sessionHistory', 'memories'];
  for (const part of [...parts, 'events', '']) {
    for (const id of ['!', 'builder', 'zz', '~', '..', '\u0000', 'é', `accounts/${neighbour.account}`]) {
      const isPlace = parts.includes(part) && (id === '!' || (part !== 'memories' && ['builder', 'zz'].includes(id)));
      const pageToken = encodePageToken({ part, id, slot: 0 });
      const found = target.call('exportAccount', { pageToken }).then(
        (page) => page.records,
        ({ reason }) => reason,
      );
      expect([part, id, await found]).toEqual([part, id, isPlace ? [] : 'INVALID_PAGE_TOKEN']);
    }
  }
  const toNeighbour = copied(program(), { account: neighbour.account });
  expect(await refusal(target.call('importAccount', { records: [toNeighbour] }))).toBe(
    'invalid-argument INVALID_FIELD',
  );
  await imported(target, records);
  expect(await databaseHash(neighbour.db, neighbour.account)).toBe(before);
});
