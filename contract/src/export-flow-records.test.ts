import {
  EventRecord,
  ExportRecord,
  FleetDayRecord,
  limits,
  MessageRecord,
  recordId,
  TaskRecord,
} from '@quarterdeck/contract';

const AT = '2026-03-02T10:00:00.000Z';
const LATER = '2026-03-02T11:00:00.000Z';
const after = (seconds: number) => new Date(Date.parse(AT) + seconds * 1000).toISOString();

const unclaimed = { claimedBy: null, sessionId: null, claimedAt: null, lastClaimedBy: null };
const open = { outcome: null, result: null, completedAt: null, completedBy: null };
const pending = {
  kind: 'task',
  taskId: 'fix-1',
  title: 'Fix the build',
  target: 'builder',
  targets: ['builder'],
  instructions: null,
  priority: 'normal',
  status: 'pending',
  attempt: 0,
  createdAt: AT,
  createdBy: 'person/ada',
  creatorProgramId: null,
  expiresAt: null,
  ...unclaimed,
  ...open,
};
const claimed = { ...pending, status: 'claimed', attempt: 1, claimedBy: 'builder', sessionId: 's', claimedAt: AT };
const done = { ...claimed, status: 'done', outcome: 'SUCCESS', completedAt: LATER, completedBy: 'program/builder' };
const forGroup = { ...pending, target: 'group:pair', targets: ['group:pair', 'builder', 'reviewer'] };
const message = {
  kind: 'message',
  messageId: '00000000-0000-4000-8000-000000000001',
  programId: 'builder',
  target: 'builder',
  from: 'reviewer',
  sender: 'program/reviewer',
  sessionId: null,
  threadId: 'ports',
  replyTo: null,
  message: '5433',
  messageType: 'RESULT',
  priority: 'normal',
  sentAt: AT,
  expiresAt: LATER,
  readAt: null,
};
const toGroup = { ...message, target: 'group:pair', messageId: `${message.messageId}.builder` };
const event = {
  kind: 'event',
  id: '00000000-0000-4000-8000-000000000002',
  type: 'session.started',
  time: AT,
  subject: 'session/s',
  actor: 'program/builder',
  data: { sessionId: 's', how: 'created', recipients: 1, programId: null, imported: false },
};
const load = { working: 1, blocked: 0, pinned: 0, stale: 0, pendingTasks: 2, pendingMessages: 0 };
const counts = {
  programs: 1,
  healthy: 1,
  stale: 0,
  offline: 0,
  working: 1,
  blocked: 0,
  pinned: 0,
  activeSessions: 1,
  load,
};
const day = {
  kind: 'fleet_day',
  day: '2026-03-02',
  points: [
    { at: AT, ...counts },
    { at: LATER, ...counts },
  ],
};

const takes = (record: unknown): boolean => ExportRecord.safeParse(record).success;

test.each([
  { record: pending, id: 'fix-1' },
  { record: claimed, id: 'fix-1' },
  { record: done, id: 'fix-1' },
  { record: forGroup, id: 'fix-1' },
  { record: message, id: message.messageId },
  { record: toGroup, id: toGroup.messageId },
  { record: event, id: event.id },
  { record: day, id: '2026-03-02' },
])('a $record.kind is a record with the id "$id"', ({ record, id }) => {
  expect(ExportRecord.safeParse(record).error?.issues).toBeUndefined();
  expect(recordId(ExportRecord.parse(record))).toBe(id);
});

test.each([
  ['a task', pending],
  ['a message', message],
  ['an event', event],
  ['a day', day],
])('%s takes no field that it does not have, and lacks none', (_what, record) => {
  expect(takes({ ...record, account: 'abcdefghij0123456789' })).toBe(false);
  for (const field of Object.keys(record)) {
    const { [field as never]: _gone, ...rest } = record as object;
    expect([field, takes(rest)]).toEqual([field, false]);
  }
});

