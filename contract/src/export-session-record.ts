import { z } from 'zod';
import { Moment } from './export-moment.js';
import { agrees, lifecycleOfOutcome, outcomeOfLifecycle } from './lifecycle.js';
import * as limits from './limits.js';
import {
  AgentInfo,
  Branch,
  IssueId,
  LiveLifecycle,
  Metadata,
  PullRequest,
  RuntimeHandle,
  TerminalLifecycle,
  WorkspacePath,
} from './orchestration.js';
import { Count, ProgramId, Progress, ProjectName, SessionId, SessionName, visibleText } from './primitives.js';
import { Activity, ExpectedInterval, LiveState, Outcome, SessionCommand, TokenUsage } from './session.js';

/** Who caused something, as events name it. */
const Actor = z.string().regex(/^(program|person)\/.{1,128}$/, 'must be "program/…" or "person/…"');

const sessionFields = {
  kind: z.literal('session'),
  sessionId: SessionId,
  programId: ProgramId.nullable(),
  name: SessionName,
  // The security rules count characters, and one outside the basic plane is two to the schemas.
  status: visibleText(2 * limits.STATUS_MAX_CHARS)
    .refine((text) => [...text].length <= limits.STATUS_MAX_CHARS, {
      error: `must have at most ${limits.STATUS_MAX_CHARS} characters`,
    })
    .nullable(),
  progress: Progress.nullable(),
  projectName: ProjectName.nullable(),
  activity: Activity.nullable(),
  tokens: TokenUsage.nullable(),
  contextBytes: Count.nullable(),
  contextLimitBytes: z.int().min(1).nullable(),
  handoffRequired: z.boolean(),
  handoffDecision: z.boolean().nullable(),
  contextSamples: z
    .record(
      z.string().regex(/^\d{1,2}$/, 'must be the number of a bucket'),
      z.strictObject({ at: Moment, bytes: Count }),
    )
    .refine((samples) => Object.entries(samples).every(([bucket, { at }]) => bucket === bucketOf(at)), {
      error: 'must have each sample in the bucket of its moment',
    }),
  expectedIntervalSeconds: ExpectedInterval.nullable(),
  // Absent: the record is of before these were kept, and they are null, or empty.
  branch: Branch.nullable().optional(),
  issueId: IssueId.nullable().optional(),
  pr: PullRequest.nullable().optional(),
  workspacePath: WorkspacePath.nullable().optional(),
  runtimeHandle: RuntimeHandle.nullable().optional(),
  agentInfo: AgentInfo.nullable().optional(),
  metadata: Metadata.optional(),
  restoredAt: Moment.nullable().optional(),
  createdAt: Moment,
  startedAt: Moment,
  lastHeartbeat: Moment.nullable(),
  lastActivityAt: Moment,
} as const;

/** A session that lives, without its window: a window belongs to a token. Nor with its spawn request: that belongs to a runner. */
export const LiveSessionRecord = z
  .strictObject({
    ...sessionFields,
    state: LiveState,
    lifecycle: LiveLifecycle.optional().describe('Absent: the nearest to its state.'),
    staleSince: Moment.nullable(),
    command: z
      .strictObject({ name: SessionCommand, by: Actor, at: Moment })
      .nullable()
      .optional()
      .describe('Absent: none waits.'),
  })
  .refine(({ state, lifecycle }) => lifecycle === undefined || agrees(lifecycle, state), {
    path: ['lifecycle'],
    error: 'must not contradict state',
  });
export type LiveSessionRecord = z.infer<typeof LiveSessionRecord>;

/** A session that is over, archived or not. */
export const EndedSessionRecord = z
  .strictObject({
    ...sessionFields,
    state: z.literal('complete'),
    lifecycle: TerminalLifecycle.optional().describe('Absent: the nearest to its outcome.'),
    endedAt: Moment,
    outcome: Outcome,
    archivedAt: Moment.nullable(),
  })
  .refine(({ lifecycle, outcome }) => lifecycle === undefined || isEndOf(lifecycle, outcome), {
    path: ['lifecycle'],
    error: 'must not contradict outcome',
  });
export type EndedSessionRecord = z.infer<typeof EndedSessionRecord>;

export const SessionRecord = z.discriminatedUnion('state', [LiveSessionRecord, EndedSessionRecord]);
export type SessionRecord = z.infer<typeof SessionRecord>;

function isEndOf(lifecycle: TerminalLifecycle, outcome: Outcome): boolean {
  return outcomeOfLifecycle(lifecycle) === outcome || lifecycleOfOutcome(outcome) === lifecycle;
}

/** The bucket of the ring that a sample of this moment is kept in. */
function bucketOf(moment: string): string {
  const bucket = Math.floor(Date.parse(moment) / 60_000 / limits.CONTEXT_SAMPLE_MINUTES);
  return String(bucket % limits.CONTEXT_SAMPLE_COUNT);
}
