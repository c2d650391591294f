import type { Browser, Page } from 'playwright-core';
import { PLACES } from '../../../web/src/shell/places';
import { call, type Local } from '../../support/local';
import { START_TIMEOUT_MS, type Visit, visitSharedCopy } from '../../support/shared-copy';
import { axeProblems, DESKTOP, errorsOf, openBrowser, PHONE, signIn } from './browser';

/** What holds for every page of the dashboard, with something on each. */

let visit: Visit;
let local: Local;
let browser: Browser;
/** One for all pages, so that each is loaded once, and changes its size and its colours as a person would change them. */
let page: Page;
let threadId: string;
let webhookId: string;

/** Every place of the navigation, and a page of each thing that has one. */
const PAGES = [
  ...PLACES.map(({ path }) => path),
  '/sessions/works',
  '/sessions/is-done',
  '/programs/:programId',
  '/tasks/to-do',
  '/messages/:threadId',
  '/settings/webhooks/:webhookId',
  '/nowhere',
];

beforeAll(async () => {
  [visit, browser] = await Promise.all([visitSharedCopy(), openBrowser()]);
  ({ local } = visit);
  await fill();
  page = await signIn(browser, local);
}, START_TIMEOUT_MS);

afterAll(async () => {
  await browser.close();
  visit?.leave();
});

async function fill(): Promise<void> {
  const agent = (name: string, data: object) => call(local, name, data, local.programKey);
  const admin = (name: string, data: object) => call(local, name, data, local.adminKey);
  const longWord = 'x'.repeat(100);
  await agent('createSession', {
    sessionId: 'works',
    name: 'Works',
    projectName: longWord,
    status: 'Reading',
    progress: 40,
  });
  await agent('createSession', { sessionId: 'asks', name: 'Asks', status: 'Which branch?', state: 'blocked' });
  await agent('createSession', { sessionId: 'is-done', name: longWord });
  await agent('updateSession', { sessionId: 'is-done', status: 'All green', state: 'complete' });
  const { programId } = local;
  const contextSummary = { lastTask: 'Parser', handoffNotes: longWord, openQuestions: ['Which port?'] };
  await agent('updateProgramState', { programId, contextSummary });
  await admin('createTask', { taskId: 'to-do', title: longWord, target: programId, instructions: 'At once' });
  const message = await admin('sendMessage', { target: programId, message: 'Please look.' });
  threadId = String(message.threadId);
  const { webhook } = await admin('createWebhook', { url: 'https://example.com/hook' });
  ({ webhookId } = webhook as { webhookId: string });
}

/** Opens a page and waits until it says nothing more of reading. */
async function open(path: string): Promise<void> {
  await page.goto(local.origin + path);
  await page.getByRole('main').getByRole('heading').first().waitFor();
  await page.waitForFunction(
    () => ![...document.querySelectorAll('main [role=status]')].some((one) => one.textContent?.startsWith('Reading')),
  );
}

describe.each(PAGES)('%s', (path) => {
  beforeAll(async () => {
    await page.setViewportSize(DESKTOP);
    await open(
      path.replace(':programId', local.programId).replace(':threadId', threadId).replace(':webhookId', webhookId),
    );
  }, START_TIMEOUT_MS);

  test('the Tab key alone reaches everything that can be pressed or filled in, and shows where it is', async () => {
    // Marks what a mouse can use, and is there to be seen.
    const count = await page.evaluate(() => {
      const usable = [
        ...document.querySelectorAll<HTMLElement>('main :is(a[href], button, input, select, textarea, summary)'),
      ];
      const seen = usable.filter((one) => one.getClientRects().length > 0 && !(one as HTMLButtonElement).disabled);
      for (const [n, one] of seen.entries()) one.dataset.reach = String(n);
      document.querySelector<HTMLElement>('main')?.focus();
      return seen.length;
    });
    const reached = new Set<string>();
    for (let presses = 0; presses < count * 2 + 10 && reached.size < count; presses++) {
      await page.keyboard.press('Tab');
      const at = await page.evaluate(() => {
        const focused = document.activeElement as HTMLElement | null;
        // A card or a row shows it for the link in it.
        const rings: string[] = [];
        for (let one = focused; one !== null && one.tagName !== 'MAIN'; one = one.parentElement)
          rings.push(getComputedStyle(one).outlineStyle);
        const isShown = rings.some((style) => style !== 'none');
        return { reach: focused?.dataset.reach, isShown };
      });
      if (at.reach === undefined) continue;
      expect(at).toEqual({ reach: at.reach, isShown: true });
      reached.add(at.reach);
    }
    expect(reached.size).toBe(count);
  });

  test.each([
    ['light', 'screen', DESKTOP],
    ['dark', 'screen', DESKTOP],
    ['light', 'phone', PHONE],
    ['dark', 'phone', PHONE],
  ] as const)('axe finds nothing wrong: %s, on a %s', async (colorScheme, _device, viewport) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize(viewport);
    expect(await axeProblems(page)).toEqual([]);
  });

  test.each([320, 3840])('nothing scrolls sideways at %d px', async (width) => {
    await page.setViewportSize({ width, height: 700 });
    const [wide, seen] = await page.evaluate(() => [
      document.documentElement.scrollWidth,
      document.documentElement.clientWidth,
    ]);
    expect(wide).toBe(seen);
  });

  test('the page reports no error', () => {
    expect(errorsOf(page)).toEqual([]);
  });
});

test('the page can be installed, and runs nothing but its own code', async () => {
  const manifest = await (await fetch(`${local.origin}/manifest.webmanifest`)).json();
  expect(manifest).toMatchObject({ name: 'Quarterdeck', display: 'standalone', icons: expect.any(Array) });
  const { headers } = await fetch(local.origin);
  expect(headers.get('content-security-policy')).toContain("default-src 'self'");
  const refused = page.evaluate(
    () =>
      new Promise((done) =>
        document.addEventListener('securitypolicyviolation', (event) => done(event.violatedDirective)),
      ),
  );
  await page.evaluate(() =>
    document.body.insertAdjacentHTML('beforeend', '<img src="/icon.svg" onload="window.broken = true">'),
  );
  expect(await refused).toBe('script-src-attr');
  expect(await page.evaluate(() => 'broken' in window)).toBe(false);
});
