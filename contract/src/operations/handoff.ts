import { z } from 'zod';
import { BOOT_DEFAULT_CHARS, BOOT_MAX_CHARS, BOOT_MIN_CHARS } from '../limits.js';
import { MessageView } from '../message.js';
import { defineOperation } from '../operation.js';
import { Count, ProgramId } from '../primitives.js';
import { ProgramStateView } from '../program-state.js';
import { SessionView } from '../session.js';
import { TaskRowView } from '../task.js';

/** What the next session of a program needs to go on, in one call. */
export const boot = defineOperation({
  name: 'boot',
  title: 'Boot',
  description:
    'Start here: what the previous session of this program left behind, how it ended, and what is still open.',
  access: ['program', 'admin', 'auditor'],
  doors: ['mcp', 'rest'],
  effect: 'read',
  input: z.strictObject({
    programId: ProgramId.optional().describe("The program. Absent: the caller's own."),
    maxChars: z
      .int()
      .min(BOOT_MIN_CHARS)
      .max(BOOT_MAX_CHARS)
      .default(BOOT_DEFAULT_CHARS)
      .describe('Largest size of the brief, in characters.'),
  }),
  output: z.object({
    success: z.literal(true),
    programId: ProgramId,
    brief: z.string().describe('All of it as Markdown, the most urgent first, for the context of a model.'),
    truncated: z.boolean().describe('True: something did not fit into maxChars.'),
    predecessor: SessionView.nullable().describe('The session that ended last; null: there was none.'),
    liveSessions: z.array(SessionView).describe('Sessions of the program that live now, newest first, up to 10.'),
    pendingTasks: Count.describe("Tasks that wait for the program, its groups' included."),
    pendingMessages: Count.describe('Messages that wait to be read.'),
    messages: z.array(MessageView).describe('The newest of them, up to 10. They stay unread.'),
    tasks: z.array(TaskRowView).describe('The first of them, most urgent first, up to 10.'),
    programState: ProgramStateView,
  }),
  errors: ['NOT_OWNER', 'PROGRAM_UNKNOWN'],
});
