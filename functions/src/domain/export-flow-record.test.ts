import { EventType, ExportRecord, type Message, MessageType, type StoredEvent, type Task } from '@quarterdeck/contract';
import fc from 'fast-check';
import { after, START } from '../../../test/support/builders.js';
import {
  eventOf,
  type FleetDay,
  fleetDayExpiresAt,
  fleetDayOf,
  messageOf,
  missingPoints,
  pointKey,
  recordOfEvent,
  recordOfFleetDay,
  recordOfMessage,
  recordOfTask,
  taskOf,
} from './export-flow-record.js';

const DAY_MS = 86_400_000;
const aMoment = fc.nat(400 * DAY_MS).map((ms) => after({ ms }));
const anId = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,20}$/);
const text = (max: number) => fc.string({ unit: 'binary', maxLength: Math.floor(max / 3) }).map((some) => `x${some}`);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value);
const aPriority = fc.constantFrom('low' as const, 'normal' as const, 'high' as const);
const anOutcome = fc.constantFrom('SUCCESS' as const, 'FAILED' as const, 'SKIPPED' as const, 'CANCELLED' as const);
const aMaker = fc.oneof(
  anId.map((id) => ({ createdBy: `program/${id}`, creatorProgramId: id })),
  anId.map((id) => ({ createdBy: `person/${id}`, creatorProgramId: null })),
);
const aTarget = fc.oneof(
  anId.map((target) => ({ target, targets: [target] })),
  fc
    .tuple(anId, fc.uniqueArray(anId, { minLength: 1, maxLength: 4 }))
    .map(([group, programs]) => ({ target: `group:${group}`, targets: [`group:${group}`, ...programs] })),
);

const someTask: fc.Arbitrary<Task> = fc
  .record({
    taskId: anId,
    title: text(200),
    whom: aTarget,
    maker: aMaker,
    instructions: maybe(text(4000)),
    priority: aPriority,
    status: fc.constantFrom('pending' as const, 'claimed' as const, 'done' as const),
    attempt: fc.integer({ min: 1, max: 9 }),
    createdAt: aMoment,
    livesMs: maybe(fc.integer({ min: 1, max: 30 * DAY_MS })),
    sessionId: maybe(anId),
    claimedAt: aMoment,
    wasHeld: fc.boolean(),
    outcome: anOutcome,
    result: maybe(text(4000)),
    completedAt: aMoment,
    completedBy: fc.constantFrom('sweep', 'program/x', 'person/y'),
  })
  .map(({ whom, maker, livesMs, wasHeld, ...one }) => {
    const programs = whom.targets.filter((target) => !target.startsWith('group:'));
    const [holder = null] = programs;
    const isHeld = one.status === 'claimed' || (one.status === 'done' && wasHeld);
    const isDone = one.status === 'done';
    return {
      taskId: one.taskId,
      title: one.title,
      ...whom,
      audience: [...new Set([...programs, ...(maker.creatorProgramId === null ? [] : [maker.creatorProgramId])])],
      instructions: one.instructions,
      priority: one.priority,
      status: one.status,
      attempt: one.attempt,
      createdAt: one.createdAt,
      ...maker,
      expiresAt: livesMs === null ? null : new Date(one.createdAt.getTime() + livesMs),
      claimedBy: isHeld ? holder : null,
      sessionId: isHeld ? one.sessionId : null,
      claimedAt: isHeld ? one.claimedAt : null,
      lastClaimedBy: wasHeld ? holder : null,
      outcome: isDone ? one.outcome : null,
      result: isDone ? one.result : null,
      completedAt: isDone ? one.completedAt : null,
      completedBy: isDone ? one.completedBy : null,
      deleteAt: isDone ? new Date(one.completedAt.getTime() + 30 * DAY_MS) : null,
    };
  });

const someMessage: fc.Arbitrary<Message> = fc
  .record({
    id: fc.uuid(),
    programId: anId,
    group: maybe(anId),
    maker: aMaker,
    sessionId: maybe(anId),
    threadId: anId,
    replyTo: maybe(fc.uuid()),
    message: text(2000),
    messageType: fc.constantFrom(...MessageType.options),
    priority: aPriority,
    sentAt: aMoment,
    livesMs: fc.integer({ min: 1, max: 30 * DAY_MS }),
    readAt: maybe(aMoment),
  })
  .map(({ id, group, maker, livesMs, ...one }) => ({
    ...one,
    messageId: group === null ? id : `${id}.${one.programId}`,
    target: group === null ? one.programId : `group:${group}`,
    from: maker.creatorProgramId,
    sender: maker.createdBy,
    expiresAt: new Date(one.sentAt.getTime() + livesMs),
  }));

