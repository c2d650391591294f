import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { call, type Local, LocalCopy } from '../support/local';
import { expectedSignature, startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver';

/** From a call to somebody else's endpoint, through the outbox and both topics, on a copy that was started as a person does. */

const START_TIMEOUT_MS = 180_000;
const home = mkdtempSync(join(tmpdir(), 'quarterdeck-webhooks-'));

let copy: LocalCopy;
let local: Local;
let receiver: WebhookReceiver;

beforeAll(async () => {
  receiver = await startWebhookReceiver();
  copy = new LocalCopy(home, { QUARTERDECK_WEBHOOK_LOOPBACK: 'allow' });
  local = await copy.ready();
}, START_TIMEOUT_MS);

afterAll(async () => {
  copy.kill();
  await receiver.close();
  rmSync(home, { recursive: true, force: true });
});

test('an endpoint that is made is pinged, and hears of a session that blocks and one that ends, signed and with the ids of the events', async () => {
  const { webhookId, secret } = await call(local, 'createWebhook', { url: receiver.url }, local.adminKey);
  expect(await call(local, 'pingWebhook', { webhookId }, local.adminKey)).toMatchObject({
    delivered: true,
    status: 204,
  });

  await call(local, 'createSession', { name: 'x', sessionId: 'alerts' }, local.programKey);
  await call(local, 'updateSession', { sessionId: 'alerts', status: 'x', state: 'blocked' }, local.programKey);
  await call(local, 'updateSession', { sessionId: 'alerts', status: 'x', state: 'complete' }, local.programKey);
  await receiver.has(3);
  const told = receiver.received.slice(1);
  for (const message of told)
    expect(message.headers['webhook-signature']).toBe(expectedSignature(message, String(secret)));

  const types = ['session.state_changed', 'session.ended'];
  const { events } = await call(local, 'listEvents', { types, subject: 'session/alerts' }, local.adminKey);
  const listed = (events as { id: string; type: string }[]).map(({ id, type }) => `${id} ${type}`);
  expect(told.map(({ id, body }) => `${id} ${JSON.parse(body).type}`).sort()).toEqual(listed.sort());
  // A key of this length is found in no log, whatever it is called there.
  const raw = String(secret).slice('whsec_'.length);
  for (const log of ['emulators', 'functions'] as const) expect(copy.log(log)).not.toContain(raw);
}, 120_000);
