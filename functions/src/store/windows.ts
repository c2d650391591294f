import { documents, type EndedSession, type WindowPointer } from '@quarterdeck/contract';
import { type Activation, hasWindow, type WindowSession } from '../domain/session-window.js';
import type { WindowStore } from '../operations/ports.js';
import { read, stored } from './documents.js';
import type { Reader } from './read-account.js';
import { findSession, findSlot, readStartGround, VersionReader } from './session-changes.js';
import { writeStart } from './session-writes.js';
import type { StoreContext } from './store-context.js';

export class FirestoreWindowStore implements WindowStore {
  constructor(private readonly context: StoreContext) {}

  async findPointer(account: string, programId: string): Promise<WindowPointer | undefined> {
    return read<WindowPointer>('window', await this.context.db.doc(documents.window(account, programId)).get());
  }

  /**
   * Optimistically: the pointer, the session that gives way and what other starts write are written on condition that they are as they were read.
   */
  open(
    account: string,
    programId: string,
    sessionId: string,
    decide: (former: { epoch: number; holder: WindowSession | undefined }) => Activation,
  ): Promise<{ session: WindowSession; replaced: EndedSession | undefined }> {
    const { context } = this;
    const { db, clock } = context;
    const pointerRef = db.doc(documents.window(account, programId));
    return context.optimistically(async () => {
      const now = clock.now();
      const reader: Reader & Pick<VersionReader, 'versions'> = new VersionReader(db);
      const [pointerDoc] = await reader.getAll(pointerRef);
      const pointer = pointerDoc && read<WindowPointer>('window', pointerDoc);
      const found = pointer && (await findSession(db, reader, account, pointer.sessionId));
      const holder = hasWindow(found) ? found : undefined;
      if (holder?.sessionId === sessionId) return { session: holder, replaced: undefined };
      const { opened, replaced } = decide({ epoch: pointer?.epoch ?? 0, holder });
      const ground = await readStartGround(context, reader, account);
      const slot = await findSlot(db, reader, ground, opened.next, now, replaced?.next.sessionId);
      const batch = db.batch();
      writeStart(db, batch, account, { before: undefined, change: opened, slot }, reader.versions, now, replaced);
      const { epoch } = opened.next.window;
      const next = stored<WindowPointer>('window', { ...pointer, programId, sessionId, epoch });
      const version = reader.versions.get(pointerRef.path);
      if (version === undefined) batch.create(pointerRef, next);
      else batch.update(pointerRef, { ...next }, { lastUpdateTime: version });
      await batch.commit();
      return { session: opened.next, replaced: replaced?.next as EndedSession | undefined };
    }, documents.slots(account));
  }
}
