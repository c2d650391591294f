import type { ApiKey, DomainEvent } from '@quarterdeck/contract';
import { iso } from '@quarterdeck/contract';
import { formatKey, hashKey } from '../domain/api-key.js';
import { actorOf } from '../domain/caller.js';
import type { Handler } from './handler.js';

const DAY_MS = 86_400_000;

/** Makes a key, and with a program's first key the program. */
export const handleCreateKey: Handler<'createKey'> = {
  for: 'member',
  run: async ({ programId, label, role, expiresInDays }, caller, { keys, clock, random }) => {
    const now = clock.now();
    const key = formatKey(random.keyBytes());
    const record: ApiKey = {
      keyHash: hashKey(key),
      account: caller.account,
      programId,
      role,
      label,
      createdAt: now,
      expiresAt: expiresInDays === undefined ? null : new Date(now.getTime() + expiresInDays * DAY_MS),
      lastUsedAt: null,
      revokedAt: null,
      rotatedTo: null,
    };
    await keys.create(record, keyEvent('key.created', record, actorOf(caller)), actorOf(caller));
    return { success: true, programId, key, keyHash: record.keyHash, expiresAt: iso(record.expiresAt) };
  },
};

/** What is told about a key: never the key. */
export function keyEvent(type: 'key.created' | 'key.rotated' | 'key.revoked', key: ApiKey, actor: string): DomainEvent {
  const data = { keyHash: key.keyHash, programId: key.programId, role: key.role, label: key.label };
  // Each of them happens to a key once, so a repeated call tells nothing new.
  return { type, subject: `key/${key.keyHash}`, actor, data, once: type };
}
