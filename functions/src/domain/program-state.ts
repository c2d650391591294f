import {
  type ContextSummary,
  decayedPatterns,
  iso,
  isSummaryStale,
  type Json,
  type LearnedPattern,
  limits,
  type Operations,
  type ParsedInputOf,
  type PatternPatch,
  type ProgramState,
  type ProgramStateView,
  patternDecaysAt,
  UNWRITTEN,
} from '@quarterdeck/contract';
import { DomainError } from './domain-error.js';

type Patch = ParsedInputOf<Operations['updateProgramState']>;

/** What a program that has never written remembers. */
export function emptyProgramState(programId: string): ProgramState {
  return { programId, ...UNWRITTEN };
}

/**
 * Merges a patch at every level: given fields replace, omitted ones stay, null goes back to the empty value; lists are replaced whole, maps merge
 * key by key, patterns by id.
 * @param callId names the call, when it may be repeated: merging the same call twice changes nothing
 * @throws DomainError `REVISION_CONFLICT`, `PATTERN_LIMIT`, `INVALID_FIELD`
 */
export function mergeProgramState(
  state: ProgramState,
  patch: Patch,
  now: Date,
  callId: string | null = null,
): ProgramState {
  if (callId !== null && state.writtenBy === callId) return state;
  if (patch.ifRevision !== undefined && patch.ifRevision !== state.revision) {
    throw new DomainError(
      'REVISION_CONFLICT',
      `ifRevision: the state of "${state.programId}" is at revision ${state.revision}, not ${patch.ifRevision}; nothing was changed. Read it again, merge, and repeat.`,
      { revision: state.revision },
    );
  }
  const config = mergeFields(state.config, UNWRITTEN.config, patch.config, {
    toolPreferences: (old, given) => mergeMap(old, given),
    customSettings: (old, given) => mergeJson(old, given) as Record<string, Json>,
  });
  requireFittingConfig(config);
  return {
    ...state,
    revision: state.revision + 1,
    sessionId: patch.sessionId ?? state.sessionId,
    writtenBy: callId,
    contextSummary: mergeFields(state.contextSummary, UNWRITTEN.contextSummary, patch.contextSummary),
    contextSummaryUpdatedAt: patch.contextSummary === undefined ? state.contextSummaryUpdatedAt : now,
    // What has decayed is shown to nobody, so it must not fill the limit until the sweep comes by.
    learnedPatterns: mergePatterns(decayedPatterns(state, now), patch, now),
    config,
    baselines: mergeFields(state.baselines, UNWRITTEN.baselines, patch.baselines),
    decay: mergeFields(state.decay, state.decay, patch.decay),
    updatedAt: now,
  };
}

/** When the next pattern has to be forgotten; null: none ever. */
export function nextDecayAt(state: ProgramState, now: Date): Date | null {
  if (decayedPatterns(state, now).length < state.learnedPatterns.length) return now;
  const moments = state.learnedPatterns
    .filter((p) => !p.promoted)
    .map((p) => patternDecaysAt(p, state.decay).getTime());
  return moments.length === 0 ? null : new Date(Math.min(...moments) + 1);
}

/** A program state as callers see it: an old summary is marked, what has decayed is not shown. */
export function viewProgramState(state: ProgramState, now: Date): ProgramStateView & { success: true } {
  return {
    success: true,
    programId: state.programId,
    exists: state.revision > 0,
    revision: state.revision,
    sessionId: state.sessionId,
    contextSummary: {
      ...viewSummary(state.contextSummary),
      stale: isSummaryStale(state, now),
      updatedAt: iso(state.contextSummaryUpdatedAt),
    },
    learnedPatterns: decayedPatterns(state, now).map((pattern) => ({
      ...pattern,
      discoveredAt: iso(pattern.discoveredAt),
      lastReinforcedAt: iso(pattern.lastReinforcedAt),
    })),
    config: { ...state.config, knownQuirks: [...state.config.knownQuirks] },
    baselines: { ...state.baselines, commonFailureModes: [...state.baselines.commonFailureModes] },
    decay: state.decay,
    updatedAt: iso(state.updatedAt),
  };
}

