import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { call, type Local } from '../../support/local';
import { START_TIMEOUT_MS, type Visit, visitSharedCopy } from '../../support/shared-copy';
import { startWebhookReceiver, type WebhookReceiver } from '../../support/webhook-receiver';
import { anAddress, openBrowser, signIn } from './browser';

/** The first run and the settings, in a browser, on a copy that was started as a person does. */

const TEST_TIMEOUT_MS = 120_000;
const root = join(__dirname, '../../..');

let visit: Visit;
let local: Local;
let receiver: WebhookReceiver;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  receiver = await startWebhookReceiver();
  visit = await visitSharedCopy();
  ({ local } = visit);
  browser = await openBrowser();
  page = await signIn(browser, local);
}, START_TIMEOUT_MS);

// What a test leaves open is not the next one's.
beforeEach(async () => {
  await page.goto(local.origin);
  await page.getByRole('heading', { name: 'Fleet', level: 1, exact: true }).waitFor();
});

afterAll(async () => {
  await browser?.close();
  visit?.leave();
  await receiver.close();
});

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
const [ada, grace] = [anAddress('ada'), anAddress('grace')];
const row = (text: string | RegExp) => page.getByRole('listitem').filter({ hasText: text });
const heading = (name: string) => page.getByRole('heading', { name, exact: true });

/** Goes to a place as a person does, without loading the page anew. */
async function goTo(place: string): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Main' })
    .getByRole('link', { name: new RegExp(`^${place}`) })
    .click();
  await page.getByRole('heading', { name: place, level: 1, exact: true }).waitFor();
}

const textOf = async (region: string) =>
  (await page.getByRole('region', { name: region, exact: true }).textContent()) ?? '';
const keyInView = () => textOf('The key');

test(
  'an account without a session gets a key and a snippet, and turns into the fleet with the first session, the key in view until it is kept',
  async () => {
    await heading('Connect your first agent').waitFor();
    await page.getByText('There is a key already, for builder').waitFor();
    await button('Make another key').click();
    await page.getByText('Waiting for the first session…').waitFor();
    const key = await keyInView();
    expect(key).toMatch(/^cb_\w{49}$/);

    await page.getByRole('tab', { name: 'Claude Code' }).press('ArrowLeft');
    const lines = await textOf('For curl');
    expect(lines).toContain(key);
    // Going away must not lose what can't be shown again.
    await goTo('Account');
    await goTo('Fleet');
    expect(await keyInView()).toBe(key);

    const answers = lines
      .split('\n')
      .filter((line) => line.startsWith('curl '))
      .map((line) => JSON.parse(execFileSync('sh', ['-c', line], { encoding: 'utf8' })));
    expect(answers).toMatchObject([{ success: true }, { success: true }, { success: true }]);
    await page.getByRole('link', { name: 'First session', exact: true }).waitFor();
    await page.getByText('The first session is there.').waitFor();
    expect(await keyInView()).toBe(key);
    await button('I have kept the key').click();
    await page.getByText('The first session is there.').waitFor({ state: 'hidden' });
    expect(await page.content()).not.toContain(key);
  },
  TEST_TIMEOUT_MS,
);

test(
  'a key is made, shown once until it is kept, rotated with a grace, and revoked',
  async () => {
    await goTo('Keys');
    await button('Make a key').click();
    await page.getByLabel('Program', { exact: true }).fill('no spaces please');
    await page.getByLabel('Label').fill('Of the night');
    await button('Make the key').click();
    // What the server says of a field stands at the field.
    await page.getByRole('alert').filter({ hasText: 'Must start with a letter or digit' }).waitFor();
    expect(await page.getByLabel('Program', { exact: true }).getAttribute('aria-invalid')).toBe('true');
    await page.getByLabel('Program', { exact: true }).fill('night-shift');
    await page.getByLabel('Expires after, in days').fill('3');
    await button('Make the key').click();
    const key = await keyInView();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.mouse.click(5, 5);
    expect(await keyInView()).toBe(key);
    expect(await call(local, 'getAccount', {}, key)).toMatchObject({ success: true });
    await button('I have kept it').click();
    await row('night-shift').filter({ hasText: 'Expires' }).waitFor();
    expect(await page.content()).not.toContain(key);

    await button('Rotate Of the night of night-shift').click();
    await page.getByLabel('The old key works for').selectOption('5');
    await button('Rotate').click();
    await page.getByText('The old key works until').waitFor();
    const successor = await keyInView();
    expect(successor).not.toBe(key);
    for (const each of [key, successor])
      expect(await call(local, 'getAccount', {}, each)).toMatchObject({ success: true });
    await button('I have kept it').click();
    await row('night-shift').filter({ hasText: 'Replaced, works until' }).waitFor();

    const newest = row('night-shift').filter({ has: button('Rotate Of the night of night-shift') });
    await newest.getByRole('button', { name: /^Revoke/ }).click();
    await button('Revoke').click();
    await newest.waitFor({ state: 'detached' });
    await page.getByText('Revoked and expired').click();
    await row('night-shift')
      .filter({ hasText: /Revoked \d/ })
      .waitFor();
    await expect(call(local, 'exchangeKey', { key: successor }, local.adminKey)).rejects.toThrow('401');
  },
  TEST_TIMEOUT_MS,
);

