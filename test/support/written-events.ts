import { documents } from '@quarterdeck/contract';
import type { DocumentSnapshot } from 'firebase-admin/firestore';
import type { World } from './world.js';

/**
 * Looks for the events that the world's client has written since the last look, each once, in the order of their ids. The client's own requests say where to
 * look, so that no look reads the events of all before.
 */
export function newEventsOf({ spy, db, account }: World): () => Promise<readonly DocumentSnapshot[]> {
  const events = `${documents.account(account)}/events/`;
  const told = new Set<string>();
  let looked = 0;
  return async () => {
    const written = spy.rpcs.slice(looked).flatMap(({ method, paths }) => (method === 'commit' ? paths : []));
    looked = spy.rpcs.length;
    const fresh = [...new Set(written)].filter((path) => path.startsWith(events) && !told.has(path)).sort();
    if (fresh.length === 0) return [];
    // What was refused is not there; should it be tried again, it is found then.
    const found = (await db.getAll(...fresh.map((path) => db.doc(path)))).filter(({ exists }) => exists);
    for (const { ref } of found) told.add(ref.path);
    return found;
  };
}
