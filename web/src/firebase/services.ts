import { type FirebaseApp, initializeApp } from 'firebase/app';
import {
  type Auth,
  browserLocalPersistence,
  browserPopupRedirectResolver,
  connectAuthEmulator,
  indexedDBLocalPersistence,
  initializeAuth,
} from 'firebase/auth';
import {
  clearIndexedDbPersistence,
  connectFirestoreEmulator,
  type Firestore,
  initializeFirestore,
  persistentLocalCache,
  persistentMultipleTabManager,
  terminate,
} from 'firebase/firestore';
import type { DeploymentConfig } from './config.js';

/** Firebase as this page uses it. */
export interface Services {
  readonly app: FirebaseApp;
  readonly auth: Auth;
  readonly db: Firestore;
}

/** Documents stay on the device, so that the page opens without a network and says of what moment they are. */
export function startServices({ emulators, localAdmin: _, ...settings }: DeploymentConfig): Services {
  const app = initializeApp(settings);
  const auth = initializeAuth(app, {
    persistence: [indexedDBLocalPersistence, browserLocalPersistence],
    popupRedirectResolver: browserPopupRedirectResolver,
  });
  const db = initializeFirestore(app, {
    localCache: persistentLocalCache({ tabManager: persistentMultipleTabManager() }),
  });
  if (emulators !== undefined) {
    connectAuthEmulator(auth, `http://${emulators.auth}`, { disableWarnings: true });
    const { hostname, port } = new URL(`http://${emulators.firestore}`);
    connectFirestoreEmulator(db, hostname, Number(port));
  }
  return { app, auth, db };
}

/** Nothing of the account stays on the device. Another tab that still shows it keeps its own copy until it closes. */
export async function forgetDocuments({ db }: Services): Promise<void> {
  await terminate(db);
  await clearIndexedDbPersistence(db).catch(() => undefined);
}
