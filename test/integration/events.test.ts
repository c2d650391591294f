import { collections, documents, type EventType } from '@quarterdeck/contract';
import { sweepAccount } from '../../functions/src/operations/sweep-account.js';
import { FaultGate } from '../support/fault-gate.js';
import type { Rpc } from '../support/firestore-spy.js';
import { aWorld, hashOf, refusal, type World } from '../support/world.js';

/** The outbox: what is told is written with the change itself. */
let world: World;
let key: { apiKey: string };
const faults = new FaultGate();

beforeAll(async () => {
  world = await aWorld({ sessionLimit: 50, gate: faults.gate });
  key = await world.aKey('builder');
  await create('lives');
  await world.call('createSession', { name: 'x', sessionId: 'ended', state: 'complete' }, key);
});
afterAll(() => world.close());

const create = (sessionId: string, fields: object = {}) =>
  world.call('createSession', { name: 'x', sessionId, ...fields }, key);
const update = (sessionId: string, fields: object) =>
  world.call('updateSession', { sessionId, status: 'x', ...fields }, key);
const isEvent = (path: string) => path.startsWith(`accounts/${world.account}/events/`);

/** What was told, and the commits that did, while something ran. */
async function told(work: () => Promise<unknown>): Promise<{ types: EventType[]; commits: Rpc[]; count: number }> {
  const events = world.db.collection(collections.events(world.account));
  const before = new Set((await events.get()).docs.map((doc) => doc.id));
  const first = world.spy.rpcs.length;
  await work();
  const rpcs = world.spy.rpcs.slice(first);
  const added = (await events.get()).docs.filter((doc) => !before.has(doc.id));
  const types = added.map((doc) => doc.get('type') as EventType).sort();
  return { types, commits: rpcs.filter(({ paths }) => paths.some(isEvent)), count: added.length };
}

/** What changes something, the events it makes, and the document that changes with them. */
const changes: readonly [string, readonly EventType[], () => Promise<unknown>, () => string][] = [
  ['a start', ['session.started'], () => create('new'), () => documents.session(world.account, 'new')],
  [
    'a start without an id',
    ['session.started'],
    () => world.call('createSession', { name: 'x' }, key),
    () => `accounts/${world.account}/sessions/`,
  ],
  [
    'work that is over when it is registered',
    ['session.ended', 'session.started'],
    () => create('over', { state: 'complete' }),
    () => documents.endedSession(world.account, 'over'),
  ],
  [
    'a change of state',
    ['session.state_changed'],
    () => update('lives', { state: 'blocked' }),
    () => documents.session(world.account, 'lives'),
  ],
  [
    'a change of lifecycle',
    ['session.lifecycle_changed'],
    () => update('lives', { lifecycle: 'stuck' }),
    () => documents.session(world.account, 'lives'),
  ],
  [
    'a spawned session',
    ['session.spawn_requested', 'session.started'],
    () => world.call('spawnSession', { projectId: 'my-app' }, key),
    () => documents.spawnRequest(world.account, 'my-app-1'),
  ],
  [
    'a kill',
    ['session.ended'],
    () => world.call('killSession', { sessionId: 'my-app-1' }, key),
    () => documents.endedSession(world.account, 'my-app-1'),
  ],
  [
    'a change of state by an upsert',
    ['session.state_changed'],
    () => create('lives', { state: 'pinned' }),
    () => documents.session(world.account, 'lives'),
  ],
  [
    'an end',
    ['session.ended'],
    () => update('lives', { state: 'complete' }),
    () => documents.endedSession(world.account, 'lives'),
  ],
  [
    'a resumption',
    ['session.started'],
    () => update('lives', { state: 'working' }),
    () => documents.session(world.account, 'lives'),
  ],
  [
    'the exit of a process',
    ['session.ended'],
    () => world.call('heartbeat', { sessionId: 'lives', activity: 'exited' }, key),
    () => documents.endedSession(world.account, 'lives'),
  ],
  [
    'a first key',
    ['key.created', 'program.created'],
    () => world.aKey('painter'),
    () => documents.program(world.account, 'painter'),
  ],
  ['a further key', ['key.created'], () => world.aKey('painter'), () => 'apiKeys/'],
  [
    'a rotation',
    ['key.rotated'],
    async () => {
      key = { apiKey: (await world.call('rotateKey', { graceMinutes: 60 }, key)).key };
    },
    () => 'apiKeys/',
  ],
  [
    'a change of a program',
    ['program.updated'],
    () => world.call('updateProgram', { programId: 'builder', displayName: 'Builder' }),
    () => documents.program(world.account, 'builder'),
  ],
  [
    'a change of the account',
    ['account.updated'],
    () => world.call('updateAccount', { name: 'Renamed' }),
    () => documents.account(world.account),
  ],
  [
    'an invitation',
    ['member.invited'],
    () => world.call('inviteMember', { email: 'grace@example.com' }),
    () => `accounts/${world.account}/members/`,
  ],
  [
    'a change of a role',
    ['member.role_changed'],
    () => invited('setMemberRole'),
    () => `accounts/${world.account}/members/`,
  ],
  ['a removal', ['member.removed'], () => invited('removeMember'), () => `accounts/${world.account}/members/`],
];

