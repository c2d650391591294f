import { randomUUID } from 'node:crypto';
import { documents } from '@quarterdeck/contract';
import type { Firestore } from 'firebase-admin/firestore';
import type { Ports, SweepStore } from '../../functions/src/operations/ports.js';
import { sweepAccount } from '../../functions/src/operations/sweep-account.js';
import { databaseDifference, databaseText } from '../support/database-hash.js';
import { FaultGate } from '../support/fault-gate.js';
import type { Rpc } from '../support/firestore-spy.js';
import { invariants } from '../support/invariants.js';
import { anInstance, type Instance, TestClock } from '../support/world.js';
import { liveSessions, openTasks, SWEPT_AT, writeFleetToSweep } from './fleet-to-sweep.js';

jest.setTimeout(300_000);

/** How often four visits meet. QUARTERDECK_RUNS sets it, and then no RPC is left out anywhere. */
const MEETINGS = Number(process.env.QUARTERDECK_RUNS ?? 2);
const IS_LONG = process.env.QUARTERDECK_RUNS !== undefined;

/** Looks on: no fault ever reaches it. */
let observer: Instance;
/** What one undisturbed visit leaves behind. */
let reference: Readonly<Record<string, string>>;
let rpcsOfAVisit: number;
/** Of the RPCs of a visit that are alike, the first and the last: the others are in between. */
let places: readonly number[];

type Broken = (ports: Ports, db: Firestore) => Partial<SweepStore>;

beforeAll(async () => {
  observer = anInstance();
  const account = await writeFleetToSweep(observer.db);
  const process = aProcess();
  const kinds: string[] = [];
  process.faults.arm((rpc) => void kinds.push(kindOf(rpc)));
  await sweepAccount(account, process.ports);
  rpcsOfAVisit = process.faults.seen;
  const isEdge = (kind: string, n: number) => kinds.indexOf(kind) === n || kinds.lastIndexOf(kind) === n;
  places = kinds.flatMap((kind, n) => (IS_LONG || isEdge(kind, n) ? [n] : []));
  reference = await databaseText(observer.db, account);
  expect(await invariants(observer.db, account)).toEqual([]);
  await process.close();
});
afterAll(() => observer.close());

/** An instance of the functions at the moment of the visit, with faults to come. */
function aProcess(broken: Broken = () => ({})) {
  const faults = new FaultGate();
  const { app, db, close } = anInstance({ clock: new TestClock(SWEPT_AT), gate: faults.gate });
  const sweeps: SweepStore = Object.assign(Object.create(app.ports.sweeps), broken(app.ports, db));
  return { faults, ports: { ...app.ports, sweeps }, close };
}
type Process = ReturnType<typeof aProcess>;

/** What an RPC does, whichever documents of a kind it does it to. */
function kindOf({ method, paths, query }: Rpc): string {
  const collectionsOf = paths.map((path) =>
    path
      .split('/')
      .filter((_part, n) => n % 2 === 0)
      .join('/'),
  );
  return [method, ...new Set(collectionsOf), query].join(' ');
}

/** Visits as the schedule would: for as long as the account is due. */
async function sweepWhileDue(account: string, ports: Ports): Promise<void> {
  for (let visits = 0; visits < 3; visits++) {
    const nextSweepAt = (await observer.db.doc(documents.account(account)).get()).get('nextSweepAt');
    if (nextSweepAt === null || nextSweepAt.toDate() > SWEPT_AT) return;
    await sweepAccount(account, ports);
  }
  throw new Error('the account is due for ever');
}

/** How an account differs from one that was visited once, undisturbed, of which the invariants hold. */
async function deviation(account: string): Promise<string[]> {
  return databaseDifference(await databaseText(observer.db, account), reference);
}

