import { z } from 'zod';
import { Thresholds } from './account.js';
import type { Reason } from './errors.js';
import { EventRecord, FleetDayRecord, MessageRecord, TaskRecord } from './export-flow-records.js';
import { Moment } from './export-moment.js';
import { SessionRecord } from './export-session-record.js';
import * as limits from './limits.js';
import { MemoryId, MemoryInput } from './memory.js';
import { ProgramId, SessionId, Share, visibleText, wholeText } from './primitives.js';
import { ProgramPatch } from './program.js';
import { BaselinesPatch, ConfigPatch, ContextSummaryPatch, DecayPatch, PatternId } from './program-state.js';

/**
 * One line of an export: a thing of an account with its identity, as it is stored and without what can be made again from it. There is no account in
 * a record, so it can't lead to another one. The schemas are what the system itself writes, and nothing beyond: a file is a stranger's input.
 */

const programFields = ProgramPatch.shape;
const summaryFields = ContextSummaryPatch.shape;
const configFields = ConfigPatch.shape;
const baselineFields = BaselinesPatch.shape;

/** Name and thresholds. Tier, limit and people are those of the account that it is imported into. */
export const AccountRecord = z
  .strictObject({
    kind: z.literal('account'),
    name: visibleText(limits.NAME_MAX_CHARS),
    ...Thresholds.shape,
  })
  .refine((record) => record.deadAfterMinutes >= record.staleAfterMinutes, {
    path: ['deadAfterMinutes'],
    error: 'must not be below staleAfterMinutes',
  });
export type AccountRecord = z.infer<typeof AccountRecord>;

export const ProgramRecord = z.strictObject({
  kind: z.literal('program'),
  programId: ProgramId,
  displayName: programFields.displayName.unwrap(),
  role: programFields.role.unwrap(),
  color: programFields.color.unwrap(),
  groups: programFields.groups.unwrap(),
  tags: programFields.tags.unwrap(),
  createdAt: Moment,
  retiredAt: Moment.nullable(),
});
export type ProgramRecord = z.infer<typeof ProgramRecord>;

const SummaryRecord = z.strictObject({
  lastTask: summaryFields.lastTask.unwrap(),
  activeWorkItems: summaryFields.activeWorkItems.unwrap().unwrap(),
  handoffNotes: summaryFields.handoffNotes.unwrap().unwrap(),
  openQuestions: summaryFields.openQuestions.unwrap().unwrap(),
});

const PatternRecord = z.strictObject({
  id: PatternId,
  domain: visibleText(limits.PATTERN_DOMAIN_MAX_CHARS),
  pattern: visibleText(limits.PATTERN_MAX_CHARS),
  confidence: Share,
  evidence: wholeText(limits.EVIDENCE_MAX_CHARS).nullable(),
  promoted: z.boolean(),
  discoveredAt: Moment,
  lastReinforcedAt: Moment,
});

/** How deep custom settings can be nested: update_program_state takes 20 levels, and they are its third. */
const SETTINGS_MAX_DEPTH = 18;

/** Custom settings as the JSON text that is stored: inside an input they would be nested deeper than an input may be. */
const CustomSettingsJson = z
  .string()
  .refine((text) => new TextEncoder().encode(text).length <= limits.CUSTOM_SETTINGS_MAX_BYTES, {
    error: `must have at most ${limits.CUSTOM_SETTINGS_MAX_BYTES} bytes`,
    abort: true,
  })
  .refine(isSettingsText, { error: 'must be a JSON object as JSON.stringify writes it, and name no prototype' })
  .describe('A JSON object, as text.');

export const ProgramStateRecord = z.strictObject({
  kind: z.literal('program_state'),
  programId: ProgramId,
  revision: z.int().min(1),
  sessionId: SessionId.nullable(),
  contextSummary: SummaryRecord,
  contextSummaryUpdatedAt: Moment.nullable(),
  learnedPatterns: z
    .array(PatternRecord)
    .max(limits.PATTERNS_MAX)
    .refine((patterns) => isUnique(patterns.map(({ id }) => id)), { error: 'must have an id of its own for each' }),
  config: z.strictObject({
    preferredOutputFormat: configFields.preferredOutputFormat.unwrap(),
    toolPreferences: z
      .record(
        configFields.toolPreferences.unwrap().unwrap().keyType,
        configFields.toolPreferences.unwrap().unwrap().valueType.unwrap(),
      )
      .refine((map) => Object.keys(map).length <= limits.TOOL_PREFERENCES_MAX, {
        error: `may have ${limits.TOOL_PREFERENCES_MAX} keys`,
      }),
    knownQuirks: configFields.knownQuirks.unwrap().unwrap(),
    customSettingsJson: CustomSettingsJson,
  }),
  baselines: z.strictObject({
    avgTaskDurationMinutes: baselineFields.avgTaskDurationMinutes.unwrap(),
    commonFailureModes: baselineFields.commonFailureModes.unwrap().unwrap(),
    sessionsCompleted: baselineFields.sessionsCompleted.unwrap().unwrap(),
    lastSessionDurationMinutes: baselineFields.lastSessionDurationMinutes.unwrap(),
  }),
  decay: DecayPatch.required(),
  updatedAt: Moment,
});
export type ProgramStateRecord = z.infer<typeof ProgramStateRecord>;

