import { collections, documents } from '@quarterdeck/contract';
import { requestSweeps } from '../../functions/src/operations/request-sweeps.js';
import { type SweepReport, sweepAccount } from '../../functions/src/operations/sweep-account.js';
import { databaseDifference, databaseText } from '../support/database-hash.js';
import { invariants } from '../support/invariants.js';
import { aWorld, type World } from '../support/world.js';

let world: World;
let key: { apiKey: string };
let start: number;

beforeEach(async () => {
  world = await aWorld();
  key = await world.aKey('builder');
  start = world.clock.now().getTime();
});
afterEach(async () => {
  expect(await invariants(world.db, world.account)).toEqual([]);
  await world.close();
});

const create = (sessionId: string, fields: object = {}) =>
  world.call('createSession', { name: 'x', sessionId, ...fields }, key);
const beat = (sessionId: string) => world.call('heartbeat', { sessionId }, key);
const update = (sessionId: string, fields: object = {}) =>
  world.call('updateSession', { sessionId, status: 'x', ...fields }, key);
const session = async (sessionId: string) => (await world.call('getSession', { sessionId })).session;
const minutes = () => (world.clock.now().getTime() - start) / 60_000;
const visit = () => sweepAccount(world.account, world.app.ports);

async function nextVisit(): Promise<number | null> {
  const at = (await world.stored(documents.account(world.account)))?.nextSweepAt;
  return at ? (at.toMillis() - start) / 60_000 : null;
}

/** Visits the account whenever it is due, up to a minute of the test's day. */
async function pass(untilMinute: number): Promise<SweepReport[]> {
  const reports: SweepReport[] = [];
  for (;;) {
    const next = await nextVisit();
    const stop = next === null || next > untilMinute;
    world.clock.advance({ seconds: ((stop ? untilMinute : Math.max(next, minutes())) - minutes()) * 60 });
    if (stop) return reports;
    reports.push(await visit());
  }
}

/** Goes there as if visits had been made all the time and had found nothing to do. */
async function skip(toMinute: number): Promise<void> {
  world.clock.advance({ seconds: (toMinute - minutes()) * 60 });
  await world.db.doc(documents.account(world.account)).update({ nextSweepAt: world.clock.now() });
}

/** Types of the events about a session, oldest first. */
async function eventsOf(sessionId: string): Promise<string[]> {
  const found = await world.db
    .collection(collections.events(world.account))
    .where('subject', '==', `session/${sessionId}`)
    .get();
  return found.docs
    .sort((a, b) => a.get('time').toMillis() - b.get('time').toMillis())
    .map((doc) => doc.get('type').replace('session.', ''));
}

test('a silent session is stale after 15 minutes, dead after 65, and archived 60 minutes after its end', async () => {
  await create('one');
  await pass(15);
  expect(await world.stored(documents.session(world.account, 'one'))).toMatchObject({ staleSince: null });
  await pass(20);
  expect((await world.stored(documents.session(world.account, 'one')))?.staleSince.toMillis()).toBe(
    start + 15 * 60_000,
  );
  await pass(65);
  expect(await session('one')).toMatchObject({ state: 'working', outcome: null });
  await pass(70);
  const ended = await session('one');
  expect(ended).toMatchObject({ state: 'complete', outcome: 'timed_out', archivedAt: null, stale: false });
  const endedMinute = (Date.parse(ended.endedAt as string) - start) / 60_000;
  expect(endedMinute).toBeGreaterThan(65);
  expect(endedMinute).toBeLessThanOrEqual(70);
  await pass(endedMinute + 59);
  expect((await session('one')).archivedAt).toBeNull();
  await pass(endedMinute + 61);
  expect((await session('one')).archivedAt).not.toBeNull();
  expect(await eventsOf('one')).toEqual(['started', 'stale', 'ended']);
});

