// @ts-check
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { home } from './paths.mjs';
import { isRunning, killAll, processInfo } from './processes.mjs';
import { Problem } from './steps.mjs';

/** @import { Identities } from './seed.mjs' */
/** @import { ProcessInfo } from './processes.mjs' */

/**
 * What other tools read to find the running copy: addresses and credentials. Only its owner may read it.
 *
 * @typedef {Identities & {
 *   projectId: string, origin: string, functions: string, mcp: string, rest: string, hooks: string, firestore: string, auth: string, pubsub: string, pid: number
 * }} Local `origin` is the base of every HTTP address, `functions` what a callable's name is appended to, `rest` an operation's name, `hooks` the name of a program that sends its own; the emulators are host:port
 */

export const localFile = join(home, 'local.json');

/** The same for a shell: ". .quarterdeck/local.env" sets what the README and the guides write as `$ORIGIN`, `$KEY` and so on. */
const environmentFile = join(home, 'local.env');

/** Who runs here, with every process and the temporary folder that belong to it; kept so that a start after a crash can clear up. */
const processesFile = join(home, 'processes.json');

/** @type {string | undefined} set once the folder is ours */
let temporaryFolder;

/**
 * Takes the folder for this process.
 *
 * @param {string} temporary a folder for temporary files
 * @throws {Problem} when another process runs in it
 */
export function takeHome(temporary) {
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const former = readJson(processesFile);
  const owner = former?.owner;
  if (owner && owner.pid !== process.pid && isRunning(owner)) throw new Problem(alreadyRunning(owner.pid));
  temporaryFolder = temporary;
  const left = killAll(former?.all ?? []);
  if (left) console.log(`  Ended ${left} processes that an earlier start had left behind.`);
  if (former?.temporary) rmSync(former.temporary, { recursive: true, force: true });
  rememberProcesses([]);
}

/** @param {number} pid */
function alreadyRunning(pid) {
  const where = readJson(localFile);
  const at =
    where?.pid === pid
      ? `: the functions are on ${where.functions}, the keys in ${localFile}`
      : ', but is not ready yet';
  return `Quarterdeck is already running here (process ${pid})${at}.\nStop it with Ctrl-C in its terminal or "kill ${pid}", or start another with QUARTERDECK_HOME=<folder>.`;
}

/** @param {(ProcessInfo & { name?: string })[]} all what has been started, our own children with their names */
export function rememberProcesses(all) {
  writePrivately(processesFile, jsonText({ owner: processInfo(process.pid), temporary: temporaryFolder, all }));
}

/** The folder is free again, if it was ours. */
export function leaveHome() {
  if (temporaryFolder) rmSync(processesFile, { force: true });
}

/** @returns {Partial<Local>} what an earlier start wrote */
export function readLocal() {
  return readJson(localFile) ?? {};
}

/** @param {Local} local */
export function writeLocal(local) {
  writePrivately(localFile, jsonText(local));
  writePrivately(environmentFile, shellLines(local));
}

/**
 * Lines that set address and keys in a shell, and in what it starts.
 *
 * @param {Pick<Local, 'origin' | 'functions' | 'adminKey' | 'programKey'>} local
 * @returns {string}
 */
export function shellLines({ origin, functions, adminKey, programKey }) {
  const variables = {
    ORIGIN: origin,
    FUNCTIONS: functions,
    KEY: programKey,
    PROGRAM_KEY: programKey,
    ADMIN_KEY: adminKey,
  };
  return Object.entries(variables)
    .map(([name, value]) => `export ${name}='${value}'\n`)
    .join('');
}

/** @param {string} file */
function readJson(file) {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined; // half-written by a start that was killed
  }
}

/** @param {object} content */
function jsonText(content) {
  return `${JSON.stringify(content, null, 2)}\n`;
}

/**
 * @param {string} file
 * @param {string} text
 */
function writePrivately(file, text) {
  writeFileSync(file, text, { mode: 0o600 });
  chmodSync(file, 0o600); // the mode above counts only for a new file
}
