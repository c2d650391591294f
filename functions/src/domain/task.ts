import {
  type DomainEvent,
  deletedAt,
  expiredTask,
  groupOf,
  isPending,
  type Task,
  type TaskInput,
  type TaskOutcome,
  taskAsOf,
  type WaitingCommand,
} from '@quarterdeck/contract';
import type { Caller } from './caller.js';
import { DomainError } from './domain-error.js';

/** Fields to write, and what is told about it. */
export interface TaskChange {
  readonly patch: Partial<Task>;
  readonly events: readonly DomainEvent[];
}

/** What has to be known of a task to release or end it without a caller. */
export type OpenTask = Pick<
  Task,
  'taskId' | 'target' | 'targets' | 'status' | 'attempt' | 'expiresAt' | 'claimedBy' | 'sessionId'
>;

/** Who asks for a task. */
export interface Claimer {
  readonly programId: string;
  /** Null: it has no live session. */
  readonly sessionId: string | null;
  /** What that session was told to do; null: nothing but its work. */
  readonly command: WaitingCommand | null;
  readonly actor: string;
}

/** What is said of a task's end. */
export interface Completion {
  readonly outcome: TaskOutcome;
  readonly result?: string | undefined;
  /** Absent: whichever it is. */
  readonly attempt?: number | undefined;
}

/** Where a task comes from. */
export interface TaskOrigin {
  readonly taskId: string;
  /** The programs that may claim it. */
  readonly programIds: readonly string[];
  readonly actor: string;
  /** Null: a person makes it. */
  readonly creatorProgramId: string | null;
}

/** A task that nobody has claimed yet. Its target is resolved here, for good: see docs/decisions/023-tasks.md. */
export function newTask({ ttlSeconds, ...input }: TaskInput, origin: TaskOrigin, now: Date): Task {
  const { programIds, creatorProgramId } = origin;
  const isGroup = groupOf(input.target) !== undefined;
  return {
    taskId: origin.taskId,
    title: input.title,
    target: input.target,
    targets: isGroup ? [input.target, ...programIds] : programIds,
    audience: [...new Set([...programIds, ...(creatorProgramId === null ? [] : [creatorProgramId])])],
    instructions: input.instructions ?? null,
    priority: input.priority,
    status: 'pending',
    attempt: 0,
    createdAt: now,
    createdBy: origin.actor,
    creatorProgramId,
    expiresAt: ttlSeconds === undefined ? null : new Date(now.getTime() + ttlSeconds * 1000),
    claimedBy: null,
    sessionId: null,
    claimedAt: null,
    lastClaimedBy: null,
    outcome: null,
    result: null,
    completedAt: null,
    completedBy: null,
    deleteAt: null,
  };
}

export function createdEvent({ taskId, target, priority, createdBy }: Task): DomainEvent {
  return event('task.created', taskId, createdBy, { target, priority }, 'created');
}

/** True when the same maker asks for the same thing, whatever has become of it since. */
export function isSameTask(one: Task, other: Task): boolean {
  const asked = (task: Task) => [
    ...[task.title, task.target, task.instructions, task.priority, task.createdBy],
    task.expiresAt && task.expiresAt.getTime() - task.createdAt.getTime(),
  ];
  return JSON.stringify(asked(one)) === JSON.stringify(asked(other));
}

/**
 * Takes a task out of the queue.
 * @returns undefined when the program holds it already
 * @throws DomainError `NOT_TARGET`, `ALREADY_CLAIMED`, `TASK_EXPIRED`, `TASK_DONE`, `SESSION_DRAINING`
 */
export function claimTask(stored: Task, claimer: Claimer, now: Date): TaskChange | undefined {
  const { programId, sessionId, actor } = claimer;
  const task = taskAsOf(stored, now);
  const { taskId, target, claimedBy } = task;
  if (!task.targets.includes(programId)) {
    throw new DomainError(
      'NOT_TARGET',
      `taskId: task "${taskId}" is for "${target}", and "${programId}" was not meant by it when it was made.`,
    );
  }
  if (task.status === 'done') throw overTask(task);
  if (claimedBy === programId) return undefined;
  if (claimedBy !== null) {
    const since = task.claimedAt?.toISOString() ?? null;
    throw new DomainError('ALREADY_CLAIMED', `taskId: "${claimedBy}" has claimed task "${taskId}" at ${since}.`, {
      claimedBy,
      sessionId: task.sessionId,
      since,
    });
  }
  requireTaker(claimer);
  const attempt = task.attempt + 1;
  return {
    patch: { status: 'claimed', claimedBy: programId, sessionId, claimedAt: now, attempt },
    events: [event('task.claimed', taskId, actor, { programId, sessionId, attempt })],
  };
}

/**
 * Whether it stops or drains, a commanded session takes nothing new.
 * @throws DomainError `SESSION_DRAINING`
 */
export function requireTaker({ sessionId, command }: Pick<Claimer, 'sessionId' | 'command'>): void {
  if (command === null) return;
  const since = command.at.toISOString();
  throw new DomainError(
    'SESSION_DRAINING',
    `sessionId: session "${sessionId}" was told to ${command.name} by ${command.by} at ${since}, so it takes no task. Name another session, or take the command back with command_session.`,
    { sessionId, command: command.name, by: command.by, since },
  );
}

