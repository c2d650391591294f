import http2 from 'node:http2';
import type { AddressInfo } from 'node:net';
import { limits } from '@quarterdeck/contract';
import { deleteApp, initializeApp } from 'firebase-admin/app';
import { getMessaging } from 'firebase-admin/messaging';
import type { PushMessage } from '../operations/ports.js';
import { FirebasePushSender, fcmMessage, receiptOf } from './firebase-push-sender.js';

/** A server that answers as the HTTP v1 interface of Firebase Cloud Messaging does. The client is the real one, and finds this instead of Google's. */
interface Answer {
  readonly status: number;
  readonly body: string;
}
const fcmError = (status: number, state: string, message: string, errorCode?: string): Answer => {
  const details =
    errorCode === undefined ? [] : [{ '@type': 'type.googleapis.com/google.firebase.fcm.v1.FcmError', errorCode }];
  return { status, body: JSON.stringify({ error: { code: status, message, status: state, details } }) };
};
const ANSWERS: Readonly<Record<string, Answer>> = {
  ok: { status: 200, body: '{"name":"projects/p/messages/1"}' },
  removed: fcmError(404, 'NOT_FOUND', 'Requested entity was not found.', 'UNREGISTERED'),
  malformed: fcmError(
    400,
    'INVALID_ARGUMENT',
    'The registration token is not a valid FCM registration token',
    'INVALID_ARGUMENT',
  ),
  elsewhere: fcmError(403, 'PERMISSION_DENIED', 'SenderId mismatch', 'SENDER_ID_MISMATCH'),
  disabled: fcmError(403, 'PERMISSION_DENIED', 'Firebase Cloud Messaging API has not been used in project p'),
  ours: fcmError(400, 'INVALID_ARGUMENT', 'Invalid value at message.android.ttl for ours', 'INVALID_ARGUMENT'),
  busy: fcmError(429, 'RESOURCE_EXHAUSTED', 'Quota exceeded', 'QUOTA_EXCEEDED'),
  broken: fcmError(500, 'INTERNAL', 'Internal error', 'INTERNAL'),
  apns: fcmError(401, 'UNAUTHENTICATED', 'Auth error from APNS or Web Push Service', 'THIRD_PARTY_AUTH_ERROR'),
  proxy: { status: 502, body: '<html>Bad Gateway</html>' },
};

interface Received {
  readonly path: string;
  readonly authorization: string;
  readonly message: { readonly token: string };
}

let received: Received[];
let sessions: Set<http2.ServerHttp2Session>;
let server: http2.Http2Server;
let sender: FirebasePushSender;
/** Answers are held back until as many requests are there. */
let together: number;
const firebase = initializeApp(
  { projectId: 'my-fleet', credential: { getAccessToken: async () => ({ access_token: 'secret', expires_in: 3600 }) } },
  'push',
);

