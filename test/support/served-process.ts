import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Firestore } from 'firebase-admin/firestore';
import type { DoorAddresses } from './every-door.js';
import { SESSION_TOKEN_KEYS } from './world.js';

const root = join(__dirname, '../..');
const run = promisify(execFile);

/** The application at all its doors, in a process that can die and come back. */
export interface ServedProcess {
  /** Of the process that runs now. */
  addresses(): DoorAddresses;
  /** How often it was started. */
  readonly starts: number;
  /** Ends it at once, whatever it was doing, and starts another. Resolves when that one answers. */
  crash(): Promise<void>;
  /** All that it wrote to its log. */
  log(): string;
  close(): Promise<void>;
}

/** @param db of an emulator that nobody else uses: it ends the transactions of who died */
export async function startServedProcess(db: Firestore): Promise<ServedProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'quarterdeck-served-'));
  // The same places from one another as here, where the sources look for what they read.
  const program = join(folder, 'test/support/application.cjs');
  copyFileSync(join(root, 'firestore.indexes.json'), join(folder, 'firestore.indexes.json'));
  await bundle(program);
  let log = '';
  let starts = 0;
  let closed = false;
  /** The first transaction that may be open still. */
  let ended = (await lastTransaction(db)) + 1n;
  let child: ChildProcess;
  let heard = '';
  let addresses: DoorAddresses;

  async function start(): Promise<void> {
    starts++;
    heard = '';
    const { NODE_OPTIONS: _options, JEST_WORKER_ID: _worker, ...env } = process.env;
    child = spawn(process.execPath, [program], {
      cwd: root,
      env: {
        ...env,
        METADATA_SERVER_DETECTION: 'none',
        GCLOUD_PROJECT: process.env.GCLOUD_PROJECT ?? 'demo-quarterdeck',
        SESSION_TOKEN_KEYS: JSON.stringify(SESSION_TOKEN_KEYS),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stderr?.on('data', (text) => {
      log += text;
    });
    addresses = await new Promise((ready, fail) => {
      child.once('exit', (code) => fail(new Error(`the served process ended (${code}):\n${heard}${log}`)));
      child.stdout?.on('data', (text) => {
        heard += text;
        const said = /^ready (.*)$/m.exec(heard)?.[1];
        if (said !== undefined) ready(JSON.parse(said));
      });
    });
  }

  async function kill(): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((done) => child.once('exit', done));
    child.kill('SIGKILL');
    await gone;
  }

  await start();
  return {
    addresses: () => addresses,
    get starts() {
      return starts;
    },
    crash: async () => {
      if (closed) return;
      await kill();
      const last = await lastTransaction(db);
      if (closed) return;
      await start();
      // Now that what it had sent has long arrived; the new process has other numbers.
      for (; ended <= last; ended++) await rollBack(db, ended);
    },
    log: () => log,
    close: async () => {
      closed = true;
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface Transport {
  request(method: string, body: object, tag: string): Promise<{ readonly transaction: Uint8Array }>;
  readonly formattedName: string;
}

/** Emulators count transactions, and their ids are the number after this byte (a protobuf message with a fixed64 as its field 2). */
const NUMBER_FOLLOWS = 0x11;

/** The number of a transaction that begins, and ends, now. */
async function lastTransaction(db: Firestore): Promise<bigint> {
  const transport = db as unknown as Transport;
  const database = transport.formattedName;
  const { transaction } = await transport.request('beginTransaction', { database }, 'crash');
  const id = Buffer.from(transaction);
  if (id.length !== 9 || id[0] !== NUMBER_FOLLOWS)
    throw new Error(`transactions have other ids: ${id.toString('hex')}`);
  await transport.request('rollback', { database, transaction }, 'crash');
  return id.readBigUInt64LE(1);
}

/** Ends a transaction of who died: a database does so by itself, but a minute later. One that is over is none. */
async function rollBack(db: Firestore, number: bigint): Promise<void> {
  const transport = db as unknown as Transport;
  const transaction = Buffer.alloc(9);
  transaction[0] = NUMBER_FOLLOWS;
  transaction.writeBigUInt64LE(number, 1);
  await transport
    .request('rollback', { database: transport.formattedName, transaction }, 'crash')
    .catch(() => undefined);
}

/** In a process of its own, because esbuild's checks don't hold among the globals of jest. */
async function bundle(outfile: string): Promise<void> {
  const options = {
    absWorkingDir: root,
    entryPoints: ['test/support/served-application.ts'],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile,
    logLevel: 'error',
  };
  const code = `import { build } from 'esbuild'; await build(${JSON.stringify(options)});`;
  await run(process.execPath, ['--input-type=module', '-e', code], { cwd: root });
}
