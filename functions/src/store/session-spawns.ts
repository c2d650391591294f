import { collections, documents, type EndedSession, type LiveSession, type SpawnRequest } from '@quarterdeck/contract';
import type { Firestore } from 'firebase-admin/firestore';
import type { Spawn, SpawnStore } from '../operations/ports.js';
import { read, stored } from './documents.js';
import type { Reader } from './read-account.js';
import { findSession, findSlot, readStartGround, VersionReader } from './session-changes.js';
import { writeStart } from './session-writes.js';
import type { StoreContext } from './store-context.js';

interface Counter {
  readonly last: number;
}

export class FirestoreSpawnStore implements SpawnStore {
  constructor(private readonly context: StoreContext) {}

  /**
   * Optimistically, as every start that many contend for: the project's counter and the slots are written on condition that they are as they were read, so
   * that two spawns never get the same number, and a refused one uses none up.
   */
  spawn(
    account: string,
    projectId: string,
    callId: string | null,
    decide: (sessionId: string) => Spawn,
  ): Promise<LiveSession | EndedSession> {
    const { context } = this;
    const { db, clock } = context;
    const counterRef = db.doc(documents.spawnCounter(account, projectId));
    return context.optimistically(async () => {
      const now = clock.now();
      const reader: Reader & Pick<VersionReader, 'versions'> = new VersionReader(db);
      const [counterDoc] = await reader.getAll(counterRef);
      // After the counter: whoever spawned for the same call has moved it, and this attempt is outpaced.
      const spawned = callId === null ? undefined : await this.findSpawned(account, callId);
      if (spawned !== undefined) return spawned;
      const counted = counterDoc && read<Counter>('spawnCounter', counterDoc);
      const number = await nextFree(db, account, projectId, (counted?.last ?? 0) + 1);
      const { change, request } = decide(`${projectId}-${number}`);
      const slot = await findSlot(db, reader, await readStartGround(context, reader, account), change.next, now);
      const batch = db.batch();
      writeStart(db, batch, account, { before: undefined, change, slot }, reader.versions, now);
      batch.create(db.doc(documents.spawnRequest(account, request.sessionId)), stored('spawnRequest', request));
      const lastUpdateTime = reader.versions.get(counterRef.path);
      const counter = stored<Counter>('spawnCounter', { ...counted, last: number });
      if (lastUpdateTime === undefined) batch.create(counterRef, counter);
      else batch.update(counterRef, { ...counter }, { lastUpdateTime });
      await batch.commit();
      return change.next;
    }, documents.slots(account));
  }

  async findRequest(account: string, sessionId: string): Promise<SpawnRequest | undefined> {
    return read<SpawnRequest>(
      'spawnRequest',
      await this.context.db.doc(documents.spawnRequest(account, sessionId)).get(),
    );
  }

  private async findSpawned(account: string, callId: string): Promise<LiveSession | EndedSession | undefined> {
    const { db } = this.context;
    const ofCall = db.collection(collections.spawnRequests(account)).where('callId', '==', callId).limit(1);
    const request = (await ofCall.get()).docs[0];
    return request && findSession(db, new VersionReader(db), account, request.id);
  }
}

/** Whoever names sessions by hand may have used numbers of the project: they are left out. */
async function nextFree(db: Firestore, account: string, projectId: string, from: number): Promise<number> {
  for (let number = from; ; number++) {
    const id = `${projectId}-${number}`;
    const places = [documents.session(account, id), documents.endedSession(account, id)];
    const found = await db.getAll(...places.map((path) => db.doc(path)));
    if (found.every((place) => !place.exists)) return number;
  }
}
