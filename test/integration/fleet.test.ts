import { sweepAccount } from '../../functions/src/operations/sweep-account.js';
import { aWorld, type World } from '../support/world.js';

let world: World;
let builder: { apiKey: string };
let reviewer: { apiKey: string };

beforeEach(async () => {
  world = await aWorld();
  builder = await world.aKey('builder');
  reviewer = await world.aKey('reviewer');
  await world.call('createSession', { name: 'x', sessionId: 'b1' }, builder);
  await world.call('heartbeat', { sessionId: 'b1' }, builder);
});
afterEach(() => world.close());

const health = (input = {}) => world.call('getFleetHealth', input);
const rowOf = async (programId: string, input = {}) =>
  (await health(input)).programs.find((row) => row.programId === programId);

test('health shows each program as it is, and a program without a session as offline', async () => {
  world.clock.advance({ minutes: 2 });
  expect(await rowOf('builder')).toMatchObject({
    state: 'working',
    health: 'healthy',
    heartbeatAge: '2m',
    sessionId: 'b1',
    activeSessions: 1,
    staleAfterSeconds: 900,
    pendingMessages: 0,
    pendingTasks: 0,
  });
  expect(await rowOf('reviewer')).toMatchObject({
    state: 'offline',
    health: 'offline',
    heartbeatAge: null,
    sessionId: null,
  });
});

test('health follows the clock although the document is the same', async () => {
  await health();
  world.clock.advance({ minutes: 16 });
  expect(await rowOf('builder', { maxAgeSeconds: 3600 })).toMatchObject({
    health: 'stale',
    state: 'working',
    heartbeatAge: '16m',
  });
});

test('a document that is too old is computed anew; one that is fresh enough is not', async () => {
  await health();
  world.clock.advance({ seconds: 50 });
  await world.call('updateSession', { sessionId: 'b1', status: 'x', state: 'blocked' }, builder);
  expect((await rowOf('builder'))?.state).toBe('working');
  expect((await rowOf('builder', { maxAgeSeconds: 0 }))?.state).toBe('blocked');
});

test('a program whose session ended keeps when it was last heard', async () => {
  await health();
  const beatAt = world.clock.now().toISOString();
  world.clock.advance({ minutes: 5 });
  await world.call('updateSession', { sessionId: 'b1', status: 'x', state: 'complete' }, builder);
  expect(await rowOf('builder')).toMatchObject({
    state: 'offline',
    lastHeartbeat: beatAt,
    lastSeenAt: world.clock.now().toISOString(),
  });
});

test('ten parallel readers of an old document are all answered alike', async () => {
  world.clock.advance({ minutes: 3 });
  const answers = await Promise.all(Array.from({ length: 10 }, () => health()));
  for (const answer of answers) expect(answer.programs).toEqual(answers[0]?.programs);
});

test('the timeline has a point for each visit, thinned out to the resolution', async () => {
  for (let visit = 0; visit < 6; visit++) {
    await sweepAccount(world.account, world.app.ports);
    world.clock.advance({ minutes: 5 });
    await world.call('heartbeat', { sessionId: 'b1' }, builder);
  }
  await world.call('createSession', { name: 'y' }, reviewer);
  await sweepAccount(world.account, world.app.ports);
  const fine = await world.call('getFleetTimeline', { period: 'today', resolution: '5m' });
  expect(fine.points.map((point) => point.activeSessions)).toEqual([1, 1, 1, 1, 1, 1, 2]);
  expect(fine.points.at(-1)?.load).toEqual({
    working: 2,
    blocked: 0,
    pinned: 0,
    stale: 0,
    pendingTasks: 0,
    pendingMessages: 0,
  });
  const coarse = await world.call('getFleetTimeline', { period: 'this_week', resolution: '15m' });
  expect(coarse.points.map((point) => point.at.slice(11, 16))).toEqual(['10:10', '10:25', '10:30']);
  expect(coarse.from).toBe('2026-03-02T00:00:00.000Z');
});
