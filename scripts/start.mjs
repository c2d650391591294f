// @ts-check
/**
 * `npm start`: the whole of Quarterdeck on this machine, in the Firebase Emulator Suite. Nothing leaves the machine.
 *
 * `QUARTERDECK_HOME` (default `.quarterdeck`) is where data, logs and keys are kept; another folder is another, separate copy.
 * `QUARTERDECK_PORT` is the first of a row of ports to use, 0 any free ones; without it those of the last start, Firebase's usual ones, or the next free.
 * `QUARTERDECK_FIRESTORE` chooses the Firestore emulator: see lib/firestore-emulator.mjs.
 */
import './lib/node-version.mjs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt } from './lib/builds.mjs';
import { findFirestoreEmulator } from './lib/firestore-emulator.mjs';
import { leaveHome, localFile, readLocal, rememberProcesses, takeHome, writeLocal } from './lib/home.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { ChildEnded, launch, waitUntil } from './lib/launch.mjs';
import { home, projectId, root } from './lib/paths.mjs';
import { killAll, processTree } from './lib/processes.mjs';
import { startScheduler } from './lib/scheduler.mjs';
import { knownIdentities, seed } from './lib/seed.mjs';
import { Problem, step } from './lib/steps.mjs';
import { choosePorts, formerPorts, isReady, movedPorts, startSuite, writeProject } from './lib/suite.mjs';
import { welcome } from './lib/welcome.mjs';
import { localSessionTokenKeys } from './session-token-keys.mjs';

/** @import { Launched } from './lib/launch.mjs' */
/** @import { ProcessInfo } from './lib/processes.mjs' */
/** @import { Ports } from './lib/suite.mjs' */

/** How long the emulators may take to start. */
const SUITE_TIMEOUT_SECONDS = 120;
const DOOR_TIMEOUT_SECONDS = 30;

/** How long the emulators may take to end: they let running functions finish, for up to a minute, and write the data down. */
const SUITE_GRACE_SECONDS = 120;
const DOOR_GRACE_SECONDS = 5;

/** How often a slow stop says what it waits for. */
const REMINDER_MS = 10_000;

/** npm passes on a Ctrl-C that the terminal has sent us already: what comes this soon after the first is not a second one. */
const SAME_KEYSTROKE_MS = 1000;

/** @type {Launched[]} */
const children = [];
/** @type {Map<number, ProcessInfo & { name?: string }>} */
const started = new Map();
const temporary = mkdtempSync(join(tmpdir(), 'qd-')); // a short name: sockets live in it, and their paths may have about 100 characters
let stopScheduler = () => {};
/** @type {number | undefined} */
let stoppingSince;

