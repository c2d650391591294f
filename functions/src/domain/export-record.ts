import {
  type Account,
  type AccountRecord,
  type ContextSnapshot,
  type ContextSnapshotRecord,
  type ContextSummary,
  type EndedSession,
  type ExportRecord,
  isEnded,
  iso,
  type Json,
  type LiveSession,
  lifecycleOfOutcome,
  lifecycleOfState,
  limits,
  type Memory,
  type MemoryRecord,
  NOT_ORCHESTRATED,
  type Program,
  type ProgramRecord,
  type ProgramState,
  type ProgramStateRecord,
  type SessionRecord,
} from '@quarterdeck/contract';
import { isSame } from './same.js';

/** What is stored ↔ the record that is exported of it. Fields come in one order, so that the same data are the same text. */

export function recordOfAccount(account: Account): AccountRecord {
  const { name, staleAfterMinutes, deadAfterMinutes, blockedDeadAfterMinutes, archiveAfterMinutes } = account;
  return { kind: 'account', name, staleAfterMinutes, deadAfterMinutes, blockedDeadAfterMinutes, archiveAfterMinutes };
}

export function recordOfProgram(program: Program): ProgramRecord {
  const { programId, displayName, role, color, groups, tags, createdAt, retiredAt } = program;
  return {
    kind: 'program',
    programId,
    displayName,
    role,
    color,
    groups: [...groups],
    tags: [...tags],
    createdAt: iso(createdAt),
    retiredAt: iso(retiredAt),
  };
}

export function programOf({ kind: _kind, createdAt, retiredAt, ...said }: ProgramRecord): Program {
  return { ...said, createdAt: new Date(createdAt), retiredAt: dateOf(retiredAt) };
}

/** @param state one that was written: revision 1 or later */
export function recordOfProgramState(state: ProgramState): ProgramStateRecord {
  const { programId, revision, sessionId, config, baselines, decay } = state;
  return {
    kind: 'program_state',
    programId,
    revision,
    sessionId,
    contextSummary: summaryRecord(state.contextSummary),
    contextSummaryUpdatedAt: iso(state.contextSummaryUpdatedAt),
    learnedPatterns: state.learnedPatterns.map((pattern) => ({
      id: pattern.id,
      domain: pattern.domain,
      pattern: pattern.pattern,
      confidence: pattern.confidence,
      evidence: pattern.evidence,
      promoted: pattern.promoted,
      discoveredAt: iso(pattern.discoveredAt),
      lastReinforcedAt: iso(pattern.lastReinforcedAt),
    })),
    config: {
      preferredOutputFormat: config.preferredOutputFormat,
      toolPreferences: sortedByKey(config.toolPreferences),
      knownQuirks: [...config.knownQuirks],
      customSettingsJson: JSON.stringify(config.customSettings),
    },
    baselines: {
      avgTaskDurationMinutes: baselines.avgTaskDurationMinutes,
      commonFailureModes: [...baselines.commonFailureModes],
      sessionsCompleted: baselines.sessionsCompleted,
      lastSessionDurationMinutes: baselines.lastSessionDurationMinutes,
    },
    decay: {
      contextSummaryTTLDays: decay.contextSummaryTTLDays,
      learnedPatternMaxAge: decay.learnedPatternMaxAge,
      maxUnpromotedPatterns: decay.maxUnpromotedPatterns,
    },
    // What was written says when.
    updatedAt: iso(state.updatedAt as Date),
  };
}

export function programStateOf(record: ProgramStateRecord): ProgramState {
  const { kind: _kind, contextSummaryUpdatedAt, learnedPatterns, config, updatedAt, ...same } = record;
  const { customSettingsJson, ...likings } = config;
  return {
    ...same,
    // It names a call, and calls are not imported.
    writtenBy: null,
    contextSummaryUpdatedAt: dateOf(contextSummaryUpdatedAt),
    learnedPatterns: learnedPatterns.map(({ discoveredAt, lastReinforcedAt, ...pattern }) => ({
      ...pattern,
      discoveredAt: new Date(discoveredAt),
      lastReinforcedAt: new Date(lastReinforcedAt),
    })),
    config: { ...likings, customSettings: JSON.parse(customSettingsJson) as Record<string, Json> },
    updatedAt: new Date(updatedAt),
  };
}

export function recordOfSnapshot(programId: string, snapshot: ContextSnapshot): ContextSnapshotRecord {
  const { revision, sessionId, writtenAt, contextSummary } = snapshot;
  return {
    kind: 'context_snapshot',
    programId,
    slot: revision % limits.CONTEXT_HISTORY_MAX,
    revision,
    sessionId,
    writtenAt: iso(writtenAt),
    contextSummary: summaryRecord(contextSummary),
  };
}

export function snapshotOf({ revision, sessionId, writtenAt, contextSummary }: ContextSnapshotRecord): ContextSnapshot {
  return { revision, sessionId, writtenAt: new Date(writtenAt), contextSummary };
}

