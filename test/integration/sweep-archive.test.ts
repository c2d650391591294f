import { collections, documents, type EndedSession, summarizeFleet } from '@quarterdeck/contract';
import { sweepAccount } from '../../functions/src/operations/sweep-account.js';
import { aFleet, anEndedSession } from '../support/builders.js';
import { invariants } from '../support/invariants.js';
import { aWorld, type World } from '../support/world.js';

/** Sessions that one visit archives. The target of 10 minutes, 256 MiB and 1.05 reads a session is for 100,000. */
const COUNT = Number(process.env.QUARTERDECK_ARCHIVE ?? 1500);
const MIB = 1024 * 1024;

let world: World;
let key: { apiKey: string };
/** Called before each RPC. */
let beforeRpc: (method: string) => Promise<void> | void = () => undefined;

beforeEach(async () => {
  beforeRpc = () => undefined;
  world = await aWorld({ gate: ({ method }) => beforeRpc(method) });
  key = await world.aKey('builder');
});
afterEach(() => world.close());

/** Sessions that ended two hours ago, of which earlier visits know. */
async function endedSessions(count: number, fields: Partial<EndedSession> = {}): Promise<void> {
  const { db, account, clock } = world;
  const now = clock.now();
  const endedAt = new Date(now.getTime() - 2 * 3_600_000);
  const template = anEndedSession({ startedAt: new Date(endedAt.getTime() - 60_000), endedAt, ...fields });
  const perCommit = 400;
  for (let first = 0; first < count; first += perCommit) {
    const batch = db.batch();
    for (let i = first; i < Math.min(count, first + perCommit); i++) {
      const ended = { ...template, sessionId: `s${i}`, endedAt: new Date(endedAt.getTime() + i) };
      batch.set(db.doc(documents.endedSession(account, ended.sessionId)), ended);
    }
    await batch.commit();
  }
  const fleet = aFleet({ computedAt: new Date(now.getTime() - 300_000), oldestEndedAt: endedAt });
  await db
    .doc(documents.fleet(account))
    .set({ ...fleet, rowsJson: '[]', parts: 1, summary: summarizeFleet(fleet, fleet.computedAt) });
  // Whoever computed it left a point.
  const day = now.toISOString().slice(0, 10);
  await db.doc(documents.fleetDay(account, day)).set({ day, expiresAt: now, points: {} });
  await db.doc(documents.account(account)).update({ nextSweepAt: now });
}

async function countArchived(): Promise<number> {
  const history = world.db.collection(collections.sessionHistory(world.account));
  return (await history.where('archivedAt', '==', world.clock.now()).count().get()).data().count;
}

const visit = () => sweepAccount(world.account, world.app.ports);

/** The most memory that was in use while something ran, above what was in use before. */
async function peakOf(work: () => Promise<unknown>): Promise<{ seconds: number; rssMiB: number; heapMiB: number }> {
  const before = process.memoryUsage();
  const peak = { rss: before.rss, heapUsed: before.heapUsed };
  const timer = setInterval(() => {
    const { rss, heapUsed } = process.memoryUsage();
    peak.rss = Math.max(peak.rss, rss);
    peak.heapUsed = Math.max(peak.heapUsed, heapUsed);
  }, 20);
  const started = performance.now();
  await work();
  clearInterval(timer);
  return {
    seconds: Math.round((performance.now() - started) / 100) / 10,
    rssMiB: Math.round((peak.rss - before.rss) / MIB),
    heapMiB: Math.round((peak.heapUsed - before.heapUsed) / MIB),
  };
}

test(`${COUNT} ended sessions are archived in one visit, at 1.05 reads each and in bounded memory`, async () => {
  await endedSessions(COUNT);
  world.spy.since();
  const peak = await peakOf(visit);
  const { reads, writes } = world.spy.since();
  if (process.env.QUARTERDECK_ARCHIVE !== undefined) {
    process.stdout.write(`${JSON.stringify({ count: COUNT, ...peak, readsEach: reads / COUNT })}\n`);
    expect(peak.seconds).toBeLessThanOrEqual(600);
  }
  expect(await countArchived()).toBe(COUNT);
  expect(reads / COUNT).toBeLessThanOrEqual(1.05);
  // The fleet, its point, the account, and the slots: nothing lives any more.
  expect(writes).toBe(COUNT + 4);
  expect(peak.heapMiB).toBeLessThanOrEqual(256);
  expect(await world.stored(documents.account(world.account))).toMatchObject({ nextSweepAt: null });
});

test('a session that resumes while its page is archived lives, and holds up no other', async () => {
  await endedSessions(1200, { programId: 'builder' });
  let resumed = false;
  beforeRpc = async (method) => {
    if (method !== 'batchWrite' || resumed) return;
    resumed = true;
    for (const sessionId of ['s7', 's8', 's1100'])
      await world.call('updateSession', { sessionId, status: 'Again', state: 'working' }, key);
    // One of the page that is about to be written, and one of a later page.
    for (const sessionId of ['s8', 's1100'])
      await world.call('updateSession', { sessionId, status: 'Done', state: 'complete' }, key);
  };
  await visit();
  expect(await countArchived()).toBe(1197);
  expect((await world.call('getSession', { sessionId: 's7' })).session).toMatchObject({ state: 'working' });
  for (const sessionId of ['s8', 's1100']) {
    const { session } = await world.call('getSession', { sessionId });
    expect(session).toMatchObject({ sessionId, state: 'complete', archivedAt: null });
  }
  expect(await invariants(world.db, world.account)).toEqual([]);
});

test('a visit that runs out of time leaves the rest for the next, which comes at once', async () => {
  await endedSessions(1100);
  beforeRpc = (method) => {
    if (method === 'batchWrite') world.clock.advance({ minutes: 8 });
  };
  await visit();
  const { nextSweepAt } = (await world.stored(documents.account(world.account))) ?? {};
  expect(nextSweepAt.toMillis()).toBeLessThanOrEqual(world.clock.now().getTime());
  beforeRpc = () => undefined;
  await visit();
  const history = world.db.collection(collections.sessionHistory(world.account));
  expect((await history.where('archivedAt', '==', null).count().get()).data().count).toBe(0);
});

test('the first visit of an account reads what has ended in bounded memory, whatever there is', async () => {
  await endedSessions(COUNT);
  await world.db.doc(documents.fleet(world.account)).delete();
  world.spy.since();
  await visit();
  const largest = Math.max(...world.spy.rpcs.filter(({ query }) => query !== undefined).map(({ reads }) => reads));
  expect(largest).toBeLessThanOrEqual(1000);
});
