import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { ApiKey, ApiKeyView } from '@quarterdeck/contract';
import { earliest, iso } from '@quarterdeck/contract';

const PREFIX = 'cb_';
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** 32 bytes need 43 digits of base 62. */
const SECRET_DIGITS = 43;
const CHECKSUM_DIGITS = 6;
const SHAPE = new RegExp(`^${PREFIX}[0-9A-Za-z]{${SECRET_DIGITS + CHECKSUM_DIGITS}}$`);

/**
 * The key that 32 random bytes make: `cb_`, the bytes in base 62, and a CRC-32 of those in base 62. The checksum lets a typing error or a leak
 * scanner be decided without asking the database.
 */
export function formatKey(random: Uint8Array): string {
  const secret = base62(BigInt(`0x${Buffer.from(random).toString('hex')}`), SECRET_DIGITS);
  return `${PREFIX}${secret}${checksum(secret)}`;
}

/** True for what formatKey could have made. Says nothing about whether the key exists. */
export function isWellFormedKey(key: string): boolean {
  if (!SHAPE.test(key)) return false;
  const secret = key.slice(PREFIX.length, -CHECKSUM_DIGITS);
  return key.endsWith(checksum(secret));
}

/** SHA-256 in hex: all that is stored of a key. It has 256 random bits, so no salt and no slow hash are needed. */
export function hashKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

/** Until when a key counts; null: no end. */
export function validUntil(key: Pick<ApiKey, 'expiresAt' | 'revokedAt'>): Date | null {
  return earliest([key.expiresAt, key.revokedAt]);
}

export function isValidAt(key: Pick<ApiKey, 'expiresAt' | 'revokedAt'>, now: Date): boolean {
  const until = validUntil(key);
  return until === null || now < until;
}

/** A key as admins see it. */
export function viewKey(key: ApiKey, now: Date): ApiKeyView {
  const revoked = key.revokedAt !== null && now >= key.revokedAt;
  return {
    keyHash: key.keyHash,
    programId: key.programId,
    role: key.role,
    label: key.label,
    status: revoked ? 'revoked' : isValidAt(key, now) ? 'active' : 'expired',
    createdAt: iso(key.createdAt),
    expiresAt: iso(key.expiresAt),
    lastUsedAt: iso(key.lastUsedAt),
    revokedAt: iso(key.revokedAt),
  };
}

function checksum(secret: string): string {
  return base62(BigInt(crc32(secret)), CHECKSUM_DIGITS);
}

function base62(value: bigint, digits: number): string {
  let rest = value;
  let text = '';
  for (let i = 0; i < digits; i++) {
    text = ALPHABET[Number(rest % 62n)] + text;
    rest /= 62n;
  }
  return text;
}
