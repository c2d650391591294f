import type { SessionCommand } from '@quarterdeck/client';
import type { Command } from 'commander';
import { contextOf } from '../context.js';

const WORDS = {
  stop: 'Ask a session to end what it does, tidy up and complete',
  drain: 'Ask a session to finish what it has and take nothing new',
} as const satisfies Record<SessionCommand, string>;

/** `quarterdeck stop <session>`, `quarterdeck drain <session>`: the agent obeys by itself; `call kill_session` ends the session at once. */
export function addTell(program: Command): void {
  for (const [name, description] of Object.entries(WORDS) as [SessionCommand, string][]) {
    program
      .command(name)
      .description(description)
      .argument('<session>', 'its id, as "ls" shows it')
      .option('--take-back', 'take back what it was told, whichever that is')
      .action(async (sessionId: string, { takeBack }: { takeBack?: true }, command: Command) => {
        const { overseer, output } = contextOf(command);
        const answer = await overseer.commandSession({ sessionId, command: takeBack ? null : name });
        if (output.json) return output.value(answer);
        output.line(takeBack ? `${answer.message}.` : `${answer.message}: its agent hears of it with its next beat.`);
      });
  }
}