test('visits are five minutes apart at the most while a session lives', async () => {
  await create('one');
  const reports = await pass(70);
  const visits = reports.map((report) => (report.nextSweepAt ? (report.nextSweepAt.getTime() - start) / 60_000 : null));
  for (const [i, at] of visits.slice(0, -1).entries())
    expect((at as number) - ((visits[i - 1] ?? 15) as number)).toBeLessThanOrEqual(5);
});

test('a session that beats stays, and makes no event', async () => {
  await create('one');
  for (let minute = 10; minute <= 240; minute += 10) {
    await pass(minute);
    await beat('one');
  }
  expect(await session('one')).toMatchObject({ state: 'working', stale: false });
  expect(await eventsOf('one')).toEqual(['started']);
});

test('a stale session that speaks again is healthy again; each episode is told once', async () => {
  await create('one');
  await pass(30);
  await beat('one');
  await pass(40);
  await pass(70);
  await beat('one');
  await pass(75);
  expect(await eventsOf('one')).toEqual(['started', 'stale', 'recovered', 'stale', 'recovered']);
  expect(await world.stored(documents.session(world.account, 'one'))).toMatchObject({ staleSince: null });
});

test('a session that speaks after the visit has looked is not marked as silent', async () => {
  await create('one');
  await skip(20);
  const { sweeps } = world.app.ports;
  const live = async (account: string) => {
    const found = await sweeps.live(account);
    await beat('one');
    return found;
  };
  const late = Object.assign(Object.create(sweeps), { live });
  expect(await sweepAccount(world.account, { ...world.app.ports, sweeps: late })).toMatchObject({ live: 1, marked: 0 });
  expect(await world.stored(documents.session(world.account, 'one'))).toMatchObject({ staleSince: null });
  expect(await eventsOf('one')).toEqual(['started']);
});

test('a blocked session waits for a person for 24 hours', async () => {
  await create('one', { state: 'blocked' });
  await pass(80);
  await skip(24 * 60 - 1);
  await pass(24 * 60);
  expect(await session('one')).toMatchObject({ state: 'blocked', stale: true });
  await pass(24 * 60 + 6);
  expect(await session('one')).toMatchObject({ state: 'complete', outcome: 'timed_out' });
  expect(await eventsOf('one')).toEqual(['started', 'stale', 'ended']);
});

test('a pinned session is marked, and never ends by itself', async () => {
  await create('one', { state: 'pinned' });
  await pass(30);
  await skip(30 * 24 * 60);
  await pass(minutes() + 60);
  expect(await session('one')).toMatchObject({ state: 'pinned', stale: true, outcome: null });
  expect(await eventsOf('one')).toEqual(['started', 'stale']);
});

test('a session that announced an interval is stale after 1.5 and dead after 4 of them, but not before the account says', async () => {
  await create('minutely', { expectedIntervalSeconds: 60 });
  await create('hourly', { expectedIntervalSeconds: 3600 });
  const staleAt = async (sessionId: string) =>
    (await world.stored(documents.session(world.account, sessionId)))?.staleSince?.toMillis();
  await pass(7);
  expect(await staleAt('minutely')).toBe(start + 90_000);
  await pass(90);
  expect(await session('minutely')).toMatchObject({ outcome: 'timed_out' });
  expect(await staleAt('hourly')).toBeUndefined();
  await pass(96);
  expect(await staleAt('hourly')).toBe(start + 90 * 60_000);
  await pass(240);
  expect(await session('hourly')).toMatchObject({ state: 'working' });
  await pass(246);
  expect(await session('hourly')).toMatchObject({ outcome: 'timed_out' });
});

test("the account's own thresholds count, from the moment they are set", async () => {
  await create('one');
  await pass(6);
  await world.call('updateAccount', { staleAfterMinutes: 2, deadAfterMinutes: 5, archiveAfterMinutes: 1 });
  await pass(7);
  expect(await session('one')).toMatchObject({ outcome: 'timed_out' });
  await pass(9);
  expect((await session('one')).archivedAt).not.toBeNull();
});

