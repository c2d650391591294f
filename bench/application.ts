import { collections, documents } from '@quarterdeck/contract';
import { deleteApp, initializeApp } from 'firebase-admin/app';
import { type Firestore, getFirestore } from 'firebase-admin/firestore';
import { compose } from '../functions/src/compose.js';
import type { Dispatch } from '../functions/src/operations/dispatch.js';
import { type SweepReport, sweepAccount } from '../functions/src/operations/sweep-account.js';
import { sessionTokenKeys } from '../functions/src/settings.js';

/** What a measurement needs beside the doors: the operations, to fill the database with, and the Admin SDK, to compare with. */
export interface Application {
  readonly dispatch: Dispatch;
  readonly db: Firestore;
  readonly documents: typeof documents;
  readonly collections: typeof collections;
  /** One visit of the sweep. */
  readonly sweep: (accountId: string) => Promise<SweepReport>;
  close(): Promise<void>;
}

/**
 * The application on the Firestore emulator of the environment, without Auth and Pub/Sub. Whatever is made with it has the shapes that the
 * functions write, because they write it.
 */
export function openApplication(projectId: string): Application {
  const firebase = initializeApp({ projectId }, 'bench');
  const db = getFirestore(firebase);
  const { dispatch, ports } = compose({
    db,
    auth: {
      createCustomToken: async () => '',
      setClaims: async () => undefined,
      verifyIdToken: async () => undefined,
    },
    bus: { publish: async () => undefined },
    pushSender: { send: async () => [] },
    sessionTokenKeys,
    project: projectId,
  });
  const sweep = (accountId: string) => sweepAccount(accountId, ports);
  return { dispatch, db, documents, collections, sweep, close: () => deleteApp(firebase) };
}