/** The deviation after a visit that died at its n-th RPC, and those that followed. */
async function deviationAfterDeathAt(n: number, dying: Process, next: Process): Promise<string[]> {
  const account = await writeFleetToSweep(observer.db);
  const dead = dying.faults.dieAt(n);
  const visit = sweepAccount(account, dying.ports).catch(() => dead);
  await Promise.race([dead, visit]);
  const brokenAtDeath = await invariants(observer.db, account);
  await sweepWhileDue(account, next.ports);
  return [...brokenAtDeath, ...(await deviation(account))];
}

/** The deviation after a visit that waited before its n-th RPC until another visit was over, or could not go on for a lock that it holds. */
async function deviationWhenHeldAt(n: number, held: Process, other: Process): Promise<string[]> {
  const account = await writeFleetToSweep(observer.db);
  let goOn = (): void => undefined;
  const until = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const reached = held.faults.holdAt(n, until);
  const visit = sweepAccount(account, held.ports);
  await Promise.race([reached, visit]);
  other.faults.arm(({ method }) => {
    if (method === 'rollback') goOn();
    return undefined;
  });
  await sweepAccount(account, other.ports);
  goOn();
  await visit;
  return deviation(account);
}

test('the fleet has a session and a task of every kind, and each ends where its name says', () => {
  const after = (path: string) => JSON.parse(reference[path] ?? 'null');
  for (const { sessionId } of liveSessions) {
    const live = after(`sessions/${sessionId}`);
    const ended = after(`sessionHistory/${sessionId}`);
    if (sessionId.startsWith('dies')) expect([live, ended.outcome]).toEqual([null, 'timed_out']);
    else expect([sessionId, live !== null, ended]).toEqual([sessionId, true, null]);
    if (/^(turns|stays)-(stale|pinned)/.test(sessionId)) expect(live.staleSince).not.toBeNull();
    if (/^recovers|fresh|between/.test(sessionId)) expect(live.staleSince).toBeNull();
  }
  expect(after('sessionHistory/is-archived').archivedAt).toBe(SWEPT_AT.toISOString());
  expect(after('sessionHistory/is-archived-too').archivedAt).toBe(SWEPT_AT.toISOString());
  expect(after('sessionHistory/waits-for-its-archiving').archivedAt).toBeNull();
  expect(after('programState/forgets').learnedPatterns.map((one: { id: string }) => one.id)).toEqual([
    'young',
    'promoted',
  ]);
  for (const { taskId } of openTasks) {
    const { status, attempt, lastClaimedBy, outcome } = after(`tasks/${taskId}`);
    const was = openTasks.find((one) => one.taskId === taskId);
    expect({ taskId, attempt }).toEqual({ taskId, attempt: was?.attempt });
    if (taskId.startsWith('stays')) expect({ taskId, status }).toEqual({ taskId, status: was?.status });
    if (taskId.startsWith('expires')) expect([taskId, status, outcome]).toEqual([taskId, 'done', 'CANCELLED']);
    if (taskId.startsWith('returns')) expect([taskId, status, lastClaimedBy]).toEqual([taskId, 'pending', 'builder']);
  }
  const rows = JSON.parse(after('fleet/health').rowsJson) as { programId: string; pendingTasks: number }[];
  expect(rows.find(({ programId }) => programId === 'builder')?.pendingTasks).toBe(4);
  expect(after('').nextSweepAt).toBe(new Date(SWEPT_AT.getTime() + 60_000).toISOString());
  const events = Object.keys(reference).filter((path) => path.startsWith('events/'));
  const told = liveSessions.filter((one) => /^(turns|recovers|dies)/.test(one.sessionId)).length;
  expect(events).toHaveLength(told + openTasks.filter(({ taskId }) => /^(expires|returns)/.test(taskId)).length);
});

test('a visit that dies at any RPC and is made again leaves what an undisturbed one leaves', async () => {
  expect(rpcsOfAVisit).toBeGreaterThan(20);
  const next = aProcess();
  for (let n = 0; n <= rpcsOfAVisit; n++) {
    const dying = aProcess();
    expect({ n, deviation: await deviationAfterDeathAt(n, dying, next) }).toEqual({ n, deviation: [] });
    await dying.close();
  }
  await next.close();
});

