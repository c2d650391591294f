// @ts-check
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from '../scripts/build.mjs';
import { findFirestoreEmulator } from '../scripts/lib/firestore-emulator.mjs';
import { answers, launch, waitUntil } from '../scripts/lib/launch.mjs';
import { projectId, root } from '../scripts/lib/paths.mjs';
import { anyPort, freePort } from '../scripts/lib/ports.mjs';
import { Problem } from '../scripts/lib/steps.mjs';
import { localSessionTokenKeys } from '../scripts/session-token-keys.mjs';

/** @import { Launched } from '../scripts/lib/launch.mjs' */
/** @import { Application } from './application.js' */

export const START_TIMEOUT_SECONDS = 30;

/**
 * What is measured on: a Firestore emulator and a server of the functions, each in a process of its own.
 *
 * @typedef {object} Stage
 * @property {string} bundle the folder of the functions, built from the sources as they are now
 * @property {string} functions the address that a function's name is appended to
 * @property {NodeJS.ProcessEnv} env what a further process needs to find the emulator
 * @property {Application} application
 * @property {number} serverPid
 * @property {number} emulatorPid
 * @property {() => Promise<void>} close
 */

/**
 * @param {string} folder for the bundle and the logs
 * @returns {Promise<Stage>}
 */
export async function openStage(folder) {
  /** @type {Launched[]} */
  const processes = [];
  const stop = async () => {
    for (const child of processes.reverse()) await child.stop('SIGTERM', 5);
  };
  try {
    const bundle = join(folder, 'functions');
    await build({ outdir: bundle });
    const emulator = await startEmulator(folder);
    const sessionTokenKeys = localSessionTokenKeys(join(folder, 'session-token-keys.json'));
    processes.push(emulator.child);
    const env = {
      ...process.env,
      NODE_ENV: 'production',
      GCLOUD_PROJECT: projectId,
      METADATA_SERVER_DETECTION: 'none',
      FIRESTORE_EMULATOR_HOST: emulator.host,
      SESSION_TOKEN_KEYS: sessionTokenKeys,
    };
    const server = await startServer(folder, bundle, env);
    processes.push(server.child);
    Object.assign(process.env, {
      FIRESTORE_EMULATOR_HOST: emulator.host,
      METADATA_SERVER_DETECTION: 'none',
      SESSION_TOKEN_KEYS: sessionTokenKeys,
    });
    const application = await loadApplication(folder);
    return {
      bundle,
      functions: server.functions,
      env,
      application,
      serverPid: server.child.pid,
      emulatorPid: emulator.child.pid,
      close: async () => {
        await application.close();
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * Always one of our own: what a shared one does meanwhile would be measured too. Only hidane: figures of two emulators can't be compared.
 *
 * @param {string} folder
 * @returns {Promise<{ child: Launched, host: string }>}
 */
export async function startEmulator(folder) {
  delete process.env.FIRESTORE_EMULATOR_HOST;
  const found = await findFirestoreEmulator();
  if (found.kind !== 'hidane')
    throw new Problem('The bench runs on the Firestore emulator hidane, and there is none on this machine.');
  const port = await freePort(anyPort());
  const host = `127.0.0.1:${port}`;
  const args = ['--host', '127.0.0.1', '--port', String(port)];
  const child = launch({ name: 'firestore', command: found.binary, args, logFolder: folder });
  const waitingFor = 'the Firestore emulator';
  await waitUntil(() => answers(`http://${host}/`), { child, timeoutSeconds: START_TIMEOUT_SECONDS, waitingFor });
  return { child, host };
}

/**
 * @param {string} folder
 * @param {string} bundle
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{ child: Launched, functions: string }>}
 */
export async function startServer(folder, bundle, env) {
  const args = [join(root, 'scripts/serve.mjs'), '--port=0', `--bundle=${bundle}`];
  const { child, address } = await startListening('functions', args, folder, env);
  return { child, functions: address };
}

/**
 * A process of Node that says `<name> ready on <address>` when it listens.
 *
 * @param {string} name also of its log
 * @param {string[]} args
 * @param {string} folder
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{ child: Launched, address: string }>}
 */
export async function startListening(name, args, folder, env) {
  const child = launch({ name, command: process.execPath, args, logFolder: folder, env });
  const address = () => new RegExp(`${name} ready on (\\S+)`).exec(child.log())?.[1];
  await waitUntil(() => address() !== undefined, {
    child,
    timeoutSeconds: START_TIMEOUT_SECONDS,
    waitingFor: name,
  });
  return { child, address: /** @type {string} */ (address()) };
}

/**
 * application.ts is TypeScript and has to be bundled first.
 *
 * @param {string} folder
 * @returns {Promise<Application>}
 */
export async function loadApplication(folder) {
  const { build: bundle } = await import('esbuild');
  const outfile = join(folder, 'application.cjs');
  await bundle({
    absWorkingDir: root,
    entryPoints: ['bench/application.ts'],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile,
    logLevel: 'error',
  });
  const { openApplication } = await import(pathToFileURL(outfile).href);
  return openApplication(projectId);
}
