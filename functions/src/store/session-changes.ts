import {
  type Account,
  archiveAt,
  documents,
  type EndedSession,
  earliest,
  expiresAt,
  isEnded,
  type LiveSession,
  sessionLimitOf,
  staleAt,
} from '@quarterdeck/contract';
import type { DocumentReference, DocumentSnapshot, Firestore, Timestamp, Transaction } from 'firebase-admin/firestore';
import { endSession, type SessionChange } from '../domain/session-report.js';
import { findSuperseded, hasFreeSlot, type Slots, sessionLimitError } from '../domain/session-slots.js';
import { read } from './documents.js';
import { type Reader, readAccount } from './read-account.js';
import { commitIfUnmoved, type Decision, type Found, type TakenSlot, writeChange } from './session-writes.js';
import type { StoreContext } from './store-context.js';

type Decide = (found: Found) => SessionChange | undefined;

/** See SessionStore.change. */
export interface ChangeOptions {
  readonly isNew?: boolean;
  readonly mayStart?: boolean;
}

/**
 * Changes one session as decided on what it is, in a transaction. A start that writes what other starts write as well, the slots of an account with a
 * limit or the next visit of an idle one, is written optimistically instead: in a transaction it would hold a read lock on that document, and two
 * that hold one wait for each other.
 */
export async function changeSession(
  context: StoreContext,
  account: string,
  sessionId: string,
  decide: Decide,
  { isNew = false, mayStart = false }: ChangeOptions,
): Promise<Pick<Decision, 'before' | 'change'>> {
  const now = context.clock.now();
  const { db } = context;
  const decideOn = (reader: Reader) => readForChange(context, reader, account, sessionId, decide, now, isNew);
  const inTransaction = async (tx: Transaction) => {
    const decision = await decideOn(tx);
    const contended = isContended(decision);
    if (!contended) writeChange(db, tx, account, decision, now);
    return { decision, contended };
  };
  const limited = mayStart && sessionLimitOf(await readAccount(context, account)) !== null;
  if (!limited) {
    const key = isNew ? undefined : documents.session(account, sessionId);
    const { decision, contended } = await context.transaction(inTransaction, key);
    if (!contended) return decision;
  }
  return context.optimistically(async () => {
    const reader = new VersionReader(db);
    const decision = await decideOn(reader);
    if (isContended(decision) || isUpsert(decision)) {
      await commitIfUnmoved(db, account, decision, reader.versions, now);
      return decision;
    }
    // It turned out to be a change that nobody else contends for.
    return (await db.runTransaction(inTransaction, { maxAttempts: 1 })).decision;
  }, documents.slots(account));
}

/** True for a start that writes what other starts of the account write. */
function isContended({ slot }: Decision): boolean {
  return typeof slot === 'object' && (slot.limited || slot.visitAt !== undefined);
}

/** A session document, live or ended: the two have the same shapes. */
export function readSession(snapshot: DocumentSnapshot): Found {
  return read<LiveSession | EndedSession>('session', snapshot);
}

/** Reads as of now, and notes the version of each document for the preconditions of what is written afterwards. */
export class VersionReader implements Reader {
  readonly versions = new Map<string, Timestamp | undefined>();

  constructor(private readonly db: Firestore) {}

  async getAll(...refs: never[]): Promise<never> {
    const snapshots = await this.db.getAll(...(refs as DocumentReference[]));
    for (const snapshot of snapshots) this.versions.set(snapshot.ref.path, snapshot.updateTime);
    return snapshots as never;
  }
}

/** Everything that a change depends on. Throws what `decide` throws, and `SESSION_LIMIT`. */
async function readForChange(
  context: StoreContext,
  reader: Reader,
  account: string,
  sessionId: string,
  decide: Decide,
  now: Date,
  isNew: boolean,
): Promise<Decision> {
  const before = isNew ? undefined : await findSession(context.db, reader, account, sessionId);
  const change = decide(before);
  if (change === undefined) return { before, change, slot: 'kept' };
  const wasLive = before !== undefined && !isEnded(before);
  if (before !== undefined && isEnded(before) === isEnded(change.next)) return { before, change, slot: 'kept' };
  if (!isEnded(change.next)) {
    const ground = await readStartGround(context, reader, account);
    return { before, change, slot: await findSlot(context.db, reader, ground, change.next, now) };
  }
  const settings = await readAccount(context, account, reader);
  if (before === undefined) {
    const archived = archiveAt(change.next, settings);
    return { before, change, slot: { limited: false, visitAt: earlierVisit(settings, archived) } };
  }
  return { before, change, slot: wasLive && sessionLimitOf(settings) !== null ? 'released' : 'kept' };
}

export async function findSession(db: Firestore, reader: Reader, account: string, sessionId: string): Promise<Found> {
  const [live] = await reader.getAll(db.doc(documents.session(account, sessionId)));
  if (live?.exists) return readSession(live);
  const [ended] = await reader.getAll(db.doc(documents.endedSession(account, sessionId)));
  return ended && readSession(ended);
}

/** What a start rests on beside its session. */
export interface StartGround {
  readonly settings: Account;
  /** Live sessions that hold a slot; undefined: the account has no limit, so there is nothing to contend for. */
  readonly slots: Slots | undefined;
}

/**
 * The slots before the account: a visit that lets it fall idle moves the slots, so a start that still counted on that visit is outpaced. When the account got its limit
 * after this instance last looked, both are read once more, in that order. Held by test/faults/sweep-and-start.test.ts.
 */
export async function readStartGround(context: StoreContext, reader: Reader, account: string): Promise<StartGround> {
  const slotsRef = context.db.doc(documents.slots(account));
  let isLimited = sessionLimitOf(await readAccount(context, account)) !== null;
  for (;;) {
    const [document] = isLimited ? await reader.getAll(slotsRef) : [];
    const settings = await readAccount(context, account, reader);
    if (sessionLimitOf(settings) === null) return { settings, slots: undefined };
    if (document !== undefined)
      return { settings, slots: read<{ sessions?: Slots }>('slots', document)?.sessions ?? {} };
    isLimited = true;
  }
}

/**
 * Counts, without the slot that the same change gives back.
 * @throws DomainError `SESSION_LIMIT`
 */
export async function findSlot(
  db: Firestore,
  reader: Reader,
  { settings: account, slots: held }: StartGround,
  session: LiveSession,
  now: Date,
  freedId?: string,
): Promise<TakenSlot> {
  const due = earliest([staleAt(session, account), expiresAt(session)]) as Date;
  const visitAt = earlierVisit(account, due);
  if (held === undefined) return { limited: false, visitAt };
  const { [freedId ?? '']: _freed, ...slots } = held;
  if (hasFreeSlot(account, slots)) return { limited: true, visitAt };
  const refs = Object.keys(slots).map((id) => db.doc(documents.session(account.accountId, id)));
  const holders = (await reader.getAll(...refs))
    .map(readSession)
    .filter((one): one is LiveSession => one !== undefined);
  const giving = findSuperseded(holders, session.programId, account, now);
  if (giving === undefined) throw sessionLimitError(account, slots, holders);
  return { limited: true, visitAt, superseded: endSession(giving, 'superseded', `program/${session.programId}`, now) };
}

/** The moment, unless a visit comes before it anyway. An account that was idle is not visited until it says when. */
function earlierVisit({ nextSweepAt }: Account, moment: Date): Date | undefined {
  return nextSweepAt === null || nextSweepAt > moment ? moment : undefined;
}

function isUpsert({ before, change }: Decision): boolean {
  return before !== undefined && !isEnded(before) && change !== undefined && !isEnded(change.next);
}
