import { z } from 'zod';
import { PAGE_DEFAULT, PAGE_MAX } from '../limits.js';
import { defineOperation } from '../operation.js';
import { PageToken, ProgramId, SessionId } from '../primitives.js';
import { TaskId, TaskInput, TaskOutcome, TaskResult, TaskRowView, TaskStatus, TaskTarget, TaskView } from '../task.js';

const doors = ['callable', 'mcp', 'rest'] as const;
const everyone = ['program', 'admin', 'auditor'] as const;
const workers = ['program', 'admin'] as const;

/** Puts a task into the queue of a program, or of a group of which the first that claims it gets it. */
export const createTask = defineOperation({
  name: 'create_task',
  title: 'Create task',
  description: 'Give a program, or whoever of a group claims it first, something to do.',
  access: workers,
  doors,
  effect: 'create',
  input: TaskInput.extend({
    taskId: TaskId.optional().describe(
      'An id of your own: the same call again makes no second task. Absent: the server makes one.',
    ),
  }),
  output: z.object({
    success: z.literal(true),
    taskId: TaskId,
    message: z.enum(['Task created', 'Task exists already']),
    task: TaskView,
  }),
  errors: ['PROGRAM_UNKNOWN', 'GROUP_EMPTY', 'GROUP_TOO_LARGE', 'TASK_EXISTS', 'CONTENTION'],
});

/** Tasks without their instructions and results. Pending ones in the order in which they should be done, all others newest first. */
export const getTasks = defineOperation({
  name: 'get_tasks',
  title: 'Get tasks',
  description: 'See which tasks wait (most urgent first, then oldest), are claimed or are done (newest first).',
  access: everyone,
  doors,
  effect: 'read',
  input: z.strictObject({
    status: TaskStatus.or(z.literal('all')).default('pending'),
    target: TaskTarget.optional().describe(
      "Only tasks for this program, its groups' included, or for this group. Absent: your own; admins and auditors: all.",
    ),
    mine: z.boolean().optional().describe('True: only tasks for your own program, as target would say.'),
    createdBy: ProgramId.optional().describe('Only tasks that this program made, instead of tasks for a target.'),
    limit: z.int().min(1).max(PAGE_MAX).default(PAGE_DEFAULT),
    pageToken: PageToken.optional(),
  }),
  output: z.object({
    success: z.literal(true),
    tasks: z.array(TaskRowView),
    nextPageToken: z.string().optional().describe('Absent: this is the last page.'),
  }),
  errors: ['NOT_OWNER', 'INVALID_PAGE_TOKEN'],
});

/** One task, whatever its status. */
export const getTask = defineOperation({
  name: 'get_task',
  title: 'Get task',
  description: 'Read a task with its instructions and result.',
  access: everyone,
  doors,
  effect: 'read',
  input: z.strictObject({ taskId: TaskId }),
  output: z.object({ success: z.literal(true), task: TaskView }),
  errors: ['TASK_UNKNOWN', 'NOT_OWNER'],
});

/** Takes a task out of the queue: exactly one claimer gets it. */
export const claimTask = defineOperation({
  name: 'claim_task',
  title: 'Claim task',
  description: 'Take a pending task. Exactly one claimer gets it; claiming what you hold already changes nothing.',
  access: workers,
  doors,
  effect: 'idempotent',
  input: z.strictObject({
    taskId: TaskId,
    programId: ProgramId.optional().describe("The program that gets it. Absent: the caller's own."),
    sessionId: SessionId.optional().describe(
      "The live session that holds it: with its end the task returns to the queue. Absent: the program's current one, if it has one.",
    ),
  }),
  output: z.object({
    success: z.literal(true),
    message: z.enum(['Task claimed', 'Task is claimed by this program already']),
    task: TaskView,
  }),
  errors: [
    'TASK_UNKNOWN',
    'NOT_TARGET',
    'NOT_OWNER',
    'SESSION_DRAINING',
    'ALREADY_CLAIMED',
    'TASK_EXPIRED',
    'TASK_DONE',
    'SESSION_UNKNOWN',
    'SESSION_ENDED',
    'CONTENTION',
  ],
});

/** Puts a claimed task back into the queue. */
export const unclaimTask = defineOperation({
  name: 'unclaim_task',
  title: 'Unclaim task',
  description: 'Put a task that you hold back into the queue, for another to claim.',
  access: workers,
  doors,
  effect: 'idempotent',
  input: z.strictObject({ taskId: TaskId }),
  output: z.object({
    success: z.literal(true),
    message: z.enum(['Task returned', 'Task was not claimed', 'Task cancelled: its time to live is over']),
    task: TaskView,
  }),
  errors: ['TASK_UNKNOWN', 'NOT_OWNER', 'NOT_HOLDER', 'TASK_DONE', 'TASK_EXPIRED', 'CONTENTION'],
});

/** Ends a task for good. */
export const completeTask = defineOperation({
  name: 'complete_task',
  title: 'Complete task',
  description: 'Say how a task that you hold ended. Its maker may cancel it while it waits.',
  access: workers,
  doors,
  effect: 'idempotent',
  input: z.strictObject({
    taskId: TaskId,
    outcome: TaskOutcome,
    result: TaskResult.optional(),
    attempt: z
      .int()
      .min(0)
      .optional()
      .describe('The attempt that ended, as claim_task answered it: refused when there is a newer one. Absent: any.'),
  }),
  output: z.object({
    success: z.literal(true),
    message: z.enum(['Task completed', 'Task was completed before']),
    task: TaskView,
  }),
  errors: ['TASK_UNKNOWN', 'NOT_OWNER', 'NOT_HOLDER', 'TASK_DONE', 'CONTENTION'],
});
