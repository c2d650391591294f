// @ts-check
/**
 * Shows that the tests see what must hold under contention: makes the code wrong in one place at a time, and runs the tests that have to notice. The files
 * themselves stay as they are; the other text takes their place as jest loads them. Prints each mutant that survives, and fails when one does.
 *
 * `npm run mutants -- code 'regex'` tries those whose names or files match.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { startEmulators } from './lib/bare-emulators.mjs';
import { loadTypescript } from './lib/load-typescript.mjs';
import { projectId, root, searchPath } from './lib/paths.mjs';
import { killAll, processTree } from './lib/processes.mjs';

/** One waits for its emulator while the other thinks. */
const LANES = 2;
/** Some mutants never end: several times what the slowest of these tests takes. */
const TIMEOUT_SECONDS = 400;

/** Runs of jest so far: their results are files of their own. */
let runs = 0;

/** @import { CodeMutant } from './mutants/code-mutants.js' */
/** @typedef {{ file: string, title?: string }} Selection */
/** @typedef {{ file: string, title: string, status: string }} Told */
/** @typedef {{ kind: 'told', tests: Told[], broken: string[] } | { kind: 'hung' }} Outcome */

process.chdir(root);
const folder = mkdtempSync(join(root, 'node_modules/.code-mutants-'));
try {
  process.exitCode = (await main(process.argv[2])) ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/**
 * @param {string | undefined} pattern
 * @returns {Promise<boolean>} whether all were caught
 */
async function main(pattern = '') {
  const started = performance.now();
  const chosen = (await allMutants()).filter(({ name, file }) => new RegExp(pattern).test(`${name} ${file}`));
  if (chosen.length === 0) throw new Error(`No mutant matches ${pattern}.`);
  /** @type {string[]} */
  const problems = await controlProblems(chosen);
  for (const problem of problems) console.log(problem);
  if (problems.length > 0) return false;

  const waiting = [...chosen];
  let caught = 0;
  const lane = async () => {
    for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
      const began = performance.now();
      const survival = await survivalOf(mutant);
      const seconds = ((performance.now() - began) / 1000).toFixed(0);
      if (survival === undefined) caught++;
      console.log(`${survival ?? 'caught'}: ${mutant.name} (${mutant.file}, ${seconds} s)`);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  console.log(
    `caught ${caught} of ${chosen.length} in ${Math.round((performance.now() - started) / 1000)} s, the code as it is included`,
  );
  return caught === chosen.length;
}

/** @returns {Promise<readonly CodeMutant[]>} */
async function allMutants() {
  const { codeMutants } = await loadTypescript('scripts/mutants/code-mutants.ts');
  for (const { name, file, find } of codeMutants) {
    if (readFileSync(file, 'utf8').split(find).length !== 2) throw new Error(`${name}: ${file} has not once: ${find}`);
  }
  return codeMutants;
}

/**
 * The tests that have to notice pass as long as there is nothing to notice, and there are such tests.
 *
 * @param {readonly CodeMutant[]} chosen
 * @returns {Promise<string[]>}
 */
async function controlProblems(chosen) {
  const selections = /** @type {Map<string, Selection>} */ (new Map());
  for (const { caughtBy, title } of chosen) {
    for (const file of caughtBy) {
      const known = selections.get(file);
      const all = known !== undefined && known.title === undefined;
      const titles = all || title === undefined ? undefined : known ? `${known.title}|${title}` : title;
      selections.set(file, selectionOf(file, titles));
    }
  }
  const waiting = [...selections.values()];
  const outcomes = /** @type {Outcome[]} */ ([]);
  const lane = async () => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) outcomes.push(await run(one));
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  if (outcomes.some(({ kind }) => kind === 'hung')) return ['The tests hang on the code as it is.'];
  const tests = outcomes.flatMap((outcome) => (outcome.kind === 'told' ? outcome.tests : []));
  const broken = outcomes.flatMap((outcome) => (outcome.kind === 'told' ? outcome.broken : []));
  const failed = tests.filter(({ status }) => status === 'failed').map(({ file, title }) => `${file}: ${title}`);
  const blind = chosen.filter(
    ({ caughtBy, title = '' }) =>
      !tests.some(
        (one) => one.status === 'passed' && caughtBy.includes(one.file) && new RegExp(title, 'i').test(one.title),
      ),
  );
  return [
    ...[...failed, ...broken].map((one) => `fails on the code as it is: ${one}`),
    ...blind.map(({ name }) => `no test is named for: ${name}`),
  ];
}

/**
 * @param {CodeMutant} mutant
 * @returns {Promise<string | undefined>} undefined: it was caught
 */
async function survivalOf(mutant) {
  for (const file of mutant.caughtBy) {
    const outcome = await run(selectionOf(file, mutant.title), mutant);
    if (outcome.kind === 'hung') return undefined;
    // A mutant that can't even be loaded says nothing about the tests.
    if (outcome.broken.length > 0) return `could not be run (${outcome.broken.join(', ')})`;
    if (outcome.tests.some(({ status }) => status === 'failed')) return undefined;
  }
  return 'SURVIVED';
}

/**
 * @param {string} file
 * @param {string | undefined} title
 * @returns {Selection}
 */
function selectionOf(file, title) {
  return title === undefined ? { file } : { file, title };
}

/**
 * Runs tests on emulators of their own: a mutant may leave locks behind.
 *
 * @param {Selection} selection
 * @param {CodeMutant} [mutant] absent: the code as it is
 * @returns {Promise<Outcome>}
 */
async function run({ file, title }, mutant) {
  const outputFile = join(folder, `${++runs}.json`);
  const isUnit = !file.startsWith('test/');
  const emulators = isUnit ? undefined : await startEmulators(mkdtempSync(join(folder, 'emulators-')));
  const command = [
    join(root, 'node_modules/.bin/jest'),
    ...['--config', 'scripts/mutants/jest.config.cjs', '--runInBand', '--json', '--outputFile', outputFile],
    ...(title === undefined ? [] : ['--testNamePattern', title]),
    ...['--runTestsByPath', file],
  ];
  const place = mutant && { path: join(root, mutant.file), find: mutant.find, replace: mutant.replace };
  const env = {
    ...process.env,
    PATH: searchPath,
    METADATA_SERVER_DETECTION: 'none',
    GCLOUD_PROJECT: projectId,
    ...emulators?.env,
    ...(place === undefined ? {} : { QUARTERDECK_MUTANT: JSON.stringify(place) }),
  };
  const child = spawn(process.execPath, command, { cwd: root, env, stdio: 'ignore' });
  let hung = false;
  const timer = setTimeout(() => {
    hung = true;
    if (child.pid) killAll(processTree(child.pid));
  }, TIMEOUT_SECONDS * 1000);
  await new Promise((done) => child.once('close', done));
  clearTimeout(timer);
  await emulators?.stop();
  return hung ? { kind: 'hung' } : told(outputFile);
}

/**
 * @param {string} outputFile
 * @returns {Outcome}
 */
function told(outputFile) {
  if (!existsSync(outputFile)) return { kind: 'told', tests: [], broken: ['jest wrote no result'] };
  /** @type {{ testResults: { name: string, message: string, assertionResults: { status: string, fullName: string }[] }[] }} */
  const { testResults } = JSON.parse(readFileSync(outputFile, 'utf8'));
  return {
    kind: 'told',
    tests: testResults.flatMap(({ name, assertionResults }) =>
      assertionResults.map(({ status, fullName }) => ({ file: name.slice(root.length + 1), title: fullName, status })),
    ),
    broken: testResults.flatMap(({ name, message, assertionResults }) =>
      assertionResults.length === 0 ? [`${name.slice(root.length + 1)}: ${message.slice(0, 500)}`] : [],
    ),
  };
}
