import { z } from 'zod';
import { ApiKeyView } from '../api-key.js';
import {
  DIRECTORY_PAGE_DEFAULT,
  DIRECTORY_PAGE_MAX,
  KEY_LABEL_MAX_CHARS,
  KEY_LIFE_MAX_DAYS,
  ROTATION_GRACE_MAX_MINUTES,
} from '../limits.js';
import { defineOperation } from '../operation.js';
import { AccountId, Instant, KeyHash, PageToken, ProgramId, visibleText } from '../primitives.js';
import { Role } from '../roles.js';

const doors = ['callable', 'mcp', 'rest'] as const;
const TheKey = z.string().describe('The key itself. It is shown this once.');

/** Makes a key, and with a program's first key the program. */
export const createKey = defineOperation({
  name: 'create_key',
  title: 'Create key',
  description: 'Make an API key for a program; the first key of a program creates it. The key is shown once.',
  access: ['admin'],
  doors,
  effect: 'create',
  input: z.strictObject({
    programId: ProgramId,
    label: visibleText(KEY_LABEL_MAX_CHARS).describe('What the key is for, to recognise it later.'),
    role: Role.default('program'),
    expiresInDays: z.int().min(1).max(KEY_LIFE_MAX_DAYS).optional().describe('Absent: the key does not expire.'),
  }),
  output: z.object({
    success: z.literal(true),
    programId: ProgramId,
    key: TheKey,
    keyHash: KeyHash,
    expiresAt: Instant.nullable(),
  }),
  errors: [],
});

/** The keys of the account, newest first, without the keys themselves. */
export const listKeys = defineOperation({
  name: 'list_keys',
  title: 'List keys',
  description: 'See which keys exist, for which programs, and when each was last used.',
  access: ['admin', 'auditor'],
  doors,
  effect: 'read',
  input: z.strictObject({
    programId: ProgramId.optional(),
    limit: z.int().min(1).max(DIRECTORY_PAGE_MAX).default(DIRECTORY_PAGE_DEFAULT),
    pageToken: PageToken.optional(),
  }),
  output: z.object({ success: z.literal(true), keys: z.array(ApiKeyView), nextPageToken: z.string().optional() }),
  errors: ['INVALID_PAGE_TOKEN'],
});

/** Ends a key: at the doors within 30 seconds, in the security rules and at exchange_key at once. */
export const revokeKey = defineOperation({
  name: 'revoke_key',
  title: 'Revoke key',
  description: 'Stop a key from working. It cannot be undone.',
  access: ['admin'],
  doors,
  effect: 'destructive',
  input: z.strictObject({ keyHash: KeyHash }),
  output: z.object({ success: z.literal(true), keyHash: KeyHash, revokedAt: Instant }),
  errors: ['KEY_UNKNOWN', 'CONTENTION'],
});

/** Replaces a key by a successor with the same program, role, label and expiry. */
export const rotateKey = defineOperation({
  name: 'rotate_key',
  title: 'Rotate key',
  description: 'Replace a key by a new one. A program rotates the key it calls with; an admin any key.',
  access: ['program', 'admin', 'auditor'],
  doors,
  effect: 'destructive',
  input: z.strictObject({
    keyHash: KeyHash.optional().describe('The key to replace. Absent: the key of this call.'),
    graceMinutes: z
      .int()
      .min(0)
      .max(ROTATION_GRACE_MAX_MINUTES)
      .default(0)
      .describe('How long the old key stays valid beside the new one.'),
  }),
  output: z.object({
    success: z.literal(true),
    programId: ProgramId,
    key: TheKey,
    keyHash: KeyHash,
    expiresAt: Instant.nullable(),
    oldKeyValidUntil: Instant,
  }),
  errors: ['KEY_UNKNOWN', 'KEY_ROTATED', 'KEY_NOT_ACTIVE', 'NOT_OWNER', 'CONTENTION'],
});

/** Turns a key into a Firebase custom token, for realtime listeners as that program. */
export const exchangeKey = defineOperation({
  name: 'exchange_key',
  title: 'Exchange key',
  description: 'Turn an API key into a Firebase custom token, to sign in and listen to documents in real time.',
  access: ['anyone'],
  doors: ['callable', 'rest'],
  effect: 'read',
  input: z.strictObject({ key: z.string().max(200).describe('The API key, "cb_…".') }),
  output: z.object({
    success: z.literal(true),
    customToken: z.string().describe('For signInWithCustomToken; good for one hour.'),
    accountId: AccountId,
    programId: ProgramId,
    role: Role,
  }),
  errors: ['INVALID_KEY'],
});
