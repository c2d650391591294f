import { setTimeout as sleep } from 'node:timers/promises';
import { documents, type Principal } from '@quarterdeck/contract';
import {
  collection,
  disableNetwork,
  doc,
  enableNetwork,
  type Firestore,
  getDoc,
  onSnapshot,
  serverTimestamp,
  updateDoc,
} from 'firebase/firestore';
import { aSession, START } from '../support/builders.js';
import { ACCOUNT, callers, SIGNED_IN } from './callers.js';
import { openWorld, type World } from './world.js';

const OWNER = 'the owner program';
const { principal } = callers[OWNER];
const SESSION = documents.session(ACCOUNT, 'night-shift');

let world: World;
let client: Firestore;

beforeAll(async () => {
  world = await openWorld('revocation');
  client = world.as(OWNER);
});

afterAll(() => world.close());

beforeEach(() => world.reset({ [SESSION]: aSession() }));

const setPrincipal = (fields: Partial<Principal>) =>
  world.put({ [documents.principal(principal.uid)]: { ...principal, ...fields } });

const answerTo = (request: Promise<unknown>): Promise<string> =>
  request.then(
    () => 'allowed',
    (error) => error.code,
  );
const read = (db = client) => answerTo(getDoc(doc(db, SESSION)));
const beat = (db = client) => answerTo(updateDoc(doc(db, SESSION), { lastHeartbeat: serverTimestamp() }));

describe.each([
  ['ended by validUntil', { validUntil: new Date(SIGNED_IN * 1000 + 1) }],
  ['outdated by validSince', { validSince: new Date(SIGNED_IN * 1000 + 1) }],
  ['moved to another account', { account: 'beta0000000000000000' }],
])('an identity that is %s', (_, change) => {
  test('reads and writes nothing from its next request on, and all of it again once that is undone', async () => {
    expect([await read(), await beat()]).toEqual(['allowed', 'allowed']);
    await setPrincipal(change);
    expect([await read(), await beat()]).toEqual(['permission-denied', 'permission-denied']);
    await setPrincipal({});
    expect([await read(), await beat()]).toEqual(['allowed', 'allowed']);
  });
});

test('a demoted admin loses what only admins and auditors see at its next request', async () => {
  const admin = world.as('an admin whose token names the account alone');
  const { principal: before } = callers['an admin whose token names the account alone'];
  const readEvent = () => answerTo(getDoc(doc(admin, documents.event(ACCOUNT, 'any'))));
  expect(await readEvent()).toBe('allowed');
  await world.put({ [documents.principal(before.uid)]: { ...before, role: 'program' } });
  expect(await readEvent()).toBe('permission-denied');
});

test('a key that expires is refused by the clock alone', async () => {
  const validUntil = new Date(Date.now() + 2000);
  await setPrincipal({ validUntil });
  const before = await read();
  // A machine that was too busy to answer in time has shown nothing of the time before.
  if (new Date() < validUntil) expect(before).toBe('allowed');
  await sleep(Math.max(0, validUntil.getTime() - Date.now()) + 1);
  expect(await read()).toBe('permission-denied');
});

test.each([
  [-1, 'allowed'],
  [0, 'allowed'],
  [1, 'permission-denied'],
  [999, 'permission-denied'],
  [1000, 'permission-denied'],
])('with validSince %d ms after the second of its sign-in, a token is %s', async (ms, answer) => {
  await setPrincipal({ validSince: new Date(SIGNED_IN * 1000 + ms) });
  expect(await read()).toBe(answer);
});

test('signing in again after a revocation by validSince gives access again, to the new token alone', async () => {
  await setPrincipal({ validSince: new Date((SIGNED_IN + 5) * 1000) });
  expect(await read(world.signedIn(OWNER, SIGNED_IN + 5))).toBe('allowed');
  expect(await read(world.signedIn(OWNER, SIGNED_IN + 4))).toBe('permission-denied');
});

/**
 * Rules decide when a listener is opened. What the emulator does afterwards is pinned here, because docs tell it;
 * Firebase's documentation says nothing about it, so that the service may be stricter or more lenient.
 */
describe('a listener that is open when its identity is revoked', () => {
  /** What it was told, and with what it ended. */
  function listen(path: string): { seen: (string | null)[]; stop: () => void } {
    const seen: (string | null)[] = [];
    const failed = (error: { code: string }) => void seen.push(error.code);
    const isCollection = path.split('/').length % 2 === 1;
    const stop = isCollection
      ? onSnapshot(collection(client, path), (all) => void seen.push(all.docs[0]?.data().status), failed)
      : onSnapshot(doc(client, path), (one) => void seen.push(one.data()?.status), failed);
    return { seen, stop };
  }
  const sessionsChangeTo = (status: string) => world.put({ [SESSION]: aSession({ status, lastHeartbeat: START }) });

  async function until(holds: () => boolean): Promise<void> {
    for (const patience = Date.now() + 100_000; !holds(); await sleep(10)) {
      if (Date.now() > patience) throw new Error(`It never came to this: ${holds}`);
    }
  }

  test('on a document, hears of no further change: the next one ends it', async () => {
    const { seen, stop } = listen(SESSION);
    await until(() => seen.at(-1) === null);
    await sessionsChangeTo('before');
    await until(() => seen.at(-1) === 'before');
    await setPrincipal({ validUntil: new Date() });
    await sessionsChangeTo('after');
    await until(() => seen.at(-1) === 'permission-denied');
    expect(seen).not.toContain('after');
    stop();
  });

  test('on a query, hears of changes until its connection is renewed', async () => {
    const { seen, stop } = listen(SESSION.slice(0, SESSION.lastIndexOf('/')));
    await until(() => seen.at(-1) === null);
    await setPrincipal({ validUntil: new Date() });
    await sessionsChangeTo('after');
    await until(() => seen.at(-1) === 'after');
    // What a lost connection does, and a token that is renewed.
    await disableNetwork(client);
    await sessionsChangeTo('much later');
    await enableNetwork(client);
    await until(() => seen.at(-1) === 'permission-denied');
    expect(seen).not.toContain('much later');
    stop();
  });
});