beforeEach(async () => {
  received = [];
  sessions = new Set();
  together = 1;
  server = http2.createServer();
  const held: (() => void)[] = [];
  server.on('session', (session) => void sessions.add(session));
  server.on('stream', (stream, headers) => {
    let text = '';
    stream.setEncoding('utf8');
    stream.on('data', (chunk) => {
      text += chunk;
    });
    stream.on('error', () => undefined);
    stream.on('end', () => {
      const { message } = JSON.parse(text);
      received.push({ path: String(headers[':path']), authorization: String(headers.authorization), message });
      held.push(() => answer(stream, message.token));
      if (held.length >= together) for (const release of held.splice(0)) release();
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const connect = http2.connect;
  jest.spyOn(http2, 'connect').mockImplementation(() => {
    const session = connect(`http://127.0.0.1:${port}`);
    const request = session.request.bind(session);
    // The SDK says "https:" with its colon, which Google's servers let pass and Node's do not.
    session.request = (headers, options) => request({ ...headers, ':scheme': 'http' }, options);
    return session;
  });
  sender = new FirebasePushSender(getMessaging(firebase), 'https://deck.example.com');
});
afterEach(async () => {
  jest.restoreAllMocks();
  await stop();
});
afterAll(() => deleteApp(firebase));

async function stop(): Promise<void> {
  if (!server.listening) return;
  const closed = new Promise((done) => server.close(done));
  for (const session of sessions) session.destroy();
  await closed;
}

function answer(stream: http2.ServerHttp2Stream, token: string): void {
  const known = ANSWERS[token];
  if (known === undefined) {
    stream.session?.goaway(http2.constants.NGHTTP2_INTERNAL_ERROR);
    stream.close(http2.constants.NGHTTP2_INTERNAL_ERROR);
    return;
  }
  stream.respond({ ':status': known.status, 'content-type': 'application/json' });
  stream.end(known.body);
}

function aMessage(fields: Partial<PushMessage> = {}): PushMessage {
  return {
    deviceId: '0123456789abcdef0123456789abcdef',
    token: 'ok',
    platform: 'android',
    title: 'builder needs you',
    body: 'Nightly build: Which branch?',
    account: 'abcdefghijklmnopqrst',
    eventId: '00000000-0000-4000-8000-0000000000bb',
    alert: 'session.blocked',
    sessionId: 'nightly',
    programId: 'builder',
    link: '/sessions/nightly',
    time: new Date('2026-03-02T10:00:00.000Z'),
    ...fields,
  };
}

test('a message reaches FCM as it is documented, for the project and with its credential', async () => {
  expect(await sender.send([aMessage()])).toEqual([{ outcome: 'sent', error: null }]);
  const tag = expect.stringMatching(/^[A-Za-z0-9_-]{32}$/);
  expect(received).toEqual([
    {
      path: '/v1/projects/my-fleet/messages:send',
      authorization: 'Bearer secret',
      message: {
        token: 'ok',
        notification: { title: 'builder needs you', body: 'Nightly build: Which branch?' },
        data: {
          eventId: '00000000-0000-4000-8000-0000000000bb',
          type: 'session.blocked',
          sessionId: 'nightly',
          programId: 'builder',
          link: '/sessions/nightly',
          time: '2026-03-02T10:00:00.000Z',
        },
        android: { priority: 'high', collapse_key: tag, ttl: '86400s', notification: { tag } },
        apns: {
          headers: { 'apns-priority': '10', 'apns-collapse-id': tag, 'apns-expiration': '1772532000' },
          payload: { aps: { sound: 'default', 'thread-id': tag } },
        },
        webpush: {
          headers: { Urgency: 'high', TTL: '86400', Topic: tag },
          notification: { tag, renotify: true },
          fcmOptions: { link: 'https://deck.example.com/sessions/nightly' },
        },
      },
    },
  ]);
});

test('each answer of FCM says what becomes of its own device, and none names a token', async () => {
  const tokens = Object.keys(ANSWERS);
  const receipts = await sender.send(tokens.map((token) => aMessage({ token })));
  expect(Object.fromEntries(tokens.map((token, index) => [token, receipts[index]?.outcome]))).toEqual({
    ok: 'sent',
    removed: 'gone',
    malformed: 'gone',
    elsewhere: 'gone',
    disabled: 'later',
    ours: 'refused',
    busy: 'later',
    broken: 'later',
    apns: 'later',
    proxy: 'later',
  });
  expect(receipts[tokens.indexOf('ours')]?.error).toContain('message.android.ttl for (token)');
});

test('when the connection breaks, what was not answered comes later', async () => {
  together = 2;
  expect(await sender.send([aMessage({ token: 'breaks' }), aMessage({ token: 'breaks' })])).toMatchObject([
    { outcome: 'later' },
    { outcome: 'later' },
  ]);
});

test('when nobody is there, all comes later', async () => {
  await stop();
  expect(await sender.send([aMessage()])).toMatchObject([{ outcome: 'later' }]);
});

test('what FCM had answered before the connection broke counts', async () => {
  const responses = [{ success: true }, { success: false, error: undefined }];
  const broken = Object.assign(new Error('GOAWAY'), { pendingBatchResponse: Promise.resolve({ responses }) });
  const breaking = new FirebasePushSender({ sendEach: () => Promise.reject(broken) } as never, 'https://x.example');
  const outcomes = (await breaking.send([aMessage(), aMessage(), aMessage()])).map(({ outcome }) => outcome);
  expect(outcomes).toEqual(['sent', 'later', 'later']);
});

test('FCM that says it is not available is asked again later', () => {
  const error = Object.assign(new Error('x'), { code: 'messaging/server-unavailable' }) as never;
  expect(receiptOf({ success: false, error }, 'token').outcome).toBe('later');
});

test('alerts of one session take the place of each other, those of another account or session do not', () => {
  const tagOf = (fields: Partial<PushMessage>) => fcmMessage(aMessage(fields), '').android?.collapseKey;
  expect(tagOf({ alert: 'session.ended' })).toBe(tagOf({}));
  expect(tagOf({ sessionId: 'other' })).not.toBe(tagOf({}));
  expect(tagOf({ account: 'zzzzzzzzzzzzzzzzzzzz' })).not.toBe(tagOf({}));
});

test.each(['界', '"', '👾'])('the longest message of %s fits into the 4,096 bytes of FCM', async (character) => {
  const of = (max: number) => character.repeat(max / character.length);
  const sessionId = 's'.repeat(limits.SESSION_ID_MAX_CHARS);
  const longest = aMessage({
    title: of(limits.PUSH_TITLE_MAX_CHARS),
    body: of(limits.PUSH_BODY_MAX_CHARS),
    sessionId,
    programId: 'p'.repeat(limits.PROGRAM_ID_MAX_CHARS),
    link: `/sessions/${'%3A'.repeat(limits.SESSION_ID_MAX_CHARS)}`,
  });
  await sender.send([longest]);
  const { token: _token, ...payload } = received[0]?.message ?? { token: '' };
  expect(Buffer.byteLength(JSON.stringify(payload))).toBeLessThan(4096);
});
