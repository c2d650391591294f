import { DEFAULT_ASSUMPTIONS, minutesBetweenVisits } from '../costs/monthly-cost.js';
import { agentsOf, goOn, lastSignOfLifeOf, type Scenario } from './agents.js';
import { DEFAULT_SCENARIO, simulateInMemory } from './report.js';
import { SIMULATION_START } from './simulate.js';

const scenario = (fields: Partial<Scenario>): Scenario => ({
  ...DEFAULT_SCENARIO,
  sessions: 1000,
  accounts: 1,
  silentShare: 0,
  ...fields,
});

test('1,000 sessions that go on are visited every 15 minutes, at a read for each and five beside', async () => {
  const report = await simulateInMemory(scenario({ hours: 3 }));
  // The first visit reads the programs too; each minute asks for what is due, each hour for what has decayed.
  expect(report).toMatchObject({ visits: 12, sessionsVisited: 12_000, mostVisitsAMinute: 1, writes: 12 * 3 });
  expect(report.reads).toBe(12 * 1005 + 1000 + 181 + 3);
  expect([report.stale.times, report.dead.times, report.deletes]).toEqual([0, 0, 0]);
});

test('every silence is told within a minute of its moment, whatever the size of the account', async () => {
  for (const accounts of [1, 10]) {
    const { stale, dead } = await simulateInMemory(scenario({ sessions: 500, accounts, silentShare: 0.1 }));
    expect(stale.times).toBeGreaterThan(20);
    expect(dead.times).toBeGreaterThan(10);
    expect(Math.max(stale.max, dead.max)).toBeLessThanOrEqual(60);
  }
});

test('a silent session costs at most two visits, and its marks and its end', async () => {
  const quiet = await simulateInMemory(scenario({}));
  const report = await simulateInMemory(scenario({ silentShare: 0.01 }));
  const silences = report.stale.times + report.dead.times;
  expect(report.visits).toBeLessThanOrEqual(quiet.visits + silences);
  // A mark is two writes, an end three, a visit three.
  expect(report.writes).toBe(report.visits * 3 + (report.stale.times + report.recovered) * 2 + report.dead.times * 3);
});

test.each<[agents: number, beatSeconds: number, announcesInterval: boolean]>([
  [100, 60, false],
  [500, 60, false],
  [1000, 60, false],
  [1000, 300, false],
  [300, 60, true],
  [300, 300, true],
])(
  '%d agents that beat every %d s, announced: %s, are visited as the monthly cost assumes',
  async (agents, beatSeconds, announcesInterval) => {
    const hours = 2;
    const { visits } = await simulateInMemory(scenario({ sessions: agents, beatSeconds, announcesInterval, hours }));
    const assumed = minutesBetweenVisits({ ...DEFAULT_ASSUMPTIONS, agents, beatSeconds, announcesInterval });
    expect(Math.abs(visits - (hours * 60) / assumed)).toBeLessThanOrEqual(1);
  },
);

test('sessions that end make no visit come sooner while others live, and are archived by the next', async () => {
  const lasting = await simulateInMemory(scenario({ hours: 4 }));
  const ending = await simulateInMemory(scenario({ hours: 4, sessionHours: 2 }));
  expect(ending.visits).toBe(lasting.visits);
  // Those that ended more than an hour and a visit's time before the end: a write each.
  const archived = ending.writes - lasting.writes;
  const ended = agentsOf(scenario({ hours: 4, sessionHours: 2 }), SIMULATION_START).flat();
  const due = (minutes: number) =>
    ended.reduce((sum, agent) => {
      const copy = { ...agent };
      return (
        sum + goOn(copy, scenario({ sessionHours: 2 }), SIMULATION_START + (4 * 60 - minutes) * 60_000).ended.length
      );
    }, 0);
  expect(archived).toBeGreaterThanOrEqual(due(75));
  expect(archived).toBeLessThanOrEqual(due(60));
});

test('a larger fleet in more accounts has the same visits for each of them', async () => {
  const one = await simulateInMemory(scenario({ sessions: 50 }));
  const ten = await simulateInMemory(scenario({ sessions: 500, accounts: 10 }));
  expect(ten.visits / 10).toBeCloseTo(one.visits, 0);
});

describe('an agent', () => {
  const talks = scenario({ beatSeconds: 60 });
  const [one] = agentsOf(scenario({ sessions: 1 }), SIMULATION_START).flat();
  const agent = { ...(one as NonNullable<typeof one>), phaseMs: 10_000, startedAt: SIMULATION_START };
  const at = (seconds: number) => SIMULATION_START + seconds * 1000;
  test.each<[what: string, silentFrom: number, silentUntil: number, now: number, seen: number]>([
    ['has begun', Infinity, Infinity, 5, 0],
    ['beats in its phase', Infinity, Infinity, 69, 10],
    ['beats again', Infinity, Infinity, 70, 70],
    ['is silent from a moment on', 65, Infinity, 999, 10],
    ['does not beat in that moment', 70, Infinity, 999, 10],
    ['is silent until another', 65, 200, 249, 10],
    ['then beats in its phase', 65, 200, 250, 250],
  ])('%s', (_what, silentFrom, silentUntil, now, seen) => {
    const silent = { ...agent, silentFrom: at(silentFrom), silentUntil: at(silentUntil) };
    expect(lastSignOfLifeOf(silent, talks, at(now))).toBe(at(seen));
  });
});
