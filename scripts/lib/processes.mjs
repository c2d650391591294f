// @ts-check
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Linux tells about processes in files; elsewhere `ps` is asked. */
const hasProc = existsSync('/proc/self/stat');

/**
 * What the system knows of a process: its parent and when it started.
 *
 * @typedef {{ pid: number, parent: number, started: string }} ProcessInfo
 */

/**
 * @param {number} pid
 * @returns {ProcessInfo | undefined} undefined for a process that has ended, also when nobody has collected its exit code yet
 */
export function processInfo(pid) {
  if (hasProc) {
    try {
      const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
      // The second field is the name in parentheses and may hold blanks.
      const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
      if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
      return { pid, parent: Number(fields[1]), started: fields[19] ?? '' };
    } catch {
      return undefined;
    }
  }
  return psRows(['-p', String(pid)])[0];
}

/** @returns {ProcessInfo[]} every process that this user may see */
function allProcesses() {
  if (!hasProc) return psRows(['-A']);
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => processInfo(Number(name)) ?? []);
}

/**
 * @param {string[]} which
 * @returns {ProcessInfo[]}
 */
function psRows(which) {
  try {
    const text = execFileSync('ps', [...which, '-o', 'pid=,ppid=,stat=,lstart='], {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
    });
    return text.split('\n').flatMap((line) => {
      const [pid, parent, state, ...started] = line.trim().split(/\s+/);
      return pid && !state?.startsWith('Z')
        ? [{ pid: Number(pid), parent: Number(parent), started: started.join(' ') }]
        : [];
    });
  } catch {
    return []; // ps exits with 1 when there is no such process
  }
}

/**
 * @param {number} pid
 * @returns {ProcessInfo[]} the process and everything below it
 */
export function processTree(pid) {
  const all = allProcesses();
  const tree = all.filter((each) => each.pid === pid);
  for (const above of tree) tree.push(...all.filter((each) => each.parent === above.pid));
  return tree;
}

/**
 * Whether it is still the same process: a number alone may belong to another one by now.
 *
 * @param {{ pid: number, started: string }} known
 * @returns {boolean}
 */
export function isRunning(known) {
  return processInfo(known.pid)?.started === known.started;
}

/**
 * Ends processes at once, without giving them time to tidy up.
 *
 * @param {{ pid: number, started: string }[]} known
 * @returns {number} how many were still running
 */
export function killAll(known) {
  const running = known.filter(isRunning);
  for (const { pid } of running) signal(pid, 'SIGKILL');
  return running.length;
}

/**
 * @param {number} pid
 * @param {NodeJS.Signals} name
 */
export function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended already.
  }
}
