import { z } from 'zod';
import { METADATA_MAX, PAGE_DEFAULT, PAGE_MAX } from '../limits.js';
import { defineOperation } from '../operation.js';
import {
  AgentInfoInput,
  Branch,
  IssueId,
  Lifecycle,
  MetadataPatch,
  PullRequestInput,
  RuntimeHandleInput,
  WorkspacePath,
} from '../orchestration.js';
import {
  Count,
  Instant,
  PageToken,
  ProgramId,
  Progress,
  ProjectName,
  SessionId,
  SessionName,
  StatusLine,
} from '../primitives.js';
import {
  Activity,
  ExpectedInterval,
  Inbox,
  Outcome,
  ReportedOutcome,
  SessionState,
  SessionView,
  TokenUsage,
} from '../session.js';
import { SpawnRequestView } from '../spawn.js';

const doors = ['callable', 'mcp', 'rest'] as const;
const everyone = ['program', 'admin', 'auditor'] as const;
const writers = ['program', 'admin'] as const;

/** What an orchestrator says of a session. Omitted fields stay as they are; null says that there is none any more. */
const orchestration = {
  lifecycle: Lifecycle.optional().describe(
    'Moves the state along: a terminal one ends the session, needs_input and stuck mean blocked, the others working.',
  ),
  branch: Branch.nullable().optional(),
  issueId: IssueId.nullable().optional(),
  pr: PullRequestInput.nullable().optional().describe('Its pull request.'),
  workspacePath: WorkspacePath.nullable().optional(),
  runtimeHandle: RuntimeHandleInput.nullable().optional().describe("How to reach the agent's environment."),
  agentInfo: AgentInfoInput.nullable().optional().describe("What the agent's own tool says of the session."),
  metadata: MetadataPatch.optional().describe(
    `Labels, merged key by key; null removes one. At most ${METADATA_MAX} stay.`,
  ),
};

/** Starts a session, changes a live one of the same id, or resumes an ended one. */
export const createSession = defineOperation({
  name: 'create_session',
  title: 'Create session',
  description:
    'Register a session when work starts. With the id of a live session of the same program it updates that one.',
  access: writers,
  doors,
  effect: 'create',
  input: z.strictObject({
    name: SessionName,
    sessionId: SessionId.optional().describe(
      'An id of your own, so that a retry makes no second session. Absent: made by the server.',
    ),
    programId: ProgramId.optional().describe("The program it belongs to. Absent: the caller's own."),
    status: StatusLine.optional(),
    state: SessionState.optional().describe('Absent: working for a new session, unchanged for a live one.'),
    progress: Progress.optional(),
    projectName: ProjectName.optional(),
    expectedIntervalSeconds: ExpectedInterval.optional(),
    contextLimitBytes: z
      .int()
      .min(1)
      .optional()
      .describe('Size of the context window; lets handoffRequired turn true by itself.'),
    ...orchestration,
  }),
  output: z.object({
    success: z.literal(true),
    sessionId: SessionId,
    message: z.enum(['Session created', 'Session updated', 'Session resumed']),
    session: SessionView,
  }),
  errors: ['NOT_OWNER', 'PROGRAM_UNKNOWN', 'SESSION_LIMIT', 'SESSION_ARCHIVED', 'NOT_RESTORABLE', 'CONTENTION'],
});

const reports = {
  sessionId: SessionId.optional().describe(
    "The session. Absent: the newest live session of the caller's program, at the price of one read.",
  ),
  contextBytes: Count.optional().describe('Size of the context now.'),
  activity: Activity.nullable().optional().describe('What the process is doing; "exited" ends the session.'),
  tokens: TokenUsage.optional().describe('Tokens used so far.'),
  includeInbox: z
    .boolean()
    .default(false)
    .describe('True: answer what waits for the agent as well, at the price of two reads, at times three.'),
};

const inbox = Inbox.optional().describe('What waits for the agent; absent: includeInbox did not ask for it.');

/** Reports what a session is doing. Omitted fields stay as they are; without a change of state it costs one write. */
export const updateSession = defineOperation({
  name: 'update_session',
  title: 'Update session',
  description: "Set a session's one-line status, progress or state, and renew its heartbeat.",
  access: writers,
  doors,
  effect: 'idempotent',
  input: z.strictObject({
    status: StatusLine,
    ...reports,
    state: SessionState.optional().describe('"complete" ends the session; "working" resumes a completed one.'),
    outcome: ReportedOutcome.optional().describe(
      'How it ended, with state "complete" only. Absent: completed, and progress becomes 100 unless given.',
    ),
    progress: Progress.optional(),
    projectName: ProjectName.optional(),
    lastHeartbeat: z.boolean().optional().describe("True renews the heartbeat with the server's time."),
    contextLimitBytes: z.int().min(1).optional().describe('Size of the context window; remembered.'),
    handoffRequired: z.boolean().optional().describe('Overrules the share of the context from now on.'),
    expectedIntervalSeconds: ExpectedInterval.optional(),
    ...orchestration,
  }),
  output: z.object({
    success: z.literal(true),
    sessionId: SessionId,
    message: z.enum(['Session updated', 'Session completed', 'Session resumed', 'Session already complete']),
    heartbeatAt: Instant.optional().describe('When the heartbeat was renewed; absent: it was not.'),
    nextHeartbeatBy: Instant.optional().describe(
      'After this moment the session counts as stale; absent: the session is over.',
    ),
    inbox,
  }),
  errors: [
    'SESSION_UNKNOWN',
    'SESSION_ENDED',
    'SESSION_ARCHIVED',
    'NO_CURRENT_SESSION',
    'NOT_OWNER',
    'SESSION_LIMIT',
    'CONTENTION',
  ],
});

