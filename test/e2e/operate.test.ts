import { readFileSync, writeFileSync } from 'node:fs';
import { finished, Terminal } from '../support/command-line';
import { call, type Local } from '../support/local';
import { type Block, blocksOf } from '../support/runbook';
import { START_TIMEOUT_MS, type Visit, visitSharedCopy } from '../support/shared-copy';
import { startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver';

/** What docs/operate.md tells a person to type on a deployment is typed here on a local copy; what asks a cloud is looked at in test/pins/monitoring.test.ts. */

let visit: Visit;
let local: Local;
let terminal: Terminal;
let receiver: WebhookReceiver;

beforeAll(async () => {
  visit = await visitSharedCopy();
  ({ local } = visit);
  terminal = new Terminal(visit.home);
  receiver = await startWebhookReceiver();
}, START_TIMEOUT_MS);

afterAll(async () => {
  await receiver?.close();
  terminal?.remove();
  visit?.leave();
});

const localBlocks = (heading: string): readonly Block[] =>
  blocksOf('operate.md').filter((block) => block.heading === heading && !block.needsCloud);

/** @returns what the blocks below a heading print, typed one after the other into one shell */
async function typed(heading: string, env: Readonly<Record<string, string>> = {}, input = ''): Promise<string> {
  const text = localBlocks(heading)
    .map((block) => block.text)
    .join('\n');
  const { code, stdout, stderr } = await terminal.script(text, { env, input });
  expect({ heading, code, stderr: code === 0 ? '' : stderr }).toEqual({ heading, code: 0, stderr: '' });
  return stdout;
}

/** The JSON values that commands print, a line each. */
function values(text: string): unknown[] {
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

const HEADINGS = [
  'On your machine',
  'The sweep is behind',
  'A poisonous event',
  'A key has leaked',
  'A webhook endpoint fails',
  'A limit is reached',
  'One account',
];

test('every command that needs no cloud is tried here', () => {
  const there = blocksOf('operate.md').filter(({ needsCloud, text }) => !needsCloud && !text.startsWith('export '));
  expect([...new Set(there.map(({ heading }) => heading))].sort()).toEqual(HEADINGS.toSorted());
});

test('on your machine: one call is found by its trace, with the time and the reason, and a session that has ended', async () => {
  await call(local, 'createSession', { name: 'Over', sessionId: 'over' }, local.programKey);
  await call(local, 'updateSession', { sessionId: 'over', status: 'x', state: 'complete' }, local.programKey);
  visit.linkHome(terminal.path('.quarterdeck'));
  const [answer, found, ...sessions] = (await typed('On your machine')).trim().split('\n');
  expect(JSON.parse(String(answer))).toMatchObject({ status: 404, reason: 'SESSION_UNKNOWN' });
  const line = JSON.parse(String(found));
  expect(line).toMatchObject({
    severity: 'INFO',
    operation: 'heartbeat',
    outcome: 'not-found',
    reason: 'SESSION_UNKNOWN',
  });
  // ISO 8601 in UTC, as Cloud Logging writes it.
  expect(line.time).toBe(new Date(line.time).toISOString());
  expect(sessions.join('\n')).toMatch(/\bOver\b/);
});

test('the sweep is behind: when the fleet was last looked at', async () => {
  const [health] = values(await typed('The sweep is behind'));
  expect(health).toMatchObject({ computedAt: expect.any(String) });
});

test('a poisonous event: its admin can look at events', async () => {
  const [{ events }] = values(await typed('A poisonous event')) as [{ events: unknown[] }];
  expect(events.length).toBeGreaterThan(0);
});

test('a key has leaked: it is found by its hash, refused from then on, and its agent has another', async () => {
  const { key, keyHash } = (await call(local, 'createKey', { programId: 'leaky', label: 'old' }, local.adminKey)) as {
    key: string;
    keyHash: string;
  };
  const listed = await typed('A key has leaked', { PROGRAM: 'leaky' }, `${key}\n`);
  expect(listed).toContain(keyHash);
  expect(listed).not.toContain(key);
  const fresh = readFileSync(terminal.path('new-key.txt'), 'utf8').trim();
  expect(await call(local, 'getAccount', {}, fresh)).toMatchObject({ success: true });
  await expect(call(local, 'exchangeKey', { key }, local.adminKey)).rejects.toThrow('INVALID_KEY');
  expect(listed).toMatch(/"type": ?"key\.revoked"/);
});

test('a webhook endpoint fails: its owner sees every attempt, and sends an event once more', async () => {
  const made = await call(local, 'createWebhook', { url: receiver.url }, local.adminKey);
  const { webhookId } = made.webhook as { webhookId: string };
  const { events } = (await call(local, 'listEvents', { limit: 1 }, local.adminKey)) as { events: { id: string }[] };
  const [webhooks, ping, , resent] = values(
    await typed('A webhook endpoint fails', { WEBHOOK: webhookId, EVENT: String(events[0]?.id) }),
  );
  expect(webhooks).toMatchObject({ webhooks: [{ webhookId }] });
  expect(ping).toMatchObject({ delivered: true, status: 204 });
  expect(resent).toMatchObject({ delivery: { eventId: events[0]?.id } });
  await receiver.has(2);
});

test('a limit is reached: who is there, and how many may be', async () => {
  await call(local, 'createSession', { name: 'Holds a slot', sessionId: 'holder' }, local.programKey);
  const said = await typed('A limit is reached');
  expect(said).toContain('Holds a slot');
  expect(said).toContain('"sessionLimit"');
});

test('one account goes out and comes back, and what is there stays', async () => {
  expect(await typed('One account')).toMatch(/^0 imported, \d+ there already, 0 refused/m);
  const file = terminal.path('account.jsonl');
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  expect(lines.length).toBeGreaterThan(2);
  // Somebody else's account, where nothing of it is.
  const copy = await visitSharedCopy();
  const other = new Terminal(copy.home);
  writeFileSync(other.path('account.jsonl'), lines.join('\n'));
  const { stdout } = await finished(other.startQuarterdeck(['import', 'account.jsonl', '--json']));
  expect(Number((JSON.parse(stdout) as { imported: number }).imported)).toBeGreaterThan(0);
  other.remove();
  copy.leave();
});

test('the lines of calls are where the page says, on one’s own machine too', async () => {
  await call(local, 'getAccount', {}, local.programKey);
  const written = visit
    .log('functions')
    .split('\n')
    .filter((line) => line.includes('"metric":"call"'))
    .map((line) => JSON.parse(line));
  expect(written).toContainEqual(
    expect.objectContaining({ door: 'callable', operation: 'get_account', program: local.programId }),
  );
  expect(await visit.logged(/"metric":"call".*"operation":"sweep".*/)).toContain('"outcome":"ok"');
});
