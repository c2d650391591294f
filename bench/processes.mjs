// @ts-check
import { readFileSync } from 'node:fs';

/** Linux counts a process's time in hundredths of a second, whatever its own clock does. */
const TICKS_PER_SECOND = 100;

/**
 * @param {number} pid
 * @returns {number | undefined} seconds of processor time that the process has used; undefined where the system doesn't say
 */
export function cpuSeconds(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the name in parentheses and may hold blanks.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  } catch {
    return undefined;
  }
}

/**
 * @param {number} pid
 * @param {'now' | 'peak'} [when]
 * @returns {number | undefined} memory that the process has in use; undefined where the system doesn't say
 */
export function residentMebibytes(pid, when = 'now') {
  try {
    const field = when === 'now' ? /^VmRSS:\s+(\d+) kB/m : /^VmHWM:\s+(\d+) kB/m;
    return Number(field.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
  } catch {
    return undefined;
  }
}
