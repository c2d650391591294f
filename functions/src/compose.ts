import { randomBytes } from 'node:crypto';
import type { Account } from '@quarterdeck/contract';
import { getApps, initializeApp } from 'firebase-admin/app';
import { getAuth } from 'firebase-admin/auth';
import { type Firestore, getFirestore } from 'firebase-admin/firestore';
import type { Caller } from './domain/caller.js';
import { functionLog } from './log/log.js';
import { createDispatch, type Dispatch } from './operations/dispatch.js';
import { type Credentials, identifyCaller } from './operations/identify-caller.js';
import type {
  AuthPort,
  BusPort,
  Clock,
  EmbeddingPort,
  GenerationPort,
  LogPort,
  Ports,
  PushSenderPort,
  RandomPort,
  SessionTokenPort,
  WebhookSenderPort,
} from './operations/ports.js';
import * as settings from './settings.js';
import { FirestoreAccountStore } from './store/accounts.js';
import { firebaseAuth } from './store/auth.js';
import { FirestoreDeviceStore } from './store/devices.js';
import { FirestoreEventStore } from './store/events.js';
import { translatingErrors } from './store/firestore-errors.js';
import { FirestoreFleetStore } from './store/fleets.js';
import { FirestoreIdempotentCallStore } from './store/idempotent-calls.js';
import { FirestoreKeyStore, FirestorePrincipalStore } from './store/keys.js';
import { FirestoreMemberStore } from './store/members.js';
import { FirestoreMemoryStore } from './store/memories.js';
import { FirestoreMessageStore } from './store/messages.js';
import { FirestoreProgramStateStore } from './store/program-states.js';
import { FirestoreProgramStore } from './store/programs.js';
import { startReadsAtOnce } from './store/prompt-reads.js';
import { FirestorePushStore } from './store/pushes.js';
import { randomFrom } from './store/random.js';
import type { Seal } from './store/seal.js';
import { FirestoreSpawnStore } from './store/session-spawns.js';
import { FirestoreSessionStore } from './store/sessions.js';
import { StoreContext } from './store/store-context.js';
import { FirestoreSweepStore } from './store/sweeps.js';
import { FirestoreTaskStore } from './store/tasks.js';
import { FirestoreTransferStore } from './store/transfers.js';
import { FirestoreDeliveryStore } from './store/webhook-deliveries.js';
import { FirestoreWebhookStore } from './store/webhooks.js';
import { FirestoreWindowStore } from './store/windows.js';

/** What the outside provides. */
export interface Outside {
  readonly db: Firestore;
  readonly auth: AuthPort;
  readonly bus: BusPort;
  /** The keys of session tokens are read when the first token is. */
  readonly sessionTokenKeys: () => settings.SessionTokenKeys;
  /** Name of the Firebase project, for what is signed. */
  readonly project: string;
  /** Default: none. */
  readonly embedding?: EmbeddingPort | null;
  readonly generation?: GenerationPort | null;
  /** Default: over HTTP, to public addresses only. */
  readonly webhookSender?: WebhookSenderPort;
  /** What reaches phones and browsers. */
  readonly pushSender: PushSenderPort;
  /** Default: this machine's clock. */
  readonly clock?: Clock;
  readonly random?: RandomPort;
  /** Default: that of the functions. */
  readonly log?: LogPort;
  /** Tier of new accounts. Default: `unlimited`, for those who run Quarterdeck for themselves. */
  readonly defaultTier?: Account['tier'];
}

/** The application: what entries call. */
export interface App {
  readonly dispatch: Dispatch;
  /** Who is calling, for a door that has to know before it has an operation. */
  readonly identify: (credentials: Credentials) => Promise<Caller>;
  readonly ports: Ports;
}

