import { deleteApp, type FirebaseApp, initializeApp } from 'firebase/app';
import {
  connectAuthEmulator,
  getAuth,
  initializeAuth,
  inMemoryPersistence,
  signInWithCustomToken,
} from 'firebase/auth';
import { connectFirestoreEmulator, type Firestore, getFirestore } from 'firebase/firestore';
import { originOf, randomId } from '../call.js';
import { QuarterdeckError } from '../errors.js';
import type { OperationMethods } from '../operations.js';
import type { ClientOptions } from '../options.js';
import type { FirebaseConfig } from '../watch-types.js';

/** What watches ask of the operations. */
export type ConnectionMethods = Pick<OperationMethods, 'exchangeKey' | 'getAccount'>;

/** A signed-in Firebase app and whose account it may read. */
export interface Connection {
  readonly db: Firestore;
  readonly accountId: string;
  close(): Promise<void>;
}

/**
 * Signs in with what the client has: a key on an app of its own, or the app on which a person is signed in.
 * @throws QuarterdeckError what exchange_key and get_account throw; NOT_CONFIGURED; UNREACHABLE when Firebase does not answer
 */
export async function connect(options: ClientOptions, methods: ConnectionMethods): Promise<Connection> {
  if (options.apiKey !== undefined) return connectWithKey(options.apiKey, options, methods);
  if (options.firebase?.app !== undefined) return connectWithApp(options.firebase.app as FirebaseApp, methods);
  throw notConfigured(
    'Watching needs an apiKey, or firebase.app: the Firebase app on which the person of the idToken is signed in.',
  );
}

async function connectWithKey(key: string, options: ClientOptions, methods: ConnectionMethods): Promise<Connection> {
  // One after the other: the call is repeated while nobody answers, and then somebody does.
  const { customToken, accountId } = await methods.exchangeKey({ key });
  const { emulators, ...settings } = options.firebase?.config ?? (await fetchConfig(options));
  const app = initializeApp(settings, `quarterdeck-${randomId()}`);
  try {
    // Nothing is left behind on a disk, and no other tab is signed in by it.
    const auth = initializeAuth(app, { persistence: inMemoryPersistence });
    const db = getFirestore(app);
    if (emulators !== undefined) {
      connectAuthEmulator(auth, `http://${emulators.auth}`, { disableWarnings: true });
      const { hostname, port } = new URL(`http://${emulators.firestore}`);
      connectFirestoreEmulator(db, hostname, Number(port));
    }
    await signInWithCustomToken(auth, customToken);
    return { db, accountId, close: () => deleteApp(app) };
  } catch (error) {
    await deleteApp(app);
    throw signInError(error);
  }
}

/** The app is its owner's: it is neither signed in nor deleted here. */
async function connectWithApp(app: FirebaseApp, methods: ConnectionMethods): Promise<Connection> {
  const auth = getAuth(app);
  await auth.authStateReady();
  if (auth.currentUser === null) throw notConfigured(`Nobody is signed in on the Firebase app "${app.name}".`);
  const { account } = await methods.getAccount();
  return { db: getFirestore(app), accountId: account.accountId, close: async () => {} };
}

async function fetchConfig({ origin, fetch = globalThis.fetch }: ClientOptions): Promise<FirebaseConfig> {
  const address = `${originOf(origin)}/__/firebase/init.json`;
  const hint = 'Give the configuration of your web app as firebase.config.';
  const response = await fetch(address).catch((cause) => {
    throw unreachable(`${address} could not be read. ${hint}`, cause);
  });
  // Where a page answers for every address, it is no JSON.
  const answer: unknown = response.ok ? await response.json().catch(() => undefined) : undefined;
  const { projectId, apiKey } = (answer ?? {}) as Partial<FirebaseConfig>;
  if (typeof projectId !== 'string' || typeof apiKey !== 'string') {
    throw notConfigured(`${address} is no configuration of a Firebase web app. ${hint}`);
  }
  return answer as FirebaseConfig;
}

function notConfigured(message: string, cause?: unknown): QuarterdeckError {
  return new QuarterdeckError('watch', { code: 'failed-precondition', reason: 'NOT_CONFIGURED', message, cause });
}

function unreachable(message: string, cause: unknown): QuarterdeckError {
  return new QuarterdeckError('watch', { code: 'unavailable', reason: 'UNREACHABLE', message, cause });
}

function signInError(cause: unknown): QuarterdeckError {
  const code = (cause as { code?: unknown }).code;
  if (code === 'auth/network-request-failed') {
    return unreachable('Firebase Auth does not answer. Check the network.', cause);
  }
  const why = cause instanceof Error ? cause.message : String(cause);
  return notConfigured(
    `Firebase refused to sign in (${why}). Check that firebase.config is of this deployment.`,
    cause,
  );
}
