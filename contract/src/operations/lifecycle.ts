import { z } from 'zod';
import * as limits from '../limits.js';
import { defineOperation } from '../operation.js';
import { Branch, IssueId, Metadata } from '../orchestration.js';
import { PageToken, ProgramId, SessionId, visibleText, wholeText } from '../primitives.js';
import { SessionCommand, SessionView } from '../session.js';

const doors = ['callable', 'mcp', 'rest'] as const;
const writers = ['program', 'admin'] as const;

const ProjectId = z
  .string()
  .max(limits.PROJECT_ID_MAX_CHARS)
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._:-]*$/,
    'must start with a letter or digit and hold only letters, digits, ".", "_", ":" and "-"',
  )
  .describe("The project; the session's projectName, and the beginning of its id.");

/** Makes a session that a runner is to start an agent for. It takes its slot at once. */
export const spawnSession = defineOperation({
  name: 'spawn_session',
  title: 'Spawn session',
  description: 'Ask a runner to start an agent on a piece of work. The session is there at once, as spawning.',
  access: writers,
  doors,
  effect: 'create',
  input: z.strictObject({
    projectId: ProjectId,
    issueId: IssueId.optional(),
    branch: Branch.optional(),
    prompt: wholeText(limits.PROMPT_MAX_CHARS).optional().describe('What the agent is told first.'),
    agent: visibleText(limits.AGENT_NAME_MAX_CHARS).optional().describe('Which agent. Absent: the runner decides.'),
    programId: ProgramId.optional().describe("The program it belongs to. Absent: the caller's own."),
    metadata: Metadata.optional().describe('Labels.'),
  }),
  output: z.object({
    success: z.literal(true),
    sessionId: SessionId.describe('The next free one of the project: "my-app-3".'),
    message: z.literal('Session spawning'),
    session: SessionView,
  }),
  errors: ['NOT_OWNER', 'PROGRAM_UNKNOWN', 'SESSION_LIMIT', 'CONTENTION'],
});

/** Ends a session for whoever wants it gone; its runner ends the process. Doing it twice is the same as once. */
export const killSession = defineOperation({
  name: 'kill_session',
  title: 'Kill session',
  description: 'Stop a session: it ends as killed, and its runner stops the agent. One that is over stays as it is.',
  access: writers,
  doors,
  effect: 'destructive',
  input: z.strictObject({ sessionId: SessionId }),
  output: z.object({
    success: z.literal(true),
    sessionId: SessionId,
    message: z.enum(['Session killed', 'Session already over']),
    session: SessionView,
  }),
  errors: ['SESSION_UNKNOWN', 'NOT_OWNER', 'CONTENTION'],
});

/** Tells the agent of a live session what to do; it learns of it with its next report that asks for its inbox. Saying it twice is the same as once. */
export const commandSession = defineOperation({
  name: 'command_session',
  title: 'Command session',
  description:
    'Tell a live session of your own to stop, or to drain, or take that back. Its agent obeys by itself; kill_session ends it at once.',
  access: writers,
  doors,
  effect: 'idempotent',
  input: z.strictObject({
    sessionId: SessionId,
    command: SessionCommand.nullable().describe(
      'stop: end what you do, tidy up and complete. drain: finish what you have, take nothing new. Null takes back what waits.',
    ),
  }),
  output: z.object({
    success: z.literal(true),
    sessionId: SessionId,
    message: z.enum(['Session commanded', 'Command taken back', 'Nothing changed']),
    session: SessionView,
  }),
  errors: ['SESSION_UNKNOWN', 'SESSION_ENDED', 'NOT_OWNER', 'CONTENTION'],
});

/** Archives what is over at once, instead of after the account's time for it. A program cleans up after itself, an admin after everybody. */
export const cleanupSessions = defineOperation({
  name: 'cleanup_sessions',
  title: 'Clean up sessions',
  description: 'Archive the sessions that are over now, of one project or of all. They can be restored.',
  access: writers,
  doors,
  effect: 'idempotent',
  input: z.strictObject({
    projectId: visibleText(limits.PROJECT_NAME_MAX_CHARS).optional().describe('Only sessions of this projectName.'),
    dryRun: z.boolean().default(false).describe('True: say what would be archived, and change nothing.'),
    pageToken: PageToken.optional(),
  }),
  output: z.object({
    success: z.literal(true),
    cleaned: z.array(SessionId).describe('Archived now, or with dryRun what would be.'),
    skipped: z.array(SessionId).describe('Came back to life, or were archived, at this very moment.'),
    nextPageToken: z
      .string()
      .optional()
      .describe(`Absent: nothing is left. One call looks at ${limits.CLEANUP_BATCH_MAX} sessions.`),
  }),
  errors: ['INVALID_PAGE_TOKEN'],
});
