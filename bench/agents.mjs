// @ts-check
import { Agent } from 'node:http';
import { doors } from './doors.mjs';
import { post } from './load.mjs';
import { residentMebibytes } from './processes.mjs';
import { seedAccount } from './seed.mjs';
import { percentile } from './statistics.mjs';

/** @import { Stage } from './stage.mjs' */

export const AGENTS = 1000;
const PROGRAMS = 100;
export const BEATS_PER_SECOND = 200;
/** Until then the server has warmed up, and its memory counts from there. */
const WARM_AFTER_SHARE = 0.1;

/**
 * What a fleet does to one instance for minutes.
 *
 * @typedef {object} FleetLoad
 * @property {number} seconds
 * @property {number} beats
 * @property {number} failed
 * @property {number} p50 milliseconds from the moment at which a beat was due, so that one that had to wait for those before it counts as late
 * @property {number} p99
 * @property {number} perSecond that were answered
 * @property {number} memoryBefore mebibytes of the functions' process, once warm
 * @property {number} memoryAfter
 * @property {number} otherDocuments of the account that were written meanwhile, beside the sessions that beat
 */

/**
 * A thousand agents, each with a session of its own, beat through the MCP door, BEATS_PER_SECOND together, each with something new, so that each beat is a write.
 *
 * @param {Stage} stage
 * @param {number} seconds
 * @param {(text: string) => void} note
 * @returns {Promise<FleetLoad>}
 */
export async function measureFleetLoad({ application, functions, serverPid }, seconds, note) {
  note(`start ${AGENTS} sessions`);
  const account = await seedAccount(application, 'thousand', { programs: PROGRAMS + 1, sessions: AGENTS });
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const url = doors.mcp.url(functions, 'heartbeat');
  /** @type {number[]} */
  const late = [];
  let failed = 0;
  const beat = async (/** @type {number} */ n, /** @type {number} */ dueAt) => {
    const [key, sessionId] = [account.keys[n % PROGRAMS], account.sessionIds[n % AGENTS]];
    const request = doors.mcp.http('heartbeat', String(key), { sessionId, contextBytes: n + 1 });
    try {
      const { answer, headers } = await post(agent, url, request);
      if (doors.mcp.result(JSON.parse(answer), headers)?.coalesced !== false) failed++;
    } catch {
      failed++;
    }
    late.push(performance.now() - dueAt);
  };
  const startedAt = new Date();
  const began = performance.now();
  const all = seconds * BEATS_PER_SECOND;
  let memoryBefore = Number.NaN;
  /** @type {Promise<void>[]} */
  let open = [];
  for (let n = 0; n < all; n++) {
    const dueAt = began + (n * 1000) / BEATS_PER_SECOND;
    const wait = dueAt - performance.now();
    if (wait > 0) await new Promise((due) => setTimeout(due, wait));
    open.push(beat(n, dueAt));
    if (n === Math.floor(all * WARM_AFTER_SHARE)) memoryBefore = residentMebibytes(serverPid) ?? Number.NaN;
    if (open.length < BEATS_PER_SECOND * 10) continue;
    note(`${Math.round((performance.now() - began) / 1000)} of ${seconds} s`);
    // Those of ten seconds ago have long been answered, or the server is no longer keeping up.
    await Promise.all(open.splice(0, BEATS_PER_SECOND * 9));
    open = open.slice();
  }
  await Promise.all(open);
  agent.destroy();
  note('');
  return {
    seconds,
    beats: all,
    failed,
    p50: percentile(late, 0.5),
    p99: percentile(late, 0.99),
    perSecond: (all * 1000) / (performance.now() - began),
    memoryBefore,
    memoryAfter: residentMebibytes(serverPid) ?? Number.NaN,
    otherDocuments: await writtenSince(application.db, account.accountId, startedAt),
  };
}

/**
 * @param {import('firebase-admin/firestore').Firestore} db
 * @param {string} accountId
 * @param {Date} since
 * @returns {Promise<number>} documents of the account, its sessions apart, that were written since
 */
async function writtenSince(db, accountId, since) {
  const account = db.doc(`accounts/${accountId}`);
  const others = (await account.listCollections()).filter(({ id }) => id !== 'sessions');
  const [own, ...snapshots] = await Promise.all([account.get(), ...others.map((collection) => collection.get())]);
  const all = [own, ...snapshots.flatMap(({ docs }) => docs)];
  return all.filter(({ updateTime }) => updateTime !== undefined && updateTime.toDate() > since).length;
}