const HOSTILE_IDS = ['', '.', '..', '../x', 'a/b', '__proto__', 'a\u0000', 'x'.repeat(1500), ' ', null, 7];

test.each([
  ['a task', pending, 'taskId'],
  ['a message', message, 'messageId'],
  ['an event', event, 'id'],
  ['a day', day, 'day'],
])('the id of %s can lead nowhere else', (_what, record, field) => {
  expect(HOSTILE_IDS.filter((id) => takes({ ...record, [field]: id }))).toEqual([]);
});

/** The field that is named when a record of this schema is refused; undefined: it is taken. */
function wrongField(
  schema: typeof TaskRecord | typeof MessageRecord | typeof EventRecord | typeof FleetDayRecord,
  record: object,
) {
  return schema.safeParse(record).error?.issues[0]?.path[0];
}

test.each<[what: string, record: object, wrong: string | undefined]>([
  ['a task that waits and was held before', { ...pending, attempt: 3, lastClaimedBy: 'builder' }, undefined],
  ['one that waits and has a holder', { ...pending, attempt: 1, claimedBy: 'builder', claimedAt: AT }, 'claimedBy'],
  ['one that waits and has an outcome', { ...pending, outcome: 'FAILED' }, 'outcome'],
  ['one that waits and has a result', { ...pending, result: 'x' }, 'result'],
  ['one that is held by nobody', { ...claimed, ...unclaimed }, 'claimedBy'],
  ['one that is held without a session', { ...claimed, sessionId: null }, undefined],
  ['one that nobody holds but a session', { ...pending, sessionId: 's' }, 'sessionId'],
  ['one that is held since no moment', { ...claimed, claimedAt: null }, 'claimedAt'],
  ['one that is held and was never claimed', { ...claimed, attempt: 0 }, 'attempt'],
  ['one that is held by whom it is not for', { ...claimed, claimedBy: 'reviewer' }, 'claimedBy'],
  ['one that came back from whom it is not for', { ...pending, lastClaimedBy: 'reviewer' }, 'lastClaimedBy'],
  ['one that is done by nobody', { ...done, completedBy: null }, 'completedBy'],
  ['one that is done at no moment', { ...done, completedAt: null }, 'completedAt'],
  ['one that is done without an outcome', { ...done, outcome: null }, 'outcome'],
  ['one that was withdrawn before anybody held it', { ...done, ...unclaimed, attempt: 0 }, undefined],
  ['one that the sweep closed', { ...done, completedBy: 'sweep' }, undefined],
  ['one that the sweep made', { ...pending, createdBy: 'sweep' }, 'createdBy'],
  ['one of a program', { ...pending, createdBy: 'program/x', creatorProgramId: 'x' }, undefined],
  ['one of a program that says another', { ...pending, createdBy: 'program/x', creatorProgramId: 'y' }, 'createdBy'],
  ['one of a person that says a program', { ...pending, creatorProgramId: 'y' }, 'createdBy'],
  ['one for another than it is for', { ...pending, targets: ['reviewer'] }, 'targets'],
  ['one for more than the program', { ...pending, targets: ['builder', 'reviewer'] }, 'targets'],
  ['one for an empty group', { ...forGroup, targets: ['group:pair'] }, 'targets'],
  ['one for a group that is not named', { ...forGroup, targets: ['builder'] }, 'targets'],
  ['one for a group twice', { ...forGroup, targets: ['group:pair', 'builder', 'builder'] }, 'targets'],
  ['one for a group in a group', { ...forGroup, targets: ['group:pair', 'group:x'] }, 'targets'],
  ['one that lives for 30 days', { ...pending, expiresAt: after(limits.TASK_TTL_MAX_SECONDS) }, undefined],
  ['one that lives longer', { ...pending, expiresAt: after(limits.TASK_TTL_MAX_SECONDS + 1) }, 'expiresAt'],
  ['one that never lived', { ...pending, expiresAt: AT }, 'expiresAt'],
])('%s: %#', (_what, record, wrong) => {
  expect(wrongField(TaskRecord, record)).toBe(wrong);
});

