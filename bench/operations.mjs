// @ts-check
import { peer } from './peer.mjs';
import { MEMORIES } from './seed.mjs';

/** @import { PeerFigure } from './peer.mjs' */
/** @import { DoorName } from './doors.mjs' */
/** @import { Account } from './seed.mjs' */

/**
 * One kind of request that is measured. Inputs differ from request to request, so that no two clients wait for the same document unless the
 * operation makes them.
 *
 * @typedef {object} Measured
 * @property {string} label
 * @property {string} operation its name in the registry
 * @property {DoorName[]} doors
 * @property {(n: number) => { key: string, data: object }} request the n-th request
 * @property {PeerFigure} [peer]
 * @property {boolean} [oneClientOnly] without a figure at 16 clients
 * @property {(result: any) => boolean} [isMeant] whether an answer shows that what should be measured was done; absent: every success is meant
 */

/** @type {DoorName[]} */
const EVERYWHERE = ['mcp', 'mcpNewest', 'rest', 'callable'];
/** @type {DoorName[]} */
const FOR_AGENTS = ['mcp', 'mcpNewest', 'rest'];

/** Words of the memories that are recalled: see seed.mjs. */
const QUERIES = [
  'deploy rollback staging',
  'customer prefers invoices',
  'flaky test retry timeout',
  'who decided on the index',
];

/**
 * @param {object} accounts
 * @param {Account} accounts.hot
 * @param {Account} accounts.growing where sessions are created, so that the others keep their size
 * @param {Map<number, Account>} accounts.fleets by their number of programs
 * @param {Account} accounts.remembering whose first program has an open window and MEMORIES memories
 * @returns {Measured[]}
 */
export function measuredOperations({ hot, growing, fleets, remembering }) {
  return [
    {
      label: 'create_session',
      operation: 'create_session',
      doors: EVERYWHERE,
      request: (n) => ({ key: keyOf(growing, n), data: { name: `Session ${n}`, projectName: 'bench' } }),
      peer: peer.createSession,
    },
    {
      label: 'update_session with lastHeartbeat',
      operation: 'update_session',
      doors: EVERYWHERE,
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
      operation: 'heartbeat',
      doors: EVERYWHERE,
      request: (n) => ({ key: keyOf(hot, n), data: { sessionId: sessionOf(hot, n) } }),
      peer: peer.updateSession,
    },
    {
      label: 'list_sessions, 10 of 64',
      operation: 'list_sessions',
      doors: EVERYWHERE,
      request: (n) => ({ key: keyOf(hot, n), data: { limit: 10 } }),
      peer: peer.listSessions,
      isMeant: ({ sessions }) => sessions.length === 10,
    },
    {
      label: 'get_program_state',
      operation: 'get_program_state',
      doors: EVERYWHERE,
      request: (n) => ({ key: keyOf(hot, n), data: { programId: programOf(hot, n) } }),
      peer: peer.getProgramState,
      isMeant: ({ exists }) => exists,
    },
    {
      label: 'update_program_state',
      operation: 'update_program_state',
      doors: EVERYWHERE,
      request: (n) => ({
        key: keyOf(hot, n),
        data: { programId: programOf(hot, n), contextSummary: { lastTask: `Task ${n}` } },
      }),
      peer: peer.updateProgramState,
    },
    {
      label: 'get_account, which only authenticates',
      operation: 'get_account',
      doors: EVERYWHERE,
      request: (n) => ({ key: keyOf(hot, n), data: {} }),
      peer: peer.nothing,
    },
    {
      label: `recall, ${thousands(MEMORIES)} memories`,
      operation: 'recall',
      doors: FOR_AGENTS,
      request: (n) => ({ key: keyOf(remembering, 0), data: { query: QUERIES[n % QUERIES.length] } }),
      isMeant: ({ memories }) => memories.length === 10,
      oneClientOnly: true,
    },
    ...hooks(hot),
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
    operation: 'heartbeat',
    doors: EVERYWHERE,
    request: (n) => ({ key: keyOf(account, n), data: { sessionId: sessionOf(account, n), contextBytes: n + 1 } }),
    peer: peer.updateSession,
    isMeant: ({ coalesced }) => coalesced === false,
  };
}

/**
 * What Claude Code waits for: a prompt that is written, and the use of a tool, of which most are absorbed.
 *
 * @param {Account} account
 * @returns {Measured[]}
 */
function hooks(account) {
  /** @type {Pick<Measured, 'doors' | 'isMeant'>} */
  const common = { doors: ['hooks'], isMeant: ({ outcome }) => outcome === 'recorded' };
  return [
    {
      ...common,
      label: 'Claude Code hook, a prompt',
      operation: 'UserPromptSubmit',
      request: (n) => ({
        key: keyOf(account, n),
        data: { session_id: sessionOf(account, n), prompt: `Step ${n}` },
      }),
    },
    {
      ...common,
      label: 'Claude Code hook, a tool was used',
      operation: 'PostToolUse',
      request: (n) => ({
        key: keyOf(account, n),
        data: { session_id: sessionOf(account, n), tool_name: 'Bash', tool_input: {}, tool_response: {} },
      }),
    },
  ];
}

/**
 * @param {number} programs
 * @param {Account} account
 * @returns {Measured[]}
 */
function fleetHealth(programs, account) {
  const figure = programs === 10 ? peer.fleetHealth : programs === 1000 ? peer.largeFleetHealth : undefined;
  const common = {
    operation: 'get_fleet_health',
    doors: EVERYWHERE,
    ...(figure && { peer: figure }),
    isMeant: (/** @type {{ programs: object[] }} */ answer) => answer.programs.length === programs,
  };
  const ask = (/** @type {number} */ maxAgeSeconds) => () => ({ key: account.adminKey, data: { maxAgeSeconds } });
  return [
    { ...common, label: `get_fleet_health, ${thousands(programs)} programs`, request: ask(3600) },
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
