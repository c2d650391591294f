import { documents, type ExportRecord } from '@quarterdeck/contract';
import { sweepAccount } from '../../functions/src/operations/sweep-account.js';
import { databaseText } from '../support/database-hash.js';
import { invariants } from '../support/invariants.js';
import { anOriginal, copied, imported, type Original, reasonsOf } from '../support/transfers.js';

/** What is imported, and into what: see the original. */
let original: Original;
let of: Original['of'];
let sessionOf: Original['sessionOf'];
let program: Original['program'];
let aTarget: Original['aTarget'];
let records: Original['records'];

beforeAll(async () => {
  original = await anOriginal();
  ({ of, sessionOf, program, aTarget, records } = original);
});
afterAll(() => original.close());

test('what exists and differs stays as it is, and holds up no other record', async () => {
  const target = await aTarget();
  await imported(target, records);
  const before = await databaseText(target.db, target.account);
  const changed = [
    copied(program(), { displayName: 'Other' }),
    copied(of('program_state')[0], { revision: 999 }),
    copied(of('context_snapshot')[0], { sessionId: 'other' }),
    copied(sessionOf('working'), { status: 'Other' }),
    copied(sessionOf('archived-1'), { outcome: 'killed', lifecycle: 'killed' }),
    // The same session, over in one file and alive in the other.
    copied(sessionOf('archived-2'), { ...copied(sessionOf('working')), sessionId: 'archived-2' }),
    copied(of('memory')[0], { content: 'Other' }),
  ] as ExportRecord[];
  const live = copied(sessionOf('archived-2'), { ...sessionOf('working'), sessionId: 'archived-2' });
  for (const field of ['endedAt', 'outcome', 'lifecycle', 'archivedAt'])
    delete (live as Record<string, unknown>)[field];
  changed[5] = live;
  const added = copied(of('memory')[0], { memoryId: 'ffffffff-ffff-4fff-8fff-ffffffffffff' });
  const answer = await imported(target, [...changed, added]);
  expect(answer).toMatchObject({ imported: 1, unchanged: 0 });
  expect(answer.refused.map(({ index, kind, reason }) => [index, kind, reason])).toEqual(
    changed.map(({ kind }, index) => [index, kind, 'RECORD_EXISTS']),
  );
  const after = await databaseText(target.db, target.account);
  expect(Object.keys(after).filter((path) => after[path] !== before[path])).toEqual([`memories/${added.memoryId}`]);
});

test('of two versions of one thing in a batch the first counts', async () => {
  const target = await aTarget();
  const answer = await imported(target, [program(), program(), copied(program(), { color: '#000000' })]);
  expect([answer.imported, answer.unchanged, reasonsOf(answer)]).toEqual([1, 1, ['builder RECORD_EXISTS']]);
});

test('what belongs to a program comes after it, and a summary after its state', async () => {
  const target = await aTarget();
  const orphans = [
    of('program_state')[0],
    of('context_snapshot')[0],
    sessionOf('working'),
    of('memory')[0],
  ] as ExportRecord[];
  const refused = await imported(target, orphans);
  expect(refused.refused.map(({ reason }) => reason)).toEqual(Array(4).fill('PROGRAM_UNKNOWN'));
  expect(await imported(target, [copied(sessionOf('own'))])).toMatchObject({ imported: 1 });
  const snapshots = of('context_snapshot')
    .filter(({ programId }) => programId === 'builder')
    .slice(0, 2);
  expect(reasonsOf(await imported(target, [program(), ...snapshots]))).toEqual(
    snapshots.map(({ slot }) => `builder/${slot} INVALID_FIELD`),
  );
  expect(await imported(target, [copied(of('program_state')[0]), ...snapshots])).toMatchObject({ imported: 3 });
  const retired = of('program').find(({ programId }) => programId === 'gone');
  expect(
    await imported(target, [copied(retired), copied(sessionOf('archived-1'), { programId: 'gone' })]),
  ).toMatchObject({ imported: 2 });
});

test('no moment may lie ahead of the clock, wherever it stands', async () => {
  const target = await aTarget();
  const tomorrow = new Date(target.clock.now().getTime() + 86_400_000).toISOString();
  const state = copied(of('program_state')[0]);
  const future = [
    copied(program(), { programId: 'late', createdAt: tomorrow }),
    copied(sessionOf('working'), { lastHeartbeat: tomorrow }),
    copied(state, { learnedPatterns: state.learnedPatterns.map((one) => ({ ...one, lastReinforcedAt: tomorrow })) }),
    copied(of('memory')[0], { programId: 'builder', createdAt: tomorrow }),
  ];
  const answer = await imported(target, [program(), ...future]);
  expect(answer.refused.map(({ reason, message }) => `${reason} ${message.split(':')[0]}`)).toEqual([
    'INVALID_FIELD createdAt',
    'INVALID_FIELD lastHeartbeat',
    'INVALID_FIELD lastReinforcedAt',
    'INVALID_FIELD createdAt',
  ]);
  target.clock.advance({ hours: 24, minutes: -4 });
  expect(await imported(target, future)).toMatchObject({ imported: 4 });
});

