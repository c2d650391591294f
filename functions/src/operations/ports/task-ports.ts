import type { DomainEvent, Task, TaskRow, TaskStatus } from '@quarterdeck/contract';
import type { OpenTask, TaskChange } from '../../domain/task.js';
import type { Page } from './outside-ports.js';

/** Which tasks: for a target, or made by a program, or all of the account. */
export interface TaskSelection {
  readonly target?: string;
  readonly createdBy?: string;
}

export interface TaskQuery {
  readonly of: TaskSelection;
  /** `pending`: most urgent first, then oldest; all others newest first. */
  readonly status: TaskStatus | 'all';
  readonly limit: number;
  readonly pageToken?: string | undefined;
}

/** An open task as the sweep read it. */
export interface SweptTask {
  readonly task: OpenTask;
  readonly version: unknown;
}

export interface TaskStore {
  /**
   * Writes a task, unless its id is taken; a task that can expire has its account visited then.
   * @returns the task that has the id
   */
  create(account: string, task: Task, event: DomainEvent): Promise<{ readonly task: Task; readonly isNew: boolean }>;
  find(account: string, taskId: string): Promise<Task | undefined>;
  /**
   * Changes one task at once or not at all. Tasks don't contend with each other.
   * @param decide is called with the task as it is, perhaps more than once; undefined: change nothing
   * @throws DomainError `TASK_UNKNOWN`, and what `decide` throws
   */
  change(
    account: string,
    taskId: string,
    decide: (task: Task) => TaskChange | undefined,
  ): Promise<{ readonly task: Task; readonly changed: boolean }>;
  list(account: string, query: TaskQuery): Promise<Page<TaskRow>>;
  /** What waits for a program: how much, and the first of it. At most one count beside the tasks. */
  waiting(
    account: string,
    programId: string,
    limit: number,
  ): Promise<{ readonly count: number; readonly first: readonly TaskRow[] }>;
  /** How many tasks wait for a program. One read for each thousand. */
  countPending(account: string, programId: string, now: Date): Promise<number>;
  /** All tasks that are not done. */
  open(account: string): Promise<readonly SweptTask[]>;
  /** Changes an open task as decided, unless it was touched since it was read. @returns whether it was changed */
  settle(account: string, swept: SweptTask, change: TaskChange): Promise<boolean>;
}
