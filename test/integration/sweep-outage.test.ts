import { documents } from '@quarterdeck/contract';
import type { SweepStore } from '../../functions/src/operations/ports.js';
import { sweepAccount } from '../../functions/src/operations/sweep-account.js';
import { invariants } from '../support/invariants.js';
import { startWebhookReceiver } from '../support/webhook-receiver.js';
import { aBackground, sendToThisMachine } from '../support/webhooks.js';
import { aWorld, type World } from '../support/world.js';

/** The schedule stands still for an hour and more; agents may have been unable to speak as well. */
let world: World;
let key: { apiKey: string };

beforeEach(async () => {
  world = await aWorld();
  key = await world.aKey('builder');
});
afterEach(async () => {
  expect(await invariants(world.db, world.account)).toEqual([]);
  await world.close();
});

const visit = (sweeps: SweepStore = world.app.ports.sweeps) =>
  sweepAccount(world.account, { ...world.app.ports, sweeps });
const create = (sessionId: string, fields: object = {}) =>
  world.call('createSession', { name: 'x', sessionId, ...fields }, key);
const beat = (sessionId: string) => world.call('heartbeat', { sessionId }, key);
const isLive = async (sessionId: string) =>
  (await world.stored(documents.session(world.account, sessionId))) !== undefined;

/** Goes to the moment at which the account is due, and visits it. */
async function visitWhenDue() {
  const { nextSweepAt } = (await world.stored(documents.account(world.account))) ?? {};
  const seconds = (nextSweepAt.toMillis() - world.clock.now().getTime()) / 1000;
  world.clock.advance({ seconds: Math.max(0, seconds) });
  return visit();
}

/** A visit, then none until everything has been silent for two hours. */
async function anOutage(): Promise<void> {
  await create('silent');
  await create('speaks');
  await visit();
  world.clock.advance({ hours: 2 });
}

test('the first visit after an outage ends nothing and marks what is stale', async () => {
  await anOutage();
  expect(await visit()).toMatchObject({ live: 2, ended: 0, marked: 2 });
});

test('the visits within one stale period after an outage end nothing either, however many there are', async () => {
  await anOutage();
  await visit();
  for (let minute = 1; minute < 15; minute++) {
    world.clock.advance({ minutes: 1 });
    expect((await visit()).ended).toBe(0);
  }
});

test('what stays silent for one stale period after an outage ends then; what speaks in between lives', async () => {
  await anOutage();
  await visit();
  const over = world.clock.now().getTime();
  const minutesSince = () => (world.clock.now().getTime() - over) / 60_000;
  while (minutesSince() < 10) await visitWhenDue();
  await beat('speaks');
  while (await isLive('silent')) await visitWhenDue();
  expect(minutesSince()).toBe(15);
  expect(await isLive('speaks')).toBe(true);
  expect((await world.call('getSession', { sessionId: 'silent' })).session.outcome).toBe('timed_out');
});

test('a change of the account during an outage does not hide the outage', async () => {
  await anOutage();
  await world.call('updateAccount', { name: 'Renamed' });
  expect((await visit()).ended).toBe(0);
});

test('a session that starts during an outage does not hide the outage', async () => {
  await anOutage();
  await create('new');
  expect((await visit()).ended).toBe(0);
});

test('a visit of which nobody heard does not hide the outage: the next one holds as well', async () => {
  await anOutage();
  const dies: Partial<SweepStore> = { schedule: () => Promise.reject(new Error('died before its end')) };
  await expect(visit(Object.assign(Object.create(world.app.ports.sweeps), dies))).rejects.toThrow('died');
  world.clock.advance({ minutes: 1 });
  expect((await visit()).ended).toBe(0);
});

test('after an outage a session that speaks seldom has as long as its own silence may be', async () => {
  await create('hourly', { expectedIntervalSeconds: 3600 });
  await beat('hourly');
  await visit();
  world.clock.advance({ hours: 5 });
  await visit();
  const nextBeatBy = world.clock.now().getTime() + 55 * 60_000;
  while (world.clock.now().getTime() < nextBeatBy) await visitWhenDue();
  expect(await isLive('hourly')).toBe(true);
});

test('a visit that comes a few minutes late is no outage', async () => {
  await create('dies');
  world.clock.advance({ minutes: 15 });
  for (let visits = 0; visits < 30 && (await isLive('dies')); visits++) {
    world.clock.advance({ minutes: 2 });
    await visitWhenDue();
  }
  expect(await isLive('dies')).toBe(false);
  expect(world.clock.now().getTime() - Date.parse('2026-03-02T11:05:00Z')).toBeLessThanOrEqual(10 * 60_000);
});

test('a task stays with its silent holder, and what fell due at an endpoint meanwhile is delivered, not given up', async () => {
  const receiver = await startWebhookReceiver();
  sendToThisMachine(world);
  const background = aBackground(world);
  await create('silent');
  const { taskId } = await world.call('createTask', { title: 'x', target: 'builder' });
  await world.call('claimTask', { taskId, sessionId: 'silent' }, key);
  await visit();
  const { webhookId } = await world.call('createWebhook', { url: receiver.url, eventTypes: ['session.started'] });
  await background.run();
  receiver.answer = () => 503;
  await create('told');
  await background.run();
  const delivery = async () => (await world.call('listDeliveries', { webhookId })).deliveries[0];
  expect(await delivery()).toMatchObject({ status: 'waiting', attempts: 1 });
  world.clock.advance({ hours: 2 });
  receiver.answer = () => 204;
  receiver.received.splice(0);
  expect((await visit()).ended).toBe(0);
  expect((await world.call('getTask', { taskId })).task).toMatchObject({ status: 'claimed', sessionId: 'silent' });
  await background.tick();
  expect(await delivery()).toMatchObject({ status: 'delivered', attempts: 2 });
  expect(receiver.received).toHaveLength(1);
  await receiver.close();
});

test('would be seen: a sweep that does not notice that it comes late', async () => {
  await anOutage();
  const broken: Partial<SweepStore> = {
    account: async (id) => {
      const account = await world.app.ports.sweeps.account(id);
      return account && { ...account, nextSweepAt: world.clock.now() };
    },
  };
  expect((await visit(Object.assign(Object.create(world.app.ports.sweeps), broken))).ended).toBe(2);
});
