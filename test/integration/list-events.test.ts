import { type EventType, type InputOf, limits, type Operations } from '@quarterdeck/contract';
import { aWorld, refusal, type World } from '../support/world.js';

let world: World;
let key: { apiKey: string };

/** Sessions whose starts and changes of state are 10 seconds apart. */
beforeAll(async () => {
  world = await aWorld();
  key = await world.aKey('builder');
  for (let n = 0; n < 12; n++) {
    world.clock.advance({ seconds: 10 });
    await world.call('createSession', { name: 'x', sessionId: `s${n}` }, key);
    await world.call('updateSession', { sessionId: `s${n}`, status: 'x', state: 'blocked' }, key);
  }
});
afterAll(() => world.close());

type Query = InputOf<Operations['listEvents']>;
const list = (query: Query) => world.call('listEvents', query);
const subjects = async (query: Query) => (await list(query)).events.map(({ subject }) => subject);

/** Page after page. */
async function all(query: Query): Promise<{ ids: string[]; times: string[]; cursor: string }> {
  const ids: string[] = [];
  const times: string[] = [];
  for (let pageToken: string | undefined; ; ) {
    const page = await list({ ...query, ...(pageToken ? { pageToken } : {}) });
    ids.push(...page.events.map(({ id }) => id));
    times.push(...page.events.map(({ time }) => time));
    pageToken = page.nextPageToken;
    if (pageToken === undefined) return { ids, times, cursor: page.cursor };
  }
}

test('events come newest first, or from a moment on oldest first, each once, in pages of any size', async () => {
  const { ids, times } = await all({ limit: 100 });
  expect(ids.length).toBe(new Set(ids).size);
  expect(times).toEqual([...times].sort().reverse());
  expect((await all({ limit: 3 })).ids).toEqual(ids);
  const replay = await all({ limit: 3, after: '2000-01-01T00:00:00.000Z' });
  expect(replay.times).toEqual([...replay.times].sort());
  expect([...replay.ids].sort()).toEqual([...ids].sort());
});

test.each<[Query, number]>([
  [{ types: ['session.started'] }, 12],
  [{ types: ['session.started', 'session.state_changed'] }, 24],
  [{ subject: 'session/s3' }, 2],
  [{ subject: 'session/s3', types: ['session.started'] }, 1],
  [{ subject: 'session/s3', types: ['session.started', 'session.ended'] }, 1],
  [{ subject: 'session/nobody' }, 0],
  [{ types: ['session.ended'] }, 0],
])('%j finds %i, in both directions', async (query, count) => {
  expect((await all({ ...query, limit: 5 })).ids).toHaveLength(count);
  expect((await all({ ...query, limit: 5, after: '2000-01-01T00:00:00.000Z' })).ids).toHaveLength(count);
});

test('who asks again from the cursor on misses nothing, not even what was decided before the last page and written after it', async () => {
  const first = await all({ after: '2000-01-01T00:00:00.000Z' });
  // Decided now, by an instance whose transaction takes a while.
  const decidedAt = world.clock.now();
  world.clock.advance({ seconds: 20 });
  const second = await all({ after: first.cursor });
  const late = {
    id: '11111111-0000-4000-8000-000000000000',
    type: 'session.ended' satisfies EventType,
    time: decidedAt,
  };
  const rest = { subject: 'session/late', actor: 'sweep', data: {}, expiresAt: decidedAt };
  await world.db.doc(`accounts/${world.account}/events/${late.id}`).set({ ...late, ...rest });
  const third = await all({ after: second.cursor });
  expect(third.ids).toContain(late.id);
  const known = new Set([...first.ids, ...second.ids, ...third.ids]);
  expect([...known].sort()).toEqual((await all({})).ids.sort());
  world.clock.advance({ minutes: 5 });
  expect((await list({ after: (await list({ after: third.cursor })).cursor })).events).toEqual([]);
});

test('a page costs a read for each event and one more, and changes nothing', async () => {
  await list({});
  world.spy.since();
  await list({ limit: 5 });
  expect(world.spy.since()).toMatchObject({ reads: 6, writes: 0 });
  await list({ limit: 5, types: ['session.started'], after: '2000-01-01T00:00:00.000Z' });
  expect(world.spy.since()).toMatchObject({ reads: 6, writes: 0 });
});

test('another account has events of its own', async () => {
  const other = await aWorld();
  const { events } = await other.call('listEvents', { limit: limits.EVENT_PAGE_MAX });
  expect(events.map(({ type }) => type)).toEqual(expect.not.arrayContaining(['session.started']));
  await other.close();
});

test('auditors see them, programs do not, and a page of another list is refused', async () => {
  const auditor = await world.aKey('watcher', 'auditor');
  expect((await world.call('listEvents', { limit: 1 }, auditor)).events).toHaveLength(1);
  expect(await refusal(world.call('listEvents', {}, key))).toBe('permission-denied ROLE_NOT_ALLOWED');
  const pageToken = Buffer.from('{"createdAt":1,"id":"a"}').toString('base64url');
  expect(await refusal(list({ pageToken }))).toBe('invalid-argument INVALID_PAGE_TOKEN');
  expect(await subjects({ types: ['key.created'], limit: 1 })).toHaveLength(1);
});

test.each(['0000-01-01T00:00:00Z', '0001-01-01T00:00:00Z', '9999-12-31T23:59:59.999Z'])(
  'a moment at the edge of the calendar is one like any other: %s',
  async (after) => {
    expect((await list({ after })).success).toBe(true);
  },
);
