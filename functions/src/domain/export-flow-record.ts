import {
  deletedAt,
  type EventRecord,
  type FleetDayRecord,
  type FleetLoad,
  type FleetSummary,
  groupOf,
  iso,
  limits,
  type Message,
  type MessageRecord,
  minuteOf,
  type StoredEvent,
  type Task,
  type TaskRecord,
} from '@quarterdeck/contract';

/** What flows between agents, and what happened: what is stored ↔ the record that is exported of it. */

/** The points of one day, as the visits wrote them: by hour and minute, `1030`. */
export interface FleetDay {
  readonly day: string;
  readonly expiresAt: Date;
  readonly points: Readonly<Record<string, StoredPoint>>;
}

/** A point of the timeline as stored; older ones have no load. */
export type StoredPoint = FleetSummary & { readonly at: Date; readonly load?: FleetLoad };

export function recordOfTask(task: Task): TaskRecord {
  return {
    kind: 'task',
    taskId: task.taskId,
    title: task.title,
    target: task.target,
    targets: [...task.targets],
    instructions: task.instructions,
    priority: task.priority,
    status: task.status,
    attempt: task.attempt,
    createdAt: iso(task.createdAt),
    createdBy: task.createdBy,
    creatorProgramId: task.creatorProgramId,
    expiresAt: iso(task.expiresAt),
    claimedBy: task.claimedBy,
    sessionId: task.sessionId,
    claimedAt: iso(task.claimedAt),
    lastClaimedBy: task.lastClaimedBy,
    outcome: task.outcome,
    result: task.result,
    completedAt: iso(task.completedAt),
    completedBy: task.completedBy,
  };
}

export function taskOf({ kind: _kind, ...record }: TaskRecord): Task {
  const { targets, creatorProgramId } = record;
  const completedAt = dateOf(record.completedAt);
  const makers = creatorProgramId === null ? [] : [creatorProgramId];
  return {
    ...record,
    audience: [...new Set([...programsOf(targets), ...makers])],
    createdAt: new Date(record.createdAt),
    expiresAt: dateOf(record.expiresAt),
    claimedAt: dateOf(record.claimedAt),
    completedAt,
    deleteAt: completedAt && deletedAt(completedAt),
  };
}

/** The programs among those who may claim a task. */
export function programsOf(targets: readonly string[]): string[] {
  return targets.filter((target) => groupOf(target) === undefined);
}

export function recordOfMessage(message: Message): MessageRecord {
  return {
    kind: 'message',
    messageId: message.messageId,
    programId: message.programId,
    target: message.target,
    from: message.from,
    sender: message.sender,
    sessionId: message.sessionId,
    threadId: message.threadId,
    replyTo: message.replyTo,
    message: message.message,
    messageType: message.messageType,
    priority: message.priority,
    sentAt: iso(message.sentAt),
    expiresAt: iso(message.expiresAt),
    readAt: iso(message.readAt),
  };
}

export function messageOf({ kind: _kind, sentAt, expiresAt, readAt, ...same }: MessageRecord): Message {
  return { ...same, sentAt: new Date(sentAt), expiresAt: new Date(expiresAt), readAt: dateOf(readAt) };
}

export function recordOfEvent({ id, type, time, subject, actor, data }: StoredEvent): EventRecord {
  return { kind: 'event', id, type, time: iso(time), subject, actor, data: sortedByKey(data) };
}

/** Marked, so that nobody is told again of what happened elsewhere. */
export function eventOf({ kind: _kind, time, ...same }: EventRecord): StoredEvent {
  const at = new Date(time);
  return { ...same, time: at, expiresAt: daysAfter(at, limits.EVENT_RETENTION_DAYS), imported: true };
}

export function recordOfFleetDay({ day, points }: FleetDay): FleetDayRecord {
  const inOrder = Object.entries(points).sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    kind: 'fleet_day',
    day,
    points: inOrder.map(([, { at, load, ...counts }]) => ({
      at: iso(at),
      ...(sortedByKey(counts) as typeof counts),
      load: load === undefined ? null : (sortedByKey(load) as typeof load),
    })),
  };
}

export function fleetDayOf({ day, points }: FleetDayRecord): FleetDay {
  const byMinute = points.map(({ at, load, ...counts }) => {
    return [pointKey(at), { ...counts, ...(load === null ? {} : { load }), at: new Date(at) }] as const;
  });
  return { day, expiresAt: fleetDayExpiresAt(day), points: Object.fromEntries(byMinute) };
}

/** Names a point in the document of its day: `1030`. */
export function pointKey(at: string): string {
  return at.slice(11, 16).replace(':', '');
}

/** When the database removes the points of a day. */
export function fleetDayExpiresAt(day: string): Date {
  return daysAfter(new Date(`${day}T00:00:00Z`), limits.TIMELINE_RETENTION_DAYS + 1);
}

/** What a day has that another lacks. Minutes that have a point keep it. @returns undefined when nothing is missing */
export function missingPoints(wanted: FleetDayRecord, found: FleetDayRecord): FleetDayRecord | undefined {
  const taken = new Set(found.points.map(({ at }) => minuteOf(at)));
  const points = wanted.points.filter(({ at }) => !taken.has(minuteOf(at)));
  return points.length === 0 ? undefined : { ...wanted, points };
}

function daysAfter(at: Date, days: number): Date {
  return new Date(at.getTime() + days * 86_400_000);
}

function dateOf(moment: string | null): Date | null {
  return moment === null ? null : new Date(moment);
}

/** A database gives no order to the keys of a map. */
function sortedByKey<T>(map: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));
}
