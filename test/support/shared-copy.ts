import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { evaluated } from './evaluated';
import { type Local, readLocal, seed } from './local';

/** How long a file may wait for the copy. */
export const START_TIMEOUT_MS = 300_000;

/** What a test file has of the copy that the files share: all of it, and an account of its own. */
export interface Visit {
  /** As local.json has it, but for this account. */
  readonly local: Local;
  /** A folder with that local.json, where the command line finds the profile `local`. */
  readonly home: string;
  log(name: 'emulators' | 'functions'): string;
  /** Waits until what runs in the background has logged something. @returns what fits first */
  logged(pattern: RegExp): Promise<string>;
  /** Makes a folder look as `.quarterdeck` in a clone, for what is typed in a shell: its logs, and local.env for this account. */
  linkHome(folder: string): void;
  /** Takes the folder away. */
  leave(): void;
}

/**
 * Waits for the copy that the run's files share, and makes an account on it with a person, an admin and the program `builder`, as the start makes
 * its first. A test that stops a copy, or one of its parts, starts its own: LocalCopy.
 *
 * @throws Error when the copy did not start, with what it said
 */
export async function visitSharedCopy(): Promise<Visit> {
  const folder = process.env.QUARTERDECK_TEST_COPY;
  if (folder === undefined) throw new Error('There is no shared copy: run these tests as the project e2e.');
  await hasStarted(folder);
  const copy = join(folder, 'copy');
  const first = readLocal(copy);
  const email = `admin-${randomUUID()}@quarterdeck.local`;
  const local: Local = { ...first, ...(await seed(first, email)) };
  const home = mkdtempSync(join(tmpdir(), 'quarterdeck-visit-'));
  writeFileSync(join(home, 'local.json'), JSON.stringify(local), { mode: 0o600 });
  const log = (name: 'emulators' | 'functions') => readFileSync(join(copy, `${name}.log`), 'utf8');
  return {
    local,
    home,
    log,
    async logged(pattern) {
      for (;;) {
        const found = pattern.exec(log('emulators'));
        if (found) return found[0];
        await new Promise((done) => setTimeout(done, 50));
      }
    },
    linkHome(folder) {
      mkdirSync(folder);
      for (const name of ['functions.log', 'emulators.log']) symlinkSync(join(copy, name), join(folder, name));
      writeFileSync(
        join(folder, 'local.env'),
        evaluated('scripts/lib/home.mjs', `it.shellLines(${JSON.stringify(local)})`),
      );
    },
    leave: () => rmSync(home, { recursive: true, force: true }),
  };
}

async function hasStarted(folder: string): Promise<void> {
  const file = join(folder, 'outcome.json');
  while (!existsSync(file)) await new Promise((done) => setTimeout(done, 50));
  const outcome = JSON.parse(readFileSync(file, 'utf8')) as { error?: string };
  if (outcome.error !== undefined) throw new Error(`The shared copy did not start: ${outcome.error}`);
}
