import type { ApiKey, DomainEvent } from '@quarterdeck/contract';
import { iso } from '@quarterdeck/contract';
import { actorOf, type Caller } from '../domain/caller.js';
import { keyEvent } from './create-key.js';
import type { Handler } from './handler.js';

/** Ends a key. Revoking it again changes nothing, but cuts a rotation's grace short. */
export const handleRevokeKey: Handler<'revokeKey'> = {
  for: 'member',
  run: async ({ keyHash }, caller, { keys, clock }) => {
    const now = clock.now();
    const key = await keys.change(caller.account, keyHash, (old) => revoked(old, caller, now));
    return { success: true, keyHash, revokedAt: iso(key.revokedAt ?? now) };
  },
};

/** What revoking does to a key. One that is revoked already stays as it is: `next` is the key itself. */
export function revoked(key: ApiKey, caller: Caller, now: Date): { next: ApiKey; events: readonly DomainEvent[] } {
  if (key.revokedAt !== null && key.revokedAt <= now) return { next: key, events: [] };
  return { next: { ...key, revokedAt: now }, events: [keyEvent('key.revoked', key, actorOf(caller))] };
}
