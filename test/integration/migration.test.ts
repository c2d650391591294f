import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { documents, SCHEMA_VERSION, schemaVersionOf, VERSIONED_KINDS } from '@quarterdeck/contract';
import { deleteApp, initializeApp } from 'firebase-admin/app';
import { getFirestore } from 'firebase-admin/firestore';
import {
  type MigrationCounts,
  type MigrationOptions,
  type MigrationProgress,
  migrateDocuments,
} from '../../functions/src/store/migrate-documents.js';
import { fixture, fixturePaths, NAMES } from '../support/document-fixtures.js';
import type { RpcGate } from '../support/firestore-spy.js';
import { useOwnEmulator } from '../support/own-emulator.js';
import { FROM_THE_FUTURE, makeOld } from '../support/schema-versions.js';
import { aWorld, type World } from '../support/world.js';

/** What is stored becomes present while everybody works: see docs/upgrades.md. */

const opened: { close(): Promise<unknown> }[] = [];
let gate: RpcGate = () => undefined;
let world: World;
let key: { apiKey: string };
beforeAll(async () => {
  opened.push(await useOwnEmulator());
  world = await aWorld({ gate: (...rpc) => gate(...rpc) });
  opened.push(world);
  key = await world.aKey('builder');
  for (let n = 0; n < 5; n++) await world.call('createSession', { name: 'x', sessionId: `s${n}` }, key);
});
afterAll(async () => {
  for (const one of opened.reverse()) await one.close();
});
beforeEach(async () => {
  await makeOld(world.db, world.account);
});
afterEach(() => {
  gate = () => undefined;
});

async function migrated(options: MigrationOptions = {}): Promise<MigrationProgress[]> {
  const all: MigrationProgress[] = [];
  for await (const progress of migrateDocuments(world.db, options)) all.push(progress);
  return all;
}

/** Of kinds that are done. */
function countsOf(all: readonly MigrationProgress[]): Partial<Record<string, MigrationCounts>> {
  return Object.fromEntries(all.filter(({ place }) => place === null).map(({ kind, counts }) => [kind, counts]));
}

const sessions = { kinds: ['session'] } as const;
const versionsOfSessions = async () =>
  (await world.db.collection(`accounts/${world.account}/sessions`).get()).docs.map((doc) => doc.get(SCHEMA_VERSION));

test('it tells what it did and what that cost, as the database bills it', async () => {
  world.spy.since();
  const all = await migrated();
  const { reads, writes } = world.spy.since();
  const counts = countsOf(all);
  expect(Object.keys(counts)).toEqual([...VERSIONED_KINDS]);
  expect(counts.session).toEqual({ documents: 5, upgraded: 5, newer: 0, left: 0, reads: 5, writes: 5 });
  expect(counts.push).toEqual({ documents: 0, upgraded: 0, newer: 0, left: 0, reads: 1, writes: 0 });
  const sum = (of: 'reads' | 'writes') => Object.values(counts).reduce((total, one) => total + (one?.[of] ?? 0), 0);
  expect({ reads, writes }).toEqual({ reads: sum('reads'), writes: sum('writes') });
  expect(writes).toBeGreaterThan(10);
});

test('a second run finds nothing to do, and writes nothing', async () => {
  await migrated();
  const counts = Object.values(countsOf(await migrated()));
  expect(counts.map((one) => [one?.upgraded, one?.writes])).toEqual(counts.map(() => [0, 0]));
});

test('a dry run says what would be done, and changes nothing', async () => {
  const counts = countsOf(await migrated({ dryRun: true })).session;
  expect(counts).toEqual({ documents: 5, upgraded: 5, newer: 0, left: 0, reads: 5, writes: 0 });
  expect(await versionsOfSessions()).toEqual([undefined, undefined, undefined, undefined, undefined]);
});

test('one that was ended goes on at the place that it told', async () => {
  let place: string | null = null;
  for await (const progress of migrateDocuments(world.db, { ...sessions, pageSize: 2 })) {
    place = progress.place;
    break;
  }
  expect(place).toBe(documents.session(world.account, 's1'));
  expect((await versionsOfSessions()).filter((version) => version === undefined)).toHaveLength(3);
  const rest = await migrated({ ...sessions, pageSize: 2, after: String(place) });
  expect(countsOf(rest).session).toMatchObject({ documents: 3, upgraded: 3 });
  expect((await versionsOfSessions()).filter((version) => version === undefined)).toEqual([]);
});