/** A summary as callers see it. */
export function viewSummary(summary: ContextSummary) {
  return { ...summary, activeWorkItems: [...summary.activeWorkItems], openQuestions: [...summary.openQuestions] };
}

type Mergers<T> = { [K in keyof T]?: (old: T[K], given: NonNullable<unknown>) => T[K] };

function mergeFields<T extends object>(old: T, empty: T, patch: object | undefined, mergers: Mergers<T> = {}): T {
  const next = { ...old };
  for (const [key, given] of Object.entries(patch ?? {}) as [keyof T, unknown][]) {
    if (given === undefined) continue;
    const merge = mergers[key] ?? ((_old: T[keyof T], value: unknown) => value as T[keyof T]);
    next[key] = given === null ? empty[key] : merge(old[key], given);
  }
  return next;
}

function mergeMap(old: Readonly<Record<string, string>>, given: object): Record<string, string> {
  return Object.fromEntries(Object.entries({ ...old, ...given }).filter(([, value]) => value !== null));
}

/** JSON Merge Patch, RFC 7396. */
function mergeJson(old: unknown, given: unknown): unknown {
  if (!isJsonObject(given)) return given;
  const merged: Record<string, unknown> = isJsonObject(old) ? { ...old } : {};
  for (const [key, value] of Object.entries(given)) {
    if (value === null) delete merged[key];
    else merged[key] = mergeJson(merged[key], value);
  }
  return merged;
}

function isJsonObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function mergePatterns(old: readonly LearnedPattern[], patch: Patch, now: Date): readonly LearnedPattern[] {
  const patterns = new Map(old.map((pattern) => [pattern.id, pattern]));
  for (const [index, given] of (patch.learnedPatterns ?? []).entries()) {
    patterns.set(given.id, mergePattern(patterns.get(given.id), given, index, now));
  }
  for (const id of patch.removePatternIds ?? []) patterns.delete(id);
  if (patterns.size > limits.PATTERNS_MAX && patterns.size > old.length) {
    throw new DomainError(
      'PATTERN_LIMIT',
      `learnedPatterns: the program would have ${patterns.size} patterns and may have ${limits.PATTERNS_MAX}; nothing was changed. Remove some with removePatternIds.`,
      { limit: limits.PATTERNS_MAX, count: patterns.size },
    );
  }
  return [...patterns.values()];
}

function mergePattern(old: LearnedPattern | undefined, given: PatternPatch, index: number, now: Date): LearnedPattern {
  const { id, domain = old?.domain, pattern = old?.pattern, confidence = old?.confidence } = given;
  if (domain === undefined || pattern === undefined || confidence === undefined) {
    const missing = Object.entries({ domain, pattern, confidence }).filter(([, value]) => value === undefined);
    throw invalidField(
      `learnedPatterns.${index}.${missing[0]?.[0]}`,
      `is required: "${id}" is a new pattern, and those need domain, pattern and confidence`,
    );
  }
  return {
    id,
    domain,
    pattern,
    confidence,
    evidence: given.evidence === undefined ? (old?.evidence ?? null) : given.evidence,
    promoted: given.promoted ?? old?.promoted ?? false,
    discoveredAt: old?.discoveredAt ?? now,
    lastReinforcedAt: now,
  };
}

function requireFittingConfig(config: ProgramState['config']): void {
  if (Object.keys(config.toolPreferences).length > limits.TOOL_PREFERENCES_MAX) {
    throw invalidField(
      'config.toolPreferences',
      `may have ${limits.TOOL_PREFERENCES_MAX} keys after merging; null removes one`,
    );
  }
  const bytes = Buffer.byteLength(JSON.stringify(config.customSettings));
  if (bytes > limits.CUSTOM_SETTINGS_MAX_BYTES) {
    throw invalidField(
      'config.customSettings',
      `would be ${bytes} bytes of JSON after merging and may be ${limits.CUSTOM_SETTINGS_MAX_BYTES}; null removes a key`,
    );
  }
}

function invalidField(field: string, problem: string): DomainError {
  return new DomainError('INVALID_FIELD', `${field}: ${problem}. Nothing was changed.`, {
    fields: [{ field, problem }],
  });
}
