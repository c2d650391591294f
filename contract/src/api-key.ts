import { z } from 'zod';
import { Instant, KeyHash, ProgramId } from './primitives.js';
import { Role } from './roles.js';

/** An API key, as stored: never the key itself. */
export interface ApiKey {
  readonly keyHash: string;
  readonly account: string;
  readonly programId: string;
  readonly role: Role;
  readonly label: string;
  readonly createdAt: Date;
  /** Null: never. */
  readonly expiresAt: Date | null;
  /** The day of its last use, at midnight UTC; null: never used. */
  readonly lastUsedAt: Date | null;
  /** When it stopped or stops being valid by revocation or rotation; null: it was neither revoked nor rotated. */
  readonly revokedAt: Date | null;
  /** Hash of the key that took its place. */
  readonly rotatedTo: string | null;
}

export const ApiKeyView = z.object({
  keyHash: KeyHash,
  programId: ProgramId,
  role: Role,
  label: z.string(),
  status: z.enum(['active', 'expired', 'revoked']),
  createdAt: Instant,
  expiresAt: Instant.nullable().describe('Null: it does not expire.'),
  lastUsedAt: Instant.nullable().describe('The day of its last use; null: never used.'),
  revokedAt: Instant.nullable(),
});
export type ApiKeyView = z.infer<typeof ApiKeyView>;
