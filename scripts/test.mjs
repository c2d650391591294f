// @ts-check
/**
 * `npm test`: everything that is checked, in order, with one line of result for each step and the sum at the end.
 *
 * `npm test -- unit rules` runs only those test projects; what follows a further `--` goes to jest: `npm test -- unit -- -t 'a late beat'`.
 */
import './lib/node-version.mjs';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { startEmulators } from './lib/bare-emulators.mjs';
import { findBrowser } from './lib/browser.mjs';
import { makeBuilds } from './lib/builds.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { projectId, root, searchPath } from './lib/paths.mjs';
import { killAll, processTree } from './lib/processes.mjs';
import { Problem } from './lib/steps.mjs';

/** The projects of jest.config.cjs. They run together, so that those that wait leave the processor to those that work. */
const PROJECTS = ['unit', 'integration', 'rules', 'e2e'];

/** What is often taken for a project, and is a folder of one. */
const FOLDERS = ['pins', 'faults', 'pubsub-emulator'];

/** Those that find a browser in their environment. */
const WITH_BROWSER = ['e2e'];

/** Those that find a Firestore and a Pub/Sub emulator in their environment; the end-to-end tests start all of Quarterdeck by themselves. */
const WITH_EMULATORS = ['integration', 'rules'];

/** After which a step counts as hung and is ended: twice what it takes on two cores. Long runs have hours: see scripts/long.mjs. */
const TIMEOUT_SECONDS = { check: 120, tests: Number(process.env.QUARTERDECK_TEST_HOURS ?? 0.5) * 3600 };

/** One more than the cores of a small machine: an end-to-end test mostly waits, for emulators or for a full minute. With two more, copies and browsers starve each other. */
const WORKERS = '3';

/** @typedef {{ passed: number, failed: number }} Count */

const scratch = mkdtempSync(join(tmpdir(), 'quarterdeck-test-'));
/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();
/** @type {{ env: NodeJS.ProcessEnv, stop: () => Promise<void> } | undefined} */
let emulators;

process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));
for (const name of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  process.on(name, async () => {
    for (const child of running) endTree(child);
    await emulators?.stop();
    process.exit(130);
  });
}

const { projects, jestArguments } = readArguments(process.argv.slice(2));
/** Then those that were not chosen are skipped on purpose. */
const chosenByName = jestArguments.some((argument) => /^(-t|--testNamePattern)/.test(argument));
const counts = await ensureInstalled()
  .then(runAll)
  .catch((error) => {
    console.log(`✗ ${error instanceof Problem ? error.message : error.stack}`);
    return [{ passed: 0, failed: 1 }];
  });
const passed = counts.reduce((sum, count) => sum + count.passed, 0);
const failed = counts.reduce((sum, count) => sum + count.failed, 0);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);

/**
 * @param {string[]} given
 * @returns {{ projects: string[], jestArguments: string[] }}
 */
function readArguments(given) {
  const end = given.indexOf('--');
  const named = end < 0 ? given : given.slice(0, end);
  const unknown = named.filter((name) => !PROJECTS.includes(name));
  if (unknown.length) {
    const [folder] = unknown.filter((name) => FOLDERS.includes(name));
    const remedy = folder
      ? `Its tests are of integration: npm test -- integration -- ${folder}/`
      : 'Arguments for jest follow a "--".';
    console.error(`There is no test project ${unknown.join(', ')}; there are ${PROJECTS.join(', ')}. ${remedy}`);
    process.exit(2);
  }
  return { projects: named, jestArguments: end < 0 ? [] : given.slice(end + 1) };
}

/** @returns {Promise<Count[]>} */
async function runAll() {
  /** @type {Count[]} */
  const all = [];
  if (!projects.length) {
    all.push(await check('biome', ['node_modules/.bin/biome', 'ci', '.']));
    all.push(await check('types', ['node_modules/.bin/tsc', '-p', '.']));
    all.push(await check('types of the dashboard', ['node_modules/.bin/tsc', '-p', 'web']));
    all.push(await check('types of its tests', ['node_modules/.bin/tsc', '-p', 'test/e2e/web']));
    all.push(await check('build', () => makeBuilds('functions', 'client', 'cli', 'web')));
  }
  all.push(await test(PROJECTS.filter((name) => !projects.length || projects.includes(name))));
  return all;
}

/**
 * A step that passes or fails as a whole. Only tests are counted as passed, so that a run without any can't look like a success.
 *
 * @param {string} name
 * @param {string[] | (() => Promise<void>)} work a command, or a function that throws
 * @returns {Promise<Count>}
 */