async function invited(name: 'setMemberRole' | 'removeMember'): Promise<unknown> {
  const { members } = await world.call('listMembers', {});
  const memberId = members.find((one) => one.status === 'invited')?.memberId as string;
  return name === 'setMemberRole'
    ? world.call('setMemberRole', { memberId, role: 'admin' })
    : world.call('removeMember', { memberId });
}

test.each(changes)(
  '%s writes its events (%j) once, in the commit that makes the change',
  async (_name, types, change, path) => {
    world.clock.advance({ seconds: 1 });
    const found = await told(change);
    expect(found.types).toEqual(types);
    expect(found.commits).toHaveLength(1);
    expect(found.commits[0]?.paths.some((one) => one.startsWith(path()))).toBe(true);
  },
);

test('a new account and the person who joins it are told of', async () => {
  const events = await world.db.collection(collections.events(world.account)).get();
  const types = events.docs.map((doc) => doc.get('type'));
  expect(types.filter((type) => type === 'account.created')).toHaveLength(1);
});

test('a revocation is told of once, also when it is repeated', async () => {
  const other = await world.aKey('painter');
  const revoke = () => world.call('revokeKey', { keyHash: hashOf(other) });
  expect((await told(revoke)).types).toEqual(['key.revoked']);
  expect((await told(revoke)).types).toEqual([]);
});

test('what a session is without a change of state is no event: beats, texts, upserts, repeated ends, program state', async () => {
  await create('quiet');
  const found = await told(async () => {
    await world.call('heartbeat', { sessionId: 'quiet', contextBytes: 1 }, key);
    await update('quiet', { progress: 10, lastHeartbeat: true });
    await update('quiet', { state: 'working' });
    await create('quiet', { name: 'Renamed' });
    await update('ended', { state: 'complete' });
    await world.call('updateProgramState', { programId: 'builder', contextSummary: { handoffNotes: 'x' } }, key);
    await refusal(update('ended', {}));
    await refusal(update('nobody', {}));
    await refusal(world.call('getSession', { sessionId: 'nobody' }, key));
  });
  expect(found.types).toEqual([]);
});

test('a visit of the sweep tells in the commit that marks or ends', async () => {
  await create('goes-stale');
  world.clock.advance({ minutes: 15, seconds: 1 });
  const found = await told(() => sweepAccount(world.account, world.app.ports));
  expect(found.types.length).toBeGreaterThan(0);
  expect(new Set(found.types)).toEqual(new Set(['session.stale']));
  expect(found.commits).toHaveLength(found.count);
  for (const { paths } of found.commits) expect(paths.some((path) => path.includes('/sessions/'))).toBe(true);
});

test('a change that fails at any of its RPCs is not told of, and one that is told of was made', async () => {
  const isLive = async (id: string) => (await world.stored(documents.session(world.account, id))) !== undefined;
  for (let n = 0; n < 12; n++) {
    const sessionId = `fails-${n}`;
    const found = await told(async () => {
      // PERMISSION_DENIED: nothing tries that again.
      faults.failAt(n, 7);
      await create(sessionId).catch(() => undefined);
      faults.arm();
    });
    expect({ n, types: found.types }).toEqual({ n, types: (await isLive(sessionId)) ? ['session.started'] : [] });
  }
});

test('an event names what it is about and who did it, and when it may go', async () => {
  const { docs } = await world.db.collection(collections.events(world.account)).get();
  for (const doc of docs) {
    const event = doc.data();
    expect(event.id).toBe(doc.id);
    expect(event.id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(event.subject).toMatch(/^(account|(session|key|program|member)\/.+)$/);
    expect(event.actor).toMatch(/^(sweep|(program|person)\/.+)$/);
    expect(event.expiresAt.toMillis() - event.time.toMillis()).toBe(30 * 86_400_000);
    expect(JSON.stringify(event)).not.toContain('cb_');
  }
});
