import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { call, type Local } from '../../support/local';
import { START_TIMEOUT_MS, type Visit, visitSharedCopy } from '../../support/shared-copy';
import { anAddress, errorsOf, openBrowser, signIn, signInByMail } from './browser';

/** The dashboard in a real browser, against what `npm start` starts. */

let visit: Visit;
let local: Local;
let browser: Browser;

beforeAll(async () => {
  [visit, browser] = await Promise.all([visitSharedCopy(), openBrowser()]);
  ({ local } = visit);
}, START_TIMEOUT_MS);

afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
});

afterAll(async () => {
  await browser.close();
  visit?.leave();
});

let count = 0;
/** A session of its own for each test. */
async function aSession(
  fields: object = {},
): Promise<{ id: string; name: string; report: (fields: object) => Promise<unknown> }> {
  const id = `web-${++count}`;
  const name = `Session ${count} of the tests`;
  await call(local, 'createSession', { sessionId: id, name, status: 'Reading', ...fields }, local.programKey);
  const report = (more: object) =>
    call(local, 'updateSession', { sessionId: id, status: 'Reading', ...more }, local.programKey);
  return { id, name, report };
}
const card = (page: Page | Locator, name: string) => page.locator('.card', { hasText: name });
const zone = (page: Page, name: string) => page.getByRole('region', { name: new RegExp(`^${name}:`) });

describe('the fleet', () => {
  test('a session appears and moves from zone to zone by what its agent says, without a reload', async () => {
    const page = await signIn(browser, local);
    const { name, report } = await aSession();
    await card(zone(page, 'Working'), name).waitFor();
    await report({ status: 'Which of the two?', state: 'blocked' });
    await card(zone(page, 'Needs you'), name).getByText('Which of the two?').waitFor();
    expect(await page.locator('.zone').first().getAttribute('aria-label')).toMatch(/^Needs you/);
    expect(await page.title()).toMatch(/^\(\d+\) Quarterdeck$/);
    await report({ status: 'The first', state: 'working', progress: 40 });
    await card(zone(page, 'Working'), name).getByText('40%').waitFor();
    await report({ state: 'complete' });
    await card(zone(page, 'Done'), name).waitFor();
    expect(errorsOf(page)).toEqual([]);
  });

  test('a session that failed says so once, and its sign is not that of one that went well', async () => {
    const page = await signIn(browser, local);
    const [well, failed] = [await aSession(), await aSession()];
    await well.report({ state: 'complete' });
    await failed.report({ state: 'complete', outcome: 'errored' });
    const ofFailed = card(zone(page, 'Done'), failed.name);
    await ofFailed.getByText('Errored').waitFor();
    expect(await ofFailed.getByText('Errored').count()).toBe(1);
    expect(await ofFailed.locator('.sign.failed').count()).toBe(1);
    await card(zone(page, 'Done'), well.name).waitFor();
    expect(await card(zone(page, 'Done'), well.name).locator('.sign.failed').count()).toBe(0);
  });

  test('an agent that falls silent turns stale by the clock alone, no sooner than it should, and is told of', async () => {
    const page = await signIn(browser, local, { prepare: recordNotifications });
    await page.getByLabel('Notify me').check();
    const { name } = await aSession({ expectedIntervalSeconds: 30 });
    await card(zone(page, 'Working'), name).waitFor();
    const heardAt = Date.now();
    await card(zone(page, 'Stale'), name).getByText('last said working').waitFor({ timeout: 90_000 });
    // 1.5 times its interval; the page looks at its clock once a second.
    expect(Date.now() - heardAt).toBeGreaterThan(42_000);
    await page.waitForFunction(
      (title) => notifications().some((one) => one.title === title),
      'builder has gone silent',
    );
  });

  test('who needs a person is told of once, with what they ask; what was so before is no news', async () => {
    const before = await aSession({ state: 'blocked', status: 'An old question' });
    const page = await signIn(browser, local, { prepare: recordNotifications });
    await page.getByLabel('Notify me').check();
    await card(zone(page, 'Needs you'), before.name).waitFor();
    const { name, report } = await aSession();
    await card(zone(page, 'Working'), name).waitFor();
    await report({ status: 'Which branch?', state: 'blocked' });
    await page.waitForFunction(() => notifications().length > 0);
    await report({ status: 'Which branch, please?' });
    await card(zone(page, 'Needs you'), name).getByText('Which branch, please?').waitFor();
    expect(await page.evaluate(() => notifications())).toEqual([
      { title: 'builder needs you', body: `${name}: Which branch?` },
    ]);
  });

  test('what is searched for stands in the address, and can be opened by somebody else', async () => {
    const [one, other] = [await aSession({ projectName: 'lighthouse' }), await aSession({ projectName: 'harbour' })];
    const page = await signIn(browser, local);
    await card(page, other.name).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('LIGHT');
    await card(page, other.name).waitFor({ state: 'detached' });
    await card(page, one.name).waitFor();
    expect(page.url()).toContain('q=LIGHT');
    await page.goto(`${local.origin}/?project=harbour`);
    await card(page, other.name).waitFor();
    expect(await card(page, one.name).count()).toBe(0);
  });

  test('with keys alone one finds a session, opens it and comes back', async () => {
    const { name, id } = await aSession();
    const page = await signIn(browser, local, { path: `/?q=${id}` });
    await page.goto(`${local.origin}/?q=web-`);
    await card(page, name).waitFor();
    const focused = () => page.evaluate(() => document.activeElement?.textContent);
    do await page.keyboard.press('j');
    while ((await focused()) !== name);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name }).waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('f');
    await page.getByRole('heading', { level: 1, name: 'Fleet' }).waitFor();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  test('a state, an activity and a field that this page does not know yet are shown as they are', async () => {
    const { name, id } = await aSession();
    await adminWrite(id, { state: { stringValue: 'daydreaming' }, mood: { stringValue: 'fine' } });
    const page = await signIn(browser, local, { path: `/sessions/${id}` });
    await page.getByText('Daydreaming').waitFor();
    await page.getByText('mood').waitFor();
    await page.goto(local.origin);
    await card(page, name).waitFor();
    expect(errorsOf(page)).toEqual([]);
  });
});

