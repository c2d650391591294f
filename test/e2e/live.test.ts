import { PubSub } from '@google-cloud/pubsub';
import { documents } from '@quarterdeck/contract';
import { deleteApp, type FirebaseApp, initializeApp } from 'firebase/app';
import { type Auth, connectAuthEmulator, getAuth, signInWithCustomToken, signOut } from 'firebase/auth';
import {
  collection,
  connectFirestoreEmulator,
  doc,
  type Firestore,
  getDoc,
  getFirestore,
  onSnapshot,
  type QuerySnapshot,
  serverTimestamp,
  setLogLevel,
  updateDoc,
} from 'firebase/firestore';
import { connectFunctionsEmulator, type Functions, getFunctions, httpsCallable } from 'firebase/functions';
import { initializeApp as initializeAdmin } from 'firebase-admin/app';
import { type Firestore as AdminFirestore, getFirestore as getAdminFirestore } from 'firebase-admin/firestore';
import { call, type Local } from '../support/local';
import { START_TIMEOUT_MS, type Visit, visitSharedCopy } from '../support/shared-copy';

/** What a phone, an agent and the schedule do, against what `npm start` starts: real emulators, real rules, real Pub/Sub client. */

let visit: Visit;
let local: Local;
let admin: AdminFirestore;
const apps: FirebaseApp[] = [];

beforeAll(async () => {
  setLogLevel('silent');
  visit = await visitSharedCopy();
  ({ local } = visit);
  process.env.FIRESTORE_EMULATOR_HOST = local.firestore;
  admin = getAdminFirestore(initializeAdmin({ projectId: local.projectId }));
}, START_TIMEOUT_MS);

afterAll(async () => {
  await Promise.all(apps.map((app) => deleteApp(app)));
  await admin.terminate();
  visit?.leave();
});

interface Phone {
  readonly auth: Auth;
  readonly db: Firestore;
  readonly functions: Functions;
}

/** A device with the Firebase JS SDK, signed in with what exchange_key gave for a key. */
async function aPhone(key: string): Promise<Phone> {
  const app = initializeApp({ projectId: local.projectId, apiKey: 'local' }, `phone-${apps.length}`);
  apps.push(app);
  const auth = getAuth(app);
  connectAuthEmulator(auth, `http://${local.auth}`, { disableWarnings: true });
  const db = getFirestore(app);
  const [host = '', port] = local.firestore.split(':');
  connectFirestoreEmulator(db, host, Number(port));
  const functions = getFunctions(app);
  const door = new URL(local.functions);
  connectFunctionsEmulator(functions, door.hostname, Number(door.port));
  const { data } = await httpsCallable<object, { customToken: string }>(functions, 'exchangeKey')({ key });
  await signInWithCustomToken(auth, data.customToken);
  return { auth, db, functions };
}

async function newKey(programId: string, role = 'program'): Promise<{ key: string; keyHash: string }> {
  const made = await call(local, 'createKey', { programId, label: programId, role }, local.adminKey);
  return { key: String(made.key), keyHash: String(made.keyHash) };
}

/** The first snapshot that a listener is given for which something holds. */
function firstSeen(db: Firestore, path: string, holds: (snapshot: QuerySnapshot) => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = onSnapshot(
      collection(db, path),
      (snapshot) => {
        if (!holds(snapshot)) return;
        stop();
        resolve();
      },
      reject,
    );
  });
}

const codeOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'allowed',
    (error: { code: string }) => error.code,
  );

test('a phone exchanges a key, starts a session through httpsCallable, and sees it on a listener', async () => {
  const phone = await aPhone((await newKey('phone')).key);
  const sessions = `accounts/${local.account}/sessions`;
  const appeared = firstSeen(phone.db, sessions, (s) => s.docs.some((one) => one.id === 'from-phone'));
  const create = httpsCallable<object, { message: string }>(phone.functions, 'createSession');
  expect((await create({ name: 'Pocket work', sessionId: 'from-phone' })).data.message).toBe('Session created');
  await appeared;
});

test("another program's update shows on an open listener without polling", async () => {
  const phone = await aPhone((await newKey('watcher')).key);
  await call(local, 'createSession', { name: 'Watched', sessionId: 'watched' }, local.programKey);
  const sessions = `accounts/${local.account}/sessions`;
  await firstSeen(phone.db, sessions, (s) => s.docs.some((one) => one.id === 'watched'));
  const seen = firstSeen(phone.db, sessions, (s) => s.docs.some((one) => one.get('status') === 'Look at me'));
  await call(local, 'updateSession', { sessionId: 'watched', status: 'Look at me', progress: 10 }, local.programKey);
  await seen;
});

