// @ts-check
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findFirestoreEmulator } from './firestore-emulator.mjs';
import { answers, launch, waitUntil } from './launch.mjs';
import { projectId, root, searchPath } from './paths.mjs';
import { anyPort, freePort } from './ports.mjs';

/** @import { FirestoreEmulator } from './firestore-emulator.mjs' */
/** @import { Launched } from './launch.mjs' */

/** The official emulator is started by the Firebase CLI, and may have to be downloaded first. */
const START_TIMEOUT_SECONDS = 120;

/** How long an emulator has to end by itself. */
const GRACE_SECONDS = 10;

/**
 * Starts a Firestore and a Pub/Sub emulator and nothing else, each on a free port: what tests without functions need, within a second.
 *
 * @param {string} folder for logs
 * @returns {Promise<{ env: { FIRESTORE_EMULATOR_HOST: string, PUBSUB_EMULATOR_HOST: string }, stop: () => Promise<void> }>}
 */
export async function startEmulators(folder) {
  const found = await findFirestoreEmulator();
  const taken = /** @type {Set<number>} */ (new Set());
  const firestorePort = await freePort(anyPort(), taken);
  const pubsubPort = await freePort(anyPort(), taken);
  /** @type {Launched[]} */
  const children = [];
  const stop = async () => {
    await Promise.all(children.map((child) => child.stop('SIGINT', GRACE_SECONDS)));
  };
  try {
    const pubsubScript = join(root, 'scripts/pubsub-emulator.mjs');
    const pubsub = launch({
      name: 'pubsub',
      command: process.execPath,
      args: [pubsubScript, `--port=${pubsubPort}`],
      logFolder: folder,
    });
    children.push(pubsub);
    if (found.kind !== 'running') {
      const firestore = launch({
        ...firestoreCommand(found, firestorePort, folder),
        name: 'firestore',
        logFolder: folder,
        cwd: folder,
      });
      children.push(firestore);
      const isUp = () => answers(`http://127.0.0.1:${firestorePort}/`);
      await waitUntil(isUp, { timeoutSeconds: START_TIMEOUT_SECONDS, waitingFor: 'Firestore', child: firestore });
    }
    await waitUntil(() => pubsub.log().includes('ready'), {
      timeoutSeconds: START_TIMEOUT_SECONDS,
      waitingFor: 'Pub/Sub',
      child: pubsub,
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    env: {
      FIRESTORE_EMULATOR_HOST: found.kind === 'running' ? found.host : `127.0.0.1:${firestorePort}`,
      PUBSUB_EMULATOR_HOST: `127.0.0.1:${pubsubPort}`,
    },
    stop,
  };
}

/**
 * @param {Exclude<FirestoreEmulator, { kind: 'running' }>} found
 * @param {number} port
 * @param {string} folder
 * @returns {{ command: string, args: string[], env: NodeJS.ProcessEnv }}
 */
function firestoreCommand(found, port, folder) {
  const env = { ...process.env, PATH: searchPath };
  const rules = join(root, 'firestore.rules');
  if (found.kind === 'hidane') {
    const args = ['--host', '127.0.0.1', '--port', String(port), ...(existsSync(rules) ? ['--rules', rules] : [])];
    return { command: found.binary, args, env };
  }
  const config = join(folder, 'firebase.json');
  const at = { host: '127.0.0.1', port };
  writeFileSync(config, JSON.stringify({ firestore: {}, emulators: { firestore: at, ui: { enabled: false } } }));
  const cli = join(root, 'node_modules/firebase-tools/lib/bin/firebase.js');
  return {
    command: process.execPath,
    args: [cli, 'emulators:start', '--only', 'firestore', '--project', projectId, '--config', config],
    env,
  };
}
