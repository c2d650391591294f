import type { ExportRecord } from '@quarterdeck/contract';
import { databaseDifference, databaseText } from '../support/database-hash.js';
import { FaultGate } from '../support/fault-gate.js';
import { invariants } from '../support/invariants.js';
import { anOriginal, type Original } from '../support/transfers.js';
import { anInstance, caller, refusal, type World } from '../support/world.js';

/** An import whose process dies, or whose database fails, at any moment, and that is made again. */
let original: Original;
let batches: ExportRecord[][];
/** Their paths. */
let importedEvents: ReadonlySet<string>;
let reference: Readonly<Record<string, string>>;
let rpcsOfAnImport: number;

beforeAll(async () => {
  original = await anOriginal();
  // A part of the snapshots and events says what all would, in a part of the time.
  const fewer = original.records.filter(
    (record) =>
      (record.kind !== 'context_snapshot' || record.slot % 6 === 0) && (record.kind !== 'event' || record.id < '2'),
  );
  importedEvents = new Set(fewer.map((record) => (record.kind === 'event' ? `events/${record.id}` : '')));
  batches = [fewer.slice(0, 12), fewer.slice(12)];
  const target = await aTarget();
  const process = aProcess(target);
  await importAll(target, process);
  rpcsOfAnImport = process.faults.seen;
  reference = await textOf(target);
  expect(await invariants(target.db, target.account)).toEqual([]);
  await process.close();
});
afterAll(() => original.close());

function aTarget(): Promise<World> {
  return original.aTarget({ tier: 'team' });
}

function aProcess({ clock }: World) {
  const faults = new FaultGate();
  const { app, close } = anInstance({ clock, gate: faults.gate });
  return { faults, call: caller(app), close };
}

async function importAll({ admin }: World, { call }: ReturnType<typeof aProcess>): Promise<void> {
  for (const records of batches) await call('importAccount', { records }, admin);
}

/** As importAll, but a call that is refused because of the others is repeated, as its refusal says. */
async function importAmongOthers({ admin }: World, { call }: ReturnType<typeof aProcess>): Promise<void> {
  for (const records of batches) {
    let outcome: string;
    do outcome = await refusal(call('importAccount', { records }, admin));
    while (outcome === 'aborted CONTENTION');
    expect(outcome).toBe('accepted');
  }
}

/** Without what names the person, who is another in each account, and the ids of events that are told by chance at the same time. */
async function textOf({ db, account }: World): Promise<Record<string, string>> {
  const isTold = (path: string) => path.startsWith('events/') && !importedEvents.has(path);
  const without = (path: string, field?: string) =>
    path.startsWith('members/') || isTold(path) || field === 'adminUids';
  const { docs } = await db.collection(`accounts/${account}/events`).get();
  const events = docs.map((doc) => `${doc.get('type')} ${doc.get('subject')}`).sort();
  return { ...(await databaseText(db, account, { without })), events: JSON.stringify(events) };
}

/** How an account differs from one that was imported into undisturbed, after one fault and a repetition. */
async function deviation(disturb: (faults: FaultGate) => unknown): Promise<string[]> {
  const target = await aTarget();
  const [disturbed, next] = [aProcess(target), aProcess(target)];
  void disturb(disturbed.faults);
  await importAll(target, disturbed).catch(() => undefined);
  const broken = await invariants(target.db, target.account);
  await importAll(target, next);
  const found = [...broken, ...(await invariants(target.db, target.account))];
  found.push(...databaseDifference(await textOf(target), reference));
  await Promise.all([disturbed.close(), next.close()]);
  return found;
}

test('an import that dies at any RPC and is made again leaves what an undisturbed one leaves', async () => {
  expect(rpcsOfAnImport).toBeGreaterThan(10);
  for (let n = 0; n <= rpcsOfAnImport; n++) {
    expect({ n, deviation: await deviation((faults) => faults.dieAt(n)) }).toEqual({ n, deviation: [] });
  }
});

test('an import of which any one RPC fails, and that is made again, leaves the same', async () => {
  for (let n = 0; n < rpcsOfAnImport; n++) {
    expect({ n, deviation: await deviation((faults) => faults.failAt(n)) }).toEqual({ n, deviation: [] });
  }
});

test('imports of the same records by several instances at once leave the same', async () => {
  const target = await aTarget();
  const processes = [1, 2, 3, 4].map(() => aProcess(target));
  await Promise.all(processes.map((process) => importAmongOthers(target, process)));
  expect(databaseDifference(await textOf(target), reference)).toEqual([]);
  expect(await invariants(target.db, target.account)).toEqual([]);
  await Promise.all(processes.map((process) => process.close()));
});
