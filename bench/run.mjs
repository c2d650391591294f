// @ts-check
/**
 * Measures what Quarterdeck costs in time, and prints tables. See README.md.
 *
 * `node bench/run.mjs [part…] [--quick]`, with parts of: operations, cold, growth, agents, archive, dashboard. Default: all of them.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../scripts/lib/paths.mjs';
import { killAll, processTree } from '../scripts/lib/processes.mjs';
import { step } from '../scripts/lib/steps.mjs';
import { measureFleetLoad } from './agents.mjs';
import { measureArchive } from './archive.mjs';
import { measureBeats } from './beats.mjs';
import { loadedKilobytes, measureColdStart, measureServerStart } from './cold.mjs';
import { measureDashboard } from './dashboard.mjs';
import { doors } from './doors.mjs';
import { measureGrowth } from './growth.mjs';
import { measureLatency, measureThroughput } from './load.mjs';
import { measuredOperations, sessionOf } from './operations.mjs';
import { report } from './report.mjs';
import { PROGRAMS, SESSIONS, seedAccount, seedFleet, seedMemories, seedProgramStates } from './seed.mjs';
import { openStage } from './stage.mjs';
import { median } from './statistics.mjs';

/** @import { DoorName } from './doors.mjs' */
/** @import { Measured } from './operations.mjs' */
/** @import { OperationFigures, Result } from './report.mjs' */
/** @import { Account } from './seed.mjs' */
/** @import { Stage } from './stage.mjs' */

const PARTS = /** @type {const} */ (['operations', 'cold', 'growth', 'agents', 'archive', 'dashboard']);

/** Rounds are short and many: a disturbance from outside spoils one of them, and medians leave it out. Sizes of fleets are in programs. */
const FULL = {
  fleets: [10, 100, 1000],
  rounds: 3,
  warmUpMs: 500,
  latencyMs: 600,
  throughputMs: 1200,
  beatRounds: 9,
  coldStarts: 10,
  serverStarts: 5,
  histories: [10, 1000, 100_000],
  agentSeconds: 300,
  archive: 100_000,
  framesMs: 20_000,
  writes: 60,
};
const QUICK = {
  fleets: [10, 1000],
  rounds: 1,
  warmUpMs: 200,
  latencyMs: 250,
  throughputMs: 500,
  beatRounds: 3,
  coldStarts: 3,
  serverStarts: 1,
  histories: [10, 1000],
  agentSeconds: 20,
  archive: 2000,
  framesMs: 5000,
  writes: 20,
};

