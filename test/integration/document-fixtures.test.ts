import { randomBytes } from 'node:crypto';
import {
  documents,
  type OperationName,
  schemaVersionOf,
  VERSIONED_KINDS,
  type VersionedKind,
} from '@quarterdeck/contract';
import { withDates } from '@quarterdeck/contract/views';
import { formatKey, hashKey } from '../../functions/src/domain/api-key.js';
import type { Credentials } from '../../functions/src/operations/identify-caller.js';
import { hashEmail } from '../../functions/src/operations/invite-member.js';
import { notifyWebhooks } from '../../functions/src/operations/notify-webhooks.js';
import { pushAlert } from '../../functions/src/operations/push-alert.js';
import { sweepAccount } from '../../functions/src/operations/sweep-account.js';
import { migrateDocuments } from '../../functions/src/store/migrate-documents.js';
import { type FixtureNames, fixture, fixturePaths } from '../support/document-fixtures.js';
import { useOwnEmulator } from '../support/own-emulator.js';
import { anInstance, caller, type Instance, TestClock } from '../support/world.js';

/** Documents of every shape that ever was, as they lay in databases: each is read as the present one, and becomes it. */

const newest = Math.max(...VERSIONED_KINDS.map((kind) => schemaVersionOf(kind)));
const opened: { close(): Promise<unknown> }[] = [];
const clock = new TestClock();
let instance: Instance;
beforeAll(async () => {
  opened.push(await useOwnEmulator());
  instance = anInstance({ clock });
  opened.push(instance);
});
afterAll(async () => {
  for (const one of opened.reverse()) await one.close();
});

interface Stored extends FixtureNames {
  readonly key: Credentials;
  readonly admin: Credentials;
}

/** An account whose documents are of this version, or where a kind has no such version, of its present one. */
async function anAccountOf(version: number): Promise<Stored> {
  const apiKey = formatKey(randomBytes(32));
  const account = Array.from(randomBytes(20), (byte) => 'abcdefghijklmnopqrstuvwxyz012345'[byte % 32]).join('');
  const names = { account, person: `person-${randomBytes(6).toString('hex')}`, keyHash: hashKey(apiKey) };
  const paths = fixturePaths(names);
  const batch = instance.db.batch();
  for (const kind of VERSIONED_KINDS)
    batch.set(instance.db.doc(paths[kind]), fixture(kind, Math.min(version, schemaVersionOf(kind)), names));
  await batch.commit();
  const authTimeSeconds = clock.now().getTime() / 1000;
  const idToken = { uid: names.person, authTimeSeconds, verifiedEmail: null, displayName: 'Ada' };
  return { ...names, key: { apiKey }, admin: { idToken } };
}

/** Everything that can be asked without changing anything. */
const QUESTIONS: readonly (readonly [name: OperationName, input: object, as: 'key' | 'admin'])[] = [
  ['getAccount', {}, 'admin'],
  ['listMembers', {}, 'admin'],
  ['listKeys', {}, 'admin'],
  ['listPrograms', {}, 'key'],
  ['getProgram', { programId: 'builder' }, 'key'],
  ['listSessions', { state: 'all', includeArchived: true }, 'key'],
  ['getSession', { sessionId: 'live' }, 'key'],
  ['getSession', { sessionId: 'ended' }, 'key'],
  ['getContextUtilization', { sessionId: 'live' }, 'key'],
  ['getProgramState', { programId: 'builder' }, 'key'],
  ['getContextHistory', { programId: 'builder' }, 'key'],
  ['boot', {}, 'key'],
  ['getTasks', {}, 'key'],
  ['getTask', { taskId: 'fix-build' }, 'key'],
  ['getMessages', { programId: 'builder', unreadOnly: false }, 'admin'],
  ['listEvents', {}, 'admin'],
  ['listWebhooks', {}, 'admin'],
  ['listDeliveries', { webhookId: '00000000-0000-4000-8000-000000000004' }, 'admin'],
  ['listDevices', {}, 'admin'],
  ['getFleetTimeline', {}, 'admin'],
  ['exportAccount', { limit: 100 }, 'admin'],
];

async function answersOf(stored: Stored): Promise<unknown[]> {
  const call = caller(instance.app);
  const answers: unknown[] = [];
  for (const [name, input, as] of QUESTIONS) answers.push([name, await call(name, input as never, stored[as])]);
  return JSON.parse(named(answers, stored));
}

function named(value: unknown, { account, person, keyHash }: FixtureNames): string {
  return JSON.stringify(value)
    .replaceAll(account, '‹account›')
    .replaceAll(person, '‹person›')
    .replaceAll(keyHash, '‹key›')
    .replaceAll(/"nextPageToken":"[^"]*"/g, '"nextPageToken":"‹token›"');
}

async function documentsAt(names: FixtureNames): Promise<Record<string, unknown>> {
  const found = Object.entries(fixturePaths(names)).map(
    async ([kind, path]) => [kind, (await instance.db.doc(path).get()).data()] as const,
  );
  return Object.fromEntries(await Promise.all(found));
}

const present = (names: FixtureNames) =>
  Object.fromEntries(VERSIONED_KINDS.map((kind) => [kind, fixture(kind, schemaVersionOf(kind), names)]));

const earlier = Array.from({ length: newest }, (_, version) => version);