test('an account in use keeps its limit, its slots and its sessions: what finds no slot is refused', async () => {
  const target = await aTarget({ sessionLimit: 2 });
  const key = await target.aKey('here');
  await target.call('createSession', { name: 'x', sessionId: 'here' }, key);
  target.clock.advance({ minutes: 30 });
  const live = ['working', 'blocked', 'own'].map((id) => copied(sessionOf(id)));
  const ended = copied(sessionOf('archived-1'));
  const answer = await imported(target, [program(), ...live, ended]);
  expect([answer.imported, reasonsOf(answer)]).toEqual([3, ['blocked SESSION_LIMIT', 'own SESSION_LIMIT']]);
  expect(await invariants(target.db, target.account)).toEqual([]);
  // A stale session gives way to an agent that starts again, not to one that is imported.
  expect(await target.stored(documents.session(target.account, 'here'))).toBeDefined();
  await target.call('updateSession', { sessionId: 'here', status: 'Over', state: 'complete' }, key);
  expect(await imported(target, live)).toMatchObject({ imported: 1, unchanged: 1 });
  expect(await invariants(target.db, target.account)).toEqual([]);
});

test('listeners hear of programs in service and of sessions that live, once, and of nothing that is history', async () => {
  const target = await aTarget();
  const told = async () => {
    const { docs } = await target.db.collection(`accounts/${target.account}/events`).get();
    return docs
      .filter((doc) => doc.get('imported') !== true)
      .map((doc) => [doc.get('type'), doc.get('subject'), doc.get('data').how].join(' '))
      .filter((text) => !text.startsWith('account.created'))
      .sort();
  };
  await imported(target, records);
  const expected = [
    'account.updated account ',
    ...['builder', 'idle', 'reviewer'].map((id) => `program.created program/${id} imported`),
    ...of('session')
      .filter(({ state }) => state !== 'complete')
      .map(({ sessionId }) => `session.started session/${sessionId} imported`),
  ].sort();
  expect(await told()).toEqual(expected);
  await imported(target, records);
  expect(await told()).toEqual(expected);
});

test.each(['for the first time', 'again'])(
  'the sweep that comes %s finds what was imported: it archives what is due, and the fleet shows every program',
  async (when) => {
    const target = await aTarget();
    if (when === 'again') await sweepAccount(target.account, target.app.ports);
    await imported(target, records, 5);
    const { nextSweepAt } = (await target.stored(documents.account(target.account))) ?? {};
    // A moment that has passed would look like an outage of the schedule, which holds all ends.
    expect(nextSweepAt.toDate()).toEqual(target.clock.now());
    target.clock.advance({ seconds: 59 });
    await sweepAccount(target.account, target.app.ports);
    const after = await target.stored(documents.account(target.account));
    expect(after).toMatchObject({ endsHeldUntil: null, nextSweepAt: expect.anything() });
    const archivedAt = (await target.stored(documents.endedSession(target.account, 'done-late')))?.archivedAt;
    expect(archivedAt?.toDate()).toEqual(target.clock.now());
    const { programs } = await target.call('getFleetHealth', {});
    expect(programs.map(({ programId }) => programId)).toEqual(['builder', 'gone', 'idle', 'reviewer']);
    expect(programs[0]).toMatchObject({ state: 'working', sessionId: 'web-1', activeSessions: 4 });
    expect(await invariants(target.db, target.account)).toEqual([]);
  },
);

test('an account that only got what has ended is visited when that is due for its archiving', async () => {
  const target = await aTarget();
  const endedAt = new Date(target.clock.now().getTime() - 10 * 60_000);
  await imported(target, [program(), copied(sessionOf('archived-1'))]);
  expect(await target.stored(documents.account(target.account))).toMatchObject({ nextSweepAt: null });
  await imported(target, [
    copied(sessionOf('archived-2'), { sessionId: 'fresh', endedAt: endedAt.toISOString(), archivedAt: null }),
  ]);
  const { nextSweepAt } = (await target.stored(documents.account(target.account))) ?? {};
  expect(nextSweepAt.toDate()).toEqual(new Date(endedAt.getTime() + 60 * 60_000));
});
