import { z } from 'zod';
import { DIRECTORY_PAGE_DEFAULT, DIRECTORY_PAGE_MAX } from '../limits.js';
import { defineOperation } from '../operation.js';
import { Count, PageToken, ProgramId } from '../primitives.js';
import { ProgramPatch, ProgramView } from '../program.js';

const doors = ['callable', 'mcp', 'rest'] as const;
const everyone = ['program', 'admin', 'auditor'] as const;

/** The programs of the account, by id. */
export const listPrograms = defineOperation({
  name: 'list_programs',
  title: 'List programs',
  description: 'See which programs the account has.',
  access: everyone,
  doors,
  effect: 'read',
  input: z.strictObject({
    limit: z.int().min(1).max(DIRECTORY_PAGE_MAX).default(DIRECTORY_PAGE_DEFAULT),
    pageToken: PageToken.optional(),
  }),
  output: z.object({ success: z.literal(true), programs: z.array(ProgramView), nextPageToken: z.string().optional() }),
  errors: ['INVALID_PAGE_TOKEN'],
});

/** One program. */
export const getProgram = defineOperation({
  name: 'get_program',
  title: 'Get program',
  description: 'Read the name, role, colour, groups and tags of a program.',
  access: everyone,
  doors,
  effect: 'read',
  input: z.strictObject({ programId: ProgramId }),
  output: z.object({ success: z.literal(true), program: ProgramView }),
  errors: ['PROGRAM_UNKNOWN'],
});

/** Changes what people say about a program. */
export const updateProgram = defineOperation({
  name: 'update_program',
  title: 'Update program',
  description: 'Change the name, role, colour, groups or tags of a program.',
  access: ['admin'],
  doors,
  effect: 'idempotent',
  input: ProgramPatch.extend({ programId: ProgramId }),
  output: z.object({ success: z.literal(true), program: ProgramView }),
  errors: ['PROGRAM_UNKNOWN', 'CONTENTION'],
});

/** Makes a program without a key. create_key makes one too, with its first key. */
export const createProgram = defineOperation({
  name: 'create_program',
  title: 'Create program',
  description: 'Make a program before it has a key, or put a retired one back into service.',
  access: ['admin'],
  doors,
  effect: 'create',
  input: ProgramPatch.extend({ programId: ProgramId }),
  output: z.object({ success: z.literal(true), program: ProgramView }),
  errors: ['PROGRAM_EXISTS', 'CONTENTION'],
});

/** Takes a program out of service: revokes its keys and shuts its window. */
export const retireProgram = defineOperation({
  name: 'retire_program',
  title: 'Retire program',
  description: 'Take a program out of service: its keys stop working, its window shuts, its data and memories stay.',
  access: ['admin'],
  doors,
  effect: 'destructive',
  input: z.strictObject({ programId: ProgramId }),
  output: z.object({ success: z.literal(true), program: ProgramView, keysRevoked: Count }),
  errors: ['PROGRAM_UNKNOWN', 'CONTENTION'],
});
