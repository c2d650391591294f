import { createHash } from 'node:crypto';
import { limits } from '@quarterdeck/contract';
import {
  type BatchResponse,
  getMessaging,
  type Message,
  type Messaging,
  type SendResponse,
} from 'firebase-admin/messaging';
import type { PushReceipt } from '../domain/push.js';
import type { PushMessage, PushSenderPort } from '../operations/ports.js';

const LIFE_SECONDS = limits.PUSH_LIFE_HOURS * 3600;
/** A topic of web push takes 32 characters of base64url (RFC 8030, section 5.4); APNs takes 64 bytes. */
const TAG_CHARS = 32;

/** The sender of this instance, on the project that it is deployed to. */
export function deployedPushSender(appUrl: string): PushSenderPort {
  return new FirebasePushSender(getMessaging(), appUrl);
}

/** Sends through Firebase Cloud Messaging, which passes on to Android, APNs and web push. */
export class FirebasePushSender implements PushSenderPort {
  /** @param appUrl of the app that people use; a tap on a push in a browser opens a page of it */
  constructor(
    private readonly messaging: Pick<Messaging, 'sendEach'>,
    private readonly appUrl: string,
  ) {}

  async send(messages: readonly PushMessage[]): Promise<readonly PushReceipt[]> {
    const batch = messages.map((message) => fcmMessage(message, this.appUrl));
    const results = await this.messaging.sendEach(batch).then(({ responses }) => responses, answeredBefore);
    return messages.map(({ token }, index) => receiptOf(results[index] ?? { success: false }, token));
  }
}

/** The connection broke. What FCM had answered before is still to be had; the rest may or may not have arrived. */
async function answeredBefore(error: unknown): Promise<BatchResponse['responses']> {
  const { pendingBatchResponse } = error as { pendingBatchResponse?: Promise<BatchResponse> };
  return (await pendingBatchResponse?.catch(() => undefined))?.responses ?? [];
}

/** The message that FCM gets for one device: 4,096 bytes at the most. */
export function fcmMessage(message: PushMessage, appUrl: string): Message {
  const { token, title, body, account, eventId, alert, sessionId, programId, link, time } = message;
  const tag = tagOf(account, sessionId);
  return {
    token,
    notification: { title, body },
    data: {
      eventId,
      type: alert,
      sessionId,
      link,
      time: time.toISOString(),
      ...(programId === null ? {} : { programId }),
    },
    android: { priority: 'high', collapseKey: tag, ttl: LIFE_SECONDS * 1000, notification: { tag } },
    apns: {
      headers: {
        'apns-priority': '10',
        'apns-collapse-id': tag,
        'apns-expiration': String(Math.floor(time.getTime() / 1000) + LIFE_SECONDS),
      },
      payload: { aps: { sound: 'default', threadId: tag } },
    },
    webpush: {
      headers: { Urgency: 'high', TTL: String(LIFE_SECONDS), Topic: tag },
      notification: { tag, renotify: true },
      fcmOptions: { link: `${appUrl}${link}` },
    },
  };
}

/** Names the session to the device, so that a later alert of it takes the place of this one. */
function tagOf(account: string, sessionId: string): string {
  return createHash('sha256').update(`${account}/${sessionId}`).digest('base64url').slice(0, TAG_CHARS);
}

/**
 * What FCM's answer means for the device (firebase.google.com/docs/cloud-messaging/error-codes). Whatever is not known is tried again, so that nothing is lost
 * to a word.
 * @param token is taken out of what FCM says
 */
export function receiptOf({ success, error }: Pick<SendResponse, 'success' | 'error'>, token: string): PushReceipt {
  if (success) return { outcome: 'sent', error: null };
  const { code = 'no answer', message = '' } = error ?? {};
  return { outcome: outcomeOf(code, message), error: `${code}: ${message}`.replaceAll(token, '(token)') };
}

function outcomeOf(code: string, message: string): PushReceipt['outcome'] {
  switch (code) {
    case 'messaging/registration-token-not-registered':
    case 'messaging/invalid-registration-token':
      return 'gone';
    // The same code says that FCM is not enabled, or not for us: that is not the device's fault.
    case 'messaging/mismatched-credential':
      return /sender ?id/i.test(message) ? 'gone' : 'later';
    // The same code says that a token is malformed and that a message is: no device goes for a defect of ours.
    case 'messaging/invalid-argument':
      return /registration token/i.test(message) ? 'gone' : 'refused';
    case 'messaging/invalid-payload':
    case 'messaging/payload-size-limit-exceeded':
    case 'messaging/invalid-options':
      return 'refused';
    default:
      return 'later';
  }
}