test('a program reads its own state and no other, and beats its own session directly', async () => {
  const { key } = await newKey('direct');
  const phone = await aPhone(key);
  await call(local, 'updateProgramState', { programId: 'direct', contextSummary: { handoffNotes: 'mine' } }, key);
  await call(
    local,
    'updateProgramState',
    { programId: 'builder', contextSummary: { handoffNotes: 'theirs' } },
    local.programKey,
  );
  const state = (program: string) => getDoc(doc(phone.db, documents.programState(local.account, program)));
  expect((await state('direct')).get('contextSummary.handoffNotes')).toBe('mine');
  expect(await codeOf(state('builder'))).toBe('permission-denied');

  await call(local, 'createSession', { name: 'Mine', sessionId: 'direct-1' }, key);
  const beat = (session: string) =>
    updateDoc(doc(phone.db, documents.session(local.account, session)), {
      progress: 70,
      lastHeartbeat: serverTimestamp(),
    });
  expect(await codeOf(beat('direct-1'))).toBe('allowed');
  expect(await codeOf(beat('watched'))).toBe('permission-denied');
  const { session } = await call(local, 'getSession', { sessionId: 'direct-1' }, key);
  expect(session).toMatchObject({ progress: 70, stale: false, heartbeatAge: expect.stringMatching(/^\ds$/) });
});

test('a revoked key loses access at once: new reads, an exchange, and the doors within their half minute', async () => {
  const { key, keyHash } = await newKey('leaver');
  const phone = await aPhone(key);
  const read = () => getDoc(doc(phone.db, documents.program(local.account, 'leaver')));
  expect(await codeOf(read())).toBe('allowed');
  await call(local, 'revokeKey', { keyHash }, local.adminKey);
  expect(await codeOf(read())).toBe('permission-denied');
  expect(await codeOf(aPhone(key))).toBe('functions/unauthenticated');
  const callable = httpsCallable(phone.functions, 'getAccount');
  expect(await codeOf(callable({}))).toBe('functions/unauthenticated');
  await expect(call(local, 'getAccount', {}, key)).rejects.toThrow('401');
  await signOut(phone.auth);
});

test('the schedule ends, marks and archives through Pub/Sub, and every change is published as an event', async () => {
  const { key } = await newKey('swept');
  const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);
  const start = async (sessionId: string, state: string, silentFor: number) => {
    await call(local, 'createSession', { name: sessionId, sessionId, state }, key);
    await admin.doc(documents.session(local.account, sessionId)).update({ lastActivityAt: minutesAgo(silentFor) });
  };
  await start('fresh', 'working', 1);
  await start('stale', 'working', 20);
  await start('dead', 'working', 66);
  await start('pinned', 'pinned', 9999);
  await start('blocked', 'blocked', 600);
  await start('blocked-too-long', 'blocked', 1441);
  await call(local, 'createSession', { name: 'done', sessionId: 'done' }, key);
  await call(local, 'updateSession', { sessionId: 'done', status: 'x', state: 'complete' }, key);
  await admin.doc(documents.endedSession(local.account, 'done')).update({ endedAt: minutesAgo(61) });
  const account = admin.doc(documents.account(local.account));
  // As if the visits of the last hour had seen it end.
  const fleet = admin.doc(documents.fleet(local.account));
  if ((await fleet.get()).get('computedAt')) await fleet.update({ oldestEndedAt: minutesAgo(61) });

  process.env.PUBSUB_EMULATOR_HOST = local.pubsub;
  const pubsub = new PubSub({ projectId: local.projectId });
  const [subscription] = await pubsub.topic('events').createSubscription('live-test');
  const published: string[] = [];
  const told = new Promise<void>((resolve) => {
    subscription.on('message', (message) => {
      message.ack();
      if (message.attributes.account !== local.account) return;
      published.push(String(message.attributes.type));
      if (published.filter((type) => type === 'session.ended').length >= 2) resolve();
    });
  });
  await account.update({ nextSweepAt: minutesAgo(0) });
  await told;
  await new Promise<void>((resolve) => {
    const stop = account.onSnapshot((snapshot) => {
      if (snapshot.get('nextSweepAt').toMillis() < Date.now()) return;
      stop();
      resolve();
    });
  });

  const state = async (sessionId: string) => {
    const { session } = await call(local, 'getSession', { sessionId }, key);
    const { state, outcome, stale, archivedAt } = session as Record<string, unknown>;
    return { state, outcome, stale, archived: archivedAt !== null };
  };
  expect(await state('fresh')).toEqual({ state: 'working', outcome: null, stale: false, archived: false });
  expect(await state('stale')).toEqual({ state: 'working', outcome: null, stale: true, archived: false });
  expect(await state('dead')).toEqual({ state: 'complete', outcome: 'timed_out', stale: false, archived: false });
  expect(await state('pinned')).toEqual({ state: 'pinned', outcome: null, stale: true, archived: false });
  expect(await state('blocked')).toEqual({ state: 'blocked', outcome: null, stale: true, archived: false });
  expect(await state('blocked-too-long')).toEqual({
    state: 'complete',
    outcome: 'timed_out',
    stale: false,
    archived: false,
  });
  expect(await state('done')).toEqual({ state: 'complete', outcome: 'completed', stale: false, archived: true });
  expect(published).toEqual(expect.arrayContaining(['session.ended', 'session.stale']));
  const { programs } = await call(local, 'getFleetHealth', {}, local.adminKey);
  expect((programs as { programId: string }[]).find((p) => p.programId === 'swept')).toMatchObject({
    activeSessions: 4,
  });
  await subscription.close();
  await pubsub.close();
});
