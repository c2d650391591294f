import { z } from 'zod';
import { CONTEXT_HISTORY_DEFAULT, CONTEXT_HISTORY_MAX, PATTERNS_MAX } from '../limits.js';
import { defineOperation } from '../operation.js';
import { Count, ProgramId, SessionId } from '../primitives.js';
import {
  BaselinesPatch,
  ConfigPatch,
  ContextSnapshotView,
  ContextSummaryPatch,
  DecayPatch,
  PatternId,
  PatternPatch,
  ProgramStateView,
} from '../program-state.js';

const doors = ['callable', 'mcp', 'rest'] as const;

/** What a program remembers. Own; admins and auditors read any. */
export const getProgramState = defineOperation({
  name: 'get_program_state',
  title: 'Get program state',
  description: 'Read what the previous session of this program left behind. Call it on start.',
  access: ['program', 'admin', 'auditor'],
  doors,
  effect: 'read',
  input: z.strictObject({ programId: ProgramId }),
  output: ProgramStateView.extend({ success: z.literal(true) }),
  errors: ['NOT_OWNER', 'PROGRAM_UNKNOWN'],
});

/** Merges into what a program remembers. Only the program itself; two writers of different fields both win. */
export const updateProgramState = defineOperation({
  name: 'update_program_state',
  title: 'Update program state',
  description: 'Remember something for the next session. Fields given are merged, fields omitted stay, null clears.',
  access: ['program', 'admin', 'auditor'],
  doors,
  effect: 'idempotent',
  input: z.strictObject({
    programId: ProgramId,
    sessionId: SessionId.optional().describe('The session that writes.'),
    contextSummary: ContextSummaryPatch.optional(),
    learnedPatterns: z
      .array(PatternPatch)
      .max(PATTERNS_MAX)
      .optional()
      .describe('Merged by id; sending one again reinforces it.'),
    removePatternIds: z.array(PatternId).max(PATTERNS_MAX).optional(),
    config: ConfigPatch.optional(),
    baselines: BaselinesPatch.optional(),
    decay: DecayPatch.optional(),
    ifRevision: Count.optional().describe(
      'Refuse with aborted when the state has another revision. 0: only when it was never written.',
    ),
  }),
  output: z.object({
    success: z.literal(true),
    programId: ProgramId,
    revision: Count,
    message: z.literal('Program state updated'),
  }),
  errors: ['NOT_OWNER', 'REVISION_CONFLICT', 'PATTERN_LIMIT', 'CONTENTION'],
});

/** Earlier versions of the context summary. */
export const getContextHistory = defineOperation({
  name: 'get_context_history',
  title: 'Get context history',
  description: 'Read earlier context summaries of a program, newest first; the newest 50 are kept.',
  access: ['program', 'admin', 'auditor'],
  doors,
  effect: 'read',
  input: z.strictObject({
    programId: ProgramId,
    limit: z.int().min(1).max(CONTEXT_HISTORY_MAX).default(CONTEXT_HISTORY_DEFAULT),
  }),
  output: z.object({ success: z.literal(true), programId: ProgramId, history: z.array(ContextSnapshotView) }),
  errors: ['NOT_OWNER', 'PROGRAM_UNKNOWN'],
});
