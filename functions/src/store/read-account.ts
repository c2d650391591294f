import { type Account, documents } from '@quarterdeck/contract';
import type { Transaction } from 'firebase-admin/firestore';
import { read } from './documents.js';
import type { StoreContext } from './store-context.js';
import { memoryKeys } from './trusted-memory.js';

/** What reads for a decision: a transaction, or something that notes versions. */
export type Reader = Pick<Transaction, 'getAll'>;

/**
 * An account from memory; with a reader as it is.
 * @throws Error when it does not exist: credentials name accounts that do
 */
export async function readAccount(context: StoreContext, account: string, reader?: Reader): Promise<Account> {
  const ref = context.db.doc(documents.account(account));
  const fresh = async () => {
    const [snapshot] = await (reader ?? context.db).getAll(ref);
    return snapshot && read<Account>('account', snapshot);
  };
  const found = reader ? await fresh() : await context.memory.recall(memoryKeys.account(account), fresh);
  if (found === undefined) throw new Error('the account of a valid credential does not exist');
  return found;
}
