import { documents, type ExportRecord, limits } from '@quarterdeck/contract';
import { encodePageToken } from '../../functions/src/store/page-token.js';
import { databaseDifference, databaseHash, databaseText } from '../support/database-hash.js';
import { invariants } from '../support/invariants.js';
import { anOriginal, apart, copied, exported, imported, type Original } from '../support/transfers.js';
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
  expect([...new Set(kinds)]).toEqual([
    'account',
    'program',
    'fleet_day',
    'program_state',
    'context_snapshot',
    'session',
    'memory',
    'task',
    'message',
    'event',
  ]);
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
  expect(of('task').map(({ taskId, status, outcome, completedBy }) => [taskId, status, outcome, completedBy])).toEqual([
    ['bad', 'done', 'FAILED', 'program/reviewer'],
    ['either', 'pending', null, null],
    ['expired', 'pending', null, null],
    ['held', 'claimed', null, null],
    ['nothing', 'done', 'SKIPPED', 'program/reviewer'],
    ['ok', 'done', 'SUCCESS', 'program/reviewer'],
    ['orphan', 'claimed', null, null],
    ['returned', 'pending', null, null],
    ['too-late', 'done', 'CANCELLED', 'sweep'],
    ['urgent', 'pending', null, null],
    ['withdrawn', 'done', 'CANCELLED', 'program/builder'],
  ]);
  const messages = of('message').map(({ target, programId, from, readAt, replyTo, sessionId }) =>
    [target, programId, from, readAt && 'read', replyTo && 'answer', sessionId].join(' ').trim(),
  );
  expect(messages.sort()).toEqual([
    'builder builder    working',
    'builder builder reviewer',
    'builder builder reviewer  answer',
    'group:pair idle builder',
    'group:pair reviewer builder',
    'idle idle',
    'reviewer reviewer builder read',
  ]);
  expect(of('fleet_day').map(({ day, points }) => [day, points.length])).toEqual([['2026-03-02', 2]]);
});

/** What an import tells: who appears. And the account's own beginning. */
const toldByImport = () =>
  [
    'account.created account',
    'account.updated account',
    ...['builder', 'idle', 'reviewer'].map((id) => `program.created program/${id} imported`),
    ...of('session')
      .filter(({ state }) => state !== 'complete')
      .map(({ sessionId }) => `session.started session/${sessionId} imported`),
  ].sort();

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
    const { kept, news } = apart(await exported(target, page), records);
    expect(textOf(kept)).toEqual(textOf(records));
    expect(news).toEqual(toldByImport());
    expect(await invariants(target.db, target.account)).toEqual([]);
  },
);

