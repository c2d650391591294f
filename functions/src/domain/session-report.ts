import {
  type Activity,
  type AgentInfo,
  type ContextSample,
  type DomainEvent,
  type EndedSession,
  isFillingUp,
  type Lifecycle,
  type LiveSession,
  lifecycleOfOutcome,
  limits,
  type MetadataPatch,
  type Outcome,
  type PullRequest,
  type ReportedOutcome,
  type RuntimeHandle,
  type SessionState,
  type TokenUsage,
} from '@quarterdeck/contract';
import { invalidField } from './domain-error.js';
import { type Ending, isEnding, moveStanding } from './session-standing.js';

/** What an agent, or an admin, says about a session. Absent fields say nothing. */
export interface SessionReport {
  readonly name?: string | undefined;
  readonly status?: string | undefined;
  readonly state?: SessionState | undefined;
  /** Moves the state along, see session-standing.ts. */
  readonly lifecycle?: Lifecycle | undefined;
  readonly branch?: string | null | undefined;
  readonly issueId?: string | null | undefined;
  readonly pr?: PullRequest | null | undefined;
  readonly workspacePath?: string | null | undefined;
  readonly runtimeHandle?: RuntimeHandle | null | undefined;
  readonly agentInfo?: AgentInfo | null | undefined;
  /** Merged key by key; null removes one. */
  readonly metadata?: MetadataPatch | undefined;
  /** How it ended, with `complete`; absent: completed. */
  readonly outcome?: ReportedOutcome | undefined;
  readonly progress?: number | undefined;
  readonly projectName?: string | undefined;
  readonly activity?: Activity | null | undefined;
  readonly tokens?: TokenUsage | undefined;
  readonly contextBytes?: number | undefined;
  readonly contextLimitBytes?: number | undefined;
  readonly handoffRequired?: boolean | undefined;
  readonly expectedIntervalSeconds?: number | undefined;
  /** True: renews the heartbeat. */
  readonly lastHeartbeat?: boolean | undefined;
}

/** Who reports: only the owner's report is a sign of life. */
export interface Reporter {
  readonly isOwner: boolean;
  readonly actor: string;
}

/** What has to be known of a session to write a report without reading it. */
export type KnownContext = Pick<LiveSession, 'contextBytes' | 'contextLimitBytes' | 'handoffDecision' | 'metadata'>;

type ReportedFields = Partial<
  Omit<LiveSession, 'sessionId' | 'programId' | 'state' | 'lifecycle' | 'createdAt' | 'contextSamples'>
>;

/** Fields to write, and the context sample to put into the ring. */
export interface SessionPatch {
  readonly fields: ReportedFields;
  readonly sample?: { readonly bucket: string; readonly sample: ContextSample };
}

/** A decided change of a session, with what is told about it. */
export interface SessionChange {
  readonly next: LiveSession | EndedSession;
  readonly events: readonly DomainEvent[];
}

/** A change that ends a session. */
export interface EndedChange extends SessionChange {
  readonly next: EndedSession;
}

/** True when the report may end the session, or change its state or lifecycle: it has to be decided on the session as it is. */
export function movesSession(report: SessionReport, known: Pick<LiveSession, 'state' | 'lifecycle'>): boolean {
  const moves = (said: string | undefined, is: string) => said !== undefined && said !== is;
  return report.activity === 'exited' || moves(report.state, known.state) || moves(report.lifecycle, known.lifecycle);
}

/** True when what the report changes depends on what the session is: it may only be written on the session that is known. */
export function restsOnKnown({ state, lifecycle, metadata }: SessionReport): boolean {
  return state !== undefined || lifecycle !== undefined || metadata !== undefined;
}

/**
 * The fields that a report changes, whatever the session's state. Omitted ones are not there, so they stay as they are.
 * @throws DomainError `INVALID_FIELD` when more labels would stay than may
 */
export function reportedPatch(report: SessionReport, known: KnownContext, reporter: Reporter, now: Date): SessionPatch {
  const { state: _state, lifecycle: _lifecycle, outcome: _outcome, ...rest } = report;
  const { lastHeartbeat, handoffRequired, metadata, ...said } = rest;
  const fields: Mutable<ReportedFields> = dropAbsent(said);
  if (metadata !== undefined) fields.metadata = mergedMetadata(known.metadata, metadata);
  if (reporter.isOwner) {
    fields.lastActivityAt = now;
    if (lastHeartbeat) fields.lastHeartbeat = now;
  }
  if (handoffRequired !== undefined) {
    fields.handoffDecision = handoffRequired;
    fields.handoffRequired = handoffRequired;
  } else if (known.handoffDecision === null && isFillingUp({ ...known, ...fields })) {
    fields.handoffRequired = true;
  }
  if (report.contextBytes === undefined) return { fields };
  return { fields, sample: { bucket: sampleBucket(now), sample: { at: now, bytes: report.contextBytes } } };
}

