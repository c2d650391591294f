import type { ContextSummaryPatch, UpdateProgramStateInput } from '@quarterdeck/client';
import type { Command } from 'commander';
import { collect } from '../arguments.js';
import { type Context, contextOf } from '../context.js';
import { Failure } from '../failure.js';
import { readStandardInput } from '../standard-input.js';

interface SetOptions {
  readonly notes?: string;
  readonly question: string[];
  readonly item: string[];
  readonly lastTask?: string;
  readonly ifRevision?: string;
}

export function addState(program: Command): void {
  const state = program.command('state').description('What a program remembers for its next session');

  state
    .command('get')
    .description('Print the program state as JSON')
    .argument('[program]', 'default: the own one')
    .action(async (programId: string | undefined, _options: object, command: Command) => {
      const context = contextOf(command);
      const reader = programId === undefined ? context.asProgram : context.overseer;
      const { success: _success, ...stored } = await reader.getProgramState({
        programId: programId ?? (await ownProgram(context)),
      });
      context.output.value(stored);
    });

  state
    .command('set')
    .description('Merge into the own program state: what is not named stays, null clears')
    .argument('[json]', 'such as \'{"contextSummary":{"handoffNotes":"…"}}\'; "-" reads it from standard input')
    .option('--notes <text>', 'handoff notes')
    .option('--question <text>', 'an open question; again for more', collect, [])
    .option('--item <text>', 'a work item in progress; again for more', collect, [])
    .option('--last-task <text>', 'what was done last')
    .option('--if-revision <number>', 'refuse when somebody else has written since')
    .action(async (json: string | undefined, options: SetOptions, command: Command) => {
      const context = contextOf(command);
      const given = json === '-' ? await readStandardInput() : json;
      const patch = patchOf(given, options);
      const answer = await context.asProgram.updateProgramState({ ...patch, programId: await ownProgram(context) });
      if (context.output.json) context.output.value(answer);
      else context.output.line(`${answer.message}: revision ${answer.revision}`);
    });
}

/** Which program the profile's key speaks for. A key that speaks for a person has none of its own. */
export async function ownProgram({
  asProgram,
  programKey,
}: Pick<Context, 'asProgram' | 'programKey'>): Promise<string> {
  return (await asProgram.exchangeKey({ key: programKey })).programId;
}

function patchOf(
  json: string | undefined,
  { notes, question, item, lastTask, ifRevision }: SetOptions,
): Omit<UpdateProgramStateInput, 'programId'> {
  const given = json === undefined ? {} : parsed(json);
  const summary: ContextSummaryPatch = {
    ...given.contextSummary,
    ...(notes === undefined ? {} : { handoffNotes: notes }),
    ...(question.length === 0 ? {} : { openQuestions: question }),
    ...(item.length === 0 ? {} : { activeWorkItems: item }),
    ...(lastTask === undefined ? {} : { lastTask }),
  };
  const patch = {
    ...given,
    ...(Object.keys(summary).length === 0 ? {} : { contextSummary: summary }),
    ...(ifRevision === undefined ? {} : { ifRevision: Number(ifRevision) }),
  };
  if (Object.keys(patch).length === 0)
    throw new Failure('Nothing to set: give JSON, "-" for standard input, or an option such as --notes.', 2);
  return patch;
}

function parsed(json: string): Omit<UpdateProgramStateInput, 'programId'> {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new Failure(`That is no JSON: ${error instanceof Error ? error.message : error}`, 2);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Failure('The state is a JSON object, such as {"contextSummary":{"handoffNotes":"…"}}.', 2);
  }
  return value;
}
