import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import type { Local } from './local.js';

/** Where Debian and Ubuntu put it. */
const INSTALLED = '/usr/bin/chromium';

/** The machine's Chromium, or the one that comes as a package, without a window. */
export async function openBrowser(): Promise<Browser> {
  if (existsSync(INSTALLED)) return chromium.launch({ executablePath: INSTALLED, args: ['--no-sandbox'] });
  const { default: packaged } = await import('@sparticuz/chromium');
  return chromium.launch({ executablePath: await packaged.executablePath(), args: [...packaged.args, '--no-sandbox'] });
}

/** A page on which the local admin is signed in, at the fleet, in a context of its own. */
export async function signIn(browser: Browser, local: Local, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-GB', ...options });
  const page = await context.newPage();
  await page.goto(local.origin);
  await page.getByRole('button', { name: 'Sign in as the local admin' }).click();
  await page.waitForSelector('main#main');
  return page;
}
