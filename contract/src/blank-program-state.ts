import { CONTEXT_SUMMARY_TTL_DEFAULT_DAYS, PATTERN_AGE_DEFAULT_DAYS, UNPROMOTED_DEFAULT } from './limits.js';
import type { ProgramState } from './program-state.js';

/** What a program remembers that has never written: and what null sets a field back to. Documents that are there don't get what is added here: docs/upgrades.md. */
export const UNWRITTEN = {
  revision: 0,
  sessionId: null,
  writtenBy: null,
  contextSummary: { lastTask: null, activeWorkItems: [], handoffNotes: '', openQuestions: [] },
  contextSummaryUpdatedAt: null,
  learnedPatterns: [],
  config: { preferredOutputFormat: null, toolPreferences: {}, knownQuirks: [], customSettings: {} },
  baselines: {
    avgTaskDurationMinutes: null,
    commonFailureModes: [],
    sessionsCompleted: 0,
    lastSessionDurationMinutes: null,
  },
  decay: {
    contextSummaryTTLDays: CONTEXT_SUMMARY_TTL_DEFAULT_DAYS,
    learnedPatternMaxAge: PATTERN_AGE_DEFAULT_DAYS,
    maxUnpromotedPatterns: UNPROMOTED_DEFAULT,
  },
  updatedAt: null,
} as const satisfies Omit<ProgramState, 'programId'>;
