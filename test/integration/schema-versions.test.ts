import crypto from 'node:crypto';
import {
  callableName,
  documents,
  kindOfPath,
  type OperationName,
  operations,
  SCHEMA_VERSION,
} from '@quarterdeck/contract';
import type { Timestamp } from 'firebase-admin/firestore';
import { sweepAccount } from '../../functions/src/operations/sweep-account.js';
import { migrateDocuments } from '../../functions/src/store/migrate-documents.js';
import { randomFrom } from '../../functions/src/store/random.js';
import { comparableDifference } from '../support/comparable.js';
import { claimsOf } from '../support/every-door.js';
import { useOwnEmulator } from '../support/own-emulator.js';
import { documentsOf, FROM_THE_FUTURE, makeNewer, makeOld, wrongVersions } from '../support/schema-versions.js';
import { aScriptedAccount, closeReceiver, credentialsOf, type ScriptedAccount } from '../support/scripted-account.js';
import type { Attempt } from '../support/scripted-calls.js';
import { seeded, shuffled } from '../support/seeded.js';
import { allNames } from '../support/valid-calls.js';
import { sendToThisMachine } from '../support/webhooks.js';
import { aWorld, hashOf, recordedAuth, refusal, type World } from '../support/world.js';

/** Every operation, on documents of every version: see docs/upgrades.md. */

const SEED = 20260302;
const opened: { close(): Promise<unknown> }[] = [];
beforeAll(async () => {
  opened.push(await useOwnEmulator());
});
afterAll(async () => {
  for (const one of opened.reverse()) await one.close();
  await closeReceiver();
});

interface Played {
  readonly world: World;
  readonly account: ScriptedAccount;
  /** What each operation answered, by its name, as in any other run of it. */
  readonly answers: Readonly<Record<string, unknown>>;
}

/** Makes every valid call, in an order by the seed. @param before is done with what is stored, between what a call needs and the call */
async function play(before: (world: World) => Promise<unknown>): Promise<Played> {
  const chance = seeded(SEED);
  const bytes = (count: number) => Buffer.from(Array.from({ length: count }, () => Math.floor(chance() * 256)));
  const world = await aWorld({ sessionLimit: 1000, auth: recordedAuth(async (token) => claimsOf(token)) });
  opened.push(world);
  sendToThisMachine(world);
  // Events have ids of their own, and in a list the later one of two at once is the one with the greater id.
  jest
    .spyOn(crypto, 'randomUUID')
    .mockImplementation(() => randomFrom(bytes).sessionId() as ReturnType<typeof crypto.randomUUID>);
  Object.assign(world.app.ports, { random: randomFrom(bytes) });
  const attempt: Attempt = async (_door, { name }, input, asker = {}) => {
    const answer = await world.app.dispatch(callableName(name) as OperationName, input, credentialsOf(asker));
    return { verdict: 'accepted', answer, wire: '' };
  };
  const account = await aScriptedAccount(world, { clients: 1, seed: SEED, attempt, undisturbed: true });
  const answers: Record<string, unknown> = {};
  for (const name of shuffled(allNames, seeded(SEED))) {
    world.clock.advance({ seconds: 1 });
    const call = await account.clients[0]?.prepare(name);
    await before(world);
    answers[name] = inAnyRun(await call?.(), world);
  }
  jest.restoreAllMocks();
  return { world, account, answers };
}

/** Two runs have the same ids and moments, but for the account and its admin; what is signed is another text each time, and how long somebody else takes. */
function inAnyRun(answer: unknown, { account, admin }: World): unknown {
  const text = JSON.stringify(answer)
    .replaceAll(account, '‹account›')
    .replaceAll(String(admin.idToken?.uid), '‹person›')
    .replaceAll(/eyJ[\w-]+(\.[\w-]+)*/g, '‹token›')
    .replaceAll(/"durationMs":\d+/g, '"durationMs":0');
  return JSON.parse(text);
}

async function emptied(): Promise<void> {
  const project = process.env.GCLOUD_PROJECT ?? 'demo-quarterdeck';
  const url = `http://${process.env.FIRESTORE_EMULATOR_HOST}/emulator/v1/projects/${project}/databases/(default)/documents`;
  const answer = await fetch(url, { method: 'DELETE' });
  if (!answer.ok) throw new Error(`the emulator is not empty: ${await answer.text()}`);
}

describe('all operations', () => {
  let present: Played;
  let presentText: string[];
  beforeAll(async () => {
    present = await play(async () => undefined);
    presentText = await present.account.text();
  });

  test('leave every document with the schema version that the contract says of its kind', async () => {
    const { world, account } = present;
    for (const one of [world.account, ...account.clients.flatMap((client) => client.accounts)])
      expect(await wrongVersions(world.db, one)).toEqual([]);
    const kinds = new Set((await documentsOf(world.db, world.account)).map(({ ref }) => kindOfPath(ref.path)));
    expect(kinds.size).toBeGreaterThan(20);
    await sweepAccount(world.account, world.app.ports);
    expect(await wrongVersions(world.db, world.account)).toEqual([]);
  });

  test('answer the same where every document is from before versions, and a migration makes all of them present', async () => {
    await emptied();
    let made = 0;
    const old = await play(async ({ db, account }) => {
      made += await makeOld(db, account);
    });
    expect(made).toBeGreaterThan(200);
    expect(old.answers).toEqual(present.answers);
    await makeOld(old.world.db, old.world.account);
    for await (const _progress of migrateDocuments(old.world.db));
    expect(comparableDifference(await old.account.text(), presentText)).toEqual([]);
    expect(await wrongVersions(old.world.db, old.world.account)).toEqual([]);
    expect(await old.account.broken()).toEqual([]);
  });
});