/** A kept version of a context summary, with its place in the ring of those that are kept. */
export const ContextSnapshotRecord = z
  .strictObject({
    kind: z.literal('context_snapshot'),
    programId: ProgramId,
    slot: z
      .int()
      .min(0)
      .max(limits.CONTEXT_HISTORY_MAX - 1),
    revision: z.int().min(1),
    sessionId: SessionId.nullable(),
    writtenAt: Moment,
    contextSummary: SummaryRecord,
  })
  .refine(({ slot, revision }) => slot === revision % limits.CONTEXT_HISTORY_MAX, {
    path: ['slot'],
    error: `must be revision modulo ${limits.CONTEXT_HISTORY_MAX}`,
  });
export type ContextSnapshotRecord = z.infer<typeof ContextSnapshotRecord>;

const memoryFields = MemoryInput.shape;

/** A memory without what it is found by: that is made again from its words. */
export const MemoryRecord = z.strictObject({
  kind: z.literal('memory'),
  memoryId: MemoryId,
  programId: ProgramId,
  sessionId: SessionId,
  content: memoryFields.content,
  type: memoryFields.type.unwrap(),
  // Where none was given it is the beginning of the content, in which nothing need be visible.
  title: wholeText(limits.MEMORY_TITLE_MAX_CHARS).min(1),
  confidence: memoryFields.confidence.unwrap(),
  tags: memoryFields.tags.unwrap().refine(isUnique, { error: 'must name each tag once' }),
  provenance: memoryFields.provenance.unwrap(),
  createdAt: Moment,
});
export type MemoryRecord = z.infer<typeof MemoryRecord>;

/** Any line of an export; `kind` says which. */
export const ExportRecord = z.discriminatedUnion('kind', [
  AccountRecord,
  ProgramRecord,
  ProgramStateRecord,
  ContextSnapshotRecord,
  SessionRecord,
  MemoryRecord,
  TaskRecord,
  MessageRecord,
  EventRecord,
  FleetDayRecord,
]);
export type ExportRecord = z.infer<typeof ExportRecord>;
export type ExportKind = ExportRecord['kind'];

/** Why a single record of an import was refused. */
export const ImportRefusal = z.enum([
  'RECORD_EXISTS',
  'PROGRAM_UNKNOWN',
  'SESSION_LIMIT',
  'INVALID_FIELD',
] as const satisfies readonly Reason[]);
export type ImportRefusal = z.infer<typeof ImportRefusal>;

/** Names a record in its account: two records with the same are two versions of one thing. Empty: the account itself. */
export function recordId(record: ExportRecord): string {
  switch (record.kind) {
    case 'account':
      return '';
    case 'program':
    case 'program_state':
      return record.programId;
    case 'context_snapshot':
      return `${record.programId}/${record.slot}`;
    case 'session':
      return record.sessionId;
    case 'memory':
      return record.memoryId;
    case 'task':
      return record.taskId;
    case 'message':
      return record.messageId;
    case 'event':
      return record.id;
    case 'fleet_day':
      return record.day;
  }
}

function isUnique(values: readonly string[]): boolean {
  return new Set(values).size === values.length;
}

/** Text that JSON.stringify may have written of settings: no other text of the same value, nothing too deep, no key that names a prototype. */
function isSettingsText(text: string): boolean {
  let settings: unknown;
  try {
    settings = JSON.parse(text);
  } catch {
    return false;
  }
  if (typeof settings !== 'object' || settings === null || Array.isArray(settings)) return false;
  let level: readonly object[] = [settings];
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > SETTINGS_MAX_DEPTH || level.some((value) => Object.hasOwn(value, '__proto__'))) return false;
    const below = level.flatMap((value): unknown[] => Object.values(value));
    level = below.filter((value): value is object => typeof value === 'object' && value !== null);
  }
  return JSON.stringify(settings) === text;
}
