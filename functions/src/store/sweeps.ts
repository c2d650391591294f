import {
  type Account,
  collections,
  type DomainEvent,
  documents,
  type EndedSession,
  earliest,
  type LiveSession,
  type Task,
} from '@quarterdeck/contract';
import { FieldPath, type QueryDocumentSnapshot, type Timestamp } from 'firebase-admin/firestore';
import type { SessionChange } from '../domain/session-report.js';
import type { DueAccount, SweepStore, SweptSession } from '../operations/ports.js';
import { isOfNewer, partOf, read, readPart } from './documents.js';
import { writeEvents } from './events.js';
import { FAILED_PRECONDITION, NOT_FOUND } from './firestore-errors.js';
import { committed } from './fleets.js';
import { pagesOf } from './pages-of.js';
import { readSession } from './session-changes.js';
import { releaseSlot, storedSession } from './session-writes.js';
import type { StoreContext } from './store-context.js';

/** Documents of one page: bounds memory, whatever the backlog. */
const PAGE = 500;
/** Of sessions to archive there may be a hundred thousand; of each only a moment is read. */
const ARCHIVE_PAGE = 1_000;
const ENDED_FIELDS = partOf<keyof EndedSession>('endedAt');
const EXPIRY_FIELDS = partOf<keyof Task>('expiresAt');
/** An account that gets its next visit while a session may just be starting is looked at again after this long. */
const SECOND_LOOK_MS = 60_000;

export class FirestoreSweepStore implements SweepStore {
  constructor(private readonly context: StoreContext) {}

  async *dueAccounts(now: Date): AsyncIterable<DueAccount> {
    const due = this.context.db
      .collection(collections.accounts())
      .where('nextSweepAt', '<=', now)
      .orderBy('nextSweepAt')
      .orderBy(FieldPath.documentId())
      .select('nextSweepAt');
    for await (const page of pagesOf(due, PAGE)) {
      for (const doc of page) yield { account: doc.id, dueAt: (doc.get('nextSweepAt') as Timestamp).toDate() };
    }
  }

  async account(account: string): Promise<Account | undefined> {
    return read<Account>('account', await this.context.db.doc(documents.account(account)).get());
  }

  async live(account: string): Promise<readonly SweptSession[]> {
    const snapshot = await this.context.db.collection(collections.sessions(account)).get();
    return snapshot.docs.map((doc) => ({ session: readSession(doc) as LiveSession, version: doc.updateTime }));
  }

  async end(account: string, { session, version }: SweptSession, { next, events }: SessionChange): Promise<boolean> {
    // It waits for an instance that knows all of it.
    if (isOfNewer(session)) return false;
    const { db, clock } = this.context;
    const batch = db.batch();
    batch.delete(db.doc(documents.session(account, session.sessionId)), { lastUpdateTime: version as Timestamp });
    batch.set(db.doc(documents.endedSession(account, session.sessionId)), storedSession(next, session));
    // Also where no limit is in force now: one that comes at this very moment counts this session.
    releaseSlot(batch, db.doc(documents.slots(account)), session.sessionId);
    writeEvents(db, batch, account, events, clock.now());
    return committed(() => batch.commit());
  }

  mark(
    account: string,
    { session, version }: SweptSession,
    staleSince: Date | null,
    event: DomainEvent,
    now: Date,
  ): Promise<boolean> {
    const { db } = this.context;
    const batch = db.batch();
    const ref = db.doc(documents.session(account, session.sessionId));
    batch.update(ref, { staleSince }, { lastUpdateTime: version as Timestamp });
    writeEvents(db, batch, account, [event], now);
    return committed(() => batch.commit());
  }

  async archive(account: string, endedBefore: Date, now: Date, deadline: Date): Promise<Date | null> {
    const waiting = this.context.db
      .collection(collections.sessionHistory(account))
      .where('archivedAt', '==', null)
      .orderBy('endedAt')
      .select(...ENDED_FIELDS);
    for await (const page of pagesOf(waiting.where('endedAt', '<=', endedBefore), ARCHIVE_PAGE)) {
      await this.archivePage(page, now);
      if (this.context.clock.now() > deadline) break;
    }
    const oldest = (await waiting.limit(1).get()).docs[0];
    return oldest ? readPart<EndedSession>('endedSession', oldest, ENDED_FIELDS).endedAt : null;
  }

  async decayDue(account: string, now: Date): Promise<readonly string[]> {
    const due = this.context.db.collection(collections.programState(account)).where('decayAt', '<=', now);
    return (await due.select().get()).docs.map((doc) => doc.id);
  }

  async schedule(
    account: string,
    nextSweepAt: Date | null,
    endsHeldUntil: Date | null,
    now: Date,
    isIdle: boolean,
  ): Promise<void> {
    const { db } = this.context;
    const ref = db.doc(documents.account(account));
    if (!isIdle) {
      await ref.update({ nextSweepAt, endsHeldUntil });
      return;
    }
    await this.context.transaction(async (tx) => {
      const waiting = db.collection(collections.tasks(account)).where('status', '==', 'pending').orderBy('liveUntil');
      const [task] = (await tx.get(waiting.select(...EXPIRY_FIELDS).limit(1))).docs;
      const nextExpiryAt = task ? readPart<Task>('task', task, EXPIRY_FIELDS).expiresAt : null;
      const live = await tx.get(db.collection(collections.sessions(account)).limit(1));
      // A start that counted its slots before this moment is outpaced, and counts on being visited again.
      tx.set(db.doc(documents.slots(account)), { idleAt: now }, { merge: true });
      const secondLook = live.empty ? null : new Date(now.getTime() + SECOND_LOOK_MS);
      tx.update(ref, { nextSweepAt: earliest([nextSweepAt, secondLook, nextExpiryAt]), endsHeldUntil });
    });
  }

  /** Each by itself: one that was resumed meanwhile is left alone and does not hold up the others. */
  private async archivePage(docs: readonly QueryDocumentSnapshot[], now: Date): Promise<void> {
    const writer = this.context.db.bulkWriter();
    writer.onWriteError(
      (error) => error.code !== NOT_FOUND && error.code !== FAILED_PRECONDITION && error.failedAttempts < 5,
    );
    const failures: unknown[] = [];
    for (const doc of docs) {
      writer
        .update(doc.ref, { archivedAt: now }, { lastUpdateTime: doc.updateTime })
        .catch((error: { code?: number }) => {
          if (error.code !== NOT_FOUND && error.code !== FAILED_PRECONDITION) failures.push(error);
        });
    }
    await writer.close();
    if (failures.length > 0) throw failures[0];
  }
}
