import { collections } from '@quarterdeck/contract';
import type { DocumentData, Firestore } from 'firebase-admin/firestore';

/**
 * What belongs to an account and is kept beside it, by its path: keys, principals, and invitations, which wait for a person under an address. Of what waits
 * there for several accounts, only its own.
 */
export async function rootDocuments(db: Firestore, account: string): Promise<Record<string, DocumentData>> {
  const owned = ['principals', collections.apiKeys()].map(async (collection) => {
    const { docs } = await db.collection(collection).where('account', '==', account).get();
    return docs.map((doc) => [doc.ref.path, doc.data()] as const);
  });
  const invited = (await db.collection('invitations').get()).docs
    .filter((doc) => account in (doc.get('accounts') ?? {}))
    .map((doc) => [doc.ref.path, { ...doc.data(), accounts: doc.get('accounts')[account] }] as const);
  return Object.fromEntries([...(await Promise.all(owned)).flat(), ...invited]);
}
