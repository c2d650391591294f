import { UNWRITTEN } from './blank-program-state.js';
import { UNREPORTED } from './blank-session.js';
import { lifecycleOfOutcome, lifecycleOfState } from './lifecycle.js';
import type { Program } from './program.js';
import type { LiveState, Outcome } from './session.js';
import { DEFAULT_THRESHOLDS } from './staleness.js';

/** The fields of a document, with moments as the SDK at hand has them: a step moves them and doesn't look into them. */
export type StoredFields = Readonly<Record<string, unknown>>;

/**
 * Makes a document of one schema version into one of the next. Pure: it changes nothing that it is given. What has the later shape already it leaves alone, because an
 * update of single fields does not raise the version of a document; nor does it mind that a field is absent, because a list reads only some. How steps are added is in
 * docs/upgrades.md.
 */
export type Step = (data: StoredFields) => StoredFields;

/** From before there were versions: the shape is the same, and only the number is new. */
export const numbered: Step = (data) => data;

/** Accounts got a clock of their own, a limit, a list of their admins, and what the sweep has to know of them; before, the contract's clock was everybody's. */
export const accountWithSettings: Step = (data) => ({
  sessionLimit: null,
  ...DEFAULT_THRESHOLDS,
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
} as const satisfies Partial<Program>;

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

/** A program state says which call wrote it last; what one lacks is as in one that was never written. */
export const programStateWithWriter: Step = ({ contextSummary, config, baselines, decay, ...data }) => {
  const { customSettings, ...likings } = UNWRITTEN.config;
  const { config: _config, ...blank } = UNWRITTEN;
  return {
    ...blank,
    decayAt: null,
    ...data,
    contextSummary: filledIn(UNWRITTEN.contextSummary, contextSummary),
    config: filledIn({ ...likings, customSettingsJson: JSON.stringify(customSettings) }, config),
    baselines: filledIn(UNWRITTEN.baselines, baselines),
    decay: filledIn(UNWRITTEN.decay, decay),
  };
};

/** A kept summary has all of its parts; before, those that nobody had written were absent. */
export const snapshotWithWholeSummary: Step = ({ contextSummary, ...data }) => ({
  ...data,
  contextSummary: filledIn(UNWRITTEN.contextSummary, contextSummary),
});

function filledIn(blank: object, stored: unknown): object {
  return { ...blank, ...(stored as object | undefined) };
}
