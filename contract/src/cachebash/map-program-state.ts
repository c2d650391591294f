import { CONTEXT_HISTORY_MAX, PATTERN_AGE_DEFAULT_DAYS } from '../limits.js';
import type { CachebashDocument } from './document.js';
import type { CachebashSurvey } from './survey.js';
import { isText, momentOf, orElse, textOf } from './values.js';

type Fields = Readonly<Record<string, unknown>>;

/** What CacheBash assumes where a state says nothing. */
const DECAY = { contextSummaryTTLDays: 7, learnedPatternMaxAge: PATTERN_AGE_DEFAULT_DAYS, maxUnpromotedPatterns: 50 };

export function mapProgramState({ id, data }: CachebashDocument, survey: CachebashSurvey): object {
  const [config, baselines, decay] = [fieldsOf(data.config), fieldsOf(data.baselines), fieldsOf(data.decay)];
  const updatedAt = momentOf(data.lastUpdatedAt);
  return {
    kind: 'program_state',
    programId: id,
    revision: revisionOf(survey, id) ?? data.version,
    sessionId: sessionIdOf(data.sessionId),
    contextSummary: summaryOf(data.contextSummary),
    contextSummaryUpdatedAt: updatedAt,
    learnedPatterns: Array.isArray(data.learnedPatterns)
      ? data.learnedPatterns.map(patternOf)
      : orElse(data.learnedPatterns, []),
    config: {
      preferredOutputFormat: textOf(config.preferredOutputFormat),
      toolPreferences: orElse(config.toolPreferences, {}),
      knownQuirks: orElse(config.knownQuirks, []),
      customSettingsJson: JSON.stringify(orElse(config.customSettings, {})),
    },
    baselines: {
      avgTaskDurationMinutes: orElse(baselines.avgTaskDurationMinutes, null),
      commonFailureModes: orElse(baselines.commonFailureModes, []),
      sessionsCompleted: orElse(baselines.sessionsCompleted, 0),
      lastSessionDurationMinutes: orElse(baselines.lastSessionDurationMinutes, null),
    },
    decay: Object.fromEntries(Object.entries(DECAY).map(([name, usual]) => [name, orElse(decay[name], usual)])),
    updatedAt,
  };
}

/** An entry of the history is the version that it has by its place: the newest is the state's own. */
export function mapContextHistory(
  { id, parentId = '', data }: CachebashDocument,
  survey: CachebashSurvey,
): object | undefined {
  const current = revisionOf(survey, parentId);
  if (current === undefined) return undefined;
  const inOrder = [...(survey.histories.get(parentId) ?? [])].sort((a, b) =>
    `${a.at} ${a.id}` < `${b.at} ${b.id}` ? -1 : 1,
  );
  const later = inOrder.length - 1 - inOrder.findIndex((one) => one.id === id);
  // CacheBash keeps as many as Quarterdeck does, and a file may hold a few more.
  if (later >= CONTEXT_HISTORY_MAX) return undefined;
  const revision = current - later;
  return {
    kind: 'context_snapshot',
    programId: parentId,
    slot: revision % CONTEXT_HISTORY_MAX,
    revision,
    sessionId: sessionIdOf(data.sessionId),
    writtenAt: momentOf(data.timestamp),
    contextSummary: summaryOf(data.contextSummary),
  };
}

/** Of a program's state, and not below the number of its summaries, each of which was a version; undefined: it has no state. */
function revisionOf({ versions, histories }: CachebashSurvey, programId: string): number | undefined {
  const version = versions.get(programId);
  return version === undefined ? undefined : Math.max(version, histories.get(programId)?.length ?? 0);
}

function summaryOf(value: unknown): object {
  const summary = fieldsOf(value);
  return {
    lastTask: taskOf(summary.lastTask),
    activeWorkItems: orElse(summary.activeWorkItems, []),
    handoffNotes: orElse(summary.handoffNotes, ''),
    openQuestions: orElse(summary.openQuestions, []),
  };
}

/** Null, a text, or an object: it was each of them once. */
function taskOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return textOf(value);
  const { taskId, title, outcome, notes } = value as Fields;
  return Object.fromEntries(
    Object.entries({ taskId, title, outcome, notes }).filter(([, one]) => textOf(one) !== null),
  );
}

function patternOf(value: unknown): object {
  const { id, domain, pattern, confidence, evidence, promotedToStore, discoveredAt, lastReinforced } = fieldsOf(value);
  return {
    id,
    domain,
    pattern,
    confidence,
    evidence: textOf(evidence),
    promoted: orElse(promotedToStore, false),
    discoveredAt: momentOf(orElse(discoveredAt, lastReinforced)),
    lastReinforcedAt: momentOf(orElse(lastReinforced, discoveredAt)),
  };
}

/** CacheBash writes "none" or "unknown" where no session said so. */
export function sessionIdOf(value: unknown): unknown {
  return isText(value) && value !== 'none' && value !== 'unknown' ? value : null;
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}
