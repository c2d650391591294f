import { EVENTS_TOPIC, type EventType } from '@quarterdeck/contract';
import type { Message } from 'firebase-admin/messaging';
import { publishEvent } from '../../functions/src/operations/publish-event.js';
import { type PushReport, pushAlert } from '../../functions/src/operations/push-alert.js';
import { FirebasePushSender } from '../../functions/src/store/firebase-push-sender.js';
import type { Redelivery } from './webhooks.js';
import type { World } from './world.js';

/** What FCM says of one message; undefined: it takes it. The code is the client's, without its "messaging/". */
export interface FcmError {
  readonly code: string;
  readonly message?: string;
}

/** Firebase Cloud Messaging, behind the real sender. */
export interface Fcm {
  /** What it took, oldest first: `phone-a: builder needs you | Nightly build: Which branch?`. */
  readonly shown: string[];
  /** Everything that it was handed, taken or not. */
  readonly handed: Message[];
  /** Default: it takes everything. */
  answer: (message: Message & { readonly token: string }) => FcmError | undefined | Promise<FcmError | undefined>;
}

/** From now on the pushes of this instance go to an FCM of this test's own. */
export function aFcm(world: Pick<World, 'app'>): Fcm {
  const fcm: Fcm = { shown: [], handed: [], answer: () => undefined };
  const take = async (message: Message & { token: string }) => {
    fcm.handed.push(message);
    const error = await fcm.answer(message);
    if (error !== undefined)
      return { success: false, error: { message: '', ...error, code: `messaging/${error.code}` } };
    fcm.shown.push(`${message.token}: ${message.notification?.title} | ${message.notification?.body}`);
    return { success: true, messageId: 'x' };
  };
  const sendEach = async (messages: Message[]) => ({
    responses: await Promise.all(messages.map((message) => take(message as Message & { token: string }))),
  });
  const pushSender = new FirebasePushSender({ sendEach } as never, 'https://deck.example.com');
  Object.assign(world.app.ports, { pushSender });
  return fcm;
}

/** What tells devices of what is written, when a test says so. */
export interface Pushing {
  /** Tells every event that was written since the last call, and what was not acknowledged before. */
  run(): Promise<void>;
  /** What became of every message so far. */
  readonly reports: readonly PushReport[];
  /** Messages that Pub/Sub will deliver again. */
  readonly waiting: number;
}

export function aPushing(world: World, redelivered: Redelivery = (messages) => messages): Pushing {
  const told = new Set<string>();
  const reports: PushReport[] = [];
  let waiting: { readonly id: string; readonly type: EventType }[] = [];
  const { ports } = world.app;

  async function run(): Promise<void> {
    const { docs } = await world.db.collection(`accounts/${world.account}/events`).get();
    for (const doc of docs.filter(({ id }) => !told.has(id))) {
      told.add(doc.id);
      await publishEvent(world.account, doc.id, doc.get('type'), doc.get('subject'), ports);
    }
    const messages = world.published.splice(0).filter(({ topic }) => topic === EVENTS_TOPIC);
    const fresh = messages.map(({ attributes: { id = '', type } }) => ({ id, type: type as EventType }));
    const due = [...redelivered(fresh), ...waiting];
    waiting = [];
    await Promise.all(
      due.map(async (message) => {
        const report = await pushAlert(world.account, message.id, message.type, ports);
        reports.push(report);
        if (report.outcome === 'again') waiting.push(message);
      }),
    );
  }

  return {
    run,
    reports,
    get waiting() {
      return waiting.length;
    },
  };
}
