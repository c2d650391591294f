import { limits } from '@quarterdeck/contract';
import { dollarsOfDocuments } from '../costs/monthly-cost.js';
import type { Scenario } from './agents.js';
import { MemoryStage } from './memory-stage.js';
import { cast, type Lag, type SimulationReport, simulate } from './simulate.js';

export const DEFAULT_SCENARIO: Scenario = {
  sessions: 1_000_000,
  accounts: 1_000,
  beatSeconds: 60,
  announcesInterval: false,
  sessionHours: 0,
  silentShare: 0.001,
  hours: 1.5,
  seed: 1,
};

/** Simulates in memory. */
export async function simulateInMemory(scenario: Scenario): Promise<SimulationReport & { fleetCharacters: number }> {
  const { agents, firstVisits } = cast(scenario);
  const stage = new MemoryStage(scenario, agents, firstVisits);
  const report = await simulate(scenario, agents, stage);
  return { ...report, fleetCharacters: stage.fleetCharacters() };
}

/** What `npm run simulate` prints. */
export async function printedSimulation(scenario: Scenario): Promise<string> {
  const usedBefore = process.cpuUsage();
  const report = await simulateInMemory(scenario);
  const used = process.cpuUsage(usedBefore);
  const cpuMicros = used.user + used.system;
  const monthly = (count: number) => (count / report.hours) * 24 * 30;
  const dollars = dollarsOfDocuments({ reads: monthly(report.reads), writes: monthly(report.writes) });
  const rows: readonly (readonly [string, string])[] = [
    ['sessions, accounts', `${whole(scenario.sessions)} in ${whole(scenario.accounts)}`],
    [
      'agents',
      `beat every ${scenario.beatSeconds} s${scenario.announcesInterval ? ', which they announce' : ''}; ${
        scenario.sessionHours === 0 ? 'their sessions last' : `a session takes ${scenario.sessionHours} h`
      }; ${scenario.silentShare * 100} % fall silent`,
    ],
    ['simulated', `${report.hours} h`],
    [
      'visits',
      `${whole(report.visits)}, ${(report.visits / scenario.accounts / report.hours).toFixed(1)} an hour and account`,
    ],
    ['busiest minute', `${whole(report.mostVisitsAMinute)} visits of ${whole(report.mostSessionsAMinute)} sessions`],
    ['reads', `${whole(report.reads)}, ${perSession(report.reads, scenario, report)} an hour and session`],
    ['writes', `${whole(report.writes)}, ${perSession(report.writes, scenario, report)} an hour and session`],
    ['deletes', whole(report.deletes)],
    [
      'Firestore a month',
      `$${dollars.toFixed(2)}, $${((dollars / scenario.sessions) * 1000).toFixed(2)} for 1,000 sessions`,
    ],
    ['stale is told after', said(report.stale)],
    ['dead is told after', said(report.dead)],
    ['recovered', `${whole(report.recovered)} times`],
    [
      'fleet document',
      `${whole(report.fleetCharacters)} characters, of ${whole(limits.FLEET_ROWS_PER_DOCUMENT)} programs at the most`,
    ],
    [
      'processor',
      `${(cpuMicros / report.sessionsVisited).toFixed(1)} µs a visited session, all of the simulation included`,
    ],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join('\n');
}

function said({ times, median, p99, max }: Lag): string {
  return times === 0 ? 'nobody was' : `median ${median} s, p99 ${p99} s, at most ${max} s (${whole(times)} times)`;
}

function perSession(count: number, { sessions }: Scenario, { hours }: SimulationReport): string {
  return (count / sessions / hours).toFixed(2);
}

function whole(count: number): string {
  return Math.round(count).toLocaleString('en-US');
}
