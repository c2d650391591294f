import type { ExportRecord } from '@quarterdeck/contract';
import { sweepAccount } from '../../functions/src/operations/sweep-account.js';
import { invariants } from '../support/invariants.js';
import { anOriginal, copied, imported, type Original, reasonsOf } from '../support/transfers.js';
import { refusal, type World } from '../support/world.js';

/** What flows between agents goes on in a copy where it stood in the original. */
let original: Original;
let of: Original['of'];
let records: Original['records'];
let aTarget: Original['aTarget'];
let source: World;

beforeAll(async () => {
  original = await anOriginal();
  ({ of, records, aTarget, source } = original);
});
afterAll(() => original.close());

/** What waits for each program, wherever it is shown. */
async function waiting({ call, aKey }: World) {
  const { programs } = await call('getFleetHealth', { maxAgeSeconds: 0 });
  const counts = programs.map(({ programId, pendingTasks, pendingMessages }) => [
    programId,
    pendingTasks,
    pendingMessages,
  ]);
  const shown: object[] = [];
  for (const programId of ['builder', 'idle', 'reviewer']) {
    const key = await aKey(programId);
    const { tasks, messages } = await call('boot', {}, key);
    const queue = await call('getTasks', {}, key);
    const inbox = await call('getMessages', { unreadOnly: false }, key);
    const sent = await call('getSentMessages', {}, key);
    shown.push({ tasks, messages, queue: queue.tasks, inbox: inbox.messages, sent: sent.messages });
  }
  const { tasks: all } = await call('getTasks', { status: 'all', limit: 50 });
  const { points } = await call('getFleetTimeline', { resolution: '5m' });
  return { counts, shown, all, points };
}

test('what waits in a copy is what waits in the original: in the fleet, at boot, in queues and inboxes', async () => {
  const target = await aTarget();
  await imported(target, records);
  const [copy, expected] = [await waiting(target), await waiting(source)];
  expect(expected.counts).toEqual([
    ['builder', 2, 3],
    ['gone', 0, 0],
    ['idle', 0, 1],
    ['reviewer', 2, 1],
  ]);
  expect(copy).toEqual(expected);
});

test('a task of a copy is claimed by one, kept by its holder, and returns with the end of its session; what expired stays expired', async () => {
  const target = await aTarget();
  await imported(target, records);
  const [builder, reviewer] = [await target.aKey('builder'), await target.aKey('reviewer')];
  const claim = (taskId: string, who: typeof builder) => refusal(target.call('claimTask', { taskId }, who));
  expect(await claim('urgent', builder)).toBe('accepted');
  expect(await claim('urgent', reviewer)).toBe('permission-denied NOT_TARGET');
  expect(await claim('held', reviewer)).toBe('failed-precondition ALREADY_CLAIMED');
  expect(await claim('expired', builder)).toBe('failed-precondition TASK_EXPIRED');
  expect(await claim('ok', reviewer)).toBe('failed-precondition TASK_DONE');
  expect(await claim('orphan', reviewer)).toBe('permission-denied NOT_TARGET');
  expect(await target.call('completeTask', { taskId: 'held', outcome: 'SUCCESS', attempt: 1 }, builder)).toMatchObject({
    message: 'Task completed',
  });
  await sweepAccount(target.account, target.app.ports);
  const statusOf = async (taskId: string) => (await target.call('getTask', { taskId })).task;
  expect(await statusOf('orphan')).toMatchObject({ status: 'pending', attempt: 1, claimedBy: null });
  expect(await statusOf('expired')).toMatchObject({ status: 'done', outcome: 'CANCELLED', completedBy: 'sweep' });
  expect(await claim('orphan', builder)).toBe('accepted');
  expect(await invariants(target.db, target.account)).toEqual([]);
});

test('a thread goes on in a copy', async () => {
  const target = await aTarget();
  await imported(target, records);
  const reviewer = await target.aKey('reviewer');
  const question = of('message').find(({ messageType }) => messageType === 'QUERY');
  const input = { target: 'builder', message: 'Or 5434.', replyTo: question?.messageId ?? '' };
  expect(await target.call('sendMessage', input, reviewer)).toMatchObject({ threadId: 'ports' });
});