test(
  'people are invited, changed and taken back as the listener tells, and the last admin stays with a sentence that says why',
  async () => {
    await goTo('Members');
    await button('Invite somebody').click();
    await page.getByLabel('E-mail address').fill(ada);
    await button('Invite').click();
    await heading(`${ada} is invited`).waitFor();
    await button('Done').click();
    await row(ada).filter({ hasText: 'auditor' }).waitFor();

    await button(`Make admin: ${ada}`).click();
    await button('Make admin').click();
    await button(`Make auditor: ${ada}`).waitFor();
    await button(`Take back the invitation of ${ada}`).click();
    await button('Take back').click();
    await row(ada).waitFor({ state: 'detached' });

    await button(`Remove ${local.adminEmail}`).click();
    await button('Remove').click();
    await page.getByRole('alert').filter({ hasText: 'this is the last admin of the account' }).waitFor();
    await button('Cancel').click();
    await row(local.adminEmail).waitFor();
  },
  TEST_TIMEOUT_MS,
);

test(
  'a webhook is added with a secret that verifies its messages, pinged, read and sent again, and deleted',
  async () => {
    await goTo('Webhooks');
    await heading('No webhook yet').waitFor();
    await button('Add a webhook').click();
    await page.getByLabel('Address').fill('https://10.0.0.1/inside');
    await page.getByLabel('What it is for (optional)').fill('Pager');
    await button('Add').click();
    await page.locator('.field-problem').waitFor();
    await page.getByLabel('Address').fill(receiver.url);
    await button('Add').click();
    const secret = await textOf('The secret');
    expect(secret).toMatch(/^whsec_/);
    const snippet = await textOf('How to verify, in JavaScript');
    await button('I have kept it').click();

    await button('Ping Pager').click();
    await page.getByText(/^It answered 204 after [\d,]+ ms: it works\.$/).waitFor();
    const [ping] = receiver.received;
    expect(verified(snippet, ping?.headers ?? {}, ping?.body ?? '')).toBe('webhook.ping');
    expect(verified(snippet, ping?.headers ?? {}, `${ping?.body} `)).toBe('WebhookVerificationError');

    await call(local, 'createSession', { name: 'x', sessionId: 'ends' }, local.programKey);
    await call(local, 'updateSession', { sessionId: 'ends', status: 'x', state: 'complete' }, local.programKey);
    await receiver.has(2);
    const [, told] = receiver.received;
    await page.getByRole('link', { name: 'Pager', exact: true }).click();
    await heading('Deliveries').waitFor();
    await seenAfterRefresh(row('session.ended').filter({ hasText: 'Delivered' }).filter({ hasText: '1 attempt' }));
    await button('Send again: session.ended').click();
    await receiver.has(3);
    expect(receiver.received[2]?.id).toBe(told?.id);

    await button('Delete').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await heading('No webhook yet').waitFor();
  },
  TEST_TIMEOUT_MS,
);

