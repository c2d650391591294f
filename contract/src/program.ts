import { z } from 'zod';
import { NAME_MAX_CHARS, PROGRAM_LABEL_MAX_CHARS, PROGRAM_LABELS_MAX } from './limits.js';
import { Instant, ProgramId, visibleText } from './primitives.js';

const Labels = z.array(visibleText(PROGRAM_LABEL_MAX_CHARS)).max(PROGRAM_LABELS_MAX);

/** What people say about a program. Fields given change, fields omitted stay, null clears. */
export const ProgramPatch = z.strictObject({
  displayName: visibleText(NAME_MAX_CHARS).nullable().optional(),
  role: visibleText(PROGRAM_LABEL_MAX_CHARS)
    .nullable()
    .optional()
    .describe('What it is for, such as "reviewer". Gives no rights.'),
  color: z
    .string()
    .regex(/^#[0-9a-fA-F]{6}$/, 'must be of the form "#1a2b3c"')
    .nullable()
    .optional(),
  groups: Labels.optional(),
  tags: Labels.optional(),
});
export type ProgramPatch = z.infer<typeof ProgramPatch>;

/** An agent's identity, as stored. It exists from its creation, or its first key, on; out of service it keeps its data. */
export interface Program {
  readonly programId: string;
  readonly displayName: string | null;
  readonly role: string | null;
  readonly color: string | null;
  readonly groups: readonly string[];
  readonly tags: readonly string[];
  readonly createdAt: Date;
  /** Since when it is out of service: its keys are revoked, its data stay. Null: in service. */
  readonly retiredAt: Date | null;
}

export const ProgramView = z.object({
  programId: ProgramId,
  displayName: z.string().nullable(),
  role: z.string().nullable(),
  color: z.string().nullable(),
  groups: z.array(z.string()),
  tags: z.array(z.string()),
  createdAt: Instant,
  retiredAt: Instant.nullable().describe('Since when it is out of service; null: in service.'),
});
