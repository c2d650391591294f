// @ts-check
import { copyFileSync, cpSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { launch } from './launch.mjs';
import { functionsDist, home, projectId, root, searchPath } from './paths.mjs';
import { anyPort, freePort, isFree } from './ports.mjs';

/** @import { FirestoreEmulator } from './firestore-emulator.mjs' */
/** @import { Launched } from './launch.mjs' */

/** Everything that listens, and where it does so unless the port is taken. */
const DEFAULT_PORTS = {
  /** The HTTP door of serve.mjs: where apps and agents look for the functions. */
  functions: 5001,
  auth: 9099,
  firestore: 8080,
  pubsub: 8085,
  /** The functions emulator, which runs the background functions. */
  background: 5011,
  hub: 4400,
  logging: 4500,
  eventarc: 9299,
  tasks: 9499,
  firestoreWebsocket: 9150,
};

/** How many events the functions emulator works on at once; each takes a process of its own, and developers' machines have few cores. */
const BACKGROUND_PROCESSES = '2';

/** @typedef {Record<keyof typeof DEFAULT_PORTS, number>} Ports */

/**
 * The ports of a start, as it wrote them into local.json: clients were told these.
 *
 * @param {{ origin?: string, auth?: string, firestore?: string, pubsub?: string }} local
 * @returns {Partial<Ports>} without those that local.json does not name, and without an emulator on another machine
 */
export function formerPorts({ origin, auth, firestore, pubsub }) {
  const addresses = { functions: origin, auth, firestore, pubsub };
  return Object.fromEntries(
    Object.entries(addresses).flatMap(([name, address]) => {
      const [, port] = /(?:^|\/)127\.0\.0\.1:(\d+)$/.exec(address ?? '') ?? [];
      return port === undefined ? [] : [[name, Number(port)]];
    }),
  );
}

/**
 * @param {string | undefined} base `QUARTERDECK_PORT`: the first of a row of ports; "0" for any free ones; unset for Firebase's usual ones
 * @param {Partial<Ports>} [former] those of the last start: they are kept where they are free, unless `base` names others
 * @param {(port: number) => Promise<boolean>} [canHave] whether a port is free; default: the system is asked
 * @returns {Promise<Ports>} the next free one wherever a port is taken
 */
export async function choosePorts(base, former = {}, canHave = isFree) {
  const names = /** @type {(keyof Ports)[]} */ (Object.keys(DEFAULT_PORTS));
  const first = base === undefined ? undefined : Number(base) || anyPort();
  const kept = Number(base) ? {} : former;
  const taken = /** @type {Set<number>} */ (new Set());
  const ports = /** @type {Partial<Ports>} */ ({});
  // All that can stay stays, before one that has to move takes the place of another.
  for (const name of names) {
    const port = kept[name];
    if (port === undefined || taken.has(port) || !(await canHave(port))) continue;
    taken.add(port);
    ports[name] = port;
  }
  for (const [index, name] of names.entries()) {
    ports[name] ??= await freePort(first === undefined ? DEFAULT_PORTS[name] : first + index, taken, canHave);
  }
  return /** @type {Ports} */ (ports);
}

/**
 * The ports that differ from those of the last start, or from Firebase's usual ones where there was none.
 *
 * @param {Ports} ports
 * @param {Partial<Ports>} [former] those of the last start
 * @returns {string[]}
 */
export function movedPorts(ports, former = {}) {
  return Object.entries({ ...DEFAULT_PORTS, ...former }).flatMap(([name, usual]) => {
    const port = ports[/** @type {keyof Ports} */ (name)];
    return port === usual ? [] : [`${name} on ${port} instead of ${usual}`];
  });
}

/**
 * Starts the Firebase Emulator Suite.
 *
 * @param {object} options
 * @param {FirestoreEmulator} options.firestore
 * @param {string} options.project the folder that writeProject made
 * @param {string} options.temporary a folder for temporary files of this suite only
 * @param {NodeJS.ProcessEnv} options.env
 * @returns {Launched}
 */
export function startSuite({ firestore, project, temporary, env }) {
  const data = join(home, 'data');
  const only = firestore.kind === 'running' ? 'auth,functions,pubsub' : 'auth,firestore,functions,pubsub';
  const firebase = ['emulators:start', '--project', projectId, '--only', only, '--export-on-exit', data];
  if (existsSync(join(data, 'firebase-export-metadata.json'))) firebase.push('--import', data);
  const bin = join(root, 'node_modules/firebase-tools/lib/bin/firebase.js');
  const cli = ['--require', join(root, 'scripts/lib/quick-auth-emulator.cjs'), bin, ...firebase];
  return launch({
    name: 'emulators',
    ...(firestore.kind === 'hidane'
      ? { command: firestore.binary, args: ['exec', '--', process.execPath, ...cli], wrapped: true }
      : { command: process.execPath, args: cli }),
    cwd: project, // where the Firebase CLI looks for firebase.json and writes its debug logs
    logFolder: home,
    env: {
      ...env,
      PATH: searchPath,
      // The CLI finds a running suite by a file named after the project in here: sharing it, two copies would save each other's data.
      TMPDIR: temporary,
      PUBSUB_EMULATOR_BINARY_PATH: join(root, 'scripts/pubsub-emulator.mjs'),
      FUNCTIONS_EMULATOR_PARALLEL: BACKGROUND_PROCESSES,
      FIREBASE_CLI_DISABLE_UPDATE_CHECK: '1',
      // The functions' triggers are read from a file and not from a server, which takes three seconds to end.
      FIREBASE_FUNCTIONS_DISCOVERY_OUTPUT_PATH: 'true',
      // The CLI requires the functions, and only where Node can't require an ES module does it import them: one that awaits can be imported only.
      NODE_OPTIONS: `${env.NODE_OPTIONS ?? ''} --no-experimental-require-module`,
      // The CLI would ask the npm registry for a newer firebase-functions, and wait ten seconds for an answer where there is no network.
      npm_config_offline: 'true',
    },
  });
}

/** @param {Launched} suite */
export function isReady(suite) {
  return suite.log().includes('All emulators ready');
}

/**
 * Puts together what the Firebase CLI needs, with a copy of what was built, so that a later build can't change what runs.
 *
 * @param {Ports} ports
 * @returns {string} the folder, with the functions in `functions` and the dashboard in `web`
 */
export function writeProject(ports) {
  const project = join(home, 'project');
  rmSync(project, { recursive: true, force: true });
  mkdirSync(project, { recursive: true });
  cpSync(functionsDist, join(project, 'functions'), { recursive: true });
  cpSync(join(root, 'web/dist'), join(project, 'web'), { recursive: true });
  // The CLI reads the triggers with the functions SDK that it finds beside the functions.
  const sdk = createRequire(join(root, 'functions/package.json')).resolve('firebase-functions');
  const modules = sdk.slice(0, sdk.lastIndexOf('node_modules') + 'node_modules'.length);
  symlinkSync(modules, join(project, 'functions/node_modules'), 'junction');
  for (const file of ['firestore.rules', 'firestore.indexes.json']) {
    if (existsSync(join(root, file))) copyFileSync(join(root, file), join(project, file));
  }
  writeFileSync(join(project, 'firebase.json'), `${JSON.stringify(configFor(ports, project), null, 2)}\n`);
  return project;
}

/**
 * @param {Ports} ports
 * @param {string} project
 */
function configFor(ports, project) {
  const at = (/** @type {number} */ port) => ({ host: '127.0.0.1', port });
  return {
    firestore: {
      ...(existsSync(join(project, 'firestore.rules')) && { rules: 'firestore.rules' }),
      ...(existsSync(join(project, 'firestore.indexes.json')) && { indexes: 'firestore.indexes.json' }),
    },
    functions: [{ source: 'functions', codebase: 'default' }],
    emulators: {
      auth: at(ports.auth),
      firestore: { ...at(ports.firestore), websocketPort: ports.firestoreWebsocket },
      functions: at(ports.background),
      pubsub: at(ports.pubsub),
      hub: at(ports.hub),
      logging: at(ports.logging),
      eventarc: at(ports.eventarc),
      tasks: at(ports.tasks),
      ui: { enabled: false },
      singleProjectMode: true,
    },
  };
}