describe('a session', () => {
  test('a person pins, messages, completes and restores it, and its timeline tells of it', async () => {
    const { name, id } = await aSession();
    const page = await signIn(browser, local, { path: `/sessions/${id}` });
    await page.getByRole('button', { name: 'Pin', exact: true }).click();
    await page.getByRole('button', { name: 'Unpin' }).click();
    await page.getByRole('button', { name: 'Message the agent' }).click();
    await page.getByLabel('Message', { exact: true }).fill('Please look at the change log.');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('Message sent').waitFor();
    const { messages } = await call(local, 'getMessages', {}, local.programKey);
    expect(messages).toEqual(
      expect.arrayContaining([expect.objectContaining({ message: 'Please look at the change log.', sessionId: id })]),
    );
    await page.getByRole('button', { name: 'Complete' }).click();
    await page
      .getByRole('dialog', { name: `Complete “${name}”?` })
      .getByRole('button', { name: 'Complete' })
      .click();
    await page.getByRole('button', { name: 'Restore' }).click();
    await page.getByRole('button', { name: 'Stop…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Let it finish' }).click();
    await page.getByText('told to drain', { exact: true }).waitFor();
    expect(
      (await call(local, 'heartbeat', { sessionId: id, includeInbox: true }, local.programKey)).inbox,
    ).toMatchObject({
      command: 'drain',
    });
    await page.getByRole('button', { name: 'Take “drain” back' }).click();
    await page.getByText('told to drain', { exact: true }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Stop…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'End it now' }).click();
    const timeline = page.getByRole('region', { name: 'Timeline' });
    for (const said of ['Ended: killed', 'Told to drain', 'Resumed', 'Ended: completed', 'Working → pinned'])
      await timeline.getByText(said, { exact: false }).waitFor();
    expect(errorsOf(page)).toEqual([]);
  });

  test('a link of an agent that is no web address is shown, and can not be followed', async () => {
    const { id } = await aSession();
    const pr = {
      mapValue: {
        fields: {
          number: { integerValue: 7 },
          url: { stringValue: 'javascript:alert(1)' },
          title: { stringValue: '<img src=x>' },
          isDraft: { booleanValue: false },
        },
      },
    };
    await adminWrite(id, { pr });
    const page = await signIn(browser, local, { path: `/sessions/${id}` });
    await page.getByText('#7 <img src=x>').waitFor();
    expect(await page.locator('a[href^="javascript"]').count()).toBe(0);
  });

  test('one that there is not says so', async () => {
    const page = await signIn(browser, local, { path: '/sessions/nobody' });
    await page.getByText('There is no such session').waitFor();
  });
});

