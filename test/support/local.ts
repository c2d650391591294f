import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { evaluated, evaluatedMeanwhile } from './evaluated';

const root = join(__dirname, '../..');

/** What local.json holds for other tools. */
export interface Local {
  projectId: string;
  origin: string;
  functions: string;
  mcp: string;
  rest: string;
  hooks: string;
  firestore: string;
  auth: string;
  pubsub: string;
  account: string;
  adminEmail: string;
  adminPassword: string;
  adminKey: string;
  programId: string;
  programKey: string;
  pid: number;
}

/** A process and when it started, so that a number used again is not taken for it. */
interface KnownProcess {
  pid: number;
  started: string;
}

/** Quarterdeck, started as a person does: with `npm start`. */
export class LocalCopy {
  private output = '';
  private readonly npm: ChildProcess;
  /** The exit code; null when a signal ended it. */
  readonly exited: Promise<number | null>;

  constructor(
    readonly home: string,
    env: NodeJS.ProcessEnv = {},
  ) {
    this.npm = spawn('npm', ['start'], {
      cwd: root,
      env: { ...withoutEmulators(process.env), QUARTERDECK_PORT: '0', ...env, QUARTERDECK_HOME: home },
      detached: true, // a process group of its own, like a terminal's
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.npm.stdout, this.npm.stderr]) stream?.on('data', (text) => this.hear(String(text)));
    this.exited = new Promise((done) => this.npm.once('close', done));
  }

  private hear(text: string): void {
    this.output += text;
  }

  /** All that it has printed. */
  get said(): string {
    return this.output;
  }

  /** @throws Error when it ends instead */
  async ready(): Promise<Local> {
    const ended = this.exited.then(() => {
      throw new Error(`npm start ended:\n${this.output}`);
    });
    await Promise.race([this.hears(/^Ready in/m), ended]);
    return this.local();
  }

  /** Waits until it has printed something. */
  async hears(pattern: RegExp): Promise<void> {
    while (!pattern.test(this.output)) await new Promise((done) => setTimeout(done, 50));
  }

  local(): Local {
    return readLocal(this.home);
  }

  log(name: 'emulators' | 'functions'): string {
    return readFileSync(join(this.home, `${name}.log`), 'utf8');
  }

  /** Every process that belongs to it now. */
  processes(): KnownProcess[] {
    return ofProcesses(`it.processTree(${this.npm.pid})`);
  }

  /** The process that runs one of its parts, and all below it. */
  processesBelow(part: 'emulators' | 'functions'): KnownProcess[] {
    return ofProcesses(`it.processTree(${this.pidOf(part)})`);
  }

  /** The process that runs one of its parts. */
  pidOf(part: 'emulators' | 'functions'): number {
    const { all } = JSON.parse(readFileSync(join(this.home, 'processes.json'), 'utf8'));
    return all.find((each: { name?: string }) => each.name === part).pid;
  }

  /** What Ctrl-C in a terminal does: the signal goes to npm and to all that it runs in the foreground. */
  pressCtrlC(): void {
    process.kill(-Number(this.npm.pid), 'SIGINT');
  }

  /** Ends it at once, as a crash would, and takes away what it then leaves behind; nothing when it has ended already. */
  kill(): void {
    const file = join(this.home, 'processes.json');
    const temporary = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).temporary : undefined;
    ofProcesses(`it.killAll(it.processTree(${this.npm.pid}))`);
    if (temporary) rmSync(temporary, { recursive: true, force: true });
  }
}

/** A copy starts emulators of its own, whatever this shell says of others. */
function withoutEmulators({ FIRESTORE_EMULATOR_HOST: _firestore, ...env }: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return env;
}

/** Those of the processes that still run. */
export function stillRunning(known: KnownProcess[]): KnownProcess[] {
  return ofProcesses(`${JSON.stringify(known)}.filter(it.isRunning)`);
}

/** What a copy wrote down of itself. */
export function readLocal(home: string): Local {
  return JSON.parse(readFileSync(join(home, 'local.json'), 'utf8'));
}

/** Makes one more account on a copy, as its start makes the first. */
export function seed({ functions, auth }: Local, email: string): Promise<Partial<Local>> {
  return evaluatedMeanwhile('scripts/lib/seed.mjs', `it.seed(${JSON.stringify({ functions, auth, email })})`);
}

function ofProcesses<T>(expression: string): T {
  return evaluated('scripts/lib/processes.mjs', expression);
}

/** Calls a callable function with an API key. */
export async function call(local: Local, name: string, data: object, apiKey: string): Promise<Record<string, unknown>> {
  const response = await fetch(`${local.functions}/${name}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Api-Key': apiKey },
    body: JSON.stringify({ data }),
  });
  const answer = (await response.json()) as { result?: Record<string, unknown>; error?: unknown };
  if (!answer.result) throw new Error(`${name}: ${response.status} ${JSON.stringify(answer.error)}`);
  return answer.result;
}
