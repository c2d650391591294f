import { z } from 'zod';
import * as limits from './limits.js';
import { Count, Instant, SessionId, Share, visibleText, wholeText } from './primitives.js';

/** A task as a program remembers it. */
export const TaskSummary = z.strictObject({
  taskId: visibleText(limits.PATTERN_ID_MAX_CHARS).optional(),
  title: visibleText(limits.TASK_TITLE_MAX_CHARS),
  outcome: wholeText(limits.WORK_ITEM_MAX_CHARS)
    .optional()
    .describe('Such as "completed", "in_progress", "blocked" or "deferred".'),
  notes: wholeText(limits.TASK_NOTES_MAX_CHARS).optional(),
});

const LastTask = z.union([visibleText(limits.LAST_TASK_MAX_CHARS), TaskSummary]);
const list = (count: number, chars: number) => z.array(visibleText(chars)).max(count);

/** What the next session needs to go on. Fields given replace, fields omitted stay, null clears. */
export const ContextSummaryPatch = z.strictObject({
  lastTask: LastTask.nullable().optional(),
  activeWorkItems: list(limits.WORK_ITEMS_MAX, limits.WORK_ITEM_MAX_CHARS).nullable().optional(),
  handoffNotes: wholeText(limits.HANDOFF_NOTES_MAX_CHARS).nullable().optional(),
  openQuestions: list(limits.OPEN_QUESTIONS_MAX, limits.OPEN_QUESTION_MAX_CHARS).nullable().optional(),
});
export type ContextSummaryPatch = z.infer<typeof ContextSummaryPatch>;

export const PatternId = z
  .string()
  .min(1)
  .max(limits.PATTERN_ID_MAX_CHARS)
  .regex(/^[A-Za-z0-9._:-]*$/, 'must hold only letters, digits, ".", "_", ":" and "-"');

/** A pattern to add or change, by its id. A new one needs domain, pattern and confidence. */
export const PatternPatch = z.strictObject({
  id: PatternId,
  domain: visibleText(limits.PATTERN_DOMAIN_MAX_CHARS).optional(),
  pattern: visibleText(limits.PATTERN_MAX_CHARS).optional(),
  confidence: Share.optional(),
  evidence: wholeText(limits.EVIDENCE_MAX_CHARS).nullable().optional(),
  promoted: z.boolean().optional().describe('A promoted pattern never decays.'),
});
export type PatternPatch = z.infer<typeof PatternPatch>;

/** A key of a map: Firestore reserves `__…__` for itself. */
const MapKey = visibleText(limits.PATTERN_ID_MAX_CHARS).refine((key) => !/^__.*__$/.test(key), {
  error: 'must not be of the form "__…__"',
});

/** How the program likes to work. Maps merge key by key; null removes a key (RFC 7396). */
export const ConfigPatch = z.strictObject({
  preferredOutputFormat: visibleText(limits.TOOL_PREFERENCE_MAX_CHARS).nullable().optional(),
  toolPreferences: z.record(MapKey, visibleText(limits.TOOL_PREFERENCE_MAX_CHARS).nullable()).nullable().optional(),
  knownQuirks: list(limits.KNOWN_QUIRKS_MAX, limits.KNOWN_QUIRK_MAX_CHARS).nullable().optional(),
  customSettings: z
    .record(z.string(), z.json())
    .nullable()
    .optional()
    .describe('Any JSON, at most 8 kB after merging.'),
});
export type ConfigPatch = z.infer<typeof ConfigPatch>;

export const BaselinesPatch = z.strictObject({
  avgTaskDurationMinutes: z.number().min(0).nullable().optional(),
  commonFailureModes: list(limits.FAILURE_MODES_MAX, limits.FAILURE_MODE_MAX_CHARS).nullable().optional(),
  sessionsCompleted: Count.nullable().optional(),
  lastSessionDurationMinutes: z.number().min(0).nullable().optional(),
});
export type BaselinesPatch = z.infer<typeof BaselinesPatch>;

/** When things are forgotten. */
export const DecayPatch = z.strictObject({
  contextSummaryTTLDays: z.int().min(1).max(limits.CONTEXT_SUMMARY_TTL_MAX_DAYS).optional(),
  learnedPatternMaxAge: z.int().min(1).max(limits.PATTERN_AGE_MAX_DAYS).optional().describe('Days.'),
  maxUnpromotedPatterns: z.int().min(limits.UNPROMOTED_MIN).max(limits.PATTERNS_MAX).optional(),
});
export type DecayPatch = z.infer<typeof DecayPatch>;

