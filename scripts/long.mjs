// @ts-check
/**
 * `npm run long`: what `npm test` does a little of, in the numbers that are aimed at, one suite after the other; it takes hours. `npm run long -- R1 R6` does only these. The table of
 * test/README.md says what they promise.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from './lib/paths.mjs';

/** Its id among the promises, what it does, the suite, and the variable that says how much. */
const RUNS = /** @type {const} */ ([
  ['R1', 'limits 1, 5 and 16 × 200 starts × 20', 'session-limit', 'QUARTERDECK_LIMIT_ROUNDS', 20],
  ['R3', '20 deaths', 'nothing-acknowledged-is-lost', 'QUARTERDECK_RUNS', 20],
  ['R4', '10 seeds', 'faults-stay-faults', 'QUARTERDECK_RUNS', 10],
  ['R5', 'death, failure and delay at every RPC', 'sweep-converges', 'QUARTERDECK_RUNS', 10],
  ['R6', '10,000 interleavings', 'sweep-and-beat', 'QUARTERDECK_RUNS', 10_000],
  ['R9', '20 disorders', 'events-arrive', 'QUARTERDECK_RUNS', 20],
  ['R10', '100,000 beats', 'bounded-documents', 'QUARTERDECK_BEATS', 100_000],
  ['archive', '100,000 sessions', 'sweep-archive', 'QUARTERDECK_ARCHIVE', 100_000],
  ['S4', '10,000 sequences', 'accounts-are-walls', 'QUARTERDECK_RUNS', 10_000],
  ['R7', '10,000 sequences', 'state-machine|tasks-by-model', 'QUARTERDECK_RUNS', 10_000],
  ['S6', '10,000 inputs for each operation', 'bad-input', 'QUARTERDECK_RUNS', 10_000],
]);

const chosen = process.argv.slice(2);
const unknown = chosen.filter((id) => !RUNS.some(([known]) => known === id));
if (unknown.length > 0) {
  console.error(`There is no long run ${unknown.join(', ')}; there are ${RUNS.map(([id]) => id).join(', ')}.`);
  process.exit(2);
}
for (const [id, what, suite, variable, count] of RUNS) {
  if (chosen.length > 0 && !chosen.includes(id)) continue;
  const started = performance.now();
  const { code, output } = await runSuite(suite, { [variable]: String(count) });
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  const counted = output.trimEnd().split('\n').at(-1);
  if (code !== 0) {
    console.log(output);
    process.exitCode = 1;
  }
  console.log(`${code === 0 ? '✓' : '✗'} ${id}: ${what}: ${counted} (${seconds} s)`);
}

/**
 * @param {string} suite files whose paths match
 * @param {Readonly<Record<string, string>>} env how much
 * @returns {Promise<{ code: number | null, output: string }>}
 */
async function runSuite(suite, env) {
  const child = spawn(process.execPath, [join(root, 'scripts/test.mjs'), 'integration', '--', suite], {
    cwd: root,
    env: { ...process.env, QUARTERDECK_TEST_HOURS: '8', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  return { code: await new Promise((done) => child.once('close', done)), output };
}
