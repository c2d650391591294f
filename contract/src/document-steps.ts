import { lifecycleOfOutcome, lifecycleOfState } from './lifecycle.js';
import type { LiveState, Outcome } from './session.js';

/** The fields of a document, with moments as the SDK at hand has them: a step moves them and doesn't look into them. */
export type StoredFields = Readonly<Record<string, unknown>>;

/**
 * Makes a document of one schema version into one of the next. Pure: it changes nothing that it is given. What has the later shape already it leaves alone, because an
 * update of single fields does not raise the version of a document; nor does it mind that a field is absent, because a list reads only some.
 *
 * A step is history: it holds its values itself, and does not change when the noun or a default does. How steps are added, and when a new field needs none, is in
 * docs/upgrades.md.
 */
export type Step = (data: StoredFields) => StoredFields;

/** From before there were versions: the shape is the same, and only the number is new. */
export const numbered: Step = (data) => data;

/** Accounts got a clock of their own, a limit, a list of their admins, and what the sweep has to know of them; before, the contract's clock was everybody's. */
export const accountWithSettings: Step = (data) => ({
  sessionLimit: null,
  staleAfterMinutes: 15,
  deadAfterMinutes: 65,
  blockedDeadAfterMinutes: 1440,
  archiveAfterMinutes: 60,
  adminUids: [],
  nextSweepAt: null,
  endsHeldUntil: null,
  ...data,
});

/** Programs can be described, and taken out of service; before, all were in service. */
export const programWithStanding: Step = (data) => ({ ...UNDESCRIBED, ...data });

const UNDESCRIBED = {
  displayName: null,
  role: null,
  color: null,
  groups: [],
  tags: [],
  retiredAt: null,
};

/**
 * Sessions got an activity, tokens, the size of their context, a decision on their handoff, a window, what an orchestrator knows, and a command; before, nobody had
 * reported any of it. The lifecycle is the nearest to the state of a session that lives, and to the outcome of one that ended.
 */
export const sessionWithLifecycle: Step = (data) => ({
  programId: null,
  ...UNREPORTED,
  lifecycle:
    data.state === 'complete'
      ? lifecycleOfOutcome(data.outcome as Outcome)
      : lifecycleOfState(data.state as Exclude<LiveState, 'complete'>),
  ...data,
});

const UNREPORTED = {
  branch: null,
  issueId: null,
  pr: null,
  workspacePath: null,
  runtimeHandle: null,
  agentInfo: null,
  metadata: {},
  restoredAt: null,
  spawnRequestedAt: null,
  status: null,
  progress: null,
  projectName: null,
  activity: null,
  tokens: null,
  contextBytes: null,
  contextLimitBytes: null,
  handoffRequired: false,
  handoffDecision: null,
  contextSamples: {},
  expectedIntervalSeconds: null,
  command: null,
  window: null,
  lastHeartbeat: null,
  staleSince: null,
};

/** A program state says which call wrote it last; what one lacks is as in one that was never written. */
export const programStateWithWriter: Step = ({ contextSummary, config, baselines, decay, ...data }) => ({
  revision: 0,
  sessionId: null,
  writtenBy: null,
  contextSummaryUpdatedAt: null,
  learnedPatterns: [],
  updatedAt: null,
  decayAt: null,
  ...data,
  contextSummary: filledIn(UNWRITTEN.contextSummary, contextSummary),
  config: filledIn(UNWRITTEN.config, config),
  baselines: filledIn(UNWRITTEN.baselines, baselines),
  decay: filledIn(UNWRITTEN.decay, decay),
});

/** A kept summary has all of its parts; before, those that nobody had written were absent. */
export const snapshotWithWholeSummary: Step = ({ contextSummary, ...data }) => ({
  ...data,
  contextSummary: filledIn(UNWRITTEN.contextSummary, contextSummary),
});

const UNWRITTEN = {
  contextSummary: { lastTask: null, activeWorkItems: [], handoffNotes: '', openQuestions: [] },
  config: { preferredOutputFormat: null, toolPreferences: {}, knownQuirks: [], customSettingsJson: '{}' },
  baselines: {
    avgTaskDurationMinutes: null,
    commonFailureModes: [],
    sessionsCompleted: 0,
    lastSessionDurationMinutes: null,
  },
  decay: { contextSummaryTTLDays: 7, learnedPatternMaxAge: 30, maxUnpromotedPatterns: 50 },
};

function filledIn(blank: object, stored: unknown): object {
  return { ...blank, ...(stored as object | undefined) };
}