/**
 * Puts a claimed task back into the queue, or ends it when its time to live is over.
 * @param once makes the events the same when the same release is decided twice
 */
export function releaseTask(task: OpenTask, actor: string, now: Date, once?: string): TaskChange {
  const released = { ...task, status: 'pending', claimedBy: null, sessionId: null } as const;
  if (!isPending(released, now)) return expireTask(task);
  const { taskId, claimedBy, sessionId, attempt } = task;
  return {
    patch: { status: 'pending', claimedBy: null, sessionId: null, claimedAt: null, lastClaimedBy: claimedBy },
    events: [event('task.released', taskId, actor, { programId: claimedBy, sessionId, attempt }, once)],
  };
}

/** Ends a task whose time to live is over. */
export function expireTask({ taskId, expiresAt, claimedBy, attempt }: OpenTask): TaskChange {
  const patch = expiredTask(expiresAt as Date);
  const data = { programId: claimedBy, outcome: patch.outcome, attempt };
  return { patch, events: [event('task.completed', taskId, patch.completedBy, data, 'expired')] };
}

/**
 * Returns a task as its holder asks.
 * @returns undefined when it waits already
 * @throws DomainError `NOT_HOLDER`, `TASK_DONE`
 */
export function unclaimTask(stored: Task, caller: Caller, actor: string, now: Date): TaskChange | undefined {
  const task = taskAsOf(stored, now);
  if (task.status === 'done') throw overTask(task);
  if (task.status === 'pending') return undefined;
  if (caller.role !== 'admin' && task.claimedBy !== caller.programId) throw notHolder(task, caller);
  return releaseTask(task, actor, now);
}

/**
 * Ends a task as its holder says; its maker may cancel it as long as nobody holds it.
 * @returns undefined when it ended with this outcome before
 * @throws DomainError `NOT_HOLDER`, `TASK_DONE`
 */
export function completeTask(
  stored: Task,
  { outcome, result, attempt = stored.attempt }: Completion,
  caller: Caller,
  actor: string,
  now: Date,
): TaskChange | undefined {
  const task = taskAsOf(stored, now);
  if (attempt !== task.attempt || !mayComplete(task, outcome, caller)) throw notHolder(task, caller);
  if (task.status === 'done') {
    if (task.outcome === outcome) return undefined;
    throw overTask(task, 'TASK_DONE');
  }
  const over = { completedAt: now, completedBy: actor, deleteAt: deletedAt(now) };
  const data = { programId: task.claimedBy, outcome, attempt: task.attempt };
  return {
    patch: { status: 'done', outcome, result: result ?? null, ...over },
    events: [event('task.completed', task.taskId, actor, data)],
  };
}

function mayComplete(task: Task, outcome: TaskOutcome, { role, programId }: Caller): boolean {
  if (role === 'admin') return true;
  if (programId === null) return false;
  if (task.claimedBy !== null) return task.claimedBy === programId;
  // Nobody has taken over: what the last holder says late is still true.
  return task.lastClaimedBy === programId || (task.creatorProgramId === programId && outcome === 'CANCELLED');
}

/**
 * A program's tasks are those that are for it and those that it made.
 * @throws DomainError `NOT_OWNER`
 */
export function requireAudience({ taskId, target, audience }: Task, { role, programId }: Caller): void {
  if (role !== 'program' || (programId !== null && audience.includes(programId))) return;
  throw new DomainError('NOT_OWNER', `taskId: task "${taskId}" is for "${target}"; you are "${programId}".`);
}

function overTask(
  { taskId, outcome, completedAt, completedBy }: Task,
  reason: 'TASK_DONE' | 'TASK_EXPIRED' = completedBy === 'sweep' ? 'TASK_EXPIRED' : 'TASK_DONE',
): DomainError {
  const at = completedAt?.toISOString() ?? null;
  const how = reason === 'TASK_EXPIRED' ? 'its time to live was over' : `it ended as ${outcome}`;
  return new DomainError(reason, `taskId: task "${taskId}" is over: ${how} at ${at}.`, { outcome, completedAt: at });
}

function notHolder({ taskId, status, claimedBy, claimedAt, attempt }: Task, { programId }: Caller): DomainError {
  const holder = claimedBy === null ? 'nobody' : `"${claimedBy}"`;
  return new DomainError(
    'NOT_HOLDER',
    `taskId: task "${taskId}" is ${status}, attempt ${attempt}, held by ${holder}; you are "${programId}". Claim it first.`,
    { status, claimedBy, since: claimedAt?.toISOString() ?? null, attempt },
  );
}

function event(
  type: DomainEvent['type'],
  taskId: string,
  actor: string,
  data: DomainEvent['data'],
  once?: string,
): DomainEvent {
  const told = { type, subject: `task/${taskId}`, actor, data: { taskId, ...data } };
  return once === undefined ? told : { ...told, once };
}
