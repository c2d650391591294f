import { TASK_RETENTION_DAYS } from './limits.js';
import { iso } from './moments.js';
import type { Task, TaskRowView, TaskView } from './task.js';

/** What has to be known of a task to say whether it waits. */
export type Waiting = Pick<Task, 'status' | 'expiresAt'>;

/** A task in a list was read without its long texts. */
export type TaskRow = Omit<Task, 'instructions' | 'result' | 'targets' | 'audience'>;

/** Waits to be claimed. The one definition behind claims, lists, counts and the sweep: from the moment that it expires, it does not. */
export function isPending({ status, expiresAt }: Waiting, now: Date): boolean {
  return status === 'pending' && (expiresAt === null || expiresAt > now);
}

/** How the time to live ends a task. The sweep writes it; until it comes, everybody reads the task as if it had. */
export function expiredTask(expiresAt: Date) {
  return {
    status: 'done',
    outcome: 'CANCELLED',
    result: 'Its time to live is over.',
    completedAt: expiresAt,
    completedBy: 'sweep',
    deleteAt: deletedAt(expiresAt),
  } as const satisfies Partial<Task>;
}

/** When the database removes a task that was done. */
export function deletedAt(completedAt: Date): Date {
  return new Date(completedAt.getTime() + TASK_RETENTION_DAYS * 86_400_000);
}

/** A stored task as it is at this moment. */
export function taskAsOf<T extends Waiting>(task: T, now: Date): T {
  if (task.status !== 'pending' || isPending(task, now)) return task;
  return { ...task, ...expiredTask(task.expiresAt as Date) };
}

/** A task in a list, as of `now`. */
export function viewTaskRow(stored: TaskRow, now: Date): TaskRowView {
  const task = taskAsOf(stored, now);
  const { taskId, title, target, priority, status, attempt, createdBy, claimedBy, sessionId, outcome, completedBy } =
    task;
  return {
    ...{ taskId, title, target, priority, status, attempt, createdBy, claimedBy, sessionId, outcome, completedBy },
    createdAt: iso(task.createdAt),
    expiresAt: iso(task.expiresAt),
    claimedAt: iso(task.claimedAt),
    completedAt: iso(task.completedAt),
  };
}

/** The whole of a task, as of `now`. */
export function viewTask(stored: Task, now: Date): TaskView {
  const { instructions, result } = taskAsOf(stored, now);
  return { ...viewTaskRow(stored, now), instructions, result };
}
