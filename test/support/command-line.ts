import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

const binary = join(__dirname, '../../cli/bin/quarterdeck.mjs');

/** How a command ended, and what it said. */
export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface RunOptions {
  readonly input?: string;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** A person's shell, with the command `quarterdeck` on the path, profiles of its own and a folder of its own. */
export class Terminal {
  readonly folder = mkdtempSync(join(tmpdir(), 'quarterdeck-terminal-'));
  private readonly env: NodeJS.ProcessEnv;

  /** @param home where the local copy keeps itself, which the profile `local` is found by */
  constructor(home: string) {
    const bin = join(this.folder, 'bin');
    mkdirSync(bin);
    symlinkSync(binary, join(bin, 'quarterdeck'));
    const { NO_COLOR: _noColor, FORCE_COLOR: _forceColor, QUARTERDECK_KEY: _key, ...env } = process.env;
    this.env = {
      ...env,
      HOME: this.folder,
      XDG_CONFIG_HOME: join(this.folder, 'config'),
      QUARTERDECK_HOME: home,
      PATH: [bin, process.env.PATH].join(delimiter),
    };
  }

  /** A folder below that of the terminal. */
  path(...names: string[]): string {
    return join(this.folder, ...names);
  }

  /** `quarterdeck` with arguments, until it ends. */
  quarterdeck(args: readonly string[], options: RunOptions = {}): Promise<Finished> {
    return finished(this.start(process.execPath, [binary, ...args], options), options.input);
  }

  /** Its answer as JSON. @throws Error when it did not succeed */
  async json<T = Record<string, unknown>>(args: readonly string[], options: RunOptions = {}): Promise<T> {
    const { code, stdout, stderr } = await this.quarterdeck([...args, '--json'], options);
    if (code !== 0) throw new Error(`quarterdeck ${args.join(' ')} ended with ${code}:\n${stderr}${stdout}`);
    return JSON.parse(stdout) as T;
  }

  /** A script, in bash, which stops at the first command that fails. */
  script(text: string, options: RunOptions = {}): Promise<Finished> {
    return finished(this.start('bash', ['-e', '-o', 'pipefail', '-c', text], options), options.input);
  }

  /** A command that goes on; the caller ends it. */
  start(file: string, args: readonly string[], { cwd = this.folder, env = {} }: RunOptions = {}): ChildProcess {
    return spawn(file, args, { cwd, env: { ...this.env, ...env }, stdio: 'pipe' });
  }

  startQuarterdeck(args: readonly string[], options: RunOptions = {}): ChildProcess {
    return this.start(process.execPath, [binary, ...args], options);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export async function finished(child: ChildProcess, input = ''): Promise<Finished> {
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (text) => {
    stdout += text;
  });
  child.stderr?.on('data', (text) => {
    stderr += text;
  });
  child.stdin?.end(input);
  const code = await new Promise<number | null>((done, failed) => {
    child.once('error', failed);
    child.once('close', done);
  });
  return { code, stdout, stderr };
}
