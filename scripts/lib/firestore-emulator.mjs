// @ts-check
import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants, mkdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { cache, root } from './paths.mjs';
import { Problem, step } from './steps.mjs';

/** The version that everything here was tried with. */
const HIDANE_VERSION = '0.6.0';

/** What the official emulator asks for. */
const OLDEST_JAVA = 21;

/** How long the npm registry may take to say whether it has the package. */
const REGISTRY_TIMEOUT_MS = 60_000;

/** How long a build from source may take; it is about four minutes on two cores. */
const BUILD_TIMEOUT_MS = 30 * 60_000;

/**
 * Where Firestore comes from on this machine: one that runs already, hidane (a Firestore emulator that needs no Java), or the official one.
 *
 * @typedef {{ kind: 'running', host: string } | { kind: 'hidane', binary: string } | { kind: 'official' }} FirestoreEmulator
 */

/**
 * Finds a Firestore emulator, and fetches one once when there is none. `QUARTERDECK_FIRESTORE` (`hidane` or `official`) chooses;
 * without it the first that is there is taken.
 *
 * @returns {Promise<FirestoreEmulator>}
 * @throws {Problem} when there is none and none can be fetched; says what to install
 */
export async function findFirestoreEmulator() {
  const choice = process.env.QUARTERDECK_FIRESTORE;
  if (choice && choice !== 'hidane' && choice !== 'official') {
    throw new Problem(`QUARTERDECK_FIRESTORE is "${choice}"; it can be "hidane" or "official".`);
  }
  if (process.env.FIRESTORE_EMULATOR_HOST) return { kind: 'running', host: process.env.FIRESTORE_EMULATOR_HOST };
  if (choice === 'official') {
    if (javaVersion() >= OLDEST_JAVA) return { kind: 'official' };
    throw new Problem(`The official Firestore emulator needs Java ${OLDEST_JAVA} or newer: https://adoptium.net`);
  }
  const binary = findHidane();
  if (binary) return { kind: 'hidane', binary };
  if (await fetchHidane()) {
    const fetched = findHidane();
    if (fetched) return { kind: 'hidane', binary: fetched };
  }
  if (choice !== 'hidane' && javaVersion() >= OLDEST_JAVA) return { kind: 'official' };
  throw new Problem(
    [
      'No Firestore emulator was found, and none could be fetched. One of these helps:',
      `  install Rust (https://rustup.rs); then "npm start" builds hidane ${HIDANE_VERSION} once`,
      `  install Java ${OLDEST_JAVA} or newer (https://adoptium.net), for the official emulator`,
      '  start a Firestore emulator yourself and set FIRESTORE_EMULATOR_HOST to its host:port',
    ].join('\n'),
  );
}

/** @returns {string | undefined} the hidane on the PATH, in node_modules, or in the cache */
function findHidane() {
  const folders = [
    ...(process.env.PATH ?? '').split(delimiter),
    join(root, 'node_modules/.bin'),
    join(cache, 'bin'),
    join(cache, 'node_modules/.bin'),
  ];
  return folders
    .filter(Boolean)
    .map((folder) => join(folder, 'hidane'))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** @returns {Promise<boolean>} whether hidane is in the cache now: prebuilt from npm, or else built from source */
async function fetchHidane() {
  mkdirSync(cache, { recursive: true });
  const wanted = `hidane@${HIDANE_VERSION}`;
  if (
    await fetchWith(
      'fetch the Firestore emulator hidane from npm',
      'npm',
      ['install', '--prefix', cache, '--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error', wanted],
      REGISTRY_TIMEOUT_MS,
    )
  ) {
    return true;
  }
  if (spawnSync('cargo', ['--version'], { stdio: 'ignore' }).status !== 0) return false;
  console.log('  npm does not have it; building it from source, once. This takes about four minutes.');
  const build = ['install', 'hidane', '--locked', '--version', HIDANE_VERSION, '--root', cache];
  return fetchWith('build the Firestore emulator hidane', 'cargo', build, BUILD_TIMEOUT_MS);
}

/**
 * @param {string} title
 * @param {string} command
 * @param {string[]} args
 * @param {number} timeout
 * @returns {Promise<boolean>} whether the command worked; its last line is shown meanwhile, and when it failed
 */
async function fetchWith(title, command, args, timeout) {
  try {
    await step(title, async (note) => {
      const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], timeout });
      let said = '';
      for (const stream of [child.stdout, child.stderr]) {
        stream.on('data', (chunk) => {
          const lines = String(chunk)
            .split('\n')
            .map((line) => line.trim());
          said = lines.filter((line) => line && !line.includes('complete log')).at(-1) ?? said;
          note(said);
        });
      }
      await new Promise((done, failed) => {
        child.once('error', failed);
        child.once('close', (code) => (code === 0 ? done(code) : failed(new Error(said))));
      });
      note('');
    });
    return true;
  } catch (error) {
    console.log(`    ${error instanceof Error ? error.message : error}`);
    return false;
  }
}

/** @returns {number} the major version of the Java on the PATH; 0 when there is none */
function javaVersion() {
  const { stderr } = spawnSync('java', ['-version'], { encoding: 'utf8' });
  return Number(/version "(\d+)/.exec(stderr ?? '')?.[1] ?? 0);
}