describe('documents of a newer version', () => {
  let first: World;
  beforeAll(async () => {
    first = await aWorld({ auth: recordedAuth(async (token) => claimsOf(token)) });
    opened.push(first);
    sendToThisMachine(first);
  });

  /** A world with a client, that answers a refusal as its verdict. */
  async function aRefusable(): Promise<Pick<Played, 'world' | 'account'>> {
    // Invitations lie beside the accounts, and all of these clients invite the same people.
    await emptied();
    const world = await aWorld({ sessionLimit: 1000, beside: first });
    const attempt: Attempt = async (_door, { name }, input, asker = {}) => {
      const call = world.app.dispatch(callableName(name) as OperationName, input, credentialsOf(asker));
      let answer: Record<string, unknown> = {};
      const verdict = await refusal(
        call.then((given) => {
          answer = given;
        }),
      );
      return { verdict, answer, wire: '' };
    };
    const account = await aScriptedAccount(world, { clients: 1, seed: SEED, attempt, undisturbed: true });
    return { world, account };
  }

  /** Operations that go through whatever they find: they read, update single fields, or make something new. */
  const mustGoThrough = new Set<OperationName>([
    'heartbeat',
    'createSession',
    'createTask',
    'claimTask',
    'sendMessage',
    'revokeKey',
  ]);
  const mustBeRefused = new Set<OperationName>(['updateSession', 'killSession', 'updateAccount', 'updateProgram']);

  test.each(allNames)(
    '%s loses nothing of them: what it would have to replace, it leaves, and asks to be repeated',
    async (name) => {
      const { world, account } = await aRefusable();
      const call = await account.clients[0]?.prepare(name);
      const paths = await makeNewer(world.db, world.account);
      const outcome = await call?.().then(
        () => 'accepted',
        ({ message }: Error) => message.split(':')[0],
      );
      const found = await documentsOf(world.db, world.account);
      const newer = new Map(found.map((doc) => [doc.ref.path, doc.get(SCHEMA_VERSION) === 99 && doc.get('surprise')]));
      const lost = paths.filter((path) => newer.has(path) && newer.get(path) === false);
      expect(lost).toEqual([]);
      const gone = paths.filter((path) => !newer.has(path));
      // What is deleted is gone, whoever wrote it; a session would only have moved.
      expect(gone.filter((path) => /sessions|sessionHistory/.test(path))).toEqual([]);
      const isRead = operations[name].effect === 'read';
      const possible = [
        ...(mustBeRefused.has(name) ? [] : ['accepted']),
        ...(isRead || mustGoThrough.has(name) ? [] : ['unavailable NEWER_DOCUMENT']),
      ];
      expect(possible).toContain(outcome);
    },
  );

  test('a member alone of one is not replaced by another invitation', async () => {
    const { world } = await aRefusable();
    const { memberId } = await world.call('inviteMember', { email: 'grace@example.com', role: 'auditor' });
    const member = documents.member(world.account, memberId);
    await world.db.doc(member).update(FROM_THE_FUTURE);
    const again = world.call('inviteMember', { email: 'grace@example.com', role: 'admin' });
    expect(await refusal(again)).toBe('unavailable NEWER_DOCUMENT');
    expect(await world.stored(member)).toMatchObject({ ...FROM_THE_FUTURE, role: 'auditor' });
  });

  test('a principal alone of one keeps all of it when its key is revoked, which takes effect', async () => {
    const { world } = await aRefusable();
    const keyHash = hashOf(await world.aKey('builder'));
    const principal = documents.principal(`key:${keyHash}`);
    await world.db.doc(principal).update(FROM_THE_FUTURE);
    await world.call('revokeKey', { keyHash });
    expect(await world.stored(principal)).toMatchObject(FROM_THE_FUTURE);
    const { validUntil } = (await world.stored(principal)) as { validUntil: Timestamp };
    expect(validUntil.toDate()).toEqual(world.clock.now());
  });

  test('a visit of the sweep leaves a session of one as it is, and ends the others', async () => {
    const swept = await aWorld();
    opened.push(swept);
    const key = await swept.aKey('builder');
    for (const sessionId of ['known', 'newer']) await swept.call('createSession', { name: 'x', sessionId }, key);
    const newer = swept.db.doc(documents.session(swept.account, 'newer'));
    await newer.update(FROM_THE_FUTURE);
    const patterns = [{ id: 'p', domain: 'git', pattern: 'Rebase', confidence: 1 }];
    await swept.call('updateProgramState', { programId: 'builder', learnedPatterns: patterns }, key);
    await swept.db.doc(documents.programState(swept.account, 'builder')).update(FROM_THE_FUTURE);
    // An outage of the schedule would hold the ends: the visits before come when they are due.
    for (let minutes = 0; minutes < 80; minutes += 5) {
      swept.clock.advance({ minutes: 5 });
      await sweepAccount(swept.account, swept.app.ports);
    }
    expect((await newer.get()).data()).toMatchObject(FROM_THE_FUTURE);
    const { sessions } = await swept.call('listSessions', { state: 'all' });
    expect(sessions.map(({ sessionId, outcome }) => [sessionId, outcome])).toEqual([
      ['newer', null],
      ['known', 'timed_out'],
    ]);
    // Patterns decay after 30 days, and nothing of the state is lost by then.
    swept.clock.advance({ days: 40 });
    await sweepAccount(swept.account, swept.app.ports);
    expect(await swept.stored(documents.programState(swept.account, 'builder'))).toMatchObject(FROM_THE_FUTURE);
  });
});