describe('who may see what', () => {
  test('two accounts side by side: neither sees the other', async () => {
    const { name, id } = await aSession();
    const theirs = await signInByMail(browser, local, anAddress('ada'));
    const ours = await signIn(browser, local);
    await card(ours, name).waitFor();
    await theirs.getByText('admin', { exact: true }).waitFor();
    expect(await theirs.locator('.card').count()).toBe(0);
    await theirs.goto(`${local.origin}/sessions/${id}`);
    await theirs.getByText('There is no such session').waitFor();
  });

  test('an auditor sees everything and is shown nothing that would change it; made an admin, they can at once', async () => {
    const { id, name } = await aSession();
    const graceAddress = anAddress('grace');
    await call(local, 'inviteMember', { email: graceAddress, role: 'auditor' }, local.adminKey);
    const page = await signInByMail(browser, local, graceAddress);
    await card(page, name).waitFor();
    await card(page, name).getByRole('link').click();
    await page.getByText('You are an auditor').waitFor();
    expect(await page.getByRole('button', { name: 'Stop…' }).count()).toBe(0);
    const { members } = await call(local, 'listMembers', {}, local.adminKey);
    const grace = (members as { memberId: string; email: string }[]).find(({ email }) => email === graceAddress);
    await call(local, 'setMemberRole', { memberId: grace?.memberId, role: 'admin' }, local.adminKey);
    await page.getByRole('button', { name: 'Stop…' }).waitFor();
    expect(page.url()).toContain(id);
    await call(local, 'removeMember', { memberId: grace?.memberId }, local.adminKey);
    await page.getByText('You no longer have access to this account').waitFor();
    expect(await page.getByText(name).count()).toBe(0);
  });
});

describe('without a network', () => {
  test('the page says since when, and catches up by itself, without a reload', async () => {
    const { name, report } = await aSession({ expectedIntervalSeconds: 30 });
    const page = await signIn(browser, local);
    await card(page, name).waitFor();
    await page.context().setOffline(true);
    await page.getByText('This device is offline').waitFor();
    await page.getByText('as of').first().waitFor();
    await report({ status: 'What happened meanwhile', progress: 77 });
    await page.context().setOffline(false);
    await card(page, name).getByText('What happened meanwhile').waitFor();
    await page.getByText('This device is offline').waitFor({ state: 'detached' });
  });

  test('the page opens without a network, and shows what it knew, and of when', async () => {
    const { name } = await aSession();
    const page = await signIn(browser, local, { serviceWorkers: 'allow' });
    await card(page, name).waitFor();
    // What is worked on offline comes from the worker from the first load on; it takes over a page with the next one.
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await page.context().setOffline(true);
    await page.reload();
    await card(page, name).waitFor();
    // Some versions of the browser think after a reload that they are online, though nothing gets through.
    const banner = page.getByText(/This device is offline|The connection is broken/);
    await banner.waitFor();
    await page.getByText('as of').first().waitFor();
    await page.context().setOffline(false);
    await banner.waitFor({ state: 'detached' });
  });
});

declare function notifications(): { title: string; body: string }[];

/** Pages may notify, and their notifications are written down; a browser without a window shows none. */
async function recordNotifications(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const shown: { title: string; body: string }[] = [];
    const scope = globalThis as unknown as Record<string, unknown>;
    scope.notifications = () => shown;
    scope.Notification = class {
      static readonly permission = 'granted';
      onclick = null;
      constructor(title: string, { body }: { body: string }) {
        shown.push({ title, body });
      }
    };
  });
}

/** Writes fields of a session as a newer version of the backend might. */
async function adminWrite(sessionId: string, fields: object): Promise<void> {
  const mask = Object.keys(fields)
    .map((field) => `updateMask.fieldPaths=${field}`)
    .join('&');
  const path = `projects/${local.projectId}/databases/(default)/documents/accounts/${local.account}/sessions/${sessionId}`;
  const response = await fetch(`http://${local.firestore}/v1/${path}?${mask}`, {
    method: 'PATCH',
    headers: { Authorization: 'Bearer owner', 'Content-Type': 'application/json' },
    body: JSON.stringify({ fields }),
  });
  if (!response.ok) throw new Error(await response.text());
}
