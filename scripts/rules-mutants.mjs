// @ts-check
/**
 * Shows that the rules tests see every rule: makes each rule of firestore.rules wrong in every way it can think of, one at a time,
 * and asks the matrix and the direct beats whether they notice. Prints each mutant that survives, and fails when one does.
 *
 * `npm run mutants -- rules 'regex'` tries those whose lines, as they are told, match. The mutants and the cases are in test/rules. `FIRESTORE_EMULATOR_HOST` names a running
 * emulator; without it one is started.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { startEmulators } from './lib/bare-emulators.mjs';
import { root } from './lib/paths.mjs';

/** One thread waits for the emulator while the other thinks. */
const LANES = 2;

/**
 * @typedef {{ line: number, change: string }} Mutant
 * @typedef {{ control: Mutant, allMutants: () => Mutant[], survivorsOf: (mutants: Mutant[], lane: string) => Promise<Mutant[]> }} Tests
 * @typedef {{ bundle: string, lane: number, mutants: Mutant[] }} Work
 */

if (isMainThread) await main(process.argv[2]);
else await inLane(workerData);

/** @param {string} [pattern] */
async function main(pattern = '') {
  process.chdir(root);
  // Inside the repository, because the bundle imports packages from its node_modules.
  const folder = mkdtempSync(join(root, 'node_modules/.rules-mutants-'));
  const emulators = process.env.FIRESTORE_EMULATOR_HOST ? undefined : await startEmulators(folder);
  try {
    const started = performance.now();
    const bundle = await bundleTests(folder);
    /** @type {Tests} */
    const { allMutants, control } = await import(bundle);
    const mutants = allMutants().filter((mutant) => new RegExp(pattern).test(told(mutant)));
    if (mutants.length === 0) {
      console.error(`Of ${allMutants().length} mutants of the rules none matches ${pattern}.`);
      process.exitCode = 2;
      return;
    }
    const env = { ...process.env, ...emulators?.env };
    const lanes = Array.from({ length: LANES }, (_, lane) =>
      runLane({ bundle, lane, mutants: [control, ...mutants].filter((_, index) => index % LANES === lane) }, env),
    );
    const all = (await Promise.all(lanes)).flat();
    if (!all.some(({ line }) => line === control.line)) {
      throw new Error('firestore.rules as they are fail the tests: see `npm test -- rules`.');
    }
    const survivors = all.filter(({ line }) => line !== control.line).sort((a, b) => a.line - b.line);
    const seconds = Math.round((performance.now() - started) / 1000);
    for (const survivor of survivors) console.log(`survived: ${told(survivor)}`);
    console.log(`caught ${mutants.length - survivors.length} of ${mutants.length} in ${seconds} s`);
    process.exitCode = survivors.length === 0 ? 0 : 1;
  } finally {
    await emulators?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {Mutant} mutant */
function told({ line, change }) {
  return `firestore.rules:${line} ${change}`;
}

/**
 * The tests are TypeScript.
 *
 * @param {string} folder
 * @returns {Promise<string>} the bundle's address
 */
async function bundleTests(folder) {
  const { build } = await import('esbuild');
  const outfile = join(folder, 'catch-mutants.mjs');
  await build({
    absWorkingDir: root,
    entryPoints: ['test/rules/catch-mutants.ts'],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    external: ['firebase', '@firebase/*'],
    logLevel: 'warning',
  });
  return pathToFileURL(outfile).href;
}

/**
 * @param {Work} work
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Mutant[]>} the survivors among the lane's share
 */
function runLane(work, env) {
  return new Promise((done, failed) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: work, env });
    worker.once('message', done);
    worker.once('error', failed);
    worker.once('exit', (code) => failed(new Error(`Lane ${work.lane} ended with ${code}.`)));
  });
}

/** @param {Work} work */
async function inLane({ bundle, lane, mutants }) {
  /** @type {Tests} */
  const { survivorsOf } = await import(bundle);
  parentPort?.postMessage(await survivorsOf(mutants, String(lane)));
}