describe.each(earlier)('an account of version %i', (version) => {
  test('is answered of as a present one', async () => {
    const [old, now] = [await anAccountOf(version), await anAccountOf(newest)];
    const answers = await answersOf(old);
    expect(answers).toEqual(await answersOf(now));
    // They were asked of something.
    expect(JSON.stringify(answers)).toContain('The tests are red.');
    expect(JSON.stringify(answers)).toContain('The port is 8080.');
  });

  test('goes on as a present one: beats, ends, claims, and a visit leave both alike', async () => {
    const accounts = [await anAccountOf(version), await anAccountOf(newest)];
    const call = caller(instance.app);
    const outcomes: unknown[] = [];
    for (const stored of accounts) {
      const { key, admin } = stored;
      const answers = [
        await call('heartbeat', { sessionId: 'live', contextBytes: 10 }, key),
        await call('updateSession', { sessionId: 'live', status: 'x', state: 'working', metadata: { a: 'b' } }, key),
        await call('updateSession', { sessionId: 'ended', status: 'x', state: 'working' }, key),
        await call('updateProgramState', { programId: 'builder', baselines: { sessionsCompleted: 2 } }, key),
        await call('claimTask', { taskId: 'fix-build', sessionId: 'live' }, key),
        await call('updateProgram', { programId: 'builder', tags: ['slow'] }, admin),
        await call('updateAccount', { name: 'Another' }, admin),
        await call('updateSession', { sessionId: 'live', status: 'x', state: 'complete' }, key),
        await call('getFleetHealth', { maxAgeSeconds: 0 }, admin),
        await sweepAccount(stored.account, instance.app.ports),
        await call('getTask', { taskId: 'fix-build' }, key),
      ];
      outcomes.push(JSON.parse(named(answers, stored)));
    }
    expect(outcomes[0]).toEqual(outcomes[1]);
  });

  test('is made present by a migration, all of it', async () => {
    const old = await anAccountOf(version);
    for await (const _progress of migrateDocuments(instance.db));
    expect(withDates(await documentsAt(old))).toEqual(present(old));
  });
});

test('a fixture is what is stored: the present one of each kind has the fields of one that the operations make', async () => {
  const optional: Readonly<Partial<Record<VersionedKind, readonly string[]>>> = {
    event: ['imported'],
    memory: ['embedding', 'embeddingModel'],
  };
  const stored = await anAccountOf(newest);
  const { account, key, admin } = stored;
  const call = caller(instance.app);
  const webhook = await call('createWebhook', { url: 'https://hooks.example.com/2' }, admin);
  const { key: made } = await call('createKey', { programId: 'fresh', label: 'x' }, admin);
  const email = `fresh-${stored.person}@example.com`;
  const invited = await call('inviteMember', { email, role: 'auditor' }, admin);
  const { deviceId } = await call('registerDevice', { token: `fresh-${account}`, platform: 'web' }, admin);
  await call('createSession', { sessionId: 'fresh', name: 'x' }, key);
  await call('createSession', { sessionId: 'over', name: 'x', state: 'complete' }, key);
  await call('spawnSession', { projectId: 'fresh', prompt: 'Begin' }, key);
  await call('updateProgramState', { programId: 'fresh', contextSummary: { handoffNotes: 'x' } }, { apiKey: made });
  await call('createTask', { taskId: 'fresh', title: 'x', target: 'builder' }, key);
  const { messageId } = await call('sendMessage', { target: 'builder', message: 'x' }, admin);
  const window = await call('activateAgent', {}, { apiKey: made });
  const agent = { apiKey: made, sessionToken: window.sessionToken };
  const { memoryIds } = await call('remember', { content: 'x' }, agent);
  await sweepAccount(account, instance.app.ports);
  const { db } = instance;
  const day = clock.now().toISOString().slice(0, 10);
  const [event] = (await call('listEvents', { types: ['session.ended'], subject: 'session/over' }, admin)).events;
  const eventId = event?.id ?? '';
  await notifyWebhooks(account, eventId, 'session.ended', instance.app.ports);
  await pushAlert(account, eventId, 'session.ended', instance.app.ports);
  const paths: Readonly<Record<VersionedKind, string>> = {
    account: documents.account(account),
    program: documents.program(account, 'fresh'),
    session: documents.session(account, 'fresh'),
    endedSession: documents.endedSession(account, 'over'),
    spawnRequest: documents.spawnRequest(account, 'fresh-1'),
    spawnCounter: documents.spawnCounter(account, 'fresh'),
    programState: documents.programState(account, 'fresh'),
    contextSnapshot: documents.contextSnapshot(account, 'fresh', 1),
    fleetDay: documents.fleetDay(account, day),
    window: documents.window(account, 'fresh'),
    task: documents.task(account, 'fresh'),
    memory: documents.memory(account, memoryIds[0] ?? ''),
    message: documents.message(account, messageId),
    event: documents.event(account, eventId),
    member: documents.member(account, invited.memberId),
    webhooks: documents.webhooks(account),
    webhookSecret: documents.webhookSecret(account, webhook.webhookId),
    delivery: documents.delivery(account, webhook.webhookId, eventId),
    devices: documents.devices(account),
    push: documents.push(account, eventId),
    deviceAccount: documents.deviceAccount(deviceId),
    invitation: documents.invitation(hashEmail(email)),
    apiKey: documents.apiKey(hashKey(made)),
    principal: documents.principal(`key:${hashKey(made)}`),
  };
  for (const [kind, path] of Object.entries(paths) as [VersionedKind, string][]) {
    const fields = Object.keys((await db.doc(path).get()).data() ?? {}).filter((one) => !optional[kind]?.includes(one));
    expect([kind, fields.sort()]).toEqual([kind, Object.keys(fixture(kind, schemaVersionOf(kind))).sort()]);
  }
});