export type TaskSummary = z.infer<typeof TaskSummary>;
export type Json = z.infer<ReturnType<typeof z.json>>;

/** The context summary as stored. */
export interface ContextSummary {
  readonly lastTask: string | TaskSummary | null;
  readonly activeWorkItems: readonly string[];
  readonly handoffNotes: string;
  readonly openQuestions: readonly string[];
}

/** A learned pattern as stored. */
export interface LearnedPattern {
  readonly id: string;
  readonly domain: string;
  readonly pattern: string;
  readonly confidence: number;
  readonly evidence: string | null;
  readonly promoted: boolean;
  readonly discoveredAt: Date;
  /** When it was last sent again; its age counts from here. */
  readonly lastReinforcedAt: Date;
}

/** A program's persistent operational memory, as stored. */
export interface ProgramState {
  readonly programId: string;
  /** Rises by one with every write; 0: never written. */
  readonly revision: number;
  /** The session that wrote last, when it said so. */
  readonly sessionId: string | null;
  /** The call that wrote last, when it came with an idempotency key. */
  readonly writtenBy: string | null;
  readonly contextSummary: ContextSummary;
  /** Null: the summary was never written. Its age counts from here. */
  readonly contextSummaryUpdatedAt: Date | null;
  readonly learnedPatterns: readonly LearnedPattern[];
  readonly config: {
    readonly preferredOutputFormat: string | null;
    readonly toolPreferences: Readonly<Record<string, string>>;
    readonly knownQuirks: readonly string[];
    readonly customSettings: Readonly<Record<string, Json>>;
  };
  readonly baselines: {
    readonly avgTaskDurationMinutes: number | null;
    readonly commonFailureModes: readonly string[];
    readonly sessionsCompleted: number;
    readonly lastSessionDurationMinutes: number | null;
  };
  readonly decay: {
    readonly contextSummaryTTLDays: number;
    readonly learnedPatternMaxAge: number;
    readonly maxUnpromotedPatterns: number;
  };
  readonly updatedAt: Date | null;
}

/** One kept version of a program's context summary. */
export interface ContextSnapshot {
  readonly revision: number;
  readonly sessionId: string | null;
  readonly writtenAt: Date;
  readonly contextSummary: ContextSummary;
}

const ContextSummaryView = z.object({
  lastTask: z.union([z.string(), TaskSummary]).nullable(),
  activeWorkItems: z.array(z.string()),
  handoffNotes: z.string(),
  openQuestions: z.array(z.string()),
});

/** A program state at the doors. */
export const ProgramStateView = z.object({
  programId: z.string(),
  exists: z.boolean().describe('False: the program has never written; everything else is the empty state.'),
  revision: Count.describe('For ifRevision; rises with every write.'),
  sessionId: SessionId.nullable().describe('The session that wrote last, when it said so.'),
  contextSummary: ContextSummaryView.extend({
    stale: z.boolean().describe('Older than contextSummaryTTLDays: read it with care.'),
    updatedAt: Instant.nullable(),
  }),
  learnedPatterns: z.array(
    z.object({
      id: z.string(),
      domain: z.string(),
      pattern: z.string(),
      confidence: z.number(),
      evidence: z.string().nullable(),
      promoted: z.boolean(),
      discoveredAt: Instant,
      lastReinforcedAt: Instant,
    }),
  ),
  config: z.object({
    preferredOutputFormat: z.string().nullable(),
    toolPreferences: z.record(z.string(), z.string()),
    knownQuirks: z.array(z.string()),
    customSettings: z.record(z.string(), z.json()),
  }),
  baselines: z.object({
    avgTaskDurationMinutes: z.number().nullable(),
    commonFailureModes: z.array(z.string()),
    sessionsCompleted: Count,
    lastSessionDurationMinutes: z.number().nullable(),
  }),
  decay: z.object({
    contextSummaryTTLDays: z.number(),
    learnedPatternMaxAge: z.number(),
    maxUnpromotedPatterns: z.number(),
  }),
  updatedAt: Instant.nullable(),
});
export type ProgramStateView = z.infer<typeof ProgramStateView>;

/** A kept version at the doors. */
export const ContextSnapshotView = z.object({
  revision: Count,
  sessionId: SessionId.nullable(),
  writtenAt: Instant,
  contextSummary: ContextSummaryView,
});
