import type { SessionView } from '@quarterdeck/client';
import { type Command, Option } from 'commander';
import { wholeNumber } from '../arguments.js';
import { byAttention } from '../attention.js';
import { contextOf } from '../context.js';
import { SESSION_COLUMNS, sessionRow } from '../session-rows.js';

/** Rows that the server gives at once. */
const PAGE = 50;

interface LsOptions {
  readonly state?: SessionView['state'];
  readonly program?: string;
  readonly all?: true;
  readonly archived?: true;
  readonly limit: number;
}

export function addLs(program: Command): void {
  program
    .command('ls')
    .description('List the sessions of the fleet, those that need you first')
    .addOption(new Option('--state <state>', 'only these').choices(['working', 'blocked', 'pinned', 'complete']))
    .option('--program <id>', 'only those of one program')
    .option('-a, --all', 'ended ones as well')
    .option('--archived', 'archived ones as well')
    .option('-n, --limit <count>', 'at most this many', wholeNumber, 100)
    .action(async (options: LsOptions, command: Command) => {
      const { overseer, output } = contextOf(command);
      const sessions: SessionView[] = [];
      const wantsEnded = options.all || options.archived || options.state === 'complete';
      let pageToken: string | undefined;
      do {
        const page = await overseer.listSessions({
          state: options.state ?? 'all',
          limit: Math.min(PAGE, options.limit - sessions.length),
          includeArchived: options.archived ?? false,
          ...(options.program === undefined ? {} : { programId: options.program }),
          ...(pageToken === undefined ? {} : { pageToken }),
        });
        // Live sessions come first: the first that has ended is the end of them.
        const shown = wantsEnded ? page.sessions : page.sessions.filter(({ state }) => state !== 'complete');
        sessions.push(...shown);
        pageToken = shown.length < page.sessions.length ? undefined : page.nextPageToken;
      } while (pageToken !== undefined && sessions.length < options.limit);
      if (output.json) return output.value(sessions);
      if (sessions.length === 0)
        return output.line(wantsEnded ? 'No sessions.' : 'No live sessions. "quarterdeck ls --all" shows ended ones.');
      output.table(
        SESSION_COLUMNS,
        byAttention(sessions).map((one) => sessionRow(one, output.colours, overseer.serverNow())),
      );
    });
}
