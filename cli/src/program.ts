import tab from '@bomb.sh/tab/commander';
import { Command } from 'commander';
import { addBoot } from './commands/boot.js';
import { addCall } from './commands/call.js';
import { addHealth } from './commands/health.js';
import { addInit } from './commands/init.js';
import { addKey } from './commands/key.js';
import { addLs } from './commands/ls.js';
import { addProfile } from './commands/profile.js';
import { addRun } from './commands/run.js';
import { addSessionCommands } from './commands/session.js';
import { addState } from './commands/state.js';
import { addTell } from './commands/tell.js';
import { addTransfer } from './commands/transfer.js';
import { addWatch } from './commands/watch.js';

/** The whole command line. */
export function createProgram(version: string): Command {
  const program = new Command('quarterdeck')
    .description('See and script a fleet of AI agents.')
    .version(version)
    .option('--profile <name>', 'which deployment; default: $QUARTERDECK_PROFILE, else the current one')
    .option('--json', 'answer in JSON')
    .option('--no-color', 'no colours; a pipe gets none anyway')
    .showHelpAfterError('"quarterdeck --help" lists the commands.')
    .enablePositionalOptions()
    .exitOverride();
  const add = [
    addInit,
    addLs,
    addWatch,
    addHealth,
    addSessionCommands,
    addRun,
    addTell,
    addBoot,
    addState,
    addKey,
    addTransfer,
    addProfile,
    addCall,
  ];
  for (const addTo of add) addTo(program);
  for (const command of program.commands) acceptCommonOptions(command);
  tab(program);
  return program;
}

/** `quarterdeck ls --json` as well as `quarterdeck --json ls`. */
function acceptCommonOptions(command: Command): void {
  if (command.commands.length > 0) {
    for (const inner of command.commands) acceptCommonOptions(inner);
    return;
  }
  command
    .option('--profile <name>', 'which deployment')
    .option('--json', 'answer in JSON')
    .option('--no-color', 'no colours')
    .exitOverride();
}
