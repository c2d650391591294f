// @ts-check
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { completeLock } from '../complete-lock.mjs';
import { root } from './paths.mjs';
import { Problem, step } from './steps.mjs';

const lockFile = join(root, 'package-lock.json');

/** Installs the npm packages unless they are there as package-lock.json wants them. */
export async function ensureInstalled() {
  const missing = whatIsMissing();
  if (!missing) return;
  console.log(`  Installing npm packages (${missing}); this takes one to four minutes.`);
  const locked = existsSync(lockFile) && (await npm('ci'));
  if (locked) return;
  if (existsSync(lockFile)) console.log('  npm ci refused package-lock.json; falling back to npm install.');
  if (!(await npm('install'))) throw new Problem('The npm packages could not be installed: see the lines above.');
  console.log(`  ${completeLock(lockFile)}`);
}

/**
 * Compares what npm wrote down about node_modules with the lock.
 *
 * @returns {string | undefined} what is missing, in words
 */
function whatIsMissing() {
  const installedFile = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(installedFile)) return 'there are none yet';
  if (!existsSync(lockFile)) return 'there is no package-lock.json';
  const installed = JSON.parse(readFileSync(installedFile, 'utf8')).packages;
  const locked = Object.entries(JSON.parse(readFileSync(lockFile, 'utf8')).packages);
  const [place] =
    locked.find(([key, wanted]) => key.includes('node_modules/') && !isThere(wanted, installed[key])) ?? [];
  return place && `${place} is not as package-lock.json wants it`;
}

/**
 * @param {{ version?: string, link?: boolean, optional?: boolean, devOptional?: boolean, peer?: boolean }} wanted
 * @param {{ version?: string, link?: boolean } | undefined} installed
 * @returns {boolean}
 */
function isThere(wanted, installed) {
  if (wanted.optional || wanted.devOptional) return !installed || installed.version === wanted.version;
  return installed !== undefined && installed.version === wanted.version;
}

/**
 * @param {'ci' | 'install'} command
 * @returns {Promise<boolean>} whether it worked; the end of what npm said is shown when it did not
 */
async function npm(command) {
  /** @type {string[]} */
  const said = [];
  const run = step(`npm ${command}`, async () => {
    const child = spawn('npm', [command, '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => said.push(String(chunk)));
    await new Promise((done, failed) => {
      child.once('error', failed);
      child.once('close', (code) => (code === 0 ? done(code) : failed(new Error(`npm exited with ${code}`))));
    });
  });
  return run.then(
    () => true,
    (error) => {
      console.log(`${said.join('').trimEnd().split('\n').slice(-15).join('\n')}\n  ${error.message}`);
      return false;
    },
  );
}
