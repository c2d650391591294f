import type { UpdateSessionInput } from '@quarterdeck/client';
import { type Command, Option } from 'commander';
import { percentage, wholeNumber } from '../arguments.js';
import { type Context, contextOf } from '../context.js';
import { Failure } from '../failure.js';

/** Where `run` says which session a command runs in, for what it calls. */
export const SESSION_VARIABLE = 'QUARTERDECK_SESSION';

interface StartOptions {
  readonly id?: string;
  readonly status?: string;
  readonly project?: string;
  readonly interval?: number;
}

interface BeatOptions {
  readonly session?: string;
  readonly progress?: number;
  readonly state?: 'working' | 'blocked' | 'pinned';
}

interface DoneOptions {
  readonly session?: string;
  readonly progress?: number;
  readonly outcome: 'completed' | 'errored' | 'killed';
}

/** For shell scripts: `id=$(quarterdeck start "Nightly build")`, `quarterdeck beat "Testing"`, `quarterdeck done`. */
export function addSessionCommands(program: Command): void {
  program
    .command('start')
    .description('Start a session and print its id')
    .argument('<name>', 'what is being done, for people to read')
    .option('--id <session>', 'an id of your own: starting it again changes nothing')
    .option('--status <text>', 'what is being done right now')
    .option('--project <name>', 'the project it works on')
    .option('--interval <seconds>', 'how often you will beat; stale after 1.5 of them', wholeNumber)
    .action(async (name: string, { id, status, project, interval }: StartOptions, command: Command) => {
      const { asProgram, output } = contextOf(command);
      const answer = await asProgram.createSession({
        name,
        sessionId: id,
        status,
        projectName: project,
        expectedIntervalSeconds: interval,
      });
      if (output.json) output.value(answer);
      else output.line(answer.sessionId);
    });

  program
    .command('beat')
    .description('Say that a session is alive, and what it is doing')
    .argument('[status]', 'one line; without it only a sign of life')
    .option('--session <id>', `the session; default $${SESSION_VARIABLE}, else the program's newest live one`)
    .option('--progress <percent>', '0 to 100', percentage)
    .addOption(new Option('--state <state>', 'blocked: waits for a person').choices(['working', 'blocked', 'pinned']))
    .action(async (status: string | undefined, { session, progress, state }: BeatOptions, command: Command) => {
      const context = contextOf(command);
      if (status === undefined && (progress !== undefined || state !== undefined)) {
        throw new Failure('--progress and --state come with a status: quarterdeck beat "Testing" --progress 40', 2);
      }
      const sessionId = session ?? process.env[SESSION_VARIABLE];
      if (status !== undefined) return tell(context, { status, sessionId, progress, state, lastHeartbeat: true });
      const answer = await context.asProgram.heartbeat({ sessionId });
      if (context.output.json) context.output.value(answer);
    });

  program
    .command('done')
    .description('End a session')
    .argument('[status]', 'last words, one line')
    .option('--session <id>', `the session; default $${SESSION_VARIABLE}, else the program's newest live one`)
    .option('--progress <percent>', 'default: 100 when it completed', percentage)
    .addOption(
      new Option('--outcome <outcome>', 'how it ended')
        .choices(['completed', 'errored', 'killed'])
        .default('completed'),
    )
    .action(async (status: string | undefined, { session, progress, outcome }: DoneOptions, command: Command) => {
      const sessionId = session ?? process.env[SESSION_VARIABLE];
      const words = status ?? (outcome === 'completed' ? 'Done' : outcome === 'errored' ? 'Failed' : 'Stopped');
      await tell(contextOf(command), { status: words, sessionId, progress, state: 'complete', outcome });
    });
}

async function tell({ asProgram, output }: Context, report: UpdateSessionInput): Promise<void> {
  const answer = await asProgram.updateSession(report);
  if (output.json) output.value(answer);
}
