import { actorOf } from '../domain/caller.js';
import { iso } from '../domain/moments.js';
import { keyEvent } from './create-key.js';
import type { Handler } from './handler.js';

/** Ends a key. Revoking it again changes nothing, but cuts a rotation's grace short. */
export const handleRevokeKey: Handler<'revokeKey'> = {
  for: 'member',
  run: async ({ keyHash }, caller, { keys, clock }) => {
    const now = clock.now();
    const key = await keys.change(caller.account, keyHash, (old) => {
      if (old.revokedAt !== null && old.revokedAt <= now) return { next: old, events: [] };
      return { next: { ...old, revokedAt: now }, events: [keyEvent('key.revoked', old, actorOf(caller))] };
    });
    return { success: true, keyHash, revokedAt: iso(key.revokedAt ?? now) };
  },
};
