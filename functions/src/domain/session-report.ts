import {
  type Activity,
  type ContextSample,
  type DomainEvent,
  type EndedSession,
  isFillingUp,
  type LiveSession,
  limits,
  type Outcome,
  type ReportedOutcome,
  type SessionState,
  type TokenUsage,
} from '@quarterdeck/contract';

/** What an agent, or an admin, says about a session. Absent fields say nothing. */
export interface SessionReport {
  readonly name?: string | undefined;
  readonly status?: string | undefined;
  readonly state?: SessionState | undefined;
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
export type KnownContext = Pick<LiveSession, 'contextBytes' | 'contextLimitBytes' | 'handoffDecision'>;

type ReportedFields = Partial<Omit<LiveSession, 'sessionId' | 'programId' | 'state' | 'createdAt' | 'contextSamples'>>;

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

/** True when the report may end the session or change its state: it has to be decided on the session as it is. */
export function movesSession(report: SessionReport, knownState: SessionState): boolean {
  return report.activity === 'exited' || (report.state !== undefined && report.state !== knownState);
}

/** The fields that a report changes, whatever the session's state. Omitted ones are not there, so they stay as they are. */
export function reportedPatch(report: SessionReport, known: KnownContext, reporter: Reporter, now: Date): SessionPatch {
  const { state: _state, outcome: _outcome, lastHeartbeat, handoffRequired, ...said } = report;
  const fields: Mutable<ReportedFields> = dropAbsent(said);
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
 * `complete` ends it (progress 100 unless given, when it completed), an exited process ends it as killed; anything else leaves it live.
 */
export function applyReport(session: LiveSession, report: SessionReport, reporter: Reporter, now: Date): SessionChange {
  const next = patched(session, reportedPatch(report, session, reporter, now));
  if (report.state === 'complete') {
    const outcome = report.outcome ?? 'completed';
    const reached = outcome === 'completed' ? limits.PROGRESS_MAX_PERCENT : next.progress;
    return endSession({ ...next, progress: report.progress ?? reached }, outcome, reporter.actor, now);
  }
  if (report.activity === 'exited') return endSession(next, 'killed', reporter.actor, now);
  const state = report.state ?? session.state;
  if (state === session.state) return { next, events: [] };
  const data = { sessionId: session.sessionId, programId: session.programId, from: session.state, to: state };
  return {
    next: { ...next, state },
    events: [{ type: 'session.state_changed', subject: subjectOf(session), actor: reporter.actor, data }],
  };
}

/** The end of a session. `once` makes the event the same when the same end is decided twice. */
export function endSession(
  session: LiveSession,
  outcome: Outcome,
  actor: string,
  now: Date,
  once?: string,
): SessionChange {
  const data = { sessionId: session.sessionId, programId: session.programId, outcome, from: session.state };
  return {
    next: { ...session, state: 'complete', staleSince: null, endedAt: now, outcome, archivedAt: null },
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

function sampleBucket(now: Date): string {
  return String(Math.floor(now.getTime() / 60_000 / limits.CONTEXT_SAMPLE_MINUTES) % limits.CONTEXT_SAMPLE_COUNT);
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

function dropAbsent<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
