import type { ClientOptions } from '../options.js';
import { type ConnectionMethods, connect } from './connection.js';

const ORIGIN = 'http://127.0.0.1:1/';
const methods: ConnectionMethods = {
  exchangeKey: async () => ({
    success: true,
    customToken: 'token',
    accountId: 'abcdefghijklmnopqrst',
    programId: 'builder',
    role: 'program',
  }),
  getAccount: () => Promise.reject(new Error('not expected')),
};

/** A deployment that answers so when it is asked for its configuration. */
const answering = (answer: () => Promise<Response>): ClientOptions => ({
  origin: ORIGIN,
  apiKey: 'cb_x',
  fetch: (address) => (address === 'http://127.0.0.1:1/__/firebase/init.json' ? answer() : Promise.reject(address)),
});
const json = (value: unknown) => () => Promise.resolve(Response.json(value));

test.each<[what: string, options: ClientOptions, reason: string, message: RegExp]>([
  ['without a credential', { origin: ORIGIN }, 'NOT_CONFIGURED', /an apiKey, or firebase\.app/],
  ['with an ID token alone', { origin: ORIGIN, idToken: () => 'x' }, 'NOT_CONFIGURED', /firebase\.app/],
  ['off Hosting', answering(async () => new Response('', { status: 404 })), 'NOT_CONFIGURED', /firebase\.config/],
  ['where no web app is registered', answering(json({ projectId: 'demo' })), 'NOT_CONFIGURED', /firebase\.config/],
  [
    'where a page answers for everything',
    answering(async () => new Response('<html>')),
    'NOT_CONFIGURED',
    /firebase\.config/,
  ],
  [
    'without a network',
    answering(() => Promise.reject(new TypeError('fetch failed'))),
    'UNREACHABLE',
    /could not be read/,
  ],
])('%s, opening a watch says what is missing', async (_what, options, reason, message) => {
  const opening = connect(options, methods);
  await expect(opening).rejects.toMatchObject({
    name: 'QuarterdeckError',
    reason,
    message: expect.stringMatching(message),
  });
});

test('a key that is refused is told as it was refused, and the configuration is not asked for', async () => {
  const refusal = new Error('refused');
  const options = answering(() => Promise.reject(new Error('not expected')));
  await expect(connect(options, { ...methods, exchangeKey: () => Promise.reject(refusal) })).rejects.toBe(refusal);
});
