import { DEFAULT_THRESHOLDS, deadAt, type EndedSession } from '@quarterdeck/contract';
import type { Clock, FleetStore, Ports, SweepStore, TaskStore } from '../../functions/src/operations/ports.js';
import { requestSweeps } from '../../functions/src/operations/request-sweeps.js';
import { sweepAccount } from '../../functions/src/operations/sweep-account.js';
import { type Agent, agentNumberOf, agentsOf, endedSessionOf, goOn, type Scenario } from './agents.js';

const TICK_MS = 60_000;
/** A Monday morning. */
export const SIMULATION_START = Date.UTC(2026, 2, 2, 10);

/** What a visit needs of the world. There are no tasks, and no program states to forget anything of. */
export interface SweepPorts {
  readonly clock: Clock;
  readonly sweeps: SweepStore;
  readonly fleets: Pick<FleetStore, 'read' | 'basis' | 'write' | 'addPoint'>;
  readonly tasks: Pick<TaskStore, 'open'>;
}

export interface StageCost {
  readonly reads: number;
  readonly writes: number;
  readonly deletes: number;
}

/** Where a simulation takes place: in memory, or on a Firestore. */
export interface Stage {
  readonly ports: SweepPorts;
  setNow(now: number): void;
  /** What agents have said until now is in the documents of an account before it is visited. @param ended sessions that are over */
  hear(account: string, ended: readonly EndedSession[]): Promise<void>;
  /** What the sweep has cost since the last look. */
  cost(): StageCost;
}

/** How late something was noticed, in seconds. */
export interface Lag {
  readonly times: number;
  readonly median: number;
  readonly p99: number;
  readonly max: number;
}

export interface SimulationReport extends StageCost {
  readonly visits: number;
  /** Sessions read by all visits. */
  readonly sessionsVisited: number;
  /** In the busiest minute. */
  readonly mostVisitsAMinute: number;
  readonly mostSessionsAMinute: number;
  /** From the moment a session is stale to the visit that says so. */
  readonly stale: Lag;
  /** From the moment it is dead to the visit that ends it. */
  readonly dead: Lag;
  readonly recovered: number;
  /** Hours that were simulated. */
  readonly hours: number;
}

/** Agents and the moments of the first visits, which are spread over the first five minutes. */
export function cast(scenario: Scenario): { agents: Agent[][]; firstVisits: Date[] } {
  const agents = agentsOf(scenario, SIMULATION_START);
  const firstVisits = agents.map((_, index) => new Date(SIMULATION_START + (1 + (index % 5)) * TICK_MS));
  return { agents, firstVisits };
}

/**
 * Plays the schedule, minute by minute, with the code that is deployed: `requestSweeps` and `sweepAccount`. A visit takes no time; one that comes late because
 * instances are busy is not simulated.
 */
export async function simulate(
  scenario: Scenario,
  agents: readonly (readonly Agent[])[],
  stage: Stage,
): Promise<SimulationReport> {
  const noticed = { stale: [] as number[], dead: [] as number[], recovered: 0 };
  const ports = observed(stage.ports, agents, noticed);
  const sum = { reads: 0, writes: 0, deletes: 0, visits: 0, sessionsVisited: 0 };
  let mostVisitsAMinute = 0;
  let mostSessionsAMinute = 0;
  const end = SIMULATION_START + scenario.hours * 3_600_000;
  for (let now = SIMULATION_START; now <= end; now += TICK_MS) {
    stage.setNow(now);
    const due: string[] = [];
    const bus: Ports['bus'] = {
      publish: async (_topic, json) => void due.push((json as { account: string }).account),
    };
    await requestSweeps({ ...ports, bus });
    addTo(sum, stage.cost());
    let sessions = 0;
    for (const account of due) {
      const own = agents[Number(account)] ?? [];
      const ended = own.flatMap((agent) =>
        goOn(agent, scenario, now).ended.map((one) => endedSessionOf(agent, scenario, one)),
      );
      await stage.hear(account, ended);
      stage.cost();
      const report = await sweepAccount(account, ports);
      addTo(sum, stage.cost());
      sessions += report.live + report.ended;
    }
    sum.visits += due.length;
    sum.sessionsVisited += sessions;
    mostVisitsAMinute = Math.max(mostVisitsAMinute, due.length);
    mostSessionsAMinute = Math.max(mostSessionsAMinute, sessions);
  }
  return {
    ...sum,
    mostVisitsAMinute,
    mostSessionsAMinute,
    stale: lagOf(noticed.stale),
    dead: lagOf(noticed.dead),
    recovered: noticed.recovered,
    hours: scenario.hours,
  };
}

/** The same ports, and what they are told is noted. */
function observed(
  ports: SweepPorts,
  agents: readonly (readonly Agent[])[],
  noticed: { stale: number[]; dead: number[]; recovered: number },
): Ports {
  const { sweeps, clock } = ports;
  const observing: SweepStore = {
    dueAccounts: (now) => sweeps.dueAccounts(now),
    account: (account) => sweeps.account(account),
    live: (account) => sweeps.live(account),
    decayDue: (account, now) => sweeps.decayDue(account, now),
    archive: (...args) => sweeps.archive(...args),
    schedule: (...args) => sweeps.schedule(...args),
    mark: async (account, swept, staleSince, event, now) => {
      const isMarked = await sweeps.mark(account, swept, staleSince, event, now);
      if (isMarked && staleSince === null) noticed.recovered++;
      if (isMarked && staleSince !== null) noticed.stale.push(now.getTime() - staleSince.getTime());
      return isMarked;
    },
    end: async (account, swept, change) => {
      const isEnded = await sweeps.end(account, swept, change);
      const due = deadAt(swept.session, DEFAULT_THRESHOLDS);
      if (isEnded && due !== null) noticed.dead.push(clock.now().getTime() - due.getTime());
      const gone = agents[Number(account)]?.[agentNumberOf(swept.session.sessionId) ?? -1];
      if (isEnded && gone !== undefined) gone.isGone = true;
      return isEnded;
    },
  };
  // A visit asks for nothing else while there are no tasks to settle and no patterns to forget; if it did, it would fail loudly.
  return { ...ports, sweeps: observing } as unknown as Ports;
}

function addTo(sum: { reads: number; writes: number; deletes: number }, cost: StageCost): void {
  sum.reads += cost.reads;
  sum.writes += cost.writes;
  sum.deletes += cost.deletes;
}

function lagOf(times: number[]): Lag {
  const sorted = times.sort((a, b) => a - b);
  const at = (share: number) => (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0) / 1000;
  return { times: sorted.length, median: at(0.5), p99: at(0.99), max: at(1) };
}