/** Wires the application. The only place that knows which store stands behind which port. */
export function compose({
  db,
  auth,
  bus,
  sessionTokenKeys,
  project,
  embedding = null,
  generation = null,
  webhookSender = lazyWebhookSender(false),
  pushSender,
  clock = systemClock,
  random = systemRandom,
  log = functionLog,
  defaultTier = 'unlimited',
}: Outside): App {
  startReadsAtOnce();
  const context = new StoreContext(db, clock);
  const seal = lazySeal(sessionTokenKeys);
  const ports: Ports = {
    clock,
    random,
    log,
    auth,
    bus,
    embedding,
    generation,
    defaultTier,
    callId: null,
    idempotentCalls: translatingErrors(new FirestoreIdempotentCallStore(context, seal)),
    sessionTokens: lazySessionTokens(sessionTokenKeys, project),
    windows: translatingErrors(new FirestoreWindowStore(context)),
    spawns: translatingErrors(new FirestoreSpawnStore(context)),
    memories: translatingErrors(new FirestoreMemoryStore(context)),
    messages: translatingErrors(new FirestoreMessageStore(context)),
    sessions: translatingErrors(new FirestoreSessionStore(context)),
    accounts: translatingErrors(new FirestoreAccountStore(context)),
    members: translatingErrors(new FirestoreMemberStore(context)),
    programs: translatingErrors(new FirestoreProgramStore(context)),
    keys: translatingErrors(new FirestoreKeyStore(context)),
    principals: translatingErrors(new FirestorePrincipalStore(context)),
    programStates: translatingErrors(new FirestoreProgramStateStore(context)),
    tasks: translatingErrors(new FirestoreTaskStore(context)),
    fleets: translatingErrors(new FirestoreFleetStore(context)),
    sweeps: translatingErrors(new FirestoreSweepStore(context)),
    transfers: translatingErrors(new FirestoreTransferStore(context)),
    events: translatingErrors(new FirestoreEventStore(context)),
    webhooks: translatingErrors(new FirestoreWebhookStore(context, seal)),
    deliveries: translatingErrors(new FirestoreDeliveryStore(context)),
    webhookSender,
    devices: translatingErrors(new FirestoreDeviceStore(context)),
    pushes: translatingErrors(new FirestorePushStore(context)),
    pushSender,
  };
  return {
    dispatch: createDispatch(ports),
    identify: (credentials) => identifyCaller(credentials, ports),
    ports,
  };
}

let app: App | undefined;

/** The application of this instance, on the project that it is deployed to. Made at the first call. */
export function deployedApp(): App {
  if (app === undefined) {
    // firebase-functions may have made an app of its own, so the default one is asked for by name.
    if (!getApps().some(({ name }) => name === '[DEFAULT]')) initializeApp();
    app = compose({
      db: getFirestore(),
      auth: firebaseAuth(getAuth()),
      bus: lazyBus(),
      sessionTokenKeys: settings.sessionTokenKeys,
      project: settings.projectId(),
      ...lazyModels(settings.modelSettings()),
      webhookSender: lazyWebhookSender(settings.allowsWebhookLoopback()),
      pushSender: lazyPushSender(settings.pushSettings()),
      defaultTier: settings.defaultTier(),
    });
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

/** The same for what seals answers. */
function lazySeal(keys: () => settings.SessionTokenKeys): () => Promise<Seal> {
  let seal: Promise<Seal> | undefined;
  return () => {
    seal ??= import('./store/seal.js').then((module) => new module.Seal(keys()));
    return seal;
  };
}

/** What sends to webhooks loads with the first message. */
function lazyWebhookSender(allowsLoopback: boolean): WebhookSenderPort {
  return {
    allowsLoopback,
    send: async (message) => {
      const { HttpWebhookSender } = await import('./store/webhook-sender.js');
      return new HttpWebhookSender({ allowsLoopback }).send(message);
    },
  };
}

/** Firebase Cloud Messaging, or for an emulator, which has none, the log. Either loads with the first alert. */
function lazyPushSender({ appUrl, isLocal }: settings.PushSettings): PushSenderPort {
  let sender: Promise<PushSenderPort> | undefined;
  const load = (): Promise<PushSenderPort> =>
    isLocal
      ? import('./store/log-push-sender.js').then(({ LogPushSender }) => new LogPushSender(console.log))
      : import('./store/firebase-push-sender.js').then(({ deployedPushSender }) => deployedPushSender(appUrl));
  return {
    send: async (messages) => {
      sender ??= load();
      return (await sender).send(messages);
    },
  };
}

/** Models that are configured; their client loads with the first use. */
function lazyModels(models: settings.ModelSettings | null): Pick<Outside, 'embedding' | 'generation'> {
  if (models === null) return {};
  const { embeddingModel, answerModel } = models;
  const client = () => import('./store/language-models.js');
  return {
    embedding: embeddingModel
      ? { embed: async (...args) => new (await client()).HttpEmbeddings(models, embeddingModel).embed(...args) }
      : null,
    generation: answerModel
      ? { generate: async (...args) => new (await client()).HttpGeneration(models, answerModel).generate(...args) }
      : null,
  };
}

/** The library that signs and verifies loads with the first token. */
function lazySessionTokens(keys: () => settings.SessionTokenKeys, project: string): SessionTokenPort {
  let tokens: Promise<SessionTokenPort> | undefined;
  const loaded = () => {
    tokens ??= import('./store/session-tokens.js').then(
      ({ JwtSessionTokens }) => new JwtSessionTokens(keys(), project),
    );
    return tokens;
  };
  return {
    issue: async (...args) => (await loaded()).issue(...args),
    verify: async (...args) => (await loaded()).verify(...args),
  };
}

const systemClock: Clock = { now: () => new Date() };

const systemRandom: RandomPort = randomFrom(randomBytes);