test('a visit of which any one RPC fails, and that is made again, leaves the same', async () => {
  const process = aProcess();
  for (const n of places) {
    const account = await writeFleetToSweep(observer.db);
    process.faults.failAt(n);
    await sweepAccount(account, process.ports).catch(() => undefined);
    await sweepWhileDue(account, process.ports);
    expect({ n, deviation: await deviation(account) }).toEqual({ n, deviation: [] });
  }
  await process.close();
});

test('two visits leave what one leaves', async () => {
  const account = await writeFleetToSweep(observer.db);
  const process = aProcess();
  await sweepAccount(account, process.ports);
  await sweepAccount(account, process.ports);
  expect(await deviation(account)).toEqual([]);
  await process.close();
});

test('four visits at once leave what one leaves', async () => {
  for (let round = 0; round < MEETINGS; round++) {
    const account = await writeFleetToSweep(observer.db);
    const processes = [1, 2, 3, 4].map(() => aProcess());
    await Promise.all(processes.map(({ ports }) => sweepAccount(account, ports)));
    expect({ round, deviation: await deviation(account) }).toEqual({ round, deviation: [] });
    for (const { close } of processes) await close();
  }
});

test('a visit that is held at any RPC while another is made leaves what one leaves', async () => {
  const [held, other] = [aProcess(), aProcess()];
  for (const n of places)
    expect({ n, deviation: await deviationWhenHeldAt(n, held, other) }).toEqual({ n, deviation: [] });
  await Promise.all([held.close(), other.close()]);
});

test('sessions in another order leave the same', async () => {
  const account = await writeFleetToSweep(observer.db);
  const process = aProcess(({ sweeps }) => ({ live: async (id) => [...(await sweeps.live(id))].reverse() }));
  await sweepAccount(account, process.ports);
  expect(await deviation(account)).toEqual([]);
  await process.close();
});

describe('would be seen:', () => {
  const later = new Date(SWEPT_AT.getTime() + 300_000);
  const brokenSweeps: Record<string, Broken> = {
    'an end in two writes': (_ports, db) => ({
      end: async (account, { session }, { next }) => {
        await db.doc(documents.session(account, session.sessionId)).delete();
        await db.doc(documents.endedSession(account, session.sessionId)).set(next);
        return true;
      },
    }),
    'an event that is another one each time, and no precondition': (_ports, db) => ({
      mark: async (account, { session }, staleSince, { once: _once, ...event }, time) => {
        await db.doc(documents.session(account, session.sessionId)).update({ staleSince });
        await db.doc(documents.event(account, randomUUID())).set({ ...event, time });
        return true;
      },
    }),
    'an account that is no longer due before its visit is over': ({ sweeps }, db) => ({
      live: async (account) => {
        await db.doc(documents.account(account)).update({ nextSweepAt: later });
        return sweeps.live(account);
      },
    }),
  };

  test.each(Object.entries(brokenSweeps))('%s', async (_name, broken) => {
    // Against what the broken sweep leaves undisturbed, so that only its lack of convergence counts.
    const account = await writeFleetToSweep(observer.db);
    const [one, another] = [aProcess(broken), aProcess(broken)];
    await sweepAccount(account, one.ports);
    const own = new Set(await deviation(account));
    const differs = (found: string[]) => found.length !== own.size || found.some((line) => !own.has(line));
    let seen = false;
    for (let n = 0; n <= rpcsOfAVisit && !seen; n++) seen = differs(await deviationAfterDeathAt(n, one, another));
    for (let n = 0; n <= rpcsOfAVisit && !seen; n++) seen = differs(await deviationWhenHeldAt(n, one, another));
    expect(seen).toBe(true);
    await Promise.all([one.close(), another.close()]);
  });
});
