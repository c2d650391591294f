// @ts-check
/** The settings of deployments, before they are uploaded: a typing error is told here rather than by the first call. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { importBundled } from './load-typescript.mjs';
import { root } from './paths.mjs';
import { Problem } from './steps.mjs';

/** @typedef {Record<string, string | undefined>} Environment */
/** @typedef {typeof import('../../functions/src/settings.js') & typeof import('../../functions/src/entries/identities.js') & typeof import('../../functions/src/entries/rest/nearest.js')} Readers */

const READERS =
  "export * from './settings.ts'; export * from './entries/identities.ts'; export * from './entries/rest/nearest.ts';";

/** For all deployments, and for what runs on this machine alone; each other one is for a project, beside the first. */
const [SHARED, LOCAL] = ['.env', '.env.local'];

/** What the names of all of our settings begin with. */
const PREFIX = 'QUARTERDECK_';

/** Some defaults are addresses of the project, and nothing else is asked of its name here. */
const ANY_PROJECT = { GCLOUD_PROJECT: 'my-project' };

/**
 * @param {string} folder
 * @returns {string[]} `.env` and each `.env.<something>`; they are kept out of version control
 */
export function settingsFiles(folder) {
  return readdirSync(folder).filter((name) => /^\.env(\.|$)/.test(name));
}

/**
 * Reads the settings as the functions will, through the same readers.
 *
 * @param {string} folder where `.env` and its like are
 * @returns {Promise<void>}
 * @throws {Problem} that names the file, the setting and the remedy of everything that is wrong
 */
export async function checkSettings(folder) {
  const names = settingsFiles(folder);
  if (names.length === 0) return;
  const files = new Map(names.map((name) => [name, parseEnv(readFileSync(join(folder, name), 'utf8'))]));
  const stdin = { contents: READERS, resolveDir: join(root, 'functions/src'), loader: /** @type {const} */ ('ts') };
  const readers = /** @type {Readers} */ (await importBundled({ stdin, platform: 'node', target: 'node20' }));
  const problems = names.flatMap((name) => problemsOf(name, files, readers));
  if (problems.length > 0) throw new Problem(problems.map((problem) => `functions/${problem}`).join('\n'));
}

/**
 * @param {string} name
 * @param {Map<string, Environment>} files
 * @param {Readers} readers
 * @returns {string[]}
 */
function problemsOf(name, files, readers) {
  const own = { ...files.get(name) };
  const {
    SETTINGS,
    nearestNames,
    allowedOrigins,
    allowsWebhookLoopback,
    defaultTier,
    modelSettings,
    pushSettings,
    runsAs,
  } = readers;
  // What is deployed refuses to run with it, and an instance knows by K_SERVICE that it is.
  const deployed = name === LOCAL ? {} : { K_SERVICE: 'any' };
  const shared = name === SHARED ? {} : { ...files.get(SHARED) };
  // A model may be told in two files: the shared one need not be whole where others are beside it.
  const isWhole = name !== SHARED || [...files.keys()].every((other) => other === SHARED || other === LOCAL);
  return [
    ...Object.keys(own).flatMap((key) => unknownSetting(key, SETTINGS, nearestNames)),
    ...refusal(() => defaultTier(own)),
    ...refusal(() => allowedOrigins({ ...ANY_PROJECT, ...own })),
    ...refusal(() => allowsWebhookLoopback({ ...deployed, ...own })),
    ...refusal(() => pushSettings({ ...ANY_PROJECT, ...own })),
    ...refusal(() => runsAs('doors', own)),
    ...(isWhole ? refusal(() => modelSettings({ ...shared, ...own })) : []),
  ].map((problem) => `${name}: ${problem}`);
}

/**
 * @param {() => unknown} read
 * @returns {string[]} what the reader says is wrong
 */
function refusal(read) {
  try {
    read();
    return [];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

/**
 * @param {string} key
 * @param {readonly string[]} known
 * @param {Readers['nearestNames']} nearestNames
 * @returns {string[]}
 */
function unknownSetting(key, known, nearestNames) {
  if (!key.startsWith(PREFIX) || known.includes(key)) return [];
  const wordsOf = (/** @type {string} */ name) => name.slice(PREFIX.length).toLowerCase();
  const [nearest] = nearestNames(wordsOf(key), known.map(wordsOf));
  const meant = known.find((name) => wordsOf(name) === nearest);
  const remedy = meant === undefined ? `there are ${known.join(', ')}` : `write ${meant}`;
  return [`there is no setting ${key}; ${remedy}`];
}
