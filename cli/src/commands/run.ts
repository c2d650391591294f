import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { basename } from 'node:path';
import { createClient, type SessionHandle } from '@quarterdeck/client';
import type { Command } from 'commander';
import { wholeNumber } from '../arguments.js';
import { contextOf } from '../context.js';
import type { Output } from '../output.js';
import { cut } from '../table.js';
import { SESSION_VARIABLE } from './session.js';

/** A command that hangs at once is seen within a minute and a half. */
const INTERVAL_SECONDS = 60;
/** The command waits for its session to start, and its end to be told: not for long. */
const PATIENCE = { timeoutMs: 3000, retries: 1 };
const NAME_MAX = 200;
/** What a shell answers for a command that is not there, and one that it may not run. */
const NOT_FOUND = 127;
const NOT_EXECUTABLE = 126;

interface RunOptions {
  readonly name?: string;
  readonly project?: string;
  readonly interval: number;
  readonly strict?: true;
}

/** How the command ended. */
interface Ending {
  readonly code: number;
  readonly outcome: 'completed' | 'errored' | 'killed';
  readonly words: string;
}

/** A session around any command: it beats while the command runs, and its outcome is the exit code's. */
export function addRun(program: Command): void {
  program
    .command('run')
    .description('Run a command inside a session: quarterdeck run -- make test')
    .argument('<command...>', 'the command and its arguments, after --')
    .option('--name <text>', 'what is being done; default: the command')
    .option('--project <name>', 'default: the name of this folder')
    .option('--interval <seconds>', 'seconds between beats', wholeNumber, INTERVAL_SECONDS)
    .option('--strict', 'do not run the command when the session cannot be started')
    .passThroughOptions()
    .action(async (words: string[], options: RunOptions, command: Command) => {
      const { output, profile, programKey } = contextOf(command);
      const asProgram = createClient({ ...PATIENCE, origin: profile.origin, apiKey: programKey });
      const line = words.join(' ');
      const stopping = new AbortController();
      const starting = asProgram.startSession(
        {
          name: cut(options.name ?? line, NAME_MAX / 2),
          status: cut(line, NAME_MAX / 2),
          projectName: cut(options.project ?? basename(process.cwd()), NAME_MAX / 4) || undefined,
          expectedIntervalSeconds: options.interval,
        },
        {
          onBeatError: (error) => output.note(`quarterdeck: a beat failed: ${messageOf(error)}`),
          onCommand: (told) => {
            if (told !== null) output.note(`quarterdeck: the session is told to ${told}`);
            if (told === 'stop') stopping.abort();
          },
        },
      );
      const session = options.strict ? await starting : await starting.catch((error) => notWatched(output, error));
      session?.signal.addEventListener('abort', () => {
        const { reason } = session.signal;
        if (reason instanceof Error && reason.name === 'QuarterdeckError')
          output.note(`quarterdeck: the session is over: ${reason.message}`);
      });
      const { code, outcome, words: last } = await runCommand(words, session, stopping.signal);
      process.exitCode = code;
      await session
        ?.end(outcome, { status: cut(last, NAME_MAX / 2) })
        .catch((error) => output.note(`quarterdeck: the end could not be told: ${messageOf(error)}`));
      if (output.json) output.value({ sessionId: session?.sessionId ?? null, exitCode: code, outcome });
    });
}

/** The work matters more than its being watched. */
function notWatched(output: Output, error: unknown): undefined {
  output.note(`quarterdeck: running without a session: ${messageOf(error)}`);
}

/** @param stopping asks the command to end, as a person would; how it ends is its own to say */
function runCommand(
  [file = '', ...args]: string[],
  session: SessionHandle | undefined,
  stopping: AbortSignal,
): Promise<Ending> {
  const env = session === undefined ? process.env : { ...process.env, [SESSION_VARIABLE]: session.sessionId };
  return new Promise((ended) => {
    // A terminal sends its signals to both of us; those that come to us alone are the command's. It decides whether to end, and we tell.
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
    const passOn = (signal: NodeJS.Signals) => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    };
    // First, so that there is no moment in which the command runs and a signal ends us without it.
    for (const signal of signals) process.on(signal, passOn);
    const child = spawn(file, args, { stdio: 'inherit', env });
    const stop = () => void child.kill('SIGTERM');
    stopping.addEventListener('abort', stop);
    if (stopping.aborted) stop();
    const finish = (ending: Ending) => {
      for (const signal of signals) process.off(signal, passOn);
      stopping.removeEventListener('abort', stop);
      ended(ending);
    };
    child.once('error', (error: NodeJS.ErrnoException) => {
      process.stderr.write(`quarterdeck: ${file}: ${error.code === 'ENOENT' ? 'command not found' : error.message}\n`);
      finish({
        code: error.code === 'ENOENT' ? NOT_FOUND : NOT_EXECUTABLE,
        outcome: 'errored',
        words: `Could not start ${file}`,
      });
    });
    child.once('exit', (code, signal) => {
      if (signal !== null)
        return finish({ code: 128 + constants.signals[signal], outcome: 'killed', words: `Ended by ${signal}` });
      if (code === 0) return finish({ code: 0, outcome: 'completed', words: 'Exit code 0' });
      finish({ code: code ?? 1, outcome: 'errored', words: `Exit code ${code}` });
    });
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