test('kinds before the place are passed over, and a place of none of them is refused', async () => {
  const all = await migrated({ after: documents.session(world.account, 's0') });
  expect(Object.keys(countsOf(all))).toEqual(VERSIONED_KINDS.slice(VERSIONED_KINDS.indexOf('session')));
  await expect(migrated({ ...sessions, after: documents.task('a', 't') })).rejects.toThrow(RangeError);
});

test('a beat between reading and writing stays, and the session becomes present all the same', async () => {
  const path = documents.session(world.account, 's0');
  let beats = 0;
  gate = async ({ method, paths }) => {
    if (method !== 'commit' || !paths.includes(path) || beats > 0) return;
    beats++;
    await world.call('updateSession', { sessionId: 's0', status: 'Beats meanwhile', lastHeartbeat: true }, key);
  };
  const counts = countsOf(await migrated(sessions)).session;
  expect(counts).toEqual({ documents: 5, upgraded: 5, newer: 0, left: 0, reads: 6, writes: 5 });
  expect(await world.stored(path)).toMatchObject({
    status: 'Beats meanwhile',
    lifecycle: 'working',
    [SCHEMA_VERSION]: schemaVersionOf('session'),
  });
});

test('a document that somebody writes again and again is left, and said to be', async () => {
  const path = documents.session(world.account, 's0');
  const { updateTime } = await world.db.doc(path).get();
  let [isBeating, beats] = [false, 0];
  gate = async ({ method, paths }) => {
    if (method !== 'commit' || !paths.includes(path) || isBeating) return;
    isBeating = true;
    await world.db.doc(path).update({ progress: ++beats });
    isBeating = false;
  };
  expect(countsOf(await migrated(sessions)).session).toMatchObject({ upgraded: 4, left: 1 });
  expect((await world.db.doc(path).get()).updateTime).not.toEqual(updateTime);
});

test('a session that ends meanwhile is not brought back', async () => {
  const path = documents.session(world.account, 'ends');
  await world.call('createSession', { name: 'x', sessionId: 'ends' }, key);
  await makeOld(world.db, world.account);
  let isEnding = false;
  gate = async ({ method, paths }) => {
    if (method !== 'commit' || !paths.includes(path) || isEnding) return;
    isEnding = true;
    await world.call('updateSession', { sessionId: 'ends', status: 'x', state: 'complete' }, key);
  };
  expect(countsOf(await migrated(sessions)).session).toMatchObject({ documents: 6, upgraded: 5, left: 0 });
  expect(await world.stored(path)).toBeUndefined();
  expect(await world.stored(documents.endedSession(world.account, 'ends'))).toMatchObject({ [SCHEMA_VERSION]: 1 });
});

test('what a newer version wrote is counted and left alone', async () => {
  const ref = world.db.doc(documents.session(world.account, 's0'));
  await ref.update(FROM_THE_FUTURE);
  expect(countsOf(await migrated(sessions)).session).toMatchObject({ documents: 5, upgraded: 4, newer: 1, left: 0 });
  expect((await ref.get()).data()).toMatchObject(FROM_THE_FUTURE);
});

describe('npm run migrate', () => {
  const project = `demo-migrate-${randomUUID().slice(0, 8)}`;
  const run = async (...args: string[]) => {
    const command = [`${__dirname}/../../scripts/migrate.mjs`, ...args];
    const { stdout } = await promisify(execFile)(process.execPath, command, { env: withoutLoader() });
    return stdout;
  };

  test('migrates a project, counts, and says no to what it does not know', async () => {
    const app = initializeApp({ projectId: project }, project);
    const db = getFirestore(app);
    const paths = fixturePaths(NAMES);
    for (const kind of VERSIONED_KINDS) await db.doc(paths[kind]).set(fixture(kind, 0));
    const kinds = VERSIONED_KINDS.length;
    const all = (done: string) => `all: ${kinds} documents, ${kinds} ${done}; ${kinds} reads,`;
    expect(await run('--project', project, '--dry-run')).toContain(`${all('to upgrade')} 0 writes`);
    expect(await run('--project', project)).toContain(`${all('upgraded')} ${kinds} writes`);
    expect((await db.doc(paths.session).get()).get(SCHEMA_VERSION)).toBe(schemaVersionOf('session'));
    expect(await run('--project', project, '--kind', 'session')).toContain(
      'session: 1 documents, 0 upgraded; 1 reads, 0 writes',
    );
    await expect(run('--project', project, '--kind', 'slots')).rejects.toMatchObject({
      stderr: expect.stringContaining('--kind: there is no "slots" with versions; there are account,'),
    });
    await deleteApp(app);
  });
});

/** What jest adds for its own processes is not for another Node. */
function withoutLoader(): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _options, ...env } = process.env;
  return env;
}
