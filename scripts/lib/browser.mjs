// @ts-check
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cache, root } from './paths.mjs';

const run = promisify(execFile);

/** Where systems put a Chromium, or a Chrome. */
const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The npm package that brings one for Linux on x64, for machines that have none. */
const PACKAGE = '@sparticuz/chromium';

/**
 * The address bar's own pages, which each context loads although nobody sees them, for two thirds of the browser's processor time. Of several switches the last one counts, so
 * here is also what Playwright disables and the tests would notice.
 */
const WITHOUT = [
  ...['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'AimEnabled'],
  ...['DestroyProfileOnBrowserClose', 'HttpsUpgrades', 'PaintHolding', 'ThirdPartyStoragePartitioning'],
];

/**
 * The package recommends more, for functions in a cloud: all in one process, which ends when a page crashes, and pages that may read each other.
 */
const ARGUMENTS = ['--no-sandbox', '--disable-gpu', `--disable-features=${WITHOUT.join(',')}`];

/** The package's own names folders of a cloud. */
const FONTS = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir prefix="relative">fonts</dir><cachedir prefix="xdg">fontconfig</cachedir></fontconfig>
`;

/**
 * How to start a browser without a window: what Playwright's `launch` takes, as JSON can carry it.
 *
 * @typedef {object} BrowserLaunch
 * @property {string} executablePath
 * @property {string[]} args
 * @property {Record<string, string>} env what it needs beside the environment of the process
 */

/**
 * The machine's Chromium, or else the packaged one, which is unpacked once into the cache.
 *
 * @returns {Promise<BrowserLaunch>}
 */
export async function findBrowser() {
  const installed = INSTALLED.find((path) => existsSync(path));
  if (installed !== undefined) return { executablePath: installed, args: ARGUMENTS, env: {} };
  const folder = await unpackedBrowser();
  const executablePath = join(folder, 'chromium');
  const runs = await run(executablePath, ['--version']).then(
    () => true,
    () => false,
  );
  if (runs) return { executablePath, args: ARGUMENTS, env: {} };
  // A system without a desktop may lack libraries and fonts, which the package brings as well.
  const env = { LD_LIBRARY_PATH: join(folder, 'al2023/lib'), FONTCONFIG_FILE: join(folder, 'fonts/fonts.conf') };
  return { executablePath, args: ARGUMENTS, env };
}

/**
 * Under a name of its own until it is whole: several runs may look for it at once.
 *
 * @returns {Promise<string>} the folder
 */
async function unpackedBrowser() {
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules', PACKAGE, 'package.json'), 'utf8'));
  const folder = join(cache, `chromium-${version}`);
  if (existsSync(folder)) return folder;
  mkdirSync(cache, { recursive: true });
  const partial = mkdtempSync(`${folder}-`);
  try {
    const code = `import chromium from '${PACKAGE}'; await chromium.executablePath();`;
    // It unpacks into the folder for temporary files; its libraries only where it thinks that they are needed.
    const env = { ...process.env, TMPDIR: partial, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' };
    await run(process.execPath, ['--input-type=module', '--eval', code], { cwd: root, env });
    writeFileSync(join(partial, 'fonts/fonts.conf'), FONTS);
    renameSync(partial, folder);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}
