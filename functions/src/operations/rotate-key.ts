import type { ApiKey } from '@quarterdeck/contract';
import { iso } from '@quarterdeck/contract';
import { formatKey, hashKey, isValidAt, validUntil } from '../domain/api-key.js';
import { actorOf, type Caller } from '../domain/caller.js';
import { DomainError, invalidField } from '../domain/domain-error.js';
import { keyEvent } from './create-key.js';
import type { Handler } from './handler.js';

/** Replaces a key by one successor with the same program, role, label and expiry. */
export const handleRotateKey: Handler<'rotateKey'> = {
  for: 'member',
  run: async ({ keyHash: given, graceMinutes }, caller, { keys, clock, random, callId }) => {
    const oldHash = given ?? ownKey(caller);
    const now = clock.now();
    const key = formatKey(random.keyBytes());
    const keyHash = hashKey(key);
    const graceEndsAt = new Date(now.getTime() + graceMinutes * 60_000);
    const old = await keys.change(caller.account, oldHash, (record) => {
      // A repetition of the call that rotated it: the successor is there.
      if (callId !== null && record.rotatedTo === keyHash) return { next: record, events: [] };
      requireRotatable(record, caller, now);
      const successor: ApiKey = { ...record, keyHash, createdAt: now, lastUsedAt: null };
      const next: ApiKey = { ...record, rotatedTo: keyHash, revokedAt: graceEndsAt };
      return { next, successor, events: [keyEvent('key.rotated', record, actorOf(caller))] };
    });
    return {
      success: true,
      programId: old.programId,
      key,
      keyHash,
      expiresAt: iso(old.expiresAt),
      oldKeyValidUntil: iso(validUntil(old) ?? graceEndsAt),
    };
  },
};

function ownKey(caller: Caller): string {
  if (caller.keyHash !== null) return caller.keyHash;
  const problem = 'is required when the call is not made with an API key';
  throw invalidField('keyHash', problem);
}

function requireRotatable(key: ApiKey, caller: Caller, now: Date): void {
  if (caller.role !== 'admin' && key.keyHash !== caller.keyHash) {
    throw new DomainError('NOT_OWNER', 'keyHash: you can rotate the key you call with only; an admin can rotate any.');
  }
  if (key.rotatedTo !== null) {
    throw new DomainError('KEY_ROTATED', 'keyHash: this key has a successor already; rotate that one.', {
      rotatedTo: key.rotatedTo,
    });
  }
  if (!isValidAt(key, now)) {
    throw new DomainError(
      'KEY_NOT_ACTIVE',
      'keyHash: this key was revoked or has expired; create a new one with create_key.',
    );
  }
}