test('a completed session is archived 60 minutes after its end; one that was resumed meanwhile is not', async () => {
  await create('stays');
  await create('resumes');
  await update('stays', { state: 'complete' });
  await update('resumes', { state: 'complete' });
  await pass(55);
  await update('resumes', { state: 'working' });
  await pass(61);
  expect((await session('stays')).archivedAt).toBe(new Date(start + 60 * 60_000).toISOString());
  expect(await session('resumes')).toMatchObject({ state: 'working', archivedAt: null });
});

test('work that was over when it was registered is archived as well', async () => {
  await create('one', { state: 'complete' });
  expect(await nextVisit()).not.toBeNull();
  await pass(65);
  expect((await session('one')).archivedAt).not.toBeNull();
});

test('an account in which nothing can fall due is not visited, until a session starts', async () => {
  expect(await nextVisit()).toBeNull();
  await create('one');
  expect(await nextVisit()).toBe(15);
  await update('one', { state: 'complete' });
  const reports = await pass(90);
  expect(reports.length).toBeLessThanOrEqual(3);
  expect(await nextVisit()).toBeNull();
  expect(await pass(10_000)).toEqual([]);
  world.spy.since();
  const asked: string[] = [];
  for await (const { account } of world.app.ports.sweeps.dueAccounts(world.clock.now())) asked.push(account);
  expect(asked).not.toContain(world.account);
  await create('two');
  expect(await nextVisit()).toBe(10_015);
});

test('the schedule asks once for each account that is due, and for no other', async () => {
  const other = await aWorld();
  await create('one');
  await pass(15);
  world.clock.advance({ minutes: 6 });
  const published = world.published.length;
  await requestSweeps(world.app.ports);
  const asked = world.published
    .slice(published)
    .map(({ topic, json }) => [topic, (json as { account: string }).account]);
  expect(asked.filter(([, account]) => account === world.account)).toEqual([['sweep-account', world.account]]);
  expect(asked.map(([, account]) => account)).not.toContain(other.account);
  await other.close();
});

test('the fleet document and one point of the timeline tell of each visit', async () => {
  await create('one');
  await pass(16);
  const fleet = await world.stored(documents.fleet(world.account));
  expect(JSON.parse(fleet?.rowsJson)).toContainEqual(
    expect.objectContaining({ sessionId: 'one', state: 'working', activeSessions: 1 }),
  );
  expect(fleet?.summary).toMatchObject({ programs: 1, activeSessions: 1 });
  const points = (await world.stored(documents.fleetDay(world.account, '2026-03-02')))?.points;
  expect(Object.values(points).map((one) => (one as { at: { toMillis(): number } }).at.toMillis())).toContain(
    fleet?.computedAt.toMillis(),
  );
});

test('the program of a session that has ended keeps its last heartbeat', async () => {
  await create('one');
  await pass(3);
  await beat('one');
  const heard = world.clock.now();
  await pass(200);
  const { programs } = await world.call('getFleetHealth', { maxAgeSeconds: 3600 * 1 });
  expect(programs[0]).toMatchObject({
    programId: 'builder',
    state: 'offline',
    health: 'offline',
    lastHeartbeat: heard.toISOString(),
    activeSessions: 0,
  });
});

test('patterns past their age are forgotten by the visit, which looks once an hour', async () => {
  const pattern = { id: 'p', domain: 'testing', pattern: 'x', confidence: 0.5 };
  await world.call(
    'updateProgramState',
    { programId: 'builder', learnedPatterns: [pattern], decay: { learnedPatternMaxAge: 1 } },
    key,
  );
  await create('one', { state: 'pinned' });
  const looks = () => world.spy.rpcs.filter(({ query }) => query?.startsWith('programState')).length;
  const before = looks();
  const reports = await pass(130);
  expect(looks() - before).toBe(2);
  expect(reports.length).toBeGreaterThan(20);
  await skip(24 * 60 + 1);
  await pass(24 * 60 + 2);
  const stored = await world.stored(documents.programState(world.account, 'builder'));
  expect(stored).toMatchObject({ learnedPatterns: [], decayAt: null, revision: 1 });
});