const quick = process.argv.includes('--quick');
const plan = quick ? QUICK : FULL;
const chosen = process.argv.slice(2).filter((word) => word !== '--quick');
const unknown = chosen.filter((word) => !PARTS.some((part) => part === word));
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(', ')}; there are ${PARTS.join(', ')}, and --quick.`);
  process.exit(2);
}
const isWanted = (/** @type {typeof PARTS[number]} */ part) => chosen.length === 0 || chosen.includes(part);
const started = new Date();
const loadBefore = loadavg()[0] ?? 0;
const folder = mkdtempSync(join(tmpdir(), 'quarterdeck-bench-'));
// What it starts has process groups of its own, and would outlive a Ctrl-C.
for (const name of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  process.once(name, () => {
    killAll(processTree(process.pid).filter(({ pid }) => pid !== process.pid));
    rmSync(folder, { recursive: true, force: true });
    process.exit(130);
  });
}
/** @type {Result} */
const result = describeRun();
try {
  // Before there is another emulator to share the cores with.
  await part('dashboard', async () => {
    result.dashboard = await step('dashboard', (note) => measureDashboard(plan, note));
  });
  if (chosen.length !== 1 || !isWanted('dashboard')) await measureOnStage();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`\n${report(result)}`);
console.log(`\nWritten to ${save(result)}`);

async function measureOnStage() {
  const stage = await step('start the emulator and the functions', () => openStage(folder));
  try {
    const isAnyOf = isWanted('operations') || isWanted('cold');
    const accounts = isAnyOf ? await step('fill the database', () => seed(stage)) : undefined;
    if (accounts) {
      await part('operations', async () => void Object.assign(result, await measure(stage, accounts)));
      await part('cold', async () => {
        result.coldStarts = await step('cold starts', () => measureColdStarts(stage, accounts.hot));
        result.serverStartMs = await step('server start', () => measureServerStart(stage, folder, plan.serverStarts));
      });
    }
    await part('growth', async () => {
      result.growth = await step('growth', (note) => measureGrowth(stage, plan, note));
    });
    await part('agents', async () => {
      result.fleetLoad = await step('a thousand agents', (note) => measureFleetLoad(stage, plan.agentSeconds, note));
    });
    await part('archive', async () => {
      result.archive = await step('archive', (note) => measureArchive(stage, plan.archive, note));
    });
  } finally {
    await stage.close();
  }
}

/**
 * One that fails is told, and makes the run fail; what the others measured is kept.
 *
 * @param {typeof PARTS[number]} name
 * @param {() => Promise<void>} work
 */
async function part(name, work) {
  if (!isWanted(name)) return;
  try {
    await work();
  } catch (error) {
    console.error(`${name} could not be measured:`, error);
    process.exitCode = 1;
  }
  save(result);
}

/**
 * @param {Stage} stage
 * @param {Awaited<ReturnType<typeof seed>>} accounts
 */
async function measure(stage, accounts) {
  const measured = measuredOperations(accounts);
  await step('warm up', async () => {
    for (const [one, door] of throughDoors(measured)) {
      await measureOne(stage, one, door, plan.warmUpMs, one.oneClientOnly ? 0 : plan.warmUpMs);
    }
  });
  const operations = await step('operations', (note) => measureOperations(stage, measured, note));
  const beats = await step('a beat beside the bare Admin SDK', () => measureBeats(stage, folder, accounts, plan));
  return { operations, beats };
}

/** @param {Stage} stage */
async function seed({ application, functions }) {
  const busy = { programs: PROGRAMS + 1, sessions: SESSIONS };
  const hot = await seedAccount(application, 'hot', busy);
  await seedProgramStates(application, hot);
  const bare = await seedAccount(application, 'bare', busy);
  const growing = await seedAccount(application, 'growing', { ...busy, sessions: 0 });
  /** @type {Map<number, Account>} */
  const fleets = new Map();
  for (const programs of plan.fleets) fleets.set(programs, await seedFleet(application, programs));
  const remembering = await seedAccount(application, 'remembering', { programs: 2, sessions: 0 });
  await seedMemories(application, remembering);
  for (const { label, ...one } of measuredOperations({ hot, growing, fleets, remembering })) {
    // The first fleet document of each size; those that count as warm are read from it.
    if (label === 'the same, recomputed') await measureLatency(functions, { label, ...one }, doors.callable, 0);
  }
  return { hot, bare, growing, fleets, remembering };
}

/**
 * @param {Measured[]} measured
 * @returns {[Measured, DoorName][]}
 */
function throughDoors(measured) {
  return measured.flatMap((one) => one.doors.map((door) => /** @type {[Measured, DoorName]} */ ([one, door])));
}

/**
 * @param {Stage} stage
 * @param {Measured} measured
 * @param {DoorName} name
 * @param {number} latencyMs
 * @param {number} throughputMs 0: not at many clients
 */
async function measureOne({ functions, serverPid, emulatorPid }, measured, name, latencyMs, throughputMs) {
  const door = doors[name];
  const latency = await measureLatency(functions, measured, door, latencyMs);
  if (throughputMs === 0) return { latency, throughput: null };
  const throughput = await measureThroughput(functions, measured, door, throughputMs, { serverPid, emulatorPid });
  return { latency, throughput };
}

/**
 * @param {Stage} stage
 * @param {Measured[]} measured
 * @param {(text: string) => void} note
 * @returns {Promise<OperationFigures[]>}
 */
async function measureOperations(stage, measured, note) {
  /** @type {Awaited<ReturnType<typeof measureOne>>[][]} */
  const rounds = [];
  for (let round = 1; round <= plan.rounds; round++) {
    note(`round ${round} of ${plan.rounds}`);
    const figures = [];
    for (const [one, door] of throughDoors(measured)) {
      figures.push(await measureOne(stage, one, door, plan.latencyMs, one.oneClientOnly ? 0 : plan.throughputMs));
    }
    rounds.push(figures);
  }
  note('');
  return throughDoors(measured).map(([{ label, peer }, door], index) => {
    const figures = rounds.flatMap((round) => round[index] ?? []);
    const throughputs = figures.flatMap(({ throughput }) => throughput ?? []);
    return {
      label,
      door,
      peer: peer ?? null,
      p50: median(figures.map(({ latency }) => latency.p50)),
      p99: median(figures.map(({ latency }) => latency.p99)),
      perSecond: throughputs.length === 0 ? null : median(throughputs.map(({ perSecond }) => perSecond)),
      serverCpuMs: medianOrNull(throughputs.map(({ serverCpuMs }) => serverCpuMs)),
      emulatorCpuMs: medianOrNull(throughputs.map(({ emulatorCpuMs }) => emulatorCpuMs)),
    };
  });
}

/**
 * @param {Stage} stage
 * @param {Account} account
 */
async function measureColdStarts(stage, account) {
  const key = /** @type {string} */ (account.keys[0]);
  const ask = (/** @type {DoorName} */ door, /** @type {string} */ operation, /** @type {object} */ input) => ({
    // Below the function's own address.
    path: door === 'rest' ? `/v1/${operation}` : '/',
    ...doors[door].http(operation, key, input),
  });
  const beat = { sessionId: sessionOf(account, 0), contextBytes: 1 };
  const cases = [
    { name: 'mcp', request: ask('mcp', 'heartbeat', beat) },
    { name: 'api', request: ask('rest', 'heartbeat', beat) },
    { name: 'heartbeat', request: ask('callable', 'heartbeat', beat) },
    { name: 'listSessions', request: ask('callable', 'list_sessions', {}) },
    { name: 'sweep' },
    { name: 'sweepAccount' },
    { name: 'publishEvent' },
  ];
  const figures = [];
  for (const one of cases) {
    const { loadMs, answerMs } = await measureColdStart(stage, { ...one, times: plan.coldStarts });
    figures.push({ name: one.name, loadMs, answerMs, kilobytes: loadedKilobytes(stage.bundle, one.name) });
  }
  return figures;
}

/** @param {(number | null)[]} values */
function medianOrNull(values) {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : median(known);
}

/** @returns {Result} */
function describeRun() {
  const [processor] = cpus();
  return {
    startedAt: started.toISOString(),
    quick,
    node: process.version,
    processor: processor?.model ?? 'unknown',
    cores: cpus().length,
    loadBefore,
  };
}

/** @param {{ startedAt: string }} result */
function save(result) {
  const results = 'bench/results';
  mkdirSync(join(root, results), { recursive: true });
  const file = `${results}/${result.startedAt.replace(/[:.]/g, '-')}.json`;
  writeFileSync(join(root, file), `${JSON.stringify(result, null, 2)}\n`);
  return file;
}