const program = () => copied(original.program());
const task = (id: string) => copied(of('task').find(({ taskId }) => taskId === id));
const nextVisit = async (world: World) =>
  (await world.stored(`accounts/${world.account}`))?.nextSweepAt?.toDate() ?? null;

test('an account in which nothing lives is visited when an imported task expires, and at once for one whose holder may be gone', async () => {
  const target = await aTarget();
  const pair = of('program');
  await imported(target, [...pair, task('ok'), task('returned')]);
  expect(await nextVisit(target)).toBeNull();
  await imported(target, [task('urgent')]);
  expect(await nextVisit(target)).toEqual(new Date(task('urgent').expiresAt ?? ''));
  await imported(target, [task('orphan')]);
  expect(await nextVisit(target)).toEqual(target.clock.now());
});

test('a task for a program that is not there is refused, and a message to one', async () => {
  const target = await aTarget();
  const flows = [task('either'), copied(of('message')[0])];
  const refused = await imported(target, flows);
  expect(reasonsOf(refused)).toEqual([`either PROGRAM_UNKNOWN`, `${of('message')[0]?.messageId} PROGRAM_UNKNOWN`]);
  expect(refused.refused[0]?.message).toMatch(/^targets: /);
  // One of two is not enough.
  expect(reasonsOf(await imported(target, [program(), ...flows.slice(0, 1)]))).toEqual(['either PROGRAM_UNKNOWN']);
});

test('an import that is made again after a visit brings what was missing, and the timeline has the points of both', async () => {
  const target = await aTarget();
  const upToSessions = records.slice(0, records.findLastIndex(({ kind }) => kind === 'session') + 1);
  await imported(target, upToSessions);
  target.clock.advance({ minutes: 1 });
  await sweepAccount(target.account, target.app.ports);
  const { refused, imported: added } = await imported(target, records);
  expect(added).toBe(records.length - upToSessions.length);
  // The visit has archived one session and found others silent.
  expect(new Set(refused.map(({ kind, reason }) => `${kind} ${reason}`))).toEqual(new Set(['session RECORD_EXISTS']));
  const [day] = of('fleet_day');
  const { points } = await target.call('getFleetTimeline', { resolution: '5m' });
  expect(points.map(({ at }) => at)).toEqual([
    ...(day?.points ?? []).map(({ at }) => at),
    target.clock.now().toISOString(),
  ]);
});

test('a day of the timeline is filled up minute by minute, and a minute that is there stays', async () => {
  const target = await aTarget();
  const day = copied(of('fleet_day')[0]);
  const [first, second] = day.points;
  if (first === undefined || second === undefined) throw new Error('the original has two points');
  const other = { ...first, healthy: 99, programs: 99 };
  expect(await imported(target, [{ ...day, points: [other] }])).toMatchObject({ imported: 1 });
  expect(await imported(target, [day, day])).toMatchObject({ imported: 1, unchanged: 1, refused: [] });
  const { points } = await target.call('getFleetTimeline', { resolution: '5m' });
  expect(points).toEqual([other, second].map((point) => expect.objectContaining(point)));
});

test('nothing happened tomorrow: neither an event, nor a message, nor a point of the timeline', async () => {
  const target = await aTarget();
  const later = (moment: string) => new Date(Date.parse(moment) + 2 * 86_400_000).toISOString();
  const message = copied(of('message').find(({ programId }) => programId === 'builder'));
  const day = copied(of('fleet_day')[0]);
  const future: ExportRecord[] = [
    copied(of('event')[0], { time: later(of('event')[0]?.time ?? '') }),
    { ...message, sentAt: later(message.sentAt), expiresAt: later(message.expiresAt) },
    { ...day, day: '2026-03-04', points: day.points.map((point) => ({ ...point, at: later(point.at) })) },
    { ...task('urgent'), createdAt: later(task('urgent').createdAt), expiresAt: later(task('urgent').expiresAt ?? '') },
  ];
  const { refused } = await imported(target, [program(), ...future]);
  expect(refused.map(({ reason, message: why }) => `${reason} ${why.split(':')[0]}`)).toEqual([
    'INVALID_FIELD time',
    'INVALID_FIELD sentAt',
    'INVALID_FIELD at',
    'INVALID_FIELD createdAt',
  ]);
});
