// @ts-check
import { join } from 'node:path';
import { root } from '../scripts/lib/paths.mjs';
import { bareBeat } from './bare-beat.mjs';
import { doors } from './doors.mjs';
import { measureLatency, measurePosts, measureRate, measureRepeatedly } from './load.mjs';
import { beat, sessionOf } from './operations.mjs';
import { startListening } from './stage.mjs';
import { median } from './statistics.mjs';

/** @import { Account } from './seed.mjs' */
/** @import { Stage } from './stage.mjs' */

/**
 * Medians over the rounds, times in milliseconds; a ratio is of medians of the same round.
 *
 * @typedef {object} BeatFigures
 * @property {number} bareUpdateMs a bare `update()` of the Admin SDK, in the process of the bench
 * @property {number} bareServerMs the same behind an HTTP server that does nothing else: see bare-server.mjs
 * @property {number} beatMs a beat through the MCP door
 * @property {number} ratio the beat over the bare update
 * @property {number} callableRatio the beat as a callable over the bare update
 * @property {number} serverRatio the bare server over the bare update: what no door can be below
 * @property {number} overServer the beat over the bare server
 * @property {number} bareUpdatesPerSecond
 */

/**
 * A beat through the MCP door and as a callable, and the same write by the Admin SDK alone, here and behind a bare HTTP server, turn by turn, so that all see the same
 * machine. They write to two accounts: the functions notice when somebody else writes to a session that they know.
 *
 * @param {Stage} stage
 * @param {string} folder for the log of the bare server
 * @param {{ hot: Account, bare: Account }} accounts
 * @param {{ warmUpMs: number, latencyMs: number, throughputMs: number, beatRounds: number }} plan
 * @returns {Promise<BeatFigures>}
 */
export async function measureBeats({ application, env, functions }, folder, { hot, bare: account }, plan) {
  const { db, documents } = application;
  const pathOf = (/** @type {number} */ n) => documents.session(account.accountId, sessionOf(account, n));
  const bareUpdate = (/** @type {number} */ n) => bareBeat(db, pathOf(n), n);
  const bareServer = await startListening('bare-server', [join(root, 'bench/bare-server.mjs')], folder, env);
  const askBareServer = (/** @type {number} */ n) => ({
    url: bareServer.address,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ path: pathOf(n), contextBytes: n }),
  });
  const measured = beat(hot);
  /** @type {Omit<BeatFigures, 'bareUpdatesPerSecond'>[]} */
  const rounds = [];
  try {
    await measureRepeatedly(plan.warmUpMs, bareUpdate);
    await measurePosts(plan.warmUpMs, askBareServer);
    for (let round = 0; round < plan.beatRounds; round++) {
      const bare = await measureRepeatedly(plan.latencyMs, bareUpdate);
      const server = await measurePosts(plan.latencyMs, askBareServer);
      const door = await measureLatency(functions, measured, doors.mcp, plan.latencyMs);
      const callable = await measureLatency(functions, measured, doors.callable, plan.latencyMs);
      rounds.push({
        bareUpdateMs: bare.p50,
        bareServerMs: server.p50,
        beatMs: door.p50,
        ratio: door.p50 / bare.p50,
        callableRatio: callable.p50 / bare.p50,
        serverRatio: server.p50 / bare.p50,
        overServer: door.p50 / server.p50,
      });
    }
  } finally {
    await bareServer.child.stop('SIGTERM', 5);
  }
  const over = (/** @type {keyof Omit<BeatFigures, 'bareUpdatesPerSecond'>} */ name) =>
    median(rounds.map((round) => round[name]));
  return {
    bareUpdateMs: over('bareUpdateMs'),
    bareServerMs: over('bareServerMs'),
    beatMs: over('beatMs'),
    ratio: over('ratio'),
    callableRatio: over('callableRatio'),
    serverRatio: over('serverRatio'),
    overServer: over('overServer'),
    bareUpdatesPerSecond: await measureRate(plan.throughputMs, bareUpdate),
  };
}
