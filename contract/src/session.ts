import { z } from 'zod';
import { EXPECTED_INTERVAL_MAX_SECONDS, EXPECTED_INTERVAL_MIN_SECONDS } from './limits.js';
import {
  AgentInfo,
  Lifecycle,
  type LiveLifecycle,
  Metadata,
  PullRequest,
  RuntimeHandle,
  type TerminalLifecycle,
} from './orchestration.js';
import { Count, Instant, ProgramId, SessionId } from './primitives.js';
import type { SessionWindow } from './window.js';

/**
 * What an agent says of itself. `working`: executing. `blocked`: waits for a person, an agent or a dependency.
 * `pinned`: kept for reference, never ended or archived automatically. `complete`: over.
 */
export const SessionState = z.enum(['working', 'blocked', 'pinned', 'complete']);
export type SessionState = z.infer<typeof SessionState>;

/** States of a session that is not over. */
export const LiveState = SessionState.exclude(['complete']);
export type LiveState = z.infer<typeof LiveState>;

/** How a session ended: said so, went silent, its window closed, a successor took its place, was stopped, or failed. */
export const Outcome = z.enum(['completed', 'timed_out', 'expired', 'superseded', 'killed', 'errored']);
export type Outcome = z.infer<typeof Outcome>;

/** What an agent may say of how its session ended; the others are for the clock and for successors to say. */
export const ReportedOutcome = Outcome.extract(['completed', 'errored', 'killed']);
export type ReportedOutcome = z.infer<typeof ReportedOutcome>;

/**
 * What the agent's process is doing, finer than its state. `active`: thinking or writing. `ready`: finished its turn.
 * `idle`: quiet for a while. `waiting_input`: asks a person. `blocked`: hit an error. `exited`: the process is gone, which ends the session.
 */
export const Activity = z.enum(['active', 'ready', 'idle', 'waiting_input', 'blocked', 'exited']);
export type Activity = z.infer<typeof Activity>;

/** Tokens that the session has used so far: totals, not differences. */
export const TokenUsage = z.strictObject({ inputTokens: Count, outputTokens: Count });
export type TokenUsage = z.infer<typeof TokenUsage>;

export const ExpectedInterval = z
  .int()
  .min(EXPECTED_INTERVAL_MIN_SECONDS)
  .max(EXPECTED_INTERVAL_MAX_SECONDS)
  .describe(
    "Seconds between this session's beats. Stale after 1.5 of them; absent: after the account's staleAfterMinutes.",
  );

/**
 * What somebody wants an agent to do with its session. `stop`: end what you do, tidy up, and complete. `drain`: finish what you have, and take nothing new.
 */
export const SessionCommand = z.enum(['stop', 'drain']);
export type SessionCommand = z.infer<typeof SessionCommand>;

/** A command as it waits in a session, until it is taken back or the session is over. */
export interface WaitingCommand {
  readonly name: SessionCommand;
  /** Who gave it: `program/builder` or `person/<uid>`. */
  readonly by: string;
  readonly at: Date;
}

/** The same at the doors. */
export const WaitingCommandView = z.object({
  name: SessionCommand,
  by: z.string().describe('Who gave it: program/… or person/….'),
  at: Instant,
});
export type WaitingCommandView = z.infer<typeof WaitingCommandView>;

/** What waits for an agent, as a report is answered that asks for it. */
export const Inbox = z.object({
  pendingMessages: Count.describe("Messages to the session's program that are neither read nor expired."),
  pendingTasks: Count.describe("Tasks that the session's program may claim."),
  command: SessionCommand.nullable().describe(
    'stop: end what you do, tidy up and complete. drain: finish what you have, take nothing new. Null: none waits.',
  ),
});
export type Inbox = z.infer<typeof Inbox>;

/** Size of the context at one moment. */
export interface ContextSample {
  readonly at: Date;
  readonly bytes: number;
}

