import type { LookupAddress } from 'node:dns';
import { type AddressInfo, createServer } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { Webhook } from 'standardwebhooks';
import {
  expectedSignature,
  startWebhookReceiver,
  type WebhookReceiver,
} from '../../../test/support/webhook-receiver.js';
import { HttpWebhookSender, type SenderOptions } from './webhook-sender.js';

/** Far longer than a test may take: what is given up is given up for another reason. */
const PATIENCE_MS = 600_000;
const SOON = { timeoutMs: 500 };

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

let receiver: WebhookReceiver;
beforeEach(async () => {
  receiver = await startWebhookReceiver();
});
afterEach(() => receiver.close());

function send(url: string, options: Partial<SenderOptions> = {}, body = '{"type":"session.ended","note":"ü"}') {
  const sender = new HttpWebhookSender({ allowsLoopback: true, timeoutMs: PATIENCE_MS, ...options });
  return sender.send({ url, id: 'event-1', body, secret: SECRET, time: new Date() });
}

const at = (...addresses: string[]): LookupAddress[] =>
  addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

/** A resolver that answers something else each time. */
function changing(...answers: LookupAddress[][]) {
  const asked: string[] = [];
  return {
    asked,
    resolve: async (host: string) => {
      asked.push(host);
      return answers[Math.min(asked.length, answers.length) - 1] ?? [];
    },
  };
}

test('a message is signed so that the library and an implementation of its own verify it', async () => {
  expect(await send(receiver.url)).toMatchObject({ status: 204, error: null });
  const [message] = receiver.received;
  if (message === undefined) throw new Error('nothing arrived');
  expect(message.headers['webhook-signature']).toBe(expectedSignature(message, SECRET));
  expect(new Webhook(SECRET).verify(message.body, message.headers as Record<string, string>)).toEqual({
    type: 'session.ended',
    note: 'ü',
  });
  expect(() => new Webhook(SECRET).verify(`${message.body} `, message.headers as Record<string, string>)).toThrow();
  expect(message.headers).toMatchObject({ 'webhook-id': 'event-1', 'content-type': 'application/json' });
});

test.each([200, 201, 204, 299])('%i is success', async (status) => {
  receiver.answer = () => status;
  expect(await send(receiver.url)).toMatchObject({ status, error: null });
});

test.each([400, 404, 410, 429, 500, 503])('%i is an error, with its status', async (status) => {
  receiver.answer = () => status;
  expect(await send(receiver.url)).toMatchObject({ status, error: `answered ${status}` });
});

test.each([301, 302, 303, 307, 308])('a redirection is not followed: %i', async (status) => {
  const elsewhere = await startWebhookReceiver();
  receiver.answer = () => ({ status, headers: { Location: elsewhere.url } });
  expect(await send(receiver.url)).toMatchObject({ status, error: `answered ${status}` });
  expect(elsewhere.received).toEqual([]);
  await elsewhere.close();
});

test('an endpoint that does not answer in time is given up', async () => {
  receiver.answer = () => 'hangs';
  const { status, error } = await send(receiver.url, SOON);
  expect({ status, error }).toEqual({ status: null, error: 'did not answer within 0.5 s' });
});

test('so is one that answers byte by byte, and a name that is never looked up', async () => {
  const slow = createServer((socket) => {
    socket.on('error', () => undefined);
    const drip = setInterval(() => socket.write('H'), 50);
    socket.on('close', () => clearInterval(drip));
  });
  await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve));
  const { port } = slow.address() as AddressInfo;
  expect((await send(`http://127.0.0.1:${port}/`, SOON)).status).toBeNull();
  await new Promise((resolve) => slow.close(resolve));
  const resolve = () => new Promise<never>(() => undefined);
  expect((await send('https://example.com/', { ...SOON, resolve })).error).toBe('did not answer within 0.5 s');
});

