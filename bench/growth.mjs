// @ts-check
import { doors } from './doors.mjs';
import { measureLatency } from './load.mjs';
import { measuredOperations, sessionOf } from './operations.mjs';
import { PROGRAMS, SESSIONS, seedAccount, seedHistory, seedProgramStates } from './seed.mjs';
import { median } from './statistics.mjs';

/** @import { Measured } from './operations.mjs' */
/** @import { Account } from './seed.mjs' */
/** @import { Stage } from './stage.mjs' */

/**
 * How long an operation takes in accounts with more and more behind them.
 *
 * @typedef {object} Growth
 * @property {number[]} sizes sessions in the history
 * @property {{ label: string, p50: number[] }[]} operations `p50` in milliseconds, in the order of the sizes, at one client through the MCP door
 */

/** What has nothing to do with sessions, or has an account of its own in the other table. */
const ELSEWHERE = /recall|hook|fleet|recomputed/;

/**
 * @param {Stage} stage
 * @param {object} plan
 * @param {number[]} plan.histories
 * @param {number} plan.rounds
 * @param {number} plan.warmUpMs
 * @param {number} plan.latencyMs
 * @param {(text: string) => void} note
 * @returns {Promise<Growth>}
 */
export async function measureGrowth({ application, functions }, { histories, rounds, warmUpMs, latencyMs }, note) {
  /** @type {Measured[][]} */
  const measured = [];
  for (const size of histories) {
    note(`fill a history of ${size}`);
    const account = await seedAccount(application, `history-${size}`, { programs: PROGRAMS + 1, sessions: SESSIONS });
    await seedProgramStates(application, account);
    const ended = await seedHistory(application, account, size);
    measured.push(operationsOf(account, ended));
  }
  const ask = (/** @type {Measured} */ one, /** @type {number} */ ms) => measureLatency(functions, one, doors.mcp, ms);
  for (const one of measured.flat()) await ask(one, warmUpMs);
  const labels = (measured[0] ?? []).map(({ label }) => label);
  /** @type {number[][][]} by operation, by size: one for each round */
  const times = labels.map(() => histories.map(() => []));
  for (let round = 1; round <= rounds; round++) {
    note(`round ${round} of ${rounds}`);
    for (const [index] of labels.entries()) {
      for (const [size, operations] of measured.entries()) {
        const one = operations[index];
        if (one !== undefined) times[index]?.[size]?.push((await ask(one, latencyMs)).p50);
      }
    }
  }
  note('');
  return {
    sizes: histories,
    operations: labels.map((label, index) => ({ label, p50: (times[index] ?? []).map(median) })),
  };
}

/**
 * @param {Account} account
 * @param {string[]} ended
 * @returns {Measured[]}
 */
function operationsOf(account, ended) {
  const all = measuredOperations({ hot: account, growing: account, fleets: new Map(), remembering: account });
  const keyOf = (/** @type {number} */ n) => /** @type {string} */ (account.keys[n % account.keys.length]);
  return [
    ...all.filter(({ label }) => !ELSEWHERE.test(label)),
    {
      label: 'update_session that changes the state',
      operation: 'update_session',
      doors: ['mcp'],
      request: (n) => ({
        key: keyOf(n),
        data: { sessionId: sessionOf(account, n), status: 'x', state: n % 32 < 16 ? 'blocked' : 'working' },
      }),
    },
    {
      label: 'get_session that is long over',
      operation: 'get_session',
      doors: ['mcp'],
      request: (n) => ({ key: account.adminKey, data: { sessionId: ended[(n * 7919) % ended.length] } }),
      isMeant: ({ session }) => session.endedAt !== undefined,
    },
    {
      label: 'list_sessions, those that are over',
      operation: 'list_sessions',
      doors: ['mcp'],
      request: (n) => ({ key: keyOf(n), data: { limit: 10, state: 'complete', includeArchived: true } }),
      isMeant: ({ sessions }) => sessions.length > 0,
    },
    {
      label: 'boot',
      operation: 'boot',
      doors: ['mcp'],
      request: (n) => ({ key: keyOf(n), data: {} }),
    },
    {
      label: 'get_fleet_health, recomputed',
      operation: 'get_fleet_health',
      doors: ['mcp'],
      request: () => ({ key: account.adminKey, data: { maxAgeSeconds: 0 } }),
    },
  ];
}
