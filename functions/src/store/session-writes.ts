import { documents, type EndedSession, isEnded, type LiveSession } from '@quarterdeck/contract';
import {
  type DocumentReference,
  FieldPath,
  FieldValue,
  type Firestore,
  type Timestamp,
  type Transaction,
  type WriteBatch,
} from 'firebase-admin/firestore';
import type { SessionChange } from '../domain/session-report.js';
import { stored } from './documents.js';
import { writeEvents } from './events.js';

/** A session as it is: live, ended, or unknown. */
export type Found = LiveSession | EndedSession | undefined;

/** What was read and decided, ready to be written. */
export interface Decision {
  readonly before: Found;
  readonly change: SessionChange | undefined;
  readonly slot: 'kept' | 'released' | TakenSlot;
}

/** How a start finds its slot. */
export interface TakenSlot {
  readonly limited: boolean;
  /** When the sweep has to come for this session, if nobody made it come earlier. */
  readonly visitAt: Date | undefined;
  /** The end of the session that gives way. */
  readonly superseded?: SessionChange;
}

/** Gives a slot back without reading: also right when there is none. */
export function releaseSlot(writer: Transaction | WriteBatch, slotsRef: DocumentReference, sessionId: string): void {
  const gone = { sessions: { [sessionId]: FieldValue.delete() } };
  (writer as WriteBatch).set(slotsRef, gone, { merge: true });
}

/** Writes a change in the transaction that read what it depends on. */
export function writeChange(
  db: Firestore,
  tx: Transaction,
  account: string,
  { before, change, slot }: Decision,
  now: Date,
): void {
  if (change === undefined) return;
  const { next, events } = change;
  const slotsRef = db.doc(documents.slots(account));
  if (slot === 'released') releaseSlot(tx, slotsRef, next.sessionId);
  tx.set(refOf(db, account, next), storedSession(next, before));
  if (before !== undefined && isEnded(before) !== isEnded(next)) tx.delete(refOf(db, account, before));
  writeEvents(db, tx, account, events, now);
}

/** Writes a start, or an upsert, in one batch, on condition that everything it depends on is as it was read. */
export async function commitIfUnmoved(
  db: Firestore,
  account: string,
  decision: Decision,
  versions: ReadonlyMap<string, Timestamp | undefined>,
  now: Date,
): Promise<void> {
  if (decision.change === undefined) return;
  const batch = db.batch();
  writeStart(db, batch, account, decision, versions, now);
  await batch.commit();
}

/** @param replaced a session that ends with this start, besides the one that gives way at the limit */
export function writeStart(
  db: Firestore,
  batch: WriteBatch,
  account: string,
  { before, change, slot }: Decision,
  versions: ReadonlyMap<string, Timestamp | undefined>,
  now: Date,
  replaced?: SessionChange,
): void {
  if (change === undefined) return;
  const { next, events } = change;
  const unmoved = (ref: DocumentReference) => {
    const version = versions.get(ref.path);
    return version === undefined ? {} : { lastUpdateTime: version };
  };
  if (typeof slot === 'object') {
    const gone = [slot.superseded, replaced].filter((one) => one !== undefined);
    if (slot.limited) takeSlot(db, batch, account, next, gone, versions);
    for (const one of gone) writeSuperseded(db, batch, account, one, now, unmoved);
    const accountRef = db.doc(documents.account(account));
    if (slot.visitAt) batch.update(accountRef, { nextSweepAt: slot.visitAt }, unmoved(accountRef));
    batch.create(refOf(db, account, next), storedSession(next, before));
    if (before !== undefined) batch.delete(refOf(db, account, before), unmoved(refOf(db, account, before)));
  } else {
    // Every field is given, so the update leaves nothing of what was there.
    batch.update(refOf(db, account, next), { ...storedSession(next, before) }, unmoved(refOf(db, account, next)));
  }
  writeEvents(db, batch, account, events, now);
}

/** The slots document is what starts contend for: its version is the lock. */
function takeSlot(
  db: Firestore,
  batch: WriteBatch,
  account: string,
  session: LiveSession | EndedSession,
  gone: readonly SessionChange[],
  versions: ReadonlyMap<string, Timestamp | undefined>,
): void {
  const ref = db.doc(documents.slots(account));
  const lastUpdateTime = versions.get(ref.path);
  if (lastUpdateTime === undefined) {
    batch.create(ref, { sessions: { [session.sessionId]: slotOf(session) } });
    return;
  }
  const freed = gone.flatMap((one) => [new FieldPath('sessions', one.next.sessionId), FieldValue.delete()]);
  batch.update(ref, new FieldPath('sessions', session.sessionId), slotOf(session), ...freed, { lastUpdateTime });
}

function writeSuperseded(
  db: Firestore,
  writer: Transaction | WriteBatch,
  account: string,
  { next, events }: SessionChange,
  now: Date,
  unmoved: (ref: DocumentReference) => object = () => ({}),
): void {
  const batch = writer as WriteBatch;
  const liveRef = db.doc(documents.session(account, next.sessionId));
  batch.delete(liveRef, unmoved(liveRef));
  batch.set(refOf(db, account, next), storedSession(next));
  writeEvents(db, writer, account, events, now);
}

function refOf(db: Firestore, account: string, session: LiveSession | EndedSession): DocumentReference {
  const path = isEnded(session) ? documents.endedSession : documents.session;
  return db.doc(path(account, session.sessionId));
}

/** @param before what it was; a session that ends, or comes back, is the same thing in another place */
export function storedSession(session: LiveSession | EndedSession, before?: Found) {
  return stored('session', session, before);
}

function slotOf(session: LiveSession | EndedSession) {
  return { programId: session.programId, since: session.startedAt };
}
