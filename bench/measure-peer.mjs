// @ts-check
/**
 * Measures CacheBash as run.mjs measures us: the same emulator, clients, rounds and medians, on the machine where it runs. What it prints belongs into
 * peer.mjs; README.md says how to get a checkout.
 *
 * `node bench/measure-peer.mjs <a checkout of CacheBash, built>`
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { initializeApp } from 'firebase-admin/app';
import { getFirestore, Timestamp } from 'firebase-admin/firestore';
import { answers, launch, waitUntil } from '../scripts/lib/launch.mjs';
import { root } from '../scripts/lib/paths.mjs';
import { anyPort, freePort } from '../scripts/lib/ports.mjs';
import { step } from '../scripts/lib/steps.mjs';
import { bareBeat } from './bare-beat.mjs';
import { CLIENTS, measureLatency, measureRepeatedly, measureThroughput } from './load.mjs';
import { PROGRAMS, SESSIONS } from './seed.mjs';
import { START_TIMEOUT_SECONDS, startEmulator } from './stage.mjs';
import { median } from './statistics.mjs';

/** @import { Firestore } from 'firebase-admin/firestore' */
/** @import { Door } from './doors.mjs' */
/** @import { Launched } from '../scripts/lib/launch.mjs' */
/** @import { Asked } from './load.mjs' */

const PROJECT = 'demo-peer';
const PLAN = { rounds: 3, warmUpMs: 1000, latencyMs: 1500, throughputMs: 4000, starts: 5, loads: 10 };
/** The account that is worked on, and one with as many programs, tasks and messages as the largest fleet of run.mjs. */
const HOT = 'hot';
const LARGE = 'large';
const LARGE_FLEET = 1000;
/** A program with rights of an administrator, by its name. */
const OVERSEER = 'legacy';

/** The one answer that means something else than its HTTP status says. */
const succeeded = (/** @type {{ success?: boolean }} */ { success }) => success !== false;

const checkout = process.argv[2];
if (checkout === undefined) {
  console.error('Usage: node bench/measure-peer.mjs <a checkout of CacheBash, built as bench/README.md says>');
  process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), 'quarterdeck-peer-'));
/** @type {Launched[]} */
const processes = [];
try {
  const emulator = await startEmulator(folder);
  processes.push(emulator.child);
  const env = {
    ...process.env,
    NODE_ENV: 'production',
    FIRESTORE_EMULATOR_HOST: emulator.host,
    FIREBASE_PROJECT_ID: PROJECT,
    GCLOUD_PROJECT: PROJECT,
    METADATA_SERVER_DETECTION: 'none',
  };
  Object.assign(process.env, { FIRESTORE_EMULATOR_HOST: emulator.host, METADATA_SERVER_DETECTION: 'none' });
  const db = getFirestore(initializeApp({ projectId: PROJECT }));
  await step('fill the database', () => seed(db));
  const serverStart = await step('server start', () => measureStarts(env));
  const functionsLoad = await step('load of its functions', () => measureFunctionsLoad(env));
  const { child, address } = await startPeer(env);
  processes.push(child);
  const pids = { serverPid: child.pid, emulatorPid: emulator.child.pid };
  const figures = await step('operations', (note) => measure(db, address, pids, note));
  console.log(JSON.stringify({ ...figures, functionsLoad, serverStart }, null, 2));
} finally {
  for (const child of processes.reverse()) await child.stop('SIGTERM', 5);
  rmSync(folder, { recursive: true, force: true });
}
process.exit();

/**
 * @param {Firestore} db
 * @param {string} address
 * @param {{ serverPid: number, emulatorPid: number }} pids
 * @param {(text: string) => void} note
 */
async function measure(db, address, pids, note) {
  const mcp = await mcpDoor(address);
  const rest = restDoor();
  const measured = measuredOperations();
  const bareUpdate = (/** @type {number} */ n) => bareBeat(db, sessionPath(HOT, sessionOf(n)), n);
  for (const one of Object.values(measured)) await measureLatency(address, one, mcp, PLAN.warmUpMs);
  /** @type {Record<string, { p50: number[], perSecond: number[] }>} */
  const rounds = Object.fromEntries(Object.keys(measured).map((name) => [name, { p50: [], perSecond: [] }]));
  const bare = [];
  for (let round = 1; round <= PLAN.rounds; round++) {
    note(`round ${round} of ${PLAN.rounds}`);
    bare.push((await measureRepeatedly(PLAN.latencyMs, bareUpdate)).p50);
    for (const [name, one] of Object.entries(measured)) {
      rounds[name]?.p50.push((await measureLatency(address, one, mcp, PLAN.latencyMs)).p50);
      if (one.oneClientOnly) continue;
      const { perSecond } = await measureThroughput(address, one, rest, PLAN.throughputMs, pids);
      rounds[name]?.perSecond.push(perSecond);
    }
  }
  note('');
  const figures = Object.entries(rounds).map(([name, { p50, perSecond }]) => [
    name,
    { p50: median(p50), ...(perSecond.length > 0 && { perSecond: median(perSecond) }) },
  ]);
  return { bareUpdate: { p50: median(bare) }, ...Object.fromEntries(figures) };
}