/** A bare sign of life: update_session without a status text. */
export const heartbeat = defineOperation({
  name: 'heartbeat',
  title: 'Heartbeat',
  description: 'Say that a session is alive, without changing its status. Beats that change nothing are absorbed.',
  access: writers,
  doors,
  effect: 'idempotent',
  input: z.strictObject(reports),
  output: z.object({
    success: z.literal(true),
    sessionId: SessionId,
    heartbeatAt: Instant.describe('The heartbeat that counts: this one, or the earlier one that absorbed it.'),
    coalesced: z.boolean().describe('True: nothing changed since a beat a moment ago, and nothing was written.'),
    nextHeartbeatBy: Instant.optional().describe(
      'After this moment the session counts as stale; absent: the session is over.',
    ),
    inbox,
  }),
  errors: ['SESSION_UNKNOWN', 'SESSION_ENDED', 'SESSION_ARCHIVED', 'NO_CURRENT_SESSION', 'NOT_OWNER', 'CONTENTION'],
});

/** The account's sessions: live ones first, each group newest first. */
export const listSessions = defineOperation({
  name: 'list_sessions',
  title: 'List sessions',
  description: 'See what every agent of the account is doing: live sessions first, newest first.',
  access: everyone,
  doors,
  effect: 'read',
  input: z.strictObject({
    state: z.enum([...SessionState.options, 'all']).default('all'),
    programId: ProgramId.optional(),
    limit: z.int().min(1).max(PAGE_MAX).default(PAGE_DEFAULT),
    includeArchived: z.boolean().default(false),
    pageToken: PageToken.optional(),
  }),
  output: z.object({
    success: z.literal(true),
    sessions: z.array(SessionView),
    nextPageToken: z.string().optional().describe('Absent: this is the last page.'),
  }),
  errors: ['INVALID_PAGE_TOKEN'],
});

/** One session, live, ended or archived. */
export const getSession = defineOperation({
  name: 'get_session',
  title: 'Get session',
  description: 'Read one session, also when it has ended.',
  access: everyone,
  doors,
  effect: 'read',
  input: z.strictObject({ sessionId: SessionId }),
  output: z.object({
    success: z.literal(true),
    session: SessionView,
    spawnRequest: SpawnRequestView.optional().describe(
      "What a runner was asked to start, for the session's program and overseers. Absent: nobody asked, or you are neither.",
    ),
  }),
  errors: ['SESSION_UNKNOWN'],
});

/** Reopens an ended session, also an archived one: it is live again, with what was said of it before. One that is merged is finished. */
export const restoreSession = defineOperation({
  name: 'restore_session',
  title: 'Restore session',
  description:
    'Reopen a session that has ended and is not merged, also when it is archived. A live one stays as it is.',
  access: writers,
  doors,
  effect: 'idempotent',
  input: z.strictObject({ sessionId: SessionId }),
  output: z.object({
    success: z.literal(true),
    sessionId: SessionId,
    message: z.enum(['Session restored', 'Session already live']),
    session: SessionView,
  }),
  errors: ['SESSION_UNKNOWN', 'NOT_OWNER', 'NOT_RESTORABLE', 'SESSION_LIMIT', 'CONTENTION'],
});

const ContextUse = z.object({
  sessionId: SessionId,
  programId: ProgramId.nullable(),
  contextBytes: Count.nullable(),
  contextLimitBytes: Count.nullable(),
  handoffRequired: z.boolean(),
  outcome: Outcome.nullable(),
  samples: z
    .array(z.object({ at: Instant, bytes: Count }))
    .describe('Oldest first: the last value of each ten minutes, up to six hours.'),
});

/** Context sizes over time, of one session or of a program's live sessions. */
export const getContextUtilization = defineOperation({
  name: 'get_context_utilization',
  title: 'Get context utilization',
  description: 'See how full the context of a session, or of the live sessions of a program, has become.',
  access: everyone,
  doors,
  effect: 'read',
  input: z.strictObject({
    sessionId: SessionId.optional(),
    programId: ProgramId.optional().describe('Its live sessions, up to 50, newest first.'),
  }),
  output: z.object({ success: z.literal(true), sessions: z.array(ContextUse) }),
  errors: ['SESSION_UNKNOWN'],
});