async function check(name, work) {
  const started = performance.now();
  const problem = Array.isArray(work)
    ? await runCommand(work, {}, TIMEOUT_SECONDS.check, 'quiet')
    : await work().then(
        () => undefined,
        (error) => (error instanceof Error ? error.message : String(error)),
      );
  report(name, started, problem === undefined, problem === undefined ? 'passed' : 'failed');
  if (problem !== undefined) console.log(problem);
  return { passed: 0, failed: problem === undefined ? 0 : 1 };
}

/**
 * @param {string[]} names
 * @returns {Promise<Count>}
 */
async function test(names) {
  const want = (/** @type {string[]} */ those) => names.some((name) => those.includes(name));
  try {
    const browser = want(WITH_BROWSER) ? { QUARTERDECK_BROWSER: JSON.stringify(await findBrowser()) } : {};
    if (want(WITH_EMULATORS)) emulators = await startEmulators(scratch);
    return await runJest(names, { ...browser, ...emulators?.env });
  } catch (error) {
    console.log(`✗ what the tests need: ${error instanceof Error ? error.message : error}`);
    return { passed: 0, failed: 1 };
  } finally {
    await emulators?.stop();
  }
}

/**
 * @param {string[]} names
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Count>}
 */
async function runJest(names, env) {
  const started = performance.now();
  const title = names.join(', ');
  const outputFile = join(scratch, `${names.join('-')}.json`);
  const command = [
    'node_modules/.bin/jest',
    '--selectProjects',
    ...names,
    '--maxWorkers',
    WORKERS,
    '--json',
    '--outputFile',
    outputFile,
    ...jestArguments,
  ];
  const problem = await runCommand(command, { GCLOUD_PROJECT: projectId, ...env }, TIMEOUT_SECONDS.tests, 'shown');
  if (!existsSync(outputFile)) {
    report(title, started, false, `no result: ${problem ?? 'jest wrote none'}`);
    return { passed: 0, failed: 1 };
  }
  const count = countTests(JSON.parse(readFileSync(outputFile, 'utf8')));
  // Jest fails for other reasons than a failed test, as an unmet coverage; and one that hangs after its tests has left something open.
  if (problem !== undefined && count.failed === 0) {
    console.log(`✗ ${title}: ${problem}`);
    count.failed = 1;
  }
  report(title, started, count.failed === 0, `${count.passed} passed, ${count.failed} failed`);
  return count;
}

/**
 * A file that could not run and a skipped test count as failed: neither has shown what it promises.
 *
 * @param {{ testResults: { name: string, message: string, status: string, assertionResults: { status: string, fullName: string }[] }[] }} result jest's JSON
 * @returns {Count}
 */
function countTests({ testResults }) {
  const count = { passed: 0, failed: 0 };
  for (const file of testResults) {
    const name = relative(root, file.name);
    if (file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed')) {
      console.log(`✗ could not run ${name}`);
      count.failed++;
    }
    for (const { status, fullName } of file.assertionResults) {
      if (status === 'passed') count.passed++;
      else if (status === 'failed') count.failed++;
      else if (!chosenByName) {
        count.failed++;
        console.log(`✗ skipped (${status}): ${name}: ${fullName}`);
      }
    }
  }
  return count;
}

/**
 * @param {string[]} command
 * @param {NodeJS.ProcessEnv} env
 * @param {number} timeoutSeconds
 * @param {'shown' | 'quiet'} output quiet output is part of the problem, if there is one
 * @returns {Promise<string | undefined>} the problem
 */
async function runCommand([file = '', ...args], env, timeoutSeconds, output) {
  const child = spawn(process.execPath, [join(root, file), ...args], {
    cwd: root,
    env: { ...process.env, PATH: searchPath, METADATA_SERVER_DETECTION: 'none', ...env },
    // A terminal's Ctrl-C is for us alone: were jest gone already, what it started could not be found any more.
    detached: true,
    stdio: output === 'shown' ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (said += chunk));
  let hung = false;
  const timer = setTimeout(() => {
    hung = true;
    endTree(child);
  }, timeoutSeconds * 1000);
  const code = await new Promise((done) => {
    child.once('error', (error) => done(error.message));
    child.once('close', done);
  });
  clearTimeout(timer);
  running.delete(child);
  if (hung) return `ended after ${timeoutSeconds} s, because it seemed to hang\n${said}`;
  return code === 0 ? undefined : said.trimEnd() || `exit code ${code}`;
}

/** @param {import('node:child_process').ChildProcess} child */
function endTree({ pid }) {
  if (pid) killAll(processTree(pid));
}

/**
 * @param {string} name
 * @param {number} started
 * @param {boolean} good
 * @param {string} outcome
 */
function report(name, started, good, outcome) {
  console.log(`${good ? '✓' : '✗'} ${name}: ${outcome} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
}
