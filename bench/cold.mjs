// @ts-check
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../scripts/lib/paths.mjs';
import { startServer } from './stage.mjs';
import { median } from './statistics.mjs';

/** @import { Stage } from './stage.mjs' */

const run = promisify(execFile);

/**
 * Milliseconds.
 *
 * @typedef {object} ColdStart
 * @property {string} name of the function that answered
 * @property {number} loadMs the module of the deployed functions, which is the same for all of them
 * @property {number} answerMs that, and the function's first answer
 */

/**
 * @param {Stage} stage
 * @param {object} options
 * @param {string} options.name
 * @param {object} options.request
 * @param {number} options.times
 * @returns {Promise<ColdStart>} medians
 */
export async function measureColdStart({ bundle, env }, { name, request, times }) {
  const loads = [];
  const answers = [];
  for (let time = 0; time < times; time++) {
    const args = [join(root, 'bench/cold-start.mjs'), join(bundle, 'index.mjs'), name, JSON.stringify(request)];
    const { stdout } = await run(process.execPath, args, { env });
    const { loadMs, answerMs } = JSON.parse(stdout.slice(stdout.lastIndexOf('{')));
    loads.push(loadMs);
    answers.push(answerMs);
  }
  return { name, loadMs: median(loads), answerMs: median(answers) };
}

/**
 * @param {Stage} stage
 * @param {string} folder
 * @param {number} times
 * @returns {Promise<number>} milliseconds from the start of the server's process until it says that it is ready, which includes its first call
 */
export async function measureServerStart({ bundle, env }, folder, times) {
  const starts = [];
  for (let time = 0; time < times; time++) {
    const started = performance.now();
    const { child } = await startServer(folder, bundle, env);
    starts.push(performance.now() - started);
    await child.stop('SIGTERM', 5);
  }
  return median(starts);
}