const someEvent: fc.Arbitrary<StoredEvent> = fc
  .record({
    id: fc.uuid(),
    type: fc.constantFrom(...EventType.options),
    time: aMoment,
    about: anId,
    actor: fc.constantFrom('sweep', 'webhooks', 'program/x', 'person/y'),
    data: fc.dictionary(
      fc.stringMatching(/^[a-z][A-Za-z]{0,20}$/),
      fc.oneof(text(500), fc.integer(), fc.boolean(), fc.constant(null)),
      { maxKeys: 8 },
    ),
  })
  .map(({ about, ...one }) => {
    const [noun = ''] = one.type.split('.');
    const subject = noun === 'account' ? noun : `${noun}/${about}`;
    return { ...one, subject, expiresAt: new Date(one.time.getTime() + 30 * DAY_MS), imported: true };
  });

const count = fc.nat(5000);
const someDay: fc.Arbitrary<FleetDay> = fc
  .uniqueArray(
    fc.record({
      minute: fc.nat(1439),
      ms: fc.nat(59_999),
      counts: fc.record({
        programs: count,
        healthy: count,
        stale: count,
        offline: count,
        working: count,
        blocked: count,
        pinned: count,
        activeSessions: count,
      }),
    }),
    { selector: ({ minute }) => minute, minLength: 1, maxLength: 20 },
  )
  .map((points) => {
    const day = '2026-03-02';
    const all = points.map(({ minute, ms, counts }) => {
      const at = new Date(Date.parse(day) + minute * 60_000 + ms);
      return [pointKey(at.toISOString()), { ...counts, at }] as const;
    });
    return { day, expiresAt: fleetDayExpiresAt(day), points: Object.fromEntries(all) };
  });

/** Through a file, and through the contract. */
function throughFile<R extends ExportRecord>(record: R): R {
  return ExportRecord.parse(JSON.parse(JSON.stringify(record))) as R;
}

test('what is stored comes back as it was from its record, whatever it is', () => {
  const cases = [
    fc.property(someTask, (one) => expect(taskOf(throughFile(recordOfTask(one)))).toEqual(one)),
    fc.property(someMessage, (one) => expect(messageOf(throughFile(recordOfMessage(one)))).toEqual(one)),
    fc.property(someEvent, (one) => expect(eventOf(throughFile(recordOfEvent(one)))).toEqual(one)),
    fc.property(someDay, (one) => expect(fleetDayOf(throughFile(recordOfFleetDay(one)))).toEqual(one)),
  ];
  for (const property of cases) fc.assert(property as fc.IProperty<unknown>, { seed: 20260302 });
});

test('the same event and the same day are the same text, in whatever order a database gives them', () => {
  const reversed = <T extends object>(value: T): T => Object.fromEntries(Object.entries(value).reverse()) as T;
  fc.assert(
    fc.property(someEvent, someDay, (event, day) => {
      const shuffled = {
        ...day,
        points: reversed(Object.fromEntries(Object.entries(day.points).map(([at, one]) => [at, reversed(one)]))),
      };
      expect(JSON.stringify(recordOfEvent({ ...event, data: reversed(event.data) }))).toBe(
        JSON.stringify(recordOfEvent(event)),
      );
      expect(JSON.stringify(recordOfFleetDay(shuffled))).toBe(JSON.stringify(recordOfFleetDay(day)));
    }),
    { seed: 20260302 },
  );
});

test('a day that was written is removed 91 days after its beginning', () => {
  expect(fleetDayExpiresAt('2026-03-02')).toEqual(new Date('2026-06-01T00:00:00.000Z'));
});

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
const aDay = (...times: string[]) => ({
  kind: 'fleet_day' as const,
  day: START.toISOString().slice(0, 10),
  points: times.map((time) => ({ at: `2026-03-02T${time}Z`, ...counts })),
});

test.each([
  ['what is there lacks nothing', aDay('10:00:00.000'), aDay('10:00:00.000'), undefined],
  ['a minute has one point, whatever it says', aDay('10:00:00.000'), aDay('10:00:59.999'), undefined],
  ['more may be there', aDay('10:00:00.000'), aDay('09:00:00.000', '10:00:00.000'), undefined],
  ['what is missing comes in', aDay('10:00:00.000', '10:01:00.000'), aDay('10:00:00.000'), aDay('10:01:00.000')],
])('%s', (_what, wanted, found, missing) => {
  expect(missingPoints(wanted, found)).toEqual(missing);
});
