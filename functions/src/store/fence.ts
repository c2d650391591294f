import { documents } from '@quarterdeck/contract';
import type { Firestore, Transaction } from 'firebase-admin/firestore';
import { requireOpenWindow, type WindowSession } from '../domain/session-window.js';
import type { Fence } from '../operations/ports.js';
import { readSession } from './session-changes.js';

/**
 * The session of the fence, read in the transaction that writes: a window that is taken over, or shut, before the commit makes the transaction start
 * again, and be refused. One read while the window is open.
 * @throws DomainError `SUPERSEDED`, `SESSION_EXPIRED`, `WINDOW_CLOSED`
 */
export async function requireFence(
  db: Firestore,
  tx: Transaction,
  account: string,
  { sessionId, epoch, now }: Fence,
): Promise<WindowSession> {
  const claims = epoch === null ? null : { epoch };
  const live = await tx.get(db.doc(documents.session(account, sessionId)));
  if (live.exists) return requireOpenWindow(readSession(live), claims, now);
  return requireOpenWindow(readSession(await tx.get(db.doc(documents.endedSession(account, sessionId)))), claims, now);
}
