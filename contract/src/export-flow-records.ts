import { z } from 'zod';
import { EventId, EventType } from './event.js';
import { Moment } from './export-moment.js';
import { FleetLoad, FleetSummary } from './fleet.js';
import * as limits from './limits.js';
import { MessageId, MessageTarget, MessageText, MessageType, ThreadId } from './message.js';
import { Count, ProgramId, SessionId, visibleText, wholeText } from './primitives.js';
import { groupOf } from './target.js';
import { TaskId, TaskInput, TaskOutcome, TaskResult, TaskStatus, TaskTarget } from './task.js';

/** What flows between agents, and what happened, as lines of an export. */

const MINUTES_OF_A_DAY = 1440;

/** Who did something, as events name them: a program or a person. */
const Actor = visibleText(limits.ACTOR_MAX_CHARS).regex(
  /^(program|person)\/./,
  'must be of the form "program/builder" or "person/<uid>"',
);
/** The same, or the sweep, where a time was over; or what delivers to webhooks, where an endpoint was given up. */
const AnyActor = visibleText(limits.ACTOR_MAX_CHARS).regex(
  /^(sweep$|webhooks$|(program|person)\/.)/,
  'must be "sweep", "webhooks", or of the form "program/builder" or "person/<uid>"',
);

const taskFields = TaskInput.shape;

/** A task with everything that was said of it. Where it stands in the queue, and when the database removes it, is made again. */
export const TaskRecord = z
  .strictObject({
    kind: z.literal('task'),
    taskId: TaskId,
    title: taskFields.title,
    target: TaskTarget,
    targets: z
      .array(TaskTarget)
      .min(1)
      .max(limits.TASK_TARGETS_MAX + 1)
      .describe(
        'Who may claim it: the programs that the target meant when it was made, after the group itself, if it is one.',
      ),
    instructions: taskFields.instructions.unwrap().nullable(),
    priority: taskFields.priority.unwrap(),
    status: TaskStatus,
    attempt: Count,
    createdAt: Moment,
    createdBy: Actor,
    creatorProgramId: ProgramId.nullable(),
    expiresAt: Moment.nullable(),
    claimedBy: ProgramId.nullable(),
    sessionId: SessionId.nullable(),
    claimedAt: Moment.nullable(),
    lastClaimedBy: ProgramId.nullable(),
    outcome: TaskOutcome.nullable(),
    result: TaskResult.nullable(),
    completedAt: Moment.nullable(),
    completedBy: AnyActor.nullable(),
  })
  .superRefine((task, { addIssue }) => {
    const wrong = (field: keyof typeof task, message: string) =>
      addIssue({ code: 'custom', path: [field], message, input: task[field] });
    const { target, targets, status } = task;
    if (!isResolved(target, targets))
      wrong('targets', 'must be what target means: itself, and each program of a group once');
    if (!speaksFor(task.createdBy, task.creatorProgramId)) wrong('createdBy', 'must agree with creatorProgramId');
    if (!isWithin(task.createdAt, task.expiresAt, limits.TASK_TTL_MAX_SECONDS))
      wrong('expiresAt', `must come after createdAt, by at most ${limits.TASK_TTL_MAX_SECONDS} seconds`);
    for (const field of ['claimedBy', 'lastClaimedBy'] as const) {
      const programId = task[field];
      if (programId !== null && !targets.includes(programId)) wrong(field, 'must be one of targets');
    }
    const isClaimed = status === 'claimed';
    if (status === 'pending' && task.claimedBy !== null) wrong('claimedBy', 'must be null while the task is pending');
    if (isClaimed && task.claimedBy === null) wrong('claimedBy', 'must name the holder of a claimed task');
    if (task.claimedBy === null && task.sessionId !== null)
      wrong('sessionId', 'must be null where no program holds the task');
    if ((task.claimedBy === null) !== (task.claimedAt === null))
      wrong('claimedAt', 'must be there exactly with claimedBy');
    if (task.claimedBy !== null && task.attempt === 0) wrong('attempt', 'must count the claim');
    for (const field of ['outcome', 'completedAt', 'completedBy'] as const) {
      if ((status === 'done') !== (task[field] !== null)) wrong(field, 'must be there exactly when the task is done');
    }
    if (status !== 'done' && task.result !== null) wrong('result', 'must be null until the task is done');
  });
export type TaskRecord = z.infer<typeof TaskRecord>;