test(
  'the account is renamed, its thresholds are checked before they are sent, and it is exported whole',
  async () => {
    await goTo('Account');
    await page.getByLabel('Name of the account').fill('The lab');
    await button('Rename').click();
    await page.getByText('Name changed').waitFor();
    await page.getByLabel('Stale after, in minutes').fill('90');
    await page.getByText('Not below “Stale after” (90)').waitFor();
    expect(await button('Save').isDisabled()).toBe(true);
    await page.getByLabel('Dead after, in minutes').fill('120');
    await button('Save').click();
    await page.getByText('Thresholds changed').waitFor();
    const { account } = await call(local, 'getAccount', {}, local.adminKey);
    expect(account).toMatchObject({ name: 'The lab', staleAfterMinutes: 90, deadAfterMinutes: 120 });

    const [download] = await Promise.all([page.waitForEvent('download'), button('Export the account').click()]);
    expect(download.suggestedFilename()).toMatch(/^quarterdeck-the-lab-\d{4}-\d\d-\d\d\.jsonl$/);
    const [header, ...records] = readFileSync(await download.path(), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(header).toMatchObject({ format: 'quarterdeck-export', version: 1 });
    expect(records).toEqual(await everyRecord());
  },
  TEST_TIMEOUT_MS,
);

test(
  'no settings page scrolls sideways at 320 px',
  async () => {
    await page.setViewportSize({ width: 320, height: 640 });
    const wide: string[] = [];
    for (const place of ['Keys', 'Members', 'Webhooks', 'Account']) {
      await page.goto(`${local.origin}/settings/${place.toLowerCase()}`);
      await page.getByRole('heading', { name: place, level: 1, exact: true }).waitFor();
      await page.getByText(/^Reading the/).waitFor({ state: 'hidden' });
      if (await page.evaluate<boolean>('document.documentElement.scrollWidth > innerWidth')) wide.push(place);
    }
    await page.setViewportSize({ width: 1280, height: 800 });
    expect(wide).toEqual([]);
  },
  TEST_TIMEOUT_MS,
);

test(
  'an admin who becomes an auditor still sees everything, and has nothing left to press that changes something',
  async () => {
    await call(local, 'createWebhook', { url: receiver.url, description: 'Pager' }, local.adminKey);
    await page.goto(`${local.origin}/settings/members`);
    await row(local.adminEmail).waitFor();
    await secondAdmin(grace);
    await row(grace).filter({ hasText: 'joined' }).waitFor();
    const { members } = await call(local, 'listMembers', {}, local.adminKey);
    const own = (members as { memberId: string; email: string }[]).find(({ email }) => email !== grace);
    await call(local, 'setMemberRole', { memberId: own?.memberId, role: 'auditor' }, local.adminKey);
    await page.getByText('You are an auditor').waitFor();

    /** What may be pressed: the frame's, what shows more, and what takes something along. */
    const harmless = ['Sign out', 'More', 'Refresh', 'Export the account'];
    for (const [place, sign] of [
      ['Keys', 'night-shift'],
      ['Members', grace],
      ['Webhooks', 'Pager'],
      ['Account', 'The lab'],
    ] as const) {
      await goTo(place);
      await page.getByRole('main').getByText(sign).first().waitFor();
      await page.getByText('You are an auditor').waitFor();
      const names = await page.getByRole('main').getByRole('button').allInnerTexts();
      expect(names.filter((name) => !harmless.includes(name))).toEqual([]);
      expect(await page.getByRole('main').locator('input:not([type=search]), textarea').count()).toBe(0);
    }
  },
  TEST_TIMEOUT_MS,
);

/** What the snippet of the page makes of a message: its type, or the name of the error. */
function verified(snippet: string, headers: object, body: string): string {
  const code = `${snippet}
    try { console.log(eventOf(${JSON.stringify(body)}, ${JSON.stringify(headers)}).type); } catch (error) { console.log(error.name); }`;
  // The package that the snippet imports is there for the functions.
  const options = { cwd: join(root, 'functions'), encoding: 'utf8' } as const;
  return execFileSync(process.execPath, ['--input-type=module', '-e', code], options).trim();
}

/** What was sent is written down a moment after it arrived. */
async function seenAfterRefresh(wanted: ReturnType<typeof row>): Promise<void> {
  while (!(await wanted.first().isVisible())) {
    await button('Refresh').click();
    await page.getByRole('button', { name: 'Refresh', disabled: false }).waitFor();
  }
}

async function everyRecord(): Promise<unknown[]> {
  const records: unknown[] = [];
  let pageToken: string | undefined;
  do {
    const response = await fetch(`${local.rest}/export_account`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${local.adminKey}` },
      body: JSON.stringify({ limit: 200, ...(pageToken && { pageToken }) }),
    });
    const answer = (await response.json()) as { records: unknown[]; nextPageToken?: string };
    records.push(...answer.records);
    pageToken = answer.nextPageToken;
  } while (pageToken !== undefined);
  return records;
}

/** Somebody who is invited as an admin, has an address that is verified, and joins. */
async function secondAdmin(email: string): Promise<void> {
  await call(local, 'inviteMember', { email, role: 'admin' }, local.adminKey);
  const accounts = `http://${local.auth}/identitytoolkit.googleapis.com/v1`;
  const post = async (path: string, body: object, headers: Record<string, string> = {}) => {
    const response = await fetch(`${accounts}/${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    return (await response.json()) as { localId: string; idToken: string };
  };
  const credentials = { email, password: 'a long password', returnSecureToken: true };
  const { localId } = await post('accounts:signUp?key=local', credentials);
  const asOwner = { Authorization: 'Bearer owner' };
  await post(`projects/${local.projectId}/accounts:update`, { localId, emailVerified: true }, asOwner);
  const { idToken } = await post('accounts:signInWithPassword?key=local', credentials);
  const joined = await fetch(`${local.rest}/create_account`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${idToken}` },
    body: '{}',
  });
  expect(await joined.json()).toMatchObject({ message: 'Invitation accepted' });
}
