import { randomBytes, randomUUID } from 'node:crypto';
import { type Account, Tier } from '@quarterdeck/contract';
import { getApps, initializeApp } from 'firebase-admin/app';
import { getAuth } from 'firebase-admin/auth';
import { type Firestore, getFirestore } from 'firebase-admin/firestore';
import { createDispatch, type Dispatch } from './operations/dispatch.js';
import type { AuthPort, BusPort, Clock, Ports, RandomPort } from './operations/ports.js';
import { FirestoreAccountStore } from './store/accounts.js';
import { firebaseAuth } from './store/auth.js';
import { translatingErrors } from './store/firestore-errors.js';
import { FirestoreFleetStore } from './store/fleets.js';
import { FirestoreKeyStore, FirestorePrincipalStore } from './store/keys.js';
import { FirestoreMemberStore } from './store/members.js';
import { FirestoreProgramStateStore } from './store/program-states.js';
import { FirestoreProgramStore } from './store/programs.js';
import { startReadsAtOnce } from './store/prompt-reads.js';
import { FirestoreSessionStore } from './store/sessions.js';
import { StoreContext } from './store/store-context.js';
import { FirestoreSweepStore } from './store/sweeps.js';

/** What the outside provides. */
export interface Outside {
  readonly db: Firestore;
  readonly auth: AuthPort;
  readonly bus: BusPort;
  /** Default: this machine's clock. */
  readonly clock?: Clock;
  readonly random?: RandomPort;
  /** Tier of new accounts. Default: `unlimited`, for those who run Quarterdeck for themselves. */
  readonly defaultTier?: Account['tier'];
}

/** The application: what entries call. */
export interface App {
  readonly dispatch: Dispatch;
  readonly ports: Ports;
}

/** Wires the application. The only place that knows which store stands behind which port. */
export function compose({
  db,
  auth,
  bus,
  clock = systemClock,
  random = systemRandom,
  defaultTier = 'unlimited',
}: Outside): App {
  startReadsAtOnce();
  const context = new StoreContext(db, clock);
  const ports: Ports = {
    clock,
    random,
    auth,
    bus,
    defaultTier,
    sessions: translatingErrors(new FirestoreSessionStore(context)),
    accounts: translatingErrors(new FirestoreAccountStore(context)),
    members: translatingErrors(new FirestoreMemberStore(context)),
    programs: translatingErrors(new FirestoreProgramStore(context)),
    keys: translatingErrors(new FirestoreKeyStore(context)),
    principals: translatingErrors(new FirestorePrincipalStore(context)),
    programStates: translatingErrors(new FirestoreProgramStateStore(context)),
    fleets: translatingErrors(new FirestoreFleetStore(context)),
    sweeps: translatingErrors(new FirestoreSweepStore(context)),
  };
  return { dispatch: createDispatch(ports), ports };
}

let app: App | undefined;

/** The application of this instance, on the project that it is deployed to. Made at the first call. */
export function deployedApp(): App {
  if (app === undefined) {
    // firebase-functions may have made an app of its own, so the default one is asked for by name.
    if (!getApps().some(({ name }) => name === '[DEFAULT]')) initializeApp();
    app = compose({ db: getFirestore(), auth: firebaseAuth(getAuth()), bus: lazyBus(), defaultTier: tierSetting() });
  }
  return app;
}

/** Pub/Sub's client is heavy: it loads with the first message. */
function lazyBus(): BusPort {
  let bus: Promise<BusPort> | undefined;
  return {
    publish: async (topic, json, attributes) => {
      bus ??= import('./store/pubsub-bus.js').then(({ PubSubBus }) => new PubSubBus());
      await (await bus).publish(topic, json, attributes);
    },
  };
}

/** @throws Error at start-up, naming the setting */
function tierSetting(): Account['tier'] {
  const setting = process.env.QUARTERDECK_DEFAULT_TIER ?? 'unlimited';
  const tier = Tier.safeParse(setting);
  if (tier.success) return tier.data;
  throw new Error(`QUARTERDECK_DEFAULT_TIER is "${setting}"; allowed are ${Tier.options.join(', ')}`);
}

const systemClock: Clock = { now: () => new Date() };

const systemRandom: RandomPort = {
  accountId: () => Array.from(randomBytes(20), (byte) => 'abcdefghijklmnopqrstuvwxyz012345'[byte % 32]).join(''),
  sessionId: () => randomUUID(),
  keyBytes: () => randomBytes(32),
};
