import { hashKey, isValidAt, isWellFormedKey } from '../domain/api-key.js';
import { uidOfKey } from '../domain/caller.js';
import type { Handler } from './handler.js';
import { invalidKeyError } from './identify-caller.js';

/** Turns a key into a custom token. The key is read afresh, so a revoked one is refused at once. */
export const handleExchangeKey: Handler<'exchangeKey'> = {
  for: 'anyone',
  run: async ({ key }, { keys, auth, clock, log }) => {
    const record = isWellFormedKey(key) ? await keys.find(hashKey(key)) : undefined;
    if (record === undefined || !isValidAt(record, clock.now())) throw invalidKeyError();
    const { account, programId, role } = record;
    log.isAbout({ account, program: programId });
    const customToken = await auth.createCustomToken(uidOfKey(record.keyHash), { account, role, program: programId });
    return { success: true, customToken, accountId: account, programId, role };
  },
};
