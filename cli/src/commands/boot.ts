import type { Command } from 'commander';
import { wholeNumber } from '../arguments.js';
import { contextOf } from '../context.js';

export function addBoot(program: Command): void {
  program
    .command('boot')
    .description('Print what the next session of a program needs to know')
    .argument('[program]', 'default: the own one')
    .option('--max-chars <count>', 'the largest size of the brief', wholeNumber)
    .action(async (programId: string | undefined, { maxChars }: { maxChars?: number }, command: Command) => {
      const { asProgram, overseer, output } = contextOf(command);
      const { success: _success, ...answer } = await (programId === undefined ? asProgram : overseer).boot({
        programId,
        maxChars,
      });
      if (output.json) output.value(answer);
      else output.line(answer.brief);
    });
}
