import { randomBytes, randomUUID } from 'node:crypto';
import {
  allOperations,
  callableName,
  documents,
  type InputOf,
  type OperationName,
  type Operations,
  type OutputOf,
  type Role,
} from '@quarterdeck/contract';
import { deleteApp, initializeApp } from 'firebase-admin/app';
import { type Firestore, getFirestore } from 'firebase-admin/firestore';
import { type App, compose, type Outside } from '../../functions/src/compose.js';
import { hashKey } from '../../functions/src/domain/api-key.js';
import type { Credentials } from '../../functions/src/operations/identify-caller.js';
import type { PushMessage } from '../../functions/src/operations/ports.js';
import { FirestoreSpy, type RpcGate } from './firestore-spy.js';

/** A clock that stands still until it is told to move. */
export class TestClock {
  constructor(private at = new Date('2026-03-02T10:00:00.000Z')) {}

  now(): Date {
    return new Date(this.at);
  }

  advance({ days = 0, hours = 0, minutes = 0, seconds = 0 }): void {
    this.at = new Date(this.at.getTime() + (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000);
  }
}

/** A client of the Firestore emulator, with an application on it: what one instance of the functions is. */
export interface Instance {
  readonly db: Firestore;
  readonly spy: FirestoreSpy;
  readonly app: App;
  /** Messages that were handed to Pub/Sub. */
  readonly published: { topic: string; json: object; attributes: Record<string, string> }[];
  /** What was handed to Firebase Cloud Messaging, which takes everything. */
  readonly pushed: PushMessage[];
  close(): Promise<void>;
}

const projectId = process.env.GCLOUD_PROJECT ?? 'demo-quarterdeck';

/** Keys as a deployment has them while one takes the place of another: the first signs. */
export const SESSION_TOKEN_KEYS = {
  keys: ['2026-03', '2026-02'].map((kid) => ({ kty: 'oct' as const, kid, k: randomBytes(32).toString('base64url') })),
};

/** Starts an instance on the emulator; Auth, Pub/Sub and pushes are recorded. */
export function anInstance(outside: Partial<Outside> & { gate?: RpcGate } = {}): Instance {
  if (!process.env.FIRESTORE_EMULATOR_HOST)
    throw new Error('FIRESTORE_EMULATOR_HOST is not set: run these tests with npm test');
  const firebase = initializeApp({ projectId }, randomUUID());
  const db = getFirestore(firebase);
  const spy = new FirestoreSpy(db, outside.gate);
  const published: Instance['published'] = [];
  const pushed: PushMessage[] = [];
  const app = compose({
    db,
    auth: recordedAuth(),
    sessionTokenKeys: () => SESSION_TOKEN_KEYS,
    project: projectId,
    bus: {
      publish: async (topic, json, attributes = {}) => {
        published.push({ topic, json, attributes });
      },
    },
    pushSender: {
      send: async (messages) => {
        pushed.push(...messages);
        return messages.map(() => ({ outcome: 'sent', error: null }));
      },
    },
    ...outside,
  });
  return { db, spy, app, published, pushed, close: () => deleteApp(firebase) };
}

/** Firebase Auth as far as operations ask it. @param verifyIdToken by default no ID token is good */
export function recordedAuth(verifyIdToken: Outside['auth']['verifyIdToken'] = async () => undefined): Outside['auth'] {
  return {
    createCustomToken: async (uid, claims) => JSON.stringify({ uid, claims }),
    setClaims: async () => undefined,
    verifyIdToken,
  };
}

/** An account with an admin, as a test sees it. */
export interface World extends Instance {
  readonly clock: TestClock;
  readonly account: string;
  readonly admin: Credentials;
  /** Credentials of a new key. */
  aKey(programId: string, role?: Role): Promise<Credentials & { apiKey: string }>;
  /** A document of the account, or undefined. */
  stored(path: string): Promise<FirebaseFirestore.DocumentData | undefined>;
  call<N extends OperationName>(
    name: N,
    input: InputOf<Operations[N]>,
    who?: Credentials,
  ): Promise<OutputOf<Operations[N]>>;
}

/**
 * A fresh account on an instance of its own, so that test files run side by side.
 * @param settings.tier, settings.sessionLimit are set as the operator would
 * @param settings.beside a world whose instance and clock this one shares: it is there sooner, and closing it closes nothing
 */
export async function aWorld(
  settings: {
    tier?: 'free' | 'pro' | 'team' | 'unlimited';
    sessionLimit?: number;
    gate?: RpcGate;
    clock?: TestClock;
    auth?: Outside['auth'];
    beside?: World;
  } = {},
): Promise<World> {
  const { beside, clock = beside?.clock ?? new TestClock(), gate, auth } = settings;
  const instance = beside
    ? { ...beside, close: async () => undefined }
    : anInstance({ clock, ...(gate ? { gate } : {}), ...(auth ? { auth } : {}) });
  const uid = `person-${randomBytes(6).toString('hex')}`;
  const admin: Credentials = {
    idToken: {
      uid,
      authTimeSeconds: clock.now().getTime() / 1000,
      verifiedEmail: `${uid}@example.com`,
      displayName: 'Ada',
    },
  };
  const call = caller(instance.app);
  const { accountId: account } = await call('createAccount', { name: 'Test' }, admin);
  await instance.db.doc(documents.principal(uid)).update({ operator: true });
  const { tier, sessionLimit } = settings;
  if (tier !== undefined || sessionLimit !== undefined) {
    await call('updateAccount', { ...(tier ? { tier } : {}), ...(sessionLimit ? { sessionLimit } : {}) }, admin);
  }
  return {
    ...instance,
    clock,
    account,
    admin,
    call: (name, input, who = admin) => call(name, input, who),
    aKey: async (programId, role = 'program') => {
      const { key } = await call('createKey', { programId, label: 'test', role }, admin);
      return { apiKey: key };
    },
    stored: async (path) => (await instance.db.doc(path).get()).data(),
  };
}

/** Calls an operation as a door would, and holds its answer against the contract. */
export function caller(app: App) {
  return async <N extends OperationName>(
    name: N,
    input: InputOf<Operations[N]>,
    who: Credentials = {},
  ): Promise<OutputOf<Operations[N]>> => {
    const answer = await app.dispatch(name, input, who);
    const operation = allOperations.find((one) => callableName(one.name) === name);
    // Equal: every declared field is right and no undeclared one went out.
    expect(asSent(operation?.output.parse(answer))).toEqual(asSent(answer));
    return answer as OutputOf<Operations[N]>;
  };
}

/** As JSON carries it: a zero has no sign. */
function asSent(answer: unknown): unknown {
  return JSON.parse(JSON.stringify(answer));
}

/** The hash under which a key is stored. */
export function hashOf({ apiKey }: { apiKey: string }): string {
  return hashKey(apiKey);
}

/** What a call was refused with: `failed-precondition SESSION_ENDED`. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'accepted';
  } catch (error) {
    const { code, reason } = error as { code?: string; reason?: string };
    if (reason === undefined) throw error;
    return `${code} ${reason}`;
  }
}