test('a visit in which nothing is due reads the live sessions and five documents, and writes three', async () => {
  for (let i = 0; i < 7; i++) await create(`s${i}`);
  await visit();
  world.clock.advance({ minutes: 3 });
  world.spy.since();
  await visit();
  // The account, the fleet, and empty queries for what has ended, for open tasks and for unread messages: Firestore bills one read for each.
  expect(world.spy.since()).toMatchObject({ reads: 7 + 5, writes: 3, deletes: 0 });
});

test('a visit reads what falls due besides, and writes what it changes besides', async () => {
  await world.call('updateAccount', { archiveAfterMinutes: 60 });
  for (let i = 0; i < 4; i++) await create(`dies${i}`);
  for (let i = 0; i < 3; i++) await create(`ended${i}`);
  await pass(20);
  for (let i = 0; i < 3; i++) await update(`ended${i}`, { state: 'complete' });
  await pass(60);
  for (let i = 0; i < 5; i++) await create(`turns-stale${i}`);
  await visit();
  world.clock.advance({ seconds: (65 - minutes()) * 60 + 1 });
  world.spy.since();
  expect(await visit()).toMatchObject({ live: 5, ended: 4, marked: 0 });
  // Ends: the session, the slots that it gives back, the event; and the deletion. Read: 9 live, 4 that just ended, the account, the fleet, no open task, no message.
  expect(world.spy.since()).toMatchObject({ reads: 9 + 4 + 4, writes: 4 * 3 + 3, deletes: 4 });
  world.clock.advance({ seconds: (75 - minutes()) * 60 + 1 });
  await visit();
  world.clock.advance({ seconds: (81 - minutes()) * 60 });
  world.spy.since();
  await visit();
  // Archives 3, found by one query, and one more asks for the oldest that still waits; the hourly look for what has decayed finds nothing.
  const { reads, writes } = world.spy.since();
  expect(writes).toBe(3 + 3);
  expect(reads).toBeLessThanOrEqual(5 + 3 + 3 + 4);
});

test('a visit to what nobody has touched changes only the times', async () => {
  await create('one');
  await pass(20);
  await visit();
  const without = (path: string, field?: string) => path === '' || path.startsWith('fleet') || field === 'computedAt';
  const before = await databaseText(world.db, world.account, { without });
  await visit();
  await visit();
  expect(databaseDifference(await databaseText(world.db, world.account, { without }), before)).toEqual([]);
});

test('a program state that cannot be read holds up neither the visit nor the others', async () => {
  const pattern = { id: 'p', domain: 'd', pattern: 'x', confidence: 0.5 };
  const reviewer = await world.aKey('reviewer');
  await world.call('updateProgramState', { programId: 'builder', learnedPatterns: [pattern] }, key);
  await world.call('updateProgramState', { programId: 'reviewer', learnedPatterns: [pattern] }, reviewer);
  await world.db
    .doc(documents.programState(world.account, 'builder'))
    .update({ 'config.customSettingsJson': 'not JSON' });
  await create('one', { state: 'pinned' });
  world.clock.advance({ days: 31 });
  await expect(sweepAccount(world.account, world.app.ports)).rejects.toThrow('JSON');
  expect((await world.stored(documents.programState(world.account, 'reviewer')))?.learnedPatterns).toEqual([]);
  expect((await world.stored(documents.fleet(world.account)))?.computedAt.toMillis()).toBe(world.clock.now().getTime());
  expect((await world.stored(documents.account(world.account)))?.nextSweepAt.toMillis()).toBeGreaterThan(
    world.clock.now().getTime(),
  );
});