/** Applies a patch to a session in memory. */
export function patched(session: LiveSession, patch: SessionPatch): LiveSession {
  const contextSamples = patch.sample
    ? { ...session.contextSamples, [patch.sample.bucket]: patch.sample.sample }
    : session.contextSamples;
  return { ...session, ...patch.fields, contextSamples };
}

/**
 * What a report does to a live session.
 * `complete` and a terminal lifecycle end it (progress 100 unless given, when it completed), an exited process ends it as terminated; anything else leaves
 * it live.
 * @throws DomainError `INVALID_FIELD` when the report contradicts itself
 */
export function applyReport(session: LiveSession, report: SessionReport, reporter: Reporter, now: Date): SessionChange {
  const next = patched(session, reportedPatch(report, session, reporter, now));
  const move = moveStanding(session, report);
  if (isEnding(move)) return endAsReported(next, move, report, reporter, now);
  const { state, lifecycle } = move;
  const about = { subject: subjectOf(session), actor: reporter.actor };
  const ids = { sessionId: session.sessionId, programId: session.programId };
  const events: DomainEvent[] = [];
  if (state !== session.state) {
    events.push({ type: 'session.state_changed', ...about, data: { ...ids, from: session.state, to: state } });
  } else if (lifecycle !== session.lifecycle) {
    const data = { ...ids, from: session.lifecycle, to: lifecycle };
    events.push({ type: 'session.lifecycle_changed', ...about, data });
  }
  return { next: { ...next, state, lifecycle }, events };
}

/** The end that a report decided: what completed is at 100 percent, unless it says otherwise. */
export function endAsReported(
  session: LiveSession,
  ending: Ending,
  report: SessionReport,
  reporter: Reporter,
  now: Date,
): SessionChange {
  const reached = ending.outcome === 'completed' ? limits.PROGRESS_MAX_PERCENT : session.progress;
  const reporting = { ...session, progress: report.progress ?? reached };
  const { next, events } = endSession(reporting, ending.outcome, reporter.actor, now);
  return { next: { ...next, lifecycle: ending.lifecycle }, events };
}

/** The end of a session, with the lifecycle that is nearest. `once` makes the event the same when the same end is decided twice. */
export function endSession(
  session: LiveSession,
  outcome: Outcome,
  actor: string,
  now: Date,
  once?: string,
): EndedChange {
  const data = { sessionId: session.sessionId, programId: session.programId, outcome, from: session.state };
  const lifecycle = lifecycleOfOutcome(outcome);
  return {
    next: {
      ...session,
      ...{ state: 'complete', lifecycle, endedAt: now, outcome, archivedAt: null },
      ...{ staleSince: null, command: null },
    },
    events: [
      { type: 'session.ended', subject: subjectOf(session), actor, data, ...(once === undefined ? {} : { once }) },
    ],
  };
}

/** How events name a session. */
export function subjectOf(session: { readonly sessionId: string }): string {
  return `session/${session.sessionId}`;
}

/** The context samples that are still inside the ring's window, oldest first. */
export function recentSamples(session: Pick<LiveSession, 'contextSamples'>, now: Date): ContextSample[] {
  const windowMs = limits.CONTEXT_SAMPLE_COUNT * limits.CONTEXT_SAMPLE_MINUTES * 60_000;
  return Object.values(session.contextSamples)
    .filter((sample) => now.getTime() - sample.at.getTime() <= windowMs)
    .sort((a, b) => a.at.getTime() - b.at.getTime());
}

/** @throws DomainError `INVALID_FIELD` */
function mergedMetadata(known: LiveSession['metadata'], patch: MetadataPatch): LiveSession['metadata'] {
  const kept = Object.entries({ ...known, ...patch }).filter((entry): entry is [string, string] => entry[1] !== null);
  if (kept.length <= limits.METADATA_MAX) return Object.fromEntries(kept);
  throw invalidField(
    'metadata',
    `would have ${kept.length} keys and may have ${limits.METADATA_MAX}; null removes one`,
  );
}

function sampleBucket(now: Date): string {
  return String(Math.floor(now.getTime() / 60_000 / limits.CONTEXT_SAMPLE_MINUTES) % limits.CONTEXT_SAMPLE_COUNT);
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

function dropAbsent<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
