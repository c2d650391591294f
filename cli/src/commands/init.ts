import { type Command, Option } from 'commander';
import type { InitOptions } from '../init/connect-agents.js';

/** Connects agents: asks before it changes a file, keeps what is there, and proves that it works. */
export function addInit(program: Command): void {
  program
    .command('init')
    .description('Connect Claude Code, Cursor or VS Code: writes their configuration and proves that it works')
    .addOption(
      new Option('--client <client...>', 'which ones; default: those that are used here')
        .choices(['claude-code', 'cursor', 'vscode'] satisfies InitOptions['client'])
        .default([]),
    )
    .option('--program <id>', 'the program that the agent is; default: the name of the folder')
    .option('--user', 'for everything that you do, in your home folder, instead of for this project')
    .option('--folder <path>', 'the project', '.')
    .option('-y, --yes', 'ask nothing, and only name the files that change')
    .option('--dry-run', 'show what would change, and change nothing')
    .action(async (options: InitOptions, command: Command) => {
      // What it needs is loaded by no other command.
      const { connectAgents } = await import('../init/connect-agents.js');
      await connectAgents(options, command);
    });
}