/**
 * The names are those of peer.mjs; what each asks for is what operations.mjs asks of us.
 *
 * @returns {Record<string, Asked>}
 */
function measuredOperations() {
  return {
    createSession: {
      label: 'create_session',
      operation: 'pulse_create_session',
      request: (n) => ({
        key: keyOf(n),
        data: { name: `Session ${n}`, sessionId: `${programOf(n)}.new-${n}`, projectName: 'bench' },
      }),
      isMeant: succeeded,
    },
    updateSession: {
      label: 'update_session with lastHeartbeat',
      operation: 'pulse_update_session',
      request: (n) => ({
        key: keyOf(n),
        data: { sessionId: sessionOf(n), status: `Step ${n}`, progress: n % 100, lastHeartbeat: true },
      }),
      isMeant: succeeded,
    },
    listSessions: {
      label: 'list_sessions',
      operation: 'pulse_list_sessions',
      // Over REST only for administrators.
      request: () => ({ key: keyFor(HOT, OVERSEER), data: { limit: 10 } }),
      isMeant: ({ sessions }) => sessions.length === 10,
    },
    updateProgramState: {
      label: 'update_program_state',
      operation: 'state_update_program_state',
      request: (n) => ({
        key: keyOf(n),
        data: { programId: programOf(n), contextSummary: { handoffNotes: `Task ${n}` } },
      }),
      isMeant: succeeded,
    },
    getProgramState: {
      label: 'get_program_state',
      operation: 'state_get_program_state',
      request: (n) => ({ key: keyOf(n), data: { programId: programOf(n) } }),
      isMeant: succeeded,
    },
    fleetHealth: {
      label: 'get_fleet_health',
      operation: 'pulse_get_fleet_health',
      request: () => ({ key: keyFor(HOT, OVERSEER), data: {} }),
      isMeant: ({ programs }) => programs.length === PROGRAMS,
    },
    largeFleetHealth: {
      label: 'get_fleet_health, 1,000 programs',
      operation: 'pulse_get_fleet_health',
      request: () => ({ key: keyFor(LARGE, OVERSEER), data: {} }),
      isMeant: ({ programs }) => programs.length === LARGE_FLEET,
      oneClientOnly: true,
    },
    nothing: {
      label: 'an authenticated request that does nothing',
      operation: 'ping',
      request: (n) => ({ key: keyOf(n), data: {} }),
      oneClientOnly: true,
    },
  };
}

/**
 * Its MCP door, as one client uses it. More at once get each other's answers there, or none: its transport keeps the session of the last request
 * for all of them.
 *
 * @param {string} address
 * @returns {Promise<Door>}
 */
async function mcpDoor(address) {
  const url = () => `${address}/v1/mcp`;
  const headersOf = (/** @type {string} */ key) => ({
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
    authorization: `Bearer ${key}`,
  });
  const bodyOf = (/** @type {string} */ method, /** @type {object} */ params) =>
    JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
  /** @type {Map<string, string>} */
  const sessions = new Map();
  for (const key of allKeys()) {
    const params = { protocolVersion: '2025-03-26', capabilities: {}, clientInfo: { name: 'bench', version: '1' } };
    const asked = { method: 'POST', headers: headersOf(key), body: bodyOf('initialize', params) };
    const answer = await fetch(url(), asked);
    sessions.set(key, String(answer.headers.get('mcp-session-id')));
  }
  return {
    url,
    http: (name, key, input) => ({
      headers: { ...headersOf(key), 'mcp-session-id': String(sessions.get(key)) },
      body: name === 'ping' ? bodyOf('ping', {}) : bodyOf('tools/call', { name, arguments: input }),
    }),
    result: ({ result }) => {
      if (result === undefined || result.isError) return undefined;
      return result.content === undefined ? result : JSON.parse(result.content[0].text);
    },
  };
}

/**
 * Its REST door, for many at once.
 *
 * @returns {Door}
 */
function restDoor() {
  /** Method and path of an operation; `:id` stands for the field that says which one. */
  const routes = /** @type {Record<string, [method: 'GET' | 'PATCH' | 'POST', path: string, id?: string]>} */ ({
    pulse_create_session: ['POST', '/v1/sessions'],
    pulse_update_session: ['PATCH', '/v1/sessions/:id', 'sessionId'],
    pulse_list_sessions: ['GET', '/v1/sessions?limit=10'],
    pulse_get_fleet_health: ['GET', '/v1/fleet/health'],
    state_get_program_state: ['GET', '/v1/program-state/:id', 'programId'],
    state_update_program_state: ['PATCH', '/v1/program-state/:id', 'programId'],
  });
  return {
    url: (address) => address,
    http: (name, key, input) => {
      const [method, route, id] = routes[name] ?? [/** @type {const} */ ('GET'), '/'];
      const fields = /** @type {Record<string, unknown>} */ (input);
      return {
        method,
        path: id === undefined ? route : route.replace(':id', String(fields[id])),
        headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
        body: method === 'GET' ? '' : JSON.stringify(input),
      };
    },
    result: ({ data }) => data,
  };
}

