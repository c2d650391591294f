// @ts-check
import { createServer } from 'node:net';

/** How many ports after the wished one are tried. */
const ATTEMPTS = 200;

/** Below the range that systems hand out to outgoing connections, so that none of those can take a port between choice and use. */
const FREE_RANGE = { from: 20_000, to: 30_000 };

/**
 * @param {number} port
 * @returns {Promise<boolean>} whether this machine's loopback address has the port free
 */
export function isFree(port) {
  return new Promise((answer) => {
    const probe = createServer();
    probe.once('error', () => answer(false));
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => answer(true)));
  });
}

/**
 * A free port: the wished one, or the next that is free.
 *
 * @param {number} wished
 * @param {Set<number>} [taken] ports promised already; the chosen one is added
 * @param {(port: number) => Promise<boolean>} [canHave] whether a port is free; default: the system is asked
 * @returns {Promise<number>}
 */
export async function freePort(wished, taken = new Set(), canHave = isFree) {
  for (let port = wished; port < Math.min(wished + ATTEMPTS, 65_536); port++) {
    if (taken.has(port) || !(await canHave(port))) continue;
    taken.add(port);
    return port;
  }
  throw new Error(`no free port from ${wished} on`);
}

/** @returns {number} somewhere to start looking, different from run to run */
export function anyPort() {
  return FREE_RANGE.from + Math.floor(Math.random() * (FREE_RANGE.to - FREE_RANGE.from - ATTEMPTS));
}