/** What a copy does not have of its original, by path and field, and why. Everything else has to be the same. */
const LEFT_OUT: readonly [path: RegExp, fields: readonly string[] | 'all', why: string][] = [
  [
    /^$/,
    ['createdAt', 'adminUids', 'tier', 'sessionLimit', 'nextSweepAt', 'endsHeldUntil'],
    'the other account keeps its people, limits and visits',
  ],
  [/^members\//, 'all', 'people are invited anew'],
  [/^fleet\/health$/, 'all', 'computed anew'],
  [/^(windows)\//, 'all', 'a window belongs to a token'],
  [/^(sessions|sessionHistory)\//, ['window'], 'a window belongs to a token'],
  [/^(spawnRequests|spawnCounters)\//, 'all', 'a request belongs to a runner; numbers that are taken are left out'],
  [/^sessions\//, ['spawnRequestedAt'], 'a request belongs to a runner'],
  [/^(webhooks|webhookSecrets|deliveries)\//, 'all', 'an address is a secret, and a copy must not call it'],
  [/^programState\//, ['writtenBy'], 'it names a call'],
  [/^slots\//, ['idleAt'], 'it says when a visit found nobody'],
];
/** And what only a copy has. */
const ADDED: readonly [path: RegExp, field: string][] = [[/^events\//, 'imported']];

test('every document of a copy is that of the original, what derives from them included, but for what is left out on purpose', async () => {
  const target = await aTarget();
  await imported(target, records);
  const used = new Set<unknown>();
  const without = (path: string, field?: string) => {
    const rule = LEFT_OUT.find(
      ([paths, fields]) => paths.test(path) && (fields === 'all' || (field !== undefined && fields.includes(field))),
    );
    if (rule !== undefined) used.add(rule);
    return rule !== undefined || ADDED.some(([paths, added]) => paths.test(path) && added === field);
  };
  const original = await databaseText(source.db, source.account, { without });
  // A rule that leaves out nothing would hide something one day.
  expect(LEFT_OUT.filter((rule) => !used.has(rule))).toEqual([]);
  const copy = await databaseText(target.db, target.account, { without });
  const news = Object.keys(copy).filter((path) => path.startsWith('events/') && !(path in original));
  expect(news).toHaveLength(toldByImport().length);
  const kept = Object.fromEntries(Object.entries(copy).filter(([path]) => !news.includes(path)));
  expect(databaseDifference(kept, original)).toEqual([]);
  const places = Object.keys(original).map((path) => path.split('/').slice(0, -1).join('/'));
  expect(new Set(places.map((place) => place.replace(/programState\/\w+/, 'programState/*')))).toEqual(
    new Set([
      '',
      'programs',
      'fleet/health/points',
      'programState',
      'programState/*/contextHistory',
      'sessions',
      'sessionHistory',
      'memories',
      'tasks',
      'messages',
      'events',
      'slots',
    ]),
  );
});

test('a copy of a copy is the same again', async () => {
  const [copy, second] = [await aTarget(), await aTarget()];
  await imported(copy, records);
  const out = await exported(copy);
  expect(await imported(second, out)).toEqual({ imported: out.length, unchanged: 0, refused: [] });
  expect(textOf(apart(await exported(second), out).kept)).toEqual(textOf(out));
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
  const news = 1 + of('program').filter(({ retiredAt }) => retiredAt === null).length;
  expect(sizes.reduce((sum, size) => sum + size)).toBe(1 + of('program').length + 150 + news);
  expect(sizes.filter((size) => size >= 50)).toEqual([100, 50]);
});

test('an import reads at most twice and writes at most twice for each record, and a few documents for all', async () => {
  const target = await aTarget({ tier: 'team' });
  const costs: object[] = [];
  for (const kind of [
    'program',
    'fleet_day',
    'program_state',
    'context_snapshot',
    'session',
    'memory',
    'task',
    'message',
    'event',
  ] as const) {
    const batch: ExportRecord[] = of(kind);
    await target.call('getAccount', {});
    target.spy.since();
    const { imported: count } = await target.call('importAccount', { records: batch });
    const { reads, writes, deletes } = target.spy.since();
    expect([kind, count]).toEqual([kind, batch.length]);
    costs.push({ kind, reads: reads - batch.length, writes: writes - batch.length, deletes });
  }
  const [programs, live, named] = [4, 6, 3];
  expect(costs).toEqual([
    // Each is new; an event for each in service, and the fleet.
    { kind: 'program', reads: 0, writes: programs - 1 + 1, deletes: 0 },
    { kind: 'fleet_day', reads: 0, writes: 0, deletes: 0 },
    // The programs they are of, each once.
    { kind: 'program_state', reads: 2, writes: 0, deletes: 0 },
    // The states they are of.
    { kind: 'context_snapshot', reads: 2, writes: 0, deletes: 0 },
    // Each may be live or ended; account, slots and fleet. An event for each live one, and the same three documents.
    { kind: 'session', reads: of('session').length + named, writes: live + named, deletes: 0 },
    { kind: 'memory', reads: 0, writes: 0, deletes: 0 },
    // The account, and a program that nothing was about before. The next visit is near enough.
    { kind: 'task', reads: 2, writes: 0, deletes: 0 },
    { kind: 'message', reads: 0, writes: 0, deletes: 0 },
    // Nothing is told of them.
    { kind: 'event', reads: 0, writes: 0, deletes: 0 },
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
  expect(own.map(({ kind }) => kind)).toEqual(['account', 'event']);
  const parts = [
    ...['programs', 'fleetDays', 'programState', 'contextHistory', 'sessions', 'sessionHistory', 'memories'],
    ...['tasks', 'messages', 'events'],
  ];
  const named = ['programs', 'programState', 'contextHistory', 'sessions', 'sessionHistory', 'tasks'];
  for (const part of [...parts, 'members', '']) {
    for (const id of ['!', 'builder', 'zz', '~', '..', '\u0000', 'é', `accounts/${neighbour.account}`]) {
      const isPlace = parts.includes(part) && (id === '!' || (named.includes(part) && ['builder', 'zz'].includes(id)));
      const pageToken = encodePageToken({ part, id, slot: 0 });
      const found = target.call('exportAccount', { pageToken }).then(
        (page) => page.records,
        ({ reason }) => reason,
      );
      const answer = await found;
      const foreign = Array.isArray(answer) ? textOf(answer).filter((one) => !textOf(own).includes(one)) : answer;
      expect([part, id, foreign]).toEqual([part, id, isPlace ? [] : 'INVALID_PAGE_TOKEN']);
    }
  }
  const toNeighbour = copied(program(), { account: neighbour.account });
  expect(await refusal(target.call('importAccount', { records: [toNeighbour] }))).toBe(
    'invalid-argument INVALID_FIELD',
  );
  await imported(target, records);
  expect(await databaseHash(neighbour.db, neighbour.account)).toBe(before);
});
