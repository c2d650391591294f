import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import type { Local } from './local';

const SYSTEM_CHROMIUM = '/usr/bin/chromium';

/** A browser without a window: the machine's own, else the one that comes as a package. */
export async function openBrowser(): Promise<Browser> {
  const { executablePath, args } = existsSync(SYSTEM_CHROMIUM)
    ? { executablePath: SYSTEM_CHROMIUM, args: [] }
    : packagedChromium();
  return chromium.launch({ executablePath, headless: true, args: [...args, '--no-sandbox'] });
}

/** A page of a fresh browser profile, signed in as the local admin, at the fleet. */
export async function signIn(
  browser: Browser,
  local: Pick<Local, 'origin'>,
  options: Pick<BrowserContextOptions, 'viewport' | 'colorScheme'> = {},
): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-GB', ...options });
  const page = await context.newPage();
  await page.goto(local.origin);
  await page.getByRole('button', { name: 'Sign in as the local admin' }).click();
  await page.getByRole('heading', { name: 'Fleet', level: 1, exact: true }).waitFor();
  return page;
}

/** The package is an ES module, which jest can't load: a Node of its own asks it. */
function packagedChromium(): { executablePath: string; args: string[] } {
  const code = `import chromium from '@sparticuz/chromium';
    console.log(JSON.stringify({ executablePath: await chromium.executablePath(), args: chromium.args }));`;
  return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' }));
}
