// @ts-check
import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { killAll, processTree, signal } from './processes.mjs';

/**
 * A child process whose output goes to a log file instead of the terminal.
 *
 * @typedef {object} Launched
 * @property {string} name
 * @property {number} pid
 * @property {string} logFile
 * @property {Promise<string>} ended fulfilled when it has ended, with how: "exit code 1", "signal SIGKILL"
 * @property {() => string | undefined} end how it ended; undefined while it runs
 * @property {() => string} log all that it has said so far
 * @property {(lines: number) => string} tail the last lines of that
 * @property {(signalName: NodeJS.Signals, graceSeconds: number) => Promise<void>} stop asks it to end, and after the grace kills it and all below it
 */

/**
 * Starts a process in a group of its own, so that a Ctrl-C in the terminal reaches only us and we decide how to end the rest.
 *
 * @param {object} options
 * @param {string} options.name
 * @param {string} options.command
 * @param {string[]} options.args
 * @param {string} options.logFolder where `<name>.log` is written, anew with each start; that of the last one is kept as `<name>.log.1`
 * @param {string} [options.cwd]
 * @param {NodeJS.ProcessEnv} [options.env]
 * @param {boolean} [options.wrapped] the command only runs another one, which is the one to ask when all is to end
 * @returns {Launched}
 */
export function launch({ name, command, args, logFolder, cwd, env, wrapped = false }) {
  const logFile = join(logFolder, `${name}.log`);
  // Who starts again because something failed finds its cause in there.
  if (existsSync(logFile)) renameSync(logFile, `${logFile}.1`);
  const log = openSync(logFile, 'w', 0o600);
  const child = spawn(command, args, {
    ...(cwd && { cwd }),
    ...(env && { env }),
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  /** @type {string | undefined} */
  let end;
  const ended = new Promise((/** @type {(how: string) => void} */ done) => {
    child.once('error', (error) => done(`could not start: ${error.message}`));
    child.once('exit', (code, signalName) => done(signalName ? `signal ${signalName}` : `exit code ${code}`));
  }).then((how) => {
    end = how;
    return how;
  });
  const pid = child.pid ?? 0;
  const text = () => readFileSync(logFile, 'utf8');
  return {
    name,
    pid,
    logFile,
    ended,
    end: () => end,
    log: text,
    tail: (lines) => text().trimEnd().split('\n').slice(-lines).join('\n'),
    async stop(signalName, graceSeconds) {
      if (end !== undefined || pid === 0) return;
      const tree = processTree(pid);
      const inner = wrapped ? tree.find(({ parent }) => parent === pid) : undefined;
      // Only this one, not its group: a process of the group that is just starting would die of it, and be waited for.
      signal(inner?.pid ?? pid, signalName);
      const grace = setTimeout(() => killAll([...tree, ...processTree(pid)]), graceSeconds * 1000);
      await ended;
      clearTimeout(grace);
    },
  };
}

/**
 * Waits until something is so.
 *
 * @param {() => boolean | Promise<boolean>} isSo
 * @param {object} options
 * @param {number} options.timeoutSeconds
 * @param {string} options.waitingFor for the message when it takes too long
 * @param {Launched} [options.child] without which it never will be so
 * @returns {Promise<void>}
 */
export async function waitUntil(isSo, { timeoutSeconds, waitingFor, child }) {
  const deadline = performance.now() + timeoutSeconds * 1000;
  while (!(await isSo())) {
    if (child?.end() !== undefined) throw new ChildEnded(child);
    if (performance.now() > deadline)
      throw new Error(
        `gave up after ${timeoutSeconds} s of waiting for ${waitingFor}${child ? `\n${child.tail(20)}` : ''}`,
      );
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** Thrown when a process that has to run has ended; the message holds the end of its log. */
export class ChildEnded extends Error {
  /** @param {Launched} child */
  constructor(child) {
    super(`${child.name} ended (${child.end()}). The end of ${child.logFile}:\n${child.tail(20)}`);
  }
}

/**
 * @param {string} url
 * @returns {Promise<boolean>} whether anybody answers there with a success
 */
export async function answers(url) {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2000) })).ok;
  } catch {
    return false;
  }
}