export function recordOfSession(session: LiveSession | EndedSession): SessionRecord {
  const { tokens } = session;
  const fields = {
    kind: 'session' as const,
    sessionId: session.sessionId,
    programId: session.programId,
    name: session.name,
    status: session.status,
    progress: session.progress,
    projectName: session.projectName,
    activity: session.activity,
    tokens: tokens && { inputTokens: tokens.inputTokens, outputTokens: tokens.outputTokens },
    contextBytes: session.contextBytes,
    contextLimitBytes: session.contextLimitBytes,
    handoffRequired: session.handoffRequired,
    handoffDecision: session.handoffDecision,
    contextSamples: mapValues(session.contextSamples, ({ at, bytes }) => ({ at: iso(at), bytes })),
    expectedIntervalSeconds: session.expectedIntervalSeconds,
    ...orchestrationRecord(session),
    createdAt: iso(session.createdAt),
    startedAt: iso(session.startedAt),
    lastHeartbeat: iso(session.lastHeartbeat),
    lastActivityAt: iso(session.lastActivityAt),
  };
  if (!isEnded(session)) {
    const { state, lifecycle } = session;
    const { command } = session;
    const waiting = command && { name: command.name, by: command.by, at: iso(command.at) };
    return { ...fields, state, lifecycle, staleSince: iso(session.staleSince), command: waiting };
  }
  const { state, lifecycle, outcome } = session;
  return { ...fields, state, lifecycle, endedAt: iso(session.endedAt), outcome, archivedAt: iso(session.archivedAt) };
}

function orchestrationRecord({ pr, runtimeHandle, agentInfo, ...session }: LiveSession | EndedSession) {
  const cost = agentInfo?.cost;
  return {
    branch: session.branch,
    issueId: session.issueId,
    pr: pr && { number: pr.number, url: pr.url, title: pr.title, isDraft: pr.isDraft },
    workspacePath: session.workspacePath,
    runtimeHandle: runtimeHandle && {
      id: runtimeHandle.id,
      runtimeName: runtimeHandle.runtimeName,
      data: sortedByKey(runtimeHandle.data),
    },
    agentInfo: agentInfo && {
      summary: agentInfo.summary,
      agentSessionId: agentInfo.agentSessionId,
      cost: cost
        ? { inputTokens: cost.inputTokens, outputTokens: cost.outputTokens, estimatedCostUsd: cost.estimatedCostUsd }
        : null,
    },
    metadata: sortedByKey(session.metadata),
    restoredAt: iso(session.restoredAt),
  };
}

/** Without a window: the agent is activated anew. What a record of an earlier time lacks is filled in. */
export function sessionOf(record: SessionRecord): LiveSession | EndedSession {
  const { kind: _kind, contextSamples, createdAt, startedAt, lastHeartbeat, lastActivityAt, ...said } = record;
  const fields = {
    ...NOT_ORCHESTRATED,
    ...present(said),
    contextSamples: mapValues(contextSamples, ({ at, bytes }) => ({ at: new Date(at), bytes })),
    command: null,
    window: null,
    restoredAt: dateOf(said.restoredAt ?? null),
    createdAt: new Date(createdAt),
    startedAt: new Date(startedAt),
    lastHeartbeat: dateOf(lastHeartbeat),
    lastActivityAt: new Date(lastActivityAt),
  };
  if (fields.state !== 'complete') {
    const { lifecycle = lifecycleOfState(fields.state) } = fields;
    const command = record.state === 'complete' ? null : (record.command ?? null);
    const waiting = command && { ...command, at: new Date(command.at) };
    return { ...fields, lifecycle, staleSince: dateOf(fields.staleSince), command: waiting };
  }
  const { lifecycle = lifecycleOfOutcome(fields.outcome) } = fields;
  const [endedAt, archivedAt] = [new Date(fields.endedAt), dateOf(fields.archivedAt)];
  return { ...fields, lifecycle, staleSince: null, endedAt, archivedAt };
}

export function recordOfMemory(memory: Memory): MemoryRecord {
  const { memoryId, programId, sessionId, content, type, title, confidence, tags, provenance, createdAt } = memory;
  return {
    kind: 'memory',
    memoryId,
    programId,
    sessionId,
    content,
    type,
    title,
    confidence,
    tags: [...tags],
    provenance,
    createdAt: iso(createdAt),
  };
}

export function memoryOf({ kind: _kind, createdAt, ...same }: MemoryRecord): Memory {
  return { ...same, createdAt: new Date(createdAt) };
}

/** True when two records say the same, in whatever order their fields come. */
export function isSameRecord(a: ExportRecord, b: ExportRecord): boolean {
  return isSame(whole(a), whole(b));
}

/** A session record of an earlier time, with what it means by what it lacks. */
function whole(record: ExportRecord): ExportRecord {
  return record.kind === 'session' ? recordOfSession(sessionOf(record)) : record;
}

function summaryRecord({ lastTask, activeWorkItems, handoffNotes, openQuestions }: ContextSummary) {
  return {
    lastTask: typeof lastTask === 'object' && lastTask !== null ? taskRecord(lastTask) : lastTask,
    activeWorkItems: [...activeWorkItems],
    handoffNotes,
    openQuestions: [...openQuestions],
  };
}

function taskRecord({ taskId, title, outcome, notes }: Exclude<ContextSummary['lastTask'], string | null>) {
  return {
    ...(taskId === undefined ? {} : { taskId }),
    title,
    ...(outcome === undefined ? {} : { outcome }),
    ...(notes === undefined ? {} : { notes }),
  };
}

/** Without the fields that are undefined, so that they hide nothing. */
function present<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as never;
}

function dateOf(moment: string | null): Date | null {
  return moment === null ? null : new Date(moment);
}

/** A database gives no order to the keys of a map. */
function sortedByKey<T>(map: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function mapValues<T, U>(map: Readonly<Record<string, T>>, change: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(sortedByKey(map)).map(([key, value]) => [key, change(value)]));
}