process.on('exit', () => rmSync(temporary, { recursive: true, force: true }));
for (const name of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(name, () => onSignal());
// The terminal may be gone while we still tell it something.
process.stdout.on('error', () => {});

try {
  await start();
} catch (error) {
  if (stoppingSince === undefined) await fail(error);
}

async function start() {
  const begun = performance.now();
  console.log('Quarterdeck');
  takeHome(temporary);
  await ensureInstalled();
  const firestore = await findFirestoreEmulator();
  await step('build the functions, the command line and the dashboard', async (note) => {
    const made = await ensureBuilt('functions', 'cli', 'web');
    if (!made.length) note('as they were built before');
  });
  const last = readLocal();
  const former = formerPorts(last);
  const ports = await choosePorts(process.env.QUARTERDECK_PORT, former);
  const moved = process.env.QUARTERDECK_PORT === undefined ? movedPorts(ports, former) : [];
  if (moved.length) console.log(`  Ports that were taken: ${moved.join(', ')}.`);

  const env = emulatorEnvironment(ports, firestore.kind === 'running' ? firestore.host : undefined);
  if (firestore.kind === 'running')
    console.log(
      `  Firestore is the one on ${firestore.host}: its data are not kept here, and events are not published.`,
    );
  const project = writeProject(ports);
  const [, functions] = await Promise.all([
    step('start the emulators', async (note) => {
      note(`the Firebase CLI writes to ${join(home, 'emulators.log')}`);
      const suite = keep(startSuite({ firestore, project, temporary, env }));
      await waitUntil(() => isReady(suite), {
        timeoutSeconds: SUITE_TIMEOUT_SECONDS,
        waitingFor: 'the emulators',
        child: suite,
      });
      note('');
    }),
    step('open the HTTP door', async () => {
      const args = [
        join(root, 'scripts/serve.mjs'),
        `--port=${ports.functions}`,
        `--bundle=${join(project, 'functions')}`,
        `--page=${join(project, 'web')}`,
        `--local=${localFile}`,
      ];
      const door = keep(launch({ name: 'functions', command: process.execPath, args, logFolder: home, env }));
      const address = () => /functions ready on (\S+)/.exec(door.log())?.[1];
      await waitUntil(() => address() !== undefined, {
        timeoutSeconds: DOOR_TIMEOUT_SECONDS,
        waitingFor: 'the HTTP door',
        child: door,
      });
      return String(address());
    }),
  ]);
  rememberStarted();

  const identities =
    (await knownIdentities(functions, last)) ??
    (await step('make an account, an admin and the first keys', () =>
      seed({ functions, auth: env.FIREBASE_AUTH_EMULATOR_HOST }),
    ));
  const local = {
    projectId,
    origin: new URL(functions).origin,
    functions,
    mcp: `${new URL(functions).origin}/mcp`,
    rest: `${new URL(functions).origin}/v1`,
    hooks: `${new URL(functions).origin}/hooks`,
    firestore: env.FIRESTORE_EMULATOR_HOST,
    auth: env.FIREBASE_AUTH_EMULATOR_HOST,
    pubsub: env.PUBSUB_EMULATOR_HOST,
    ...identities,
    pid: process.pid,
  };
  writeLocal(local);
  stopScheduler = await step('warm up the background functions', () => startScheduler(ports.background));
  const seconds = (performance.now() - begun) / 1000;
  console.log(welcome(local, { seconds, home, ...(last.origin && { formerOrigin: last.origin }) }));
}

/**
 * What the functions find in their environment, beside what the emulator gives the ones it runs itself.
 *
 * @param {Ports} ports
 * @param {string | undefined} firestoreHost of an emulator that somebody else runs
 */
function emulatorEnvironment(ports, firestoreHost) {
  return {
    ...process.env,
    GCLOUD_PROJECT: projectId,
    FIRESTORE_EMULATOR_HOST: firestoreHost ?? `127.0.0.1:${ports.firestore}`,
    FIREBASE_AUTH_EMULATOR_HOST: `127.0.0.1:${ports.auth}`,
    PUBSUB_EMULATOR_HOST: `127.0.0.1:${ports.pubsub}`,
    SESSION_TOKEN_KEYS: localSessionTokenKeys(join(home, 'session-token-keys.json')),
    METADATA_SERVER_DETECTION: 'none', // Google's clients look for a cloud around them, in vain and slowly
  };
}

/**
 * @param {Launched} child
 * @returns {Launched}
 */
function keep(child) {
  children.push(child);
  rememberStarted();
  child.ended.then(() => {
    if (stoppingSince === undefined) void fail(new ChildEnded(child));
  });
  return child;
}

/** The emulators are in process groups of their own and outlive the CLI when it is killed, so we note who they are while it runs. */
function rememberStarted() {
  for (const { name, pid } of children) {
    for (const each of processTree(pid)) started.set(each.pid, each.pid === pid ? { ...each, name } : each);
  }
  rememberProcesses([...started.values()]);
}

function onSignal() {
  if (stoppingSince === undefined) {
    console.log('\nStopping, and keeping the data. Ctrl-C again stops at once, without keeping them.');
    void stop(0);
  } else if (performance.now() - stoppingSince > SAME_KEYSTROKE_MS) {
    console.log('Stopped at once; what changed since the start is lost.');
    rememberStarted();
    killAll([...started.values()]);
    leaveHome();
    process.exit(1);
  }
}

/** @param {unknown} error */
async function fail(error) {
  if (stoppingSince !== undefined) return;
  console.error(
    `\n${error instanceof Problem || error instanceof ChildEnded ? error.message : error instanceof Error ? error.stack : error}`,
  );
  await stop(1);
}

/** @param {number} code to exit with */
async function stop(code) {
  stoppingSince = performance.now();
  stopScheduler();
  if (!children.length) {
    leaveHome();
    process.exit(code);
  }
  rememberStarted();
  const [suite, door] = [
    children.find(({ name }) => name === 'emulators'),
    children.find(({ name }) => name === 'functions'),
  ];
  await door?.stop('SIGTERM', DOOR_GRACE_SECONDS);
  const reminder = setInterval(
    () => console.log(`  … still waiting for the emulators: ${suite?.tail(1)}`),
    REMINDER_MS,
  );
  await suite?.stop('SIGINT', SUITE_GRACE_SECONDS);
  clearInterval(reminder);
  killAll([...started.values()]);
  leaveHome();
  console.log(`Stopped in ${((performance.now() - stoppingSince) / 1000).toFixed(1)} s.`);
  process.exit(code);
}
