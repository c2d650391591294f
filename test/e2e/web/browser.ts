import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import type { BrowserLaunch } from '../../../scripts/lib/browser.mjs';
import type { Local } from '../../support/local.js';

/** The size of a phone that many have. */
export const PHONE = { width: 390, height: 844 } as const;
export const DESKTOP = { width: 1440, height: 900 } as const;
/** For each step, on a machine that others use as well. */
const STEP_TIMEOUT_MS = 60_000;
/** How a person's browser is set unless a test says otherwise. */
const PERSON = {
  viewport: DESKTOP,
  locale: 'en-GB',
  timezoneId: 'Europe/Berlin',
  // It would put the whole page on the device, for each test anew.
  serviceWorkers: 'block',
} as const;

/** The browser that scripts/test.mjs found, without a window. */
export async function openBrowser(): Promise<Browser> {
  const found = process.env.QUARTERDECK_BROWSER;
  if (found === undefined) throw new Error('QUARTERDECK_BROWSER is not set: run these tests with npm test');
  const { env, ...launch } = JSON.parse(found) as BrowserLaunch;
  return chromium.launch({ ...launch, env: { ...process.env, ...env } });
}

export interface SignInOptions extends BrowserContextOptions {
  /** Default: the fleet. */
  readonly path?: string;
  /** What is done to the context before there is a page. */
  readonly prepare?: (context: BrowserContext) => Promise<void>;
}

/** A page on which the local admin is signed in, in a context of its own. What the page reports as an error fails the test that asks `errorsOf`. */
export async function signIn(
  browser: Browser,
  local: Local,
  { path = '/', prepare, ...options }: SignInOptions = {},
): Promise<Page> {
  const context = await browser.newContext({ ...PERSON, ...options });
  await asLocalAdmin(context, local);
  await prepare?.(context);
  const page = await openPage(context);
  await page.goto(local.origin + path);
  await page.getByRole('button', { name: 'Sign in as the local admin' }).click();
  await page.waitForSelector('main#main');
  return page;
}

/** The copy's local admin is that of its first account; each test file has an account, and so an admin, of its own. */
async function asLocalAdmin(
  context: BrowserContext,
  { adminEmail: email, adminPassword: password }: Local,
): Promise<void> {
  await context.route('**/__/firebase/init.json', async (route) => {
    const response = await route.fetch().catch(() => undefined);
    if (response === undefined) await route.abort();
    else await route.fulfill({ response, json: { ...(await response.json()), localAdmin: { email, password } } });
  });
}

const errors = new WeakMap<Page, string[]>();

/** A new page whose errors are written down. */
export async function openPage(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  page.setDefaultTimeout(STEP_TIMEOUT_MS);
  const found: string[] = [];
  errors.set(page, found);
  page.on('pageerror', (error) => found.push(error.message));
  page.on('console', (message) => message.type() === 'error' && found.push(message.text()));
  return page;
}

/** What went wrong in the page so far; empty: nothing. */
export function errorsOf(page: Page): readonly string[] {
  return errors.get(page) ?? [];
}

/** An address that no other test file has: people are of the copy, and not of an account. */
export function anAddress(name: string): string {
  return `${name}-${randomUUID()}@example.com`;
}

/** A page of a person who signs in with the link that was mailed to them: of an account of their own, or of the one that invited them. */
export async function signInByMail(
  browser: Browser,
  local: Local,
  email: string,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({ ...PERSON, ...options });
  const page = await openPage(context);
  await page.goto(local.origin);
  await page.getByLabel('E-mail address').fill(email);
  await page.getByRole('button', { name: 'Send me a link' }).click();
  await page.getByText('A link is on its way').waitFor();
  const mails = await fetch(`http://${local.auth}/emulator/v1/projects/${local.projectId}/oobCodes`);
  const { oobCodes } = (await mails.json()) as { oobCodes: { email: string; oobLink: string }[] };
  await page.goto(String(oobCodes.findLast((mail) => mail.email === email)?.oobLink));
  await page.waitForSelector('main#main');
  return page;
}

/** What axe finds wrong with a page, one line each; empty: nothing. */
export async function axeProblems(page: Page): Promise<string[]> {
  // Not as a script of the page, whose policy lets none in but its own.
  if (!(await page.evaluate(() => 'axe' in globalThis)))
    await page.evaluate(readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof import('axe-core') }).axe.run({ resultTypes: ['violations'] }),
  );
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}
