// @ts-check
import { peer } from './peer.mjs';

/** @import { PeerFigure } from './peer.mjs' */
/** @import { Account } from './seed.mjs' */

/**
 * One kind of request that is measured. Inputs differ from request to request, so that no two clients wait for the same document unless the
 * operation makes them.
 *
 * @typedef {object} Measured
 * @property {string} label
 * @property {string} callable
 * @property {(n: number) => { key: string, data: object }} request the n-th request
 * @property {PeerFigure} [peer]
 * @property {boolean} [oneClientOnly] without a figure at 16 clients
 * @property {(result: any) => boolean} [isMeant] whether an answer shows that what should be measured was done; absent: every success is meant
 */

/**
 * @param {object} accounts
 * @param {Account} accounts.hot
 * @param {Account} accounts.growing where sessions are created, so that the others keep their size
 * @param {Map<number, Account>} accounts.fleets by their number of programs
 * @returns {Measured[]}
 */
export function measuredOperations({ hot, growing, fleets }) {
  return [
    {
      label: 'createSession',
      callable: 'createSession',
      request: (n) => ({ key: keyOf(growing, n), data: { name: `Session ${n}`, projectName: 'bench' } }),
      peer: peer.createSession,
    },
    {
      label: 'updateSession with lastHeartbeat',
      callable: 'updateSession',
      request: (n) => ({
        key: keyOf(hot, n),
        data: { sessionId: sessionOf(hot, n), status: `Step ${n}`, progress: n % 100, lastHeartbeat: true },
      }),
      peer: peer.updateSession,
      isMeant: ({ heartbeatAt }) => heartbeatAt !== undefined,
    },
    beat(hot),
    {
      label: 'heartbeat that is absorbed',
      callable: 'heartbeat',
      request: (n) => ({ key: keyOf(hot, n), data: { sessionId: sessionOf(hot, n) } }),
      peer: peer.updateSession,
    },
    {
      label: 'listSessions, 10 of 64',
      callable: 'listSessions',
      request: (n) => ({ key: keyOf(hot, n), data: { limit: 10 } }),
      peer: peer.listSessions,
      isMeant: ({ sessions }) => sessions.length === 10,
    },
    {
      label: 'getProgramState',
      callable: 'getProgramState',
      request: (n) => ({ key: keyOf(hot, n), data: { programId: programOf(hot, n) } }),
      peer: peer.getProgramState,
      isMeant: ({ exists }) => exists,
    },
    {
      label: 'updateProgramState',
      callable: 'updateProgramState',
      request: (n) => ({
        key: keyOf(hot, n),
        data: { programId: programOf(hot, n), contextSummary: { lastTask: `Task ${n}` } },
      }),
      peer: peer.updateProgramState,
    },
    {
      label: 'getAccount, which only authenticates',
      callable: 'getAccount',
      request: (n) => ({ key: keyOf(hot, n), data: {} }),
      peer: peer.nothing,
    },
    ...[...fleets].flatMap(([programs, account]) => fleetHealth(programs, account)),
  ];
}

/**
 * A beat that says something new: one write.
 *
 * @param {Account} account
 * @returns {Measured}
 */
export function beat(account) {
  return {
    label: 'heartbeat that writes',
    callable: 'heartbeat',
    request: (n) => ({ key: keyOf(account, n), data: { sessionId: sessionOf(account, n), contextBytes: n + 1 } }),
    peer: peer.updateSession,
    isMeant: ({ coalesced }) => coalesced === false,
  };
}

/**
 * @param {number} programs
 * @param {Account} account
 * @returns {Measured[]}
 */
function fleetHealth(programs, account) {
  const figure = programs === 10 ? peer.fleetHealth : programs === 1000 ? peer.largeFleetHealth : undefined;
  const common = {
    callable: 'getFleetHealth',
    ...(figure && { peer: figure }),
    isMeant: (/** @type {{ programs: object[] }} */ answer) => answer.programs.length === programs,
  };
  const ask = (/** @type {number} */ maxAgeSeconds) => () => ({ key: account.adminKey, data: { maxAgeSeconds } });
  return [
    { ...common, label: `getFleetHealth, ${thousands(programs)} programs`, request: ask(3600) },
    // Every one writes the same document, so that many at once measure nothing but how they wait for each other.
    { ...common, label: `the same, recomputed`, request: ask(0), oneClientOnly: true },
  ];
}

/**
 * @param {Account} account
 * @param {number} n
 */
function keyOf({ keys }, n) {
  return /** @type {string} */ (keys[n % keys.length]);
}

/**
 * @param {Account} account
 * @param {number} n
 */
function programOf({ programIds }, n) {
  return /** @type {string} */ (programIds[n % programIds.length]);
}

/**
 * @param {Account} account
 * @param {number} n
 */
export function sessionOf({ sessionIds }, n) {
  return /** @type {string} */ (sessionIds[n % sessionIds.length]);
}

/** @param {number} count */
export function thousands(count) {
  return count.toLocaleString('en-US');
}
