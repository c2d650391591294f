import type { ListKeysOutput } from '@quarterdeck/client';

/** A key, as list_keys answers it. */
export type Key = ListKeysOutput['keys'][number];

/**
 * Where a key stands. `active`: it works. `replaced`: it was rotated, and works until its grace is over. `expired` and `revoked`: it is over.
 */
export type Standing = 'active' | 'replaced' | 'expired' | 'revoked';

/** Soon enough to think of a successor. */
const EXPIRES_SOON_DAYS = 7;
const DAY_MS = 86_400_000;

export function standingOf({ expiresAt, revokedAt }: Pick<Key, 'expiresAt' | 'revokedAt'>, now: Date): Standing {
  if (revokedAt !== null && Date.parse(revokedAt) <= now.getTime()) return 'revoked';
  if (expiresAt !== null && Date.parse(expiresAt) <= now.getTime()) return 'expired';
  return revokedAt === null ? 'active' : 'replaced';
}

export function expiresSoon({ expiresAt }: Pick<Key, 'expiresAt'>, now: Date): boolean {
  return expiresAt !== null && Date.parse(expiresAt) - now.getTime() < EXPIRES_SOON_DAYS * DAY_MS;
}

/** Keys that still work, and those that are over; each in the order of `keys`. */
export function byUse(keys: readonly Key[], now: Date): { inUse: Key[]; over: Key[] } {
  const works = (key: Key) => ['active', 'replaced'].includes(standingOf(key, now));
  return { inUse: keys.filter(works), over: keys.filter((key) => !works(key)) };
}

/** True when every word is found in the key's program, label, role or hash, whatever its case. */
export function fitsKey(key: Key, search: string): boolean {
  const text = [key.programId, key.label, key.role, key.keyHash].join('\n').toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
