import { z } from 'zod';
import {
  PROGRAM_LABEL_MAX_CHARS,
  TASK_INSTRUCTIONS_MAX_CHARS,
  TASK_RESULT_MAX_CHARS,
  TASK_TITLE_MAX_CHARS,
  TASK_TTL_MAX_SECONDS,
  TASK_TTL_MIN_SECONDS,
} from './limits.js';
import { Count, Instant, ProgramId, SessionId, visibleText, wholeText } from './primitives.js';
import { GROUP_PREFIX, groupOf } from './target.js';

/** A task's identity, chosen by who makes it or made by the server; unique in its account. It follows the rules of session ids. */
export const TaskId = SessionId.describe('The task.');
export type TaskId = z.infer<typeof TaskId>;

const GroupName = visibleText(PROGRAM_LABEL_MAX_CHARS);

/** Whom a task is for: one program, or whoever of a group claims it first. */
export const TaskTarget = z
  .string()
  .max(GROUP_PREFIX.length + PROGRAM_LABEL_MAX_CHARS)
  .refine(isTarget, {
    error: 'must be a program, such as "builder", or a group of programs, such as "group:reviewers"',
  })
  .describe('A program, such as "builder", or a group of programs, such as "group:reviewers".');
export type TaskTarget = z.infer<typeof TaskTarget>;

/** The most urgent is claimed first, and the oldest among equals. */
export const TaskPriority = z.enum(['low', 'normal', 'high']);
export type TaskPriority = z.infer<typeof TaskPriority>;

/** `pending`: waits in the queue. `claimed`: a program works on it. `done`: over, with an outcome. */
export const TaskStatus = z.enum(['pending', 'claimed', 'done']);
export type TaskStatus = z.infer<typeof TaskStatus>;

/** How a task ended. `SKIPPED`: there was nothing to do. `CANCELLED`: nobody should do it any more, or its time to live is over. */
export const TaskOutcome = z.enum(['SUCCESS', 'FAILED', 'SKIPPED', 'CANCELLED']);
export type TaskOutcome = z.infer<typeof TaskOutcome>;

/** What has to be done, for whom. */
export const TaskInput = z.strictObject({
  title: visibleText(TASK_TITLE_MAX_CHARS).describe('What has to be done, one line.'),
  target: TaskTarget,
  instructions: wholeText(TASK_INSTRUCTIONS_MAX_CHARS).optional().describe('All that its holder needs to know.'),
  priority: TaskPriority.default('normal'),
  ttlSeconds: z
    .int()
    .min(TASK_TTL_MIN_SECONDS)
    .max(TASK_TTL_MAX_SECONDS)
    .optional()
    .describe('Seconds for which it can be claimed; then it is cancelled. Absent: it waits for ever.'),
});
export type TaskInput = z.infer<typeof TaskInput>;

export const TaskResult = wholeText(TASK_RESULT_MAX_CHARS).describe('What came of it.');

/** A task, as stored. */
export interface Task {
  readonly taskId: string;
  readonly title: string;
  readonly target: string;
  /** Who may claim it: the programs that the target meant when the task was made, and the group itself, if it is one. */
  readonly targets: readonly string[];
  /** Whose listeners may read it: the programs of `targets`, and its maker. */
  readonly audience: readonly string[];
  readonly instructions: string | null;
  readonly priority: TaskPriority;
  readonly status: TaskStatus;
  /** How often it was claimed. */
  readonly attempt: number;
  readonly createdAt: Date;
  /** `program/builder` or `person/<uid>`. */
  readonly createdBy: string;
  /** Null: a person made it. */
  readonly creatorProgramId: string | null;
  /** From this moment on nobody can claim it; null: it has no time to live. */
  readonly expiresAt: Date | null;
  /** The program that holds it, or held it when it was done; null: none. */
  readonly claimedBy: string | null;
  /** The session that holds it, with whose end it returns to the queue; null: none does. */
  readonly sessionId: string | null;
  readonly claimedAt: Date | null;
  /** The program that held it last, once it is back in the queue. */
  readonly lastClaimedBy: string | null;
  readonly outcome: TaskOutcome | null;
  readonly result: string | null;
  readonly completedAt: Date | null;
  /** `program/builder`, `person/<uid>`, or `sweep` when its time to live was over. */
  readonly completedBy: string | null;
  /** When the database removes it; null: it is not done. */
  readonly deleteAt: Date | null;
}

/** A task in a list. */
export const TaskRowView = z.object({
  taskId: TaskId,
  title: z.string(),
  target: z.string(),
  priority: TaskPriority,
  status: TaskStatus,
  attempt: Count.describe('How often it was claimed.'),
  createdAt: Instant,
  createdBy: z.string().describe('"program/builder" or "person/<uid>".'),
  expiresAt: Instant.nullable().describe('From then on nobody can claim it; null: it has no time to live.'),
  claimedBy: ProgramId.nullable().describe('The program that holds it; null: none.'),
  sessionId: SessionId.nullable().describe(
    'The session that holds it; null: none, so that nothing returns it to the queue.',
  ),
  claimedAt: Instant.nullable(),
  outcome: TaskOutcome.nullable(),
  completedAt: Instant.nullable(),
  completedBy: z.string().nullable().describe('"sweep": its time to live was over.'),
});
export type TaskRowView = z.infer<typeof TaskRowView>;

/** A task with everything that was said of it. */
export const TaskView = TaskRowView.extend({ instructions: z.string().nullable(), result: z.string().nullable() });
export type TaskView = z.infer<typeof TaskView>;

function isTarget(text: string): boolean {
  const group = groupOf(text);
  return group === undefined ? ProgramId.safeParse(text).success : GroupName.safeParse(group).success;
}
