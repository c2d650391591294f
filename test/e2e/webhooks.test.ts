import { call, type Local } from '../support/local';
import { START_TIMEOUT_MS, type Visit, visitSharedCopy } from '../support/shared-copy';
import { expectedSignature, startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver';

/** From a call to somebody else's endpoint, through the outbox and both topics, on a copy that was started as a person does. */

let visit: Visit;
let local: Local;
let receiver: WebhookReceiver;

beforeAll(async () => {
  receiver = await startWebhookReceiver();
  visit = await visitSharedCopy();
  ({ local } = visit);
}, START_TIMEOUT_MS);

afterAll(async () => {
  await receiver?.close();
  visit?.leave();
});

test('an endpoint is pinged, and hears of all that happens from the moment it is made, signed and with the ids of the events', async () => {
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
  for (const message of receiver.received)
    expect(message.headers['webhook-signature']).toBe(expectedSignature(message, String(secret)));

  const types = ['session.state_changed', 'session.ended'];
  const { events } = await call(local, 'listEvents', { types, subject: 'session/alerts' }, local.adminKey);
  const listed = (events as { id: string; type: string }[]).map(({ id, type }) => `${id} ${type}`);
  expect(told.map(({ id, body }) => `${id} ${JSON.parse(body).type}`).sort()).toEqual(listed.sort());
  // A key of this length is found in no log, whatever it is called there.
  const raw = String(secret).slice('whsec_'.length);
  for (const log of ['emulators', 'functions'] as const) expect(visit.log(log)).not.toContain(raw);
});