test('an answer that never ends holds nothing up', async () => {
  const endless = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.resume();
    socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nx');
  });
  await new Promise<void>((resolve) => endless.listen(0, '127.0.0.1', resolve));
  const { port } = endless.address() as AddressInfo;
  // What ends the connection is that nobody reads on.
  expect(await send(`http://127.0.0.1:${port}/`)).toMatchObject({ status: 200, error: null });
  await new Promise((resolve) => endless.close(resolve));
});

test('where nobody listens, the connection is refused', async () => {
  const { url } = receiver;
  await receiver.close();
  expect(await send(url)).toMatchObject({ status: null, error: 'the connection was refused' });
});

test.each([
  ['a private address', at('10.0.0.1')],
  ['this machine', at('127.0.0.1')],
  ['cloud metadata', at('169.254.169.254')],
  ['an IPv4 address in an IPv6 one', at('::ffff:169.254.169.254')],
  ['a private one among public ones', at('8.8.8.8', '2606:4700::1111', '192.168.0.1')],
])('nothing is sent to a name that leads to %s', async (_what, addresses) => {
  const { port } = new URL(receiver.url);
  const { resolve, asked } = changing(addresses);
  expect(await send(`https://rebind.example.com:${port}/`, { resolve, allowsLoopback: false })).toMatchObject({
    status: null,
    error: 'the name leads into a private network',
  });
  expect(asked).toEqual(['rebind.example.com']);
  expect(receiver.received).toEqual([]);
});

test('a name without addresses, or that nobody knows, is said to be so', async () => {
  expect((await send('https://example.com/', { resolve: async () => [] })).error).toBe('the name has no address');
  const unknown = () => Promise.reject(Object.assign(new Error('x'), { code: 'ENOTFOUND' }));
  expect((await send('https://example.com/', { resolve: unknown })).error).toBe('the name is unknown');
});

test('where loopback is allowed, its name must lead there', async () => {
  const { resolve } = changing(at('10.0.0.1'));
  expect((await send('http://localhost:8080/', { resolve })).error).toBe('the name leads into a private network');
  const { port } = new URL(receiver.url);
  expect(await send(`http://localhost:${port}/hook`, changing(at('127.0.0.1')))).toMatchObject({ status: 204 });
});

test('without that setting this machine is refused before anything else', async () => {
  expect((await send(receiver.url, { allowsLoopback: false })).error).toContain('must begin with https://');
  expect(receiver.received).toEqual([]);
});

test('the connection goes to the address that was checked, though the name leads elsewhere a moment later, and TLS asks for the name', async () => {
  const names: string[] = [];
  const listen = async (address: string, port: number) => {
    const reached: string[] = [];
    // Without a certificate: the handshake ends once the name was asked for.
    const server = createTlsServer({
      SNICallback: (name, answer) => {
        names.push(name);
        answer(new Error('no certificate'));
      },
    });
    server.on('connection', () => reached.push(address));
    server.on('tlsClientError', () => undefined);
    await new Promise<void>((resolve) => server.listen(port, address, resolve));
    return { server, reached, port: (server.address() as AddressInfo).port };
  };
  const checked = await listen('127.0.0.2', 0);
  const inner = await listen('127.0.0.1', checked.port);
  const { resolve, asked } = changing(at('127.0.0.2'), at('127.0.0.1'));
  const mayReach = (address: string) => address === '127.0.0.2';
  const options = { allowsLoopback: false, resolve, mayReach };

  const receipt = await send(`https://rebind.example.com:${checked.port}/`, options);
  expect(receipt.status).toBeNull();
  expect(asked).toEqual(['rebind.example.com']);
  expect(checked.reached).toEqual(['127.0.0.2']);
  expect(names).toEqual(['rebind.example.com']);

  expect((await send(`https://rebind.example.com:${checked.port}/`, options)).error).toContain('private network');
  expect(inner.reached).toEqual([]);
  await Promise.all([checked, inner].map(({ server }) => new Promise((done) => server.close(done))));
});
