// @ts-check
/**
 * `npm run long`: what `npm test` does a little of, in the numbers that are aimed at, one suite after the other; it takes hours. `npm run long -- R1 R6` does only these. The table of
 * test/README.md says what they promise.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from './lib/paths.mjs';

/** @type {readonly { id: string, what: string, suite: string, env: Readonly<Record<string, string>> }[]} */
const RUNS = [
  {
    id: 'R1',
    what: 'limits 1, 5 and 16 × 200 starts × 20',
    suite: 'session-limit',
    env: { QUARTERDECK_LIMIT_ROUNDS: '20' },
  },
  { id: 'R3', what: '20 deaths', suite: 'nothing-acknowledged-is-lost', env: { QUARTERDECK_RUNS: '20' } },
  { id: 'R4', what: '10 seeds', suite: 'faults-stay-faults', env: { QUARTERDECK_RUNS: '10' } },
  {
    id: 'R5',
    what: 'death, failure and delay at every RPC',
    suite: 'sweep-converges',
    env: { QUARTERDECK_RUNS: '10' },
  },
  { id: 'R6', what: '10,000 interleavings', suite: 'sweep-and-beat', env: { QUARTERDECK_INTERLEAVINGS: '10000' } },
  { id: 'R9', what: '20 disorders', suite: 'events-arrive', env: { QUARTERDECK_RUNS: '20' } },
  { id: 'R10', what: '100,000 beats', suite: 'bounded-documents', env: { QUARTERDECK_BEATS: '100000' } },
  { id: 'archive', what: '100,000 sessions', suite: 'sweep-archive', env: { QUARTERDECK_ARCHIVE: '100000' } },
  { id: 'S4', what: '10,000 sequences', suite: 'accounts-are-walls', env: { QUARTERDECK_RUNS: '10000' } },
  {
    id: 'R7',
    what: '10,000 sequences of sessions and of tasks',
    suite: 'state-machine|tasks-by-model',
    env: { QUARTERDECK_SEQUENCES: '10000' },
  },
  { id: 'S6', what: '10,000 inputs for each operation', suite: 'bad-input', env: { QUARTERDECK_INPUTS: '10000' } },
];

const chosen = process.argv.slice(2);
const unknown = chosen.filter((id) => !RUNS.some((run) => run.id === id));
if (unknown.length > 0) {
  console.error(`There is no long run ${unknown.join(', ')}; there are ${RUNS.map(({ id }) => id).join(', ')}.`);
  process.exit(2);
}
for (const { id, what, suite, env } of RUNS) {
  if (chosen.length > 0 && !chosen.includes(id)) continue;
  const started = performance.now();
  const { code, output } = await runSuite(suite, env);
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
