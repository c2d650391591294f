import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const emulators = pathToFileURL(join(__dirname, '../../scripts/lib/bare-emulators.mjs')).href;

export interface OwnEmulator {
  close(): Promise<void>;
}

/**
 * From now on instances of this test file are on a Firestore emulator of their own: for tests that freeze or empty the database, count all of it, or die in the
 * middle of transactions, whose locks last for up to a minute.
 */
export async function useOwnEmulator(): Promise<OwnEmulator> {
  const folder = mkdtempSync(join(tmpdir(), 'quarterdeck-emulator-'));
  const { FIRESTORE_EMULATOR_HOST: shared, NODE_OPTIONS: _options, ...env } = process.env;
  const code = `import { startEmulators } from '${emulators}';
    const { env, stop } = await startEmulators(${JSON.stringify(folder)});
    console.log('ready ' + env.FIRESTORE_EMULATOR_HOST);
    process.stdin.on('end', () => void stop().then(() => process.exit(0))).resume();`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    env,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((done) => child.once('close', () => done()));
  let said = '';
  process.env.FIRESTORE_EMULATOR_HOST = await new Promise<string>((ready, fail) => {
    const hear = (text: Buffer) => {
      said += text;
      const host = /^ready (.*)$/m.exec(said)?.[1];
      if (host !== undefined) ready(host);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', () => fail(new Error(`the emulator ended:\n${said}`)));
  });
  return {
    close: async () => {
      process.env.FIRESTORE_EMULATOR_HOST = shared;
      child.stdin.end();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