test.each<[what: string, record: object, wrong: string | undefined]>([
  ['a message of a person', { ...message, from: null, sender: 'person/ada' }, undefined],
  ['one of a person that says a program', { ...message, sender: 'person/ada' }, 'sender'],
  ['one of the sweep', { ...message, from: null, sender: 'sweep' }, 'sender'],
  ['one that another got', { ...message, programId: 'idle' }, 'target'],
  ['one to a group with the id of one to a program', { ...toGroup, messageId: message.messageId }, 'messageId'],
  ['one to a group that another got', { ...toGroup, programId: 'idle' }, 'messageId'],
  ['one to a program with the id of one to a group', { ...message, messageId: toGroup.messageId }, 'messageId'],
  ['one that lives for 30 days', { ...message, expiresAt: after(limits.MESSAGE_TTL_MAX_SECONDS) }, undefined],
  ['one that lives longer', { ...message, expiresAt: after(limits.MESSAGE_TTL_MAX_SECONDS + 1) }, 'expiresAt'],
  ['one that is read', { ...message, readAt: LATER }, undefined],
])('%s: %#', (_what, record, wrong) => {
  expect(wrongField(MessageRecord, record)).toBe(wrong);
});

const withData = (data: object) => ({ ...event, data });
const fields = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`f${'x'.repeat(n)}`, n]));

test.each<[what: string, record: object, wrong: string | undefined]>([
  ['an event of the account', { ...event, type: 'account.updated', subject: 'account' }, undefined],
  ['one about something else', { ...event, subject: 'task/s' }, 'subject'],
  ['one about nothing', { ...event, subject: 'session/' }, 'subject'],
  ['one of nobody', { ...event, actor: 'somebody' }, 'actor'],
  ['one of what delivers', { ...event, type: 'webhook.disabled', subject: 'webhook/x', actor: 'webhooks' }, undefined],
  ['one of a type that nobody knows', { ...event, type: 'session.exploded' }, 'type'],
  ['one that says a list', withData({ a: [] }), 'data'],
  ['one with a path for a name', withData({ 'a/b': 1 }), 'data'],
  [
    'one that says as much as one may',
    withData({ ...fields(19), long: 'x'.repeat(limits.EVENT_TEXT_MAX_CHARS) }),
    undefined,
  ],
  ['one that says too many things', withData(fields(limits.EVENT_FIELDS_MAX + 1)), 'data'],
  ['one that says one too long', withData({ a: 'x'.repeat(limits.EVENT_TEXT_MAX_CHARS + 1) }), 'data'],
])('%s: %#', (_what, record, wrong) => {
  expect(wrongField(EventRecord, record)).toBe(wrong);
});

const [first, second] = day.points;
const minutes = (count: number) =>
  Array.from({ length: count }, (_, n) => ({
    ...first,
    at: new Date(Date.parse('2026-03-02') + n * 60_000).toISOString(),
  }));

test.each<[what: string, record: object, wrong: string | undefined]>([
  ['a day with a point in every minute', { ...day, points: minutes(1440) }, undefined],
  ['a day without any', { ...day, points: [] }, 'points'],
  ['two in one minute', { ...day, points: [first, { ...first, at: '2026-03-02T10:00:59.999Z' }] }, 'points'],
  ['the later one first', { ...day, points: [second, first] }, 'points'],
  ['a point of another day', { ...day, day: '2026-03-03' }, 'points'],
  ['a day that no calendar has', { ...day, day: '2026-02-30' }, 'day'],
  ['a point that counts what no fleet has', { ...day, points: [{ ...first, lost: 1 }] }, 'points'],
])('%s: %#', (_what, record, wrong) => {
  expect(wrongField(FleetDayRecord, record)).toBe(wrong);
});
