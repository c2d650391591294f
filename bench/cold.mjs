// @ts-check
import { execFile } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../scripts/lib/paths.mjs';
import { startServer } from './stage.mjs';
import { median } from './statistics.mjs';

/** @import { Stage } from './stage.mjs' */

const run = promisify(execFile);

/**
 * @typedef {object} ColdStart
 * @property {string} name of the function
 * @property {number} loadMs its module, as an instance loads it that serves only this function
 * @property {number | null} answerMs that, and the first answer; null: not measured
 * @property {number} kilobytes what the module loads at its start
 */

/**
 * @param {Stage} stage
 * @param {object} options
 * @param {string} options.name
 * @param {object} [options.request] path, headers and body; absent: only the loading is measured
 * @param {number} options.times
 * @returns {Promise<Pick<ColdStart, 'loadMs' | 'answerMs'>>} medians
 */
export async function measureColdStart({ bundle, env }, { name, request, times }) {
  const loads = [];
  const answers = [];
  const asked = request === undefined ? [] : [JSON.stringify(request)];
  for (let time = 0; time < times; time++) {
    const args = [join(root, 'bench/cold-start.mjs'), join(bundle, 'index.mjs'), ...asked];
    const { stdout } = await run(process.execPath, args, { env: { ...env, FUNCTION_TARGET: name } });
    const { loadMs, answerMs } = JSON.parse(stdout.slice(stdout.lastIndexOf('{')));
    loads.push(loadMs);
    if (answerMs !== null) answers.push(answerMs);
  }
  return { loadMs: median(loads), answerMs: answers.length === 0 ? null : median(answers) };
}

/**
 * The files that the module of a function loads at its start: without what it loads later, with its first request.
 *
 * @param {string} bundle
 * @param {string} name
 * @returns {number}
 */
export function loadedKilobytes(bundle, name) {
  const entry = readFileSync(join(bundle, 'index.mjs'), 'utf8');
  const own = [...entry.matchAll(/\((\[[^\]]*\])\)\s*\?\s*await import\("(\.\/[^"]+)"\)/g)]
    .filter(([, names = '[]']) => names.includes(`"${name}"`))
    .map(([, , file = '']) => file);
  const found = new Set(['./index.mjs', ...own]);
  for (const file of found) {
    const code = readFileSync(join(bundle, file), 'utf8');
    for (const [, imported = ''] of code.matchAll(/(?:from|import)\s*"(\.\/[^"]+\.mjs)"/g)) found.add(imported);
  }
  const bytes = [...found].reduce((sum, file) => sum + statSync(join(bundle, file)).size, 0);
  return Math.round(bytes / 1024);
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