/** @param {Firestore} db */
async function seed(db) {
  const writer = db.bulkWriter({ throttling: false });
  const put = (/** @type {string} */ path, /** @type {object} */ data) => void writer.set(db.doc(path), data);
  const now = Timestamp.now();
  for (const [account, programs, sessions] of /** @type {const} */ ([
    [HOT, PROGRAMS, SESSIONS],
    [LARGE, LARGE_FLEET, LARGE_FLEET],
  ])) {
    put(`tenants/${account}/_meta/ceilings`, { perKeyLimit: 1e9, orgLimit: 1e9, windowMs: 60_000, paused: false });
    // Without a limit on sessions.
    put(`tenants/${account}/config/billing`, { tier: 'team' });
    for (let n = 0; n < programs; n++) {
      const programId = `program${n}`;
      const lived = {
        programId,
        lastHeartbeat: now,
        currentState: 'working',
        currentSessionId: `${programId}.task-${n}`,
      };
      put(`tenants/${account}/programs/${programId}`, {
        programId,
        active: true,
        role: 'worker',
        displayName: programId,
      });
      put(`tenants/${account}/sessions/_meta/programs/${programId}`, lived);
    }
    for (let n = 0; n < sessions; n++) {
      const programId = `program${n % programs}`;
      const moments = { createdAt: now, lastUpdate: now, lastHeartbeat: now };
      const session = {
        name: `Session ${n}`,
        programId,
        status: 'active',
        currentAction: 'Working',
        progress: 1,
        ...moments,
      };
      put(sessionPath(account, `${programId}.task-${n}`), { ...session, projectName: 'bench', archived: false });
    }
  }
  for (let n = 0; n < LARGE_FLEET; n++) {
    put(`tenants/${LARGE}/relay/message${n}`, { status: 'pending', target: `program${n}`, createdAt: now });
    put(`tenants/${LARGE}/tasks/task${n}`, { status: 'created', target: `program${n}`, createdAt: now });
  }
  for (const key of allKeys()) {
    const [, userId, programId] = key.split('_');
    const rights = { active: true, capabilities: ['*'], rateLimitTier: 'internal', createdAt: now };
    put(`keyIndex/${createHash('sha256').update(key).digest('hex')}`, { userId, programId, ...rights });
  }
  await writer.close();
}

/** @param {NodeJS.ProcessEnv} env */
async function startPeer(env) {
  const port = await freePort(anyPort());
  const args = [join(root, 'bench/peer-server.cjs'), join(resolve(checkout ?? ''), 'services/mcp-server')];
  const address = `http://127.0.0.1:${port}`;
  const peer = {
    name: 'peer',
    command: process.execPath,
    args,
    logFolder: folder,
    env: { ...env, PORT: String(port) },
  };
  const child = launch(peer);
  const waitingFor = 'CacheBash';
  await waitUntil(() => answers(`${address}/v1/health`), { child, timeoutSeconds: START_TIMEOUT_SECONDS, waitingFor });
  return { child, address };
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{ p50: number }>} milliseconds from the start of its process until it answers
 */
async function measureStarts(env) {
  const starts = [];
  for (let time = 0; time < PLAN.starts; time++) {
    const started = performance.now();
    const { child } = await startPeer(env);
    starts.push(performance.now() - started);
    await child.stop('SIGTERM', 5);
  }
  return { p50: median(starts) };
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{ p50: number }>} milliseconds to load its functions
 */
async function measureFunctionsLoad(env) {
  const module = JSON.stringify(join(resolve(checkout ?? ''), 'services/functions/lib/index.js'));
  const code = `const started = performance.now(); require(${module}); console.log(performance.now() - started);`;
  const loads = [];
  for (let time = 0; time < PLAN.loads; time++) {
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', code], { env });
    loads.push(Number(stdout.trim().split('\n').at(-1)));
  }
  return { p50: median(loads) };
}

/** @returns {string[]} */
function allKeys() {
  return [...Array.from({ length: CLIENTS }, (_, n) => keyOf(n)), keyFor(HOT, OVERSEER), keyFor(LARGE, OVERSEER)];
}

/** @param {number} n */
function keyOf(n) {
  return keyFor(HOT, programOf(n));
}

/**
 * @param {string} account
 * @param {string} programId
 */
function keyFor(account, programId) {
  return `cb_${account}_${programId}`;
}

/** @param {number} n */
function programOf(n) {
  return `program${n % PROGRAMS}`;
}

/** @param {number} n one of its program */
function sessionOf(n) {
  return `${programOf(n)}.task-${n % SESSIONS}`;
}

/**
 * @param {string} account
 * @param {string} sessionId
 */
function sessionPath(account, sessionId) {
  return `tenants/${account}/sessions/${sessionId}`;
}
