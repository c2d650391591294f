import { limits } from '@quarterdeck/contract';
import { requestSweeps } from '../../functions/src/operations/request-sweeps.js';
import { requestWebhookDeliveries } from '../../functions/src/operations/request-webhook-deliveries.js';
import { sweepAccount } from '../../functions/src/operations/sweep-account.js';
import { compositeIndexes, indexFor } from '../support/indexes.js';
import { aWorld } from '../support/world.js';

test('every query has its index, and every index of firestore.indexes.json serves a query', async () => {
  const world = await aWorld();
  const key = await world.aKey('builder');
  for (const state of ['all', 'working', 'complete'] as const) {
    for (const programId of [undefined, 'builder']) {
      for (const includeArchived of [false, true]) {
        await world.call('listSessions', { state, includeArchived, ...(programId ? { programId } : {}) });
      }
    }
  }
  const { sessionId } = await world.call('createSession', { name: 'x' }, key);
  await world.call('updateSession', { status: 'x', state: 'complete' }, key);
  await world.call('getContextUtilization', { sessionId });
  await world.call('listKeys', {});
  await world.call('listKeys', { programId: 'builder' });
  await world.call('listPrograms', {});
  await world.call('listMembers', {});
  await world.call('inviteMember', { email: 'grace@example.com' });
  await world.call('updateProgramState', { programId: 'builder', contextSummary: { handoffNotes: 'x' } }, key);
  await world.call('getContextHistory', { programId: 'builder' }, key);
  for (let i = 0; i < limits.BOOT_TASKS_MAX; i++) await world.call('createTask', { title: 'x', target: 'builder' });
  await world.call('boot', {}, key);
  for (const status of ['pending', 'claimed', 'done', 'all'] as const) {
    await world.call('getTasks', { status });
    await world.call('getTasks', { status }, key);
    await world.call('getTasks', { status, createdBy: 'builder' });
  }
  const { sessionToken } = await world.call('activateAgent', {}, key);
  const agent = { ...key, sessionToken };
  await world.call('listMemories', { type: 'goal' }, agent);
  await world.call('recall', { query: 'what was it?' }, agent);
  await world.call('recall', { query: 'port', types: ['goal'], tags: ['api'] }, agent);
  const vector = new Array<number>(limits.EMBEDDING_DIMENSIONS).fill(1);
  await world.app.ports.memories.searchNearest(world.account, 'builder', { model: 'm', vector }, {}, 10);
  for (let i = 0; i <= limits.BOOT_MESSAGES_MAX; i++)
    await world.call('sendMessage', { target: 'builder', message: 'x' });
  for (const unreadOnly of [true, false]) {
    await world.call('getMessages', { unreadOnly }, key);
    await world.call('getMessages', { unreadOnly, threadId: 't' }, key);
  }
  await world.call('getSentMessages', {}, key);
  await world.call('boot', {}, key);
  for (const types of [undefined, ['session.started' as const]]) {
    for (const subject of [undefined, 'account']) {
      for (const after of [undefined, '2026-03-02T10:00:00.000Z']) {
        const query = { ...(types ? { types } : {}), ...(subject ? { subject } : {}), ...(after ? { after } : {}) };
        await world.call('listEvents', query);
      }
    }
  }
  const { webhookId } = await world.call('createWebhook', { url: 'https://example.com/' });
  await world.call('listDeliveries', { webhookId });
  await requestWebhookDeliveries(world.app.ports);
  await requestSweeps(world.app.ports);
  await sweepAccount(world.account, world.app.ports);
  world.clock.advance({ hours: 2 });
  await sweepAccount(world.account, world.app.ports);
  // Without a live session the account falls idle.
  await world.call('deactivateAgent', {}, agent);
  await sweepAccount(world.account, world.app.ports);

  const used = new Set(world.spy.shapes().map(indexFor));
  used.delete('single');
  // A thread as overseers see it, whoever got its messages: listeners of the dashboard ask for it, and no operation.
  used.add(indexFor('messages | threadId EQUAL | sentAt DESCENDING'));
  expect([...used].sort()).toEqual([...compositeIndexes].sort());
  await world.close();
});

test.each([
  ['a composite one that is not in the file', 'sessions | programId EQUAL | createdAt ASCENDING'],
  ['a field that is exempt', 'sessions |  | lastHeartbeat DESCENDING'],
  ['an array that is exempt', 'memories | terms ARRAY_CONTAINS | '],
  ['an array beside an equality', 'memories | terms ARRAY_CONTAINS, type EQUAL | createdAt DESCENDING'],
  ['vectors of another size', 'memories | embeddingModel EQUAL, programId EQUAL | embedding VECTOR(3)'],
  ['vectors without the filters of their index', 'memories |  | embedding VECTOR(768)'],
])('a query without an index fails in any test: %s', (_what, shape) => {
  expect(() => indexFor(shape)).toThrow(/index/);
});