/** A message as one program got it. */
export const MessageRecord = z
  .strictObject({
    kind: z.literal('message'),
    messageId: MessageId,
    programId: ProgramId,
    target: MessageTarget,
    from: ProgramId.nullable(),
    sender: Actor,
    sessionId: SessionId.nullable(),
    threadId: ThreadId,
    replyTo: MessageId.nullable(),
    message: MessageText,
    messageType: MessageType,
    priority: taskFields.priority.unwrap(),
    sentAt: Moment,
    expiresAt: Moment,
    readAt: Moment.nullable(),
  })
  .refine(({ target, programId }) => groupOf(target) !== undefined || target === programId, {
    path: ['target'],
    error: 'must be the program that got the message, or a group',
  })
  .refine(
    ({ target, programId, messageId }) =>
      (messageId.split('.')[1] ?? programId) === programId &&
      (groupOf(target) !== undefined) === messageId.includes('.'),
    {
      path: ['messageId'],
      error: 'must end with "." and the program exactly when the message went to a group',
    },
  )
  .refine(({ sender, from }) => speaksFor(sender, from), { path: ['sender'], error: 'must agree with from' })
  .refine(({ sentAt, expiresAt }) => isWithin(sentAt, expiresAt, limits.MESSAGE_TTL_MAX_SECONDS), {
    path: ['expiresAt'],
    error: `must come after sentAt, by at most ${limits.MESSAGE_TTL_MAX_SECONDS} seconds`,
  });
export type MessageRecord = z.infer<typeof MessageRecord>;

/** Something that happened, as it was told. It is kept, and not told again. */
export const EventRecord = z
  .strictObject({
    kind: z.literal('event'),
    id: EventId,
    type: EventType,
    time: Moment,
    subject: visibleText(limits.ACTOR_MAX_CHARS),
    actor: AnyActor,
    data: z
      .record(
        z.string().regex(/^[a-z][A-Za-z]{0,49}$/, 'must be the name of a field'),
        z.union([wholeText(limits.EVENT_TEXT_MAX_CHARS), z.number(), z.boolean(), z.null()]),
      )
      .refine((data) => Object.keys(data).length <= limits.EVENT_FIELDS_MAX, {
        error: `may have ${limits.EVENT_FIELDS_MAX} fields`,
      }),
  })
  .refine(({ type, subject }) => isAbout(type, subject), {
    path: ['subject'],
    error: 'must be what the type is about: "session/<id>" for "session.started", and "account" for the account',
  });
export type EventRecord = z.infer<typeof EventRecord>;

/** A day of the timeline in UTC: a point for each minute in which the fleet was looked at. */
export const FleetDayRecord = z
  .strictObject({
    kind: z.literal('fleet_day'),
    day: z.iso.date(),
    points: z
      .array(
        z.strictObject({
          at: Moment,
          ...FleetSummary.shape,
          load: z.strictObject(FleetLoad.shape).nullable().describe('Null: it was not counted then.'),
        }),
      )
      .min(1)
      .max(MINUTES_OF_A_DAY),
  })
  .refine(({ day, points }) => points.every(({ at }) => at.startsWith(day)), {
    path: ['points'],
    error: 'must all lie in the day',
  })
  .refine(
    ({ points }) =>
      points.every(({ at }, index) => index === 0 || minuteOf(at) > minuteOf(points[index - 1]?.at ?? '')),
    {
      path: ['points'],
      error: 'must be one a minute at most, oldest first',
    },
  );
export type FleetDayRecord = z.infer<typeof FleetDayRecord>;

/** What names a point in its day: `2026-02-24T10:30`. */
export function minuteOf(at: string): string {
  return at.slice(0, 16);
}

function isResolved(target: string, targets: readonly string[]): boolean {
  if (groupOf(target) === undefined) return targets.length === 1 && targets[0] === target;
  const programs = targets.slice(1);
  const isEach = programs.every((one) => groupOf(one) === undefined) && new Set(programs).size === programs.length;
  return targets[0] === target && programs.length > 0 && isEach;
}

function speaksFor(actor: string, programId: string | null): boolean {
  return programId === null ? actor.startsWith('person/') : actor === `program/${programId}`;
}

/** @param until null: never */
function isWithin(from: string, until: string | null, seconds: number): boolean {
  if (until === null) return true;
  const lifetime = Date.parse(until) - Date.parse(from);
  return lifetime > 0 && lifetime <= seconds * 1000;
}

function isAbout(type: string, subject: string): boolean {
  const [noun = ''] = type.split('.');
  return noun === 'account' ? subject === noun : subject.startsWith(`${noun}/`) && subject.length > noun.length + 1;
}