/** A session as it is stored while it lives. A session is live exactly as long as its document is among the live ones. */
export interface LiveSession {
  readonly sessionId: string;
  /** Null: belongs to the account, and only admins change it. Never changes. */
  readonly programId: string | null;
  readonly name: string;
  readonly status: string | null;
  readonly state: LiveState;
  readonly lifecycle: LiveLifecycle;
  readonly progress: number | null;
  readonly projectName: string | null;
  readonly activity: Activity | null;
  readonly tokens: TokenUsage | null;
  readonly contextBytes: number | null;
  readonly contextLimitBytes: number | null;
  readonly handoffRequired: boolean;
  /** What the caller last said of handoffRequired; null: never said, and the share of the context decides. */
  readonly handoffDecision: boolean | null;
  /** A ring: bucket number → sample. */
  readonly contextSamples: Readonly<Record<string, ContextSample>>;
  readonly expectedIntervalSeconds: number | null;
  readonly branch: string | null;
  readonly issueId: string | null;
  readonly pr: Readonly<PullRequest> | null;
  readonly workspacePath: string | null;
  readonly runtimeHandle: Readonly<RuntimeHandle> | null;
  readonly agentInfo: Readonly<AgentInfo> | null;
  readonly metadata: Readonly<Metadata>;
  /** When it last came back after its end; null: never. */
  readonly restoredAt: Date | null;
  /** When a runner was asked to start its agent; null: the agent registered by itself. */
  readonly spawnRequestedAt: Date | null;
  /** What its agent is to do; null: nothing but its work. Null in every session that is over. */
  readonly command: WaitingCommand | null;
  /** Null: the session has no window, and no end of its own. */
  readonly window: SessionWindow | null;
  readonly createdAt: Date;
  /** When the session last started: its creation, or its resumption. */
  readonly startedAt: Date;
  /** Null: it never beat. */
  readonly lastHeartbeat: Date | null;
  /** Last accepted report of the owner, beat or not. */
  readonly lastActivityAt: Date;
  /** Since when the sweep has seen it stale; null: it has not, or it recovered. */
  readonly staleSince: Date | null;
}

/** A session that is over. */
export interface EndedSession extends Omit<LiveSession, 'state' | 'lifecycle'> {
  readonly state: 'complete';
  readonly lifecycle: TerminalLifecycle;
  readonly endedAt: Date;
  readonly outcome: Outcome;
  /** Null until the sweep archives it. */
  readonly archivedAt: Date | null;
}

/** A session at the doors. */
export const SessionView = z.object({
  sessionId: SessionId,
  programId: ProgramId.nullable().describe('Null: the session belongs to the account.'),
  name: z.string(),
  state: SessionState.describe('The state that the agent last reported.'),
  lifecycle: Lifecycle.describe('Where it stands in the eyes of an orchestrator; moves together with the state.'),
  status: z.string().nullable(),
  progress: z.number().nullable(),
  projectName: z.string().nullable(),
  activity: Activity.nullable(),
  tokens: TokenUsage.nullable(),
  contextBytes: Count.nullable(),
  contextLimitBytes: Count.nullable(),
  handoffRequired: z.boolean().describe('The context is filling up: a fresh session should take over.'),
  expectedIntervalSeconds: z.number().nullable(),
  branch: z.string().nullable(),
  issueId: z.string().nullable(),
  pr: PullRequest.nullable(),
  workspacePath: z.string().nullable(),
  runtimeHandle: RuntimeHandle.nullable(),
  agentInfo: AgentInfo.nullable(),
  metadata: Metadata,
  restoredAt: Instant.nullable().describe('When it last came back after its end; null: never.'),
  spawnRequestedAt: Instant.nullable().describe('When a runner was asked to start it; null: it registered by itself.'),
  command: WaitingCommandView.nullable().describe(
    'What its agent was told to do; null: nothing but its work, or it is over.',
  ),
  createdAt: Instant,
  lastHeartbeat: Instant.nullable().describe('Null: it never beat.'),
  heartbeatAge: z.string().nullable().describe('"45s", "2m", "3h", "2d"; null: it never beat.'),
  lastSeenAt: Instant.describe('The last sign of life: beat, report or creation.'),
  stale: z.boolean().describe('No sign of life for staleAfterSeconds. An ended session is never stale.'),
  staleAfterSeconds: z.number(),
  expiresAt: Instant.nullable().describe('End of its window; null: it has none.'),
  endedAt: Instant.nullable(),
  outcome: Outcome.nullable(),
  archivedAt: Instant.nullable(),
});
export type SessionView = z.infer<typeof SessionView>;
