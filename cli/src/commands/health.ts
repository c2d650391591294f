import type { Command } from 'commander';
import { seconds } from '../arguments.js';
import { contextOf } from '../context.js';

export function addHealth(program: Command): void {
  program
    .command('health')
    .description('Show every program; exit code 1 when one is stale, for cron and CI')
    .option('--max-age <seconds>', 'recompute when the figures are older', seconds)
    .action(async ({ maxAge }: { maxAge?: number }, command: Command) => {
      const { overseer, output } = contextOf(command);
      const health = await overseer.getFleetHealth(maxAge === undefined ? {} : { maxAgeSeconds: maxAge });
      const { programs, summary, computedAt } = health;
      if (summary.stale > 0) process.exitCode = 1;
      if (output.json) return output.value({ programs, summary, computedAt });
      const { colours } = output;
      const paints = { healthy: colours.green, stale: colours.yellow, offline: colours.dim };
      output.table(
        [
          { title: 'PROGRAM' },
          { title: 'HEALTH' },
          { title: 'STATE' },
          { title: 'BEAT', align: 'right' },
          { title: 'SESSIONS', align: 'right' },
          { title: '' },
        ],
        programs.map((one) => [
          { text: one.programId },
          { text: one.health, paint: paints[one.health] },
          { text: one.state },
          { text: one.heartbeatAge ?? 'never' },
          { text: String(one.activeSessions) },
          { text: one.handoffRequired ? 'handoff' : '', paint: colours.yellow },
        ]),
      );
      const { healthy, stale, offline, blocked } = summary;
      output.line(`\n${healthy} healthy, ${stale} stale, ${offline} offline, ${blocked} blocked, as of ${computedAt}`);
    });
}
