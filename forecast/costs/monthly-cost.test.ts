import {
  type Assumptions,
  accountLines,
  DEFAULT_ASSUMPTIONS,
  dollarsOf,
  dollarsOfDocuments,
  happening,
  idleLines,
  instanceSeconds,
  minutesBetweenVisits,
  totalOf,
  viewerLines,
} from './monthly-cost.js';

const MONTH_SECONDS = 30 * 24 * 3600;

function costOf(fields: Partial<Assumptions>) {
  return dollarsOf(totalOf('', accountLines({ ...DEFAULT_ASSUMPTIONS, ...fields })));
}

test('documents cost their list price, and an aggregation that of a read', () => {
  expect(dollarsOfDocuments({ reads: 100_000 })).toBeCloseTo(0.03);
  expect(dollarsOfDocuments({ counts: 100_000 })).toBeCloseTo(0.03);
  expect(dollarsOfDocuments({ writes: 100_000 })).toBeCloseTo(0.09);
  expect(dollarsOfDocuments({ deletes: 100_000 })).toBeCloseTo(0.01);
});

test('1,000 agents that beat once a minute for 30 days cost at most $40 of Firestore', () => {
  const { firestore } = costOf({ agents: 1000, beatSeconds: 60, sessionsPerAgentAndDay: 0 });
  expect(firestore).toBeLessThanOrEqual(40);
  // Their beats alone are 43.2 million writes.
  expect(firestore).toBeGreaterThan(38.88);
});

test.each<[what: string, dollars: number, fields: Partial<Assumptions>]>([
  ['with four sessions a day each', 42.3, { sessionsPerAgentAndDay: 4 }],
  ['when they announce their interval', 52.1, { sessionsPerAgentAndDay: 0, announcesInterval: true }],
  ['when each beat asks for the inbox', 65.8, { sessionsPerAgentAndDay: 0, asksForInbox: true }],
  ['when they beat by the security rules', 52.8, { sessionsPerAgentAndDay: 0, beatsDirectly: true }],
  ['when they beat every five minutes', 9.0, { sessionsPerAgentAndDay: 0, beatSeconds: 300 }],
])('%s, they cost some $%d of it', (_what, dollars, fields) => {
  expect(Math.abs(costOf(fields).firestore - dollars)).toBeLessThan(0.2);
});

test.each<[agents: number, beatSeconds: number, announcesInterval: boolean, minutes: number]>([
  [1, 60, false, 5],
  [500, 60, false, 8],
  [1000, 60, false, 15],
  [100_000, 60, false, 15],
  [1000, 300, false, 11],
  [1000, 60, true, 1],
  [1000, 300, true, 3],
  [10, 3600, true, 5],
])(
  '%d agents that beat every %d s, announced: %s, are visited every %d minutes',
  (agents, beatSeconds, announcesInterval, minutes) => {
    expect(minutesBetweenVisits({ agents, beatSeconds, announcesInterval })).toBe(minutes);
  },
);

test.each<[calls: number, cpuMs: number, share: number]>([
  // Seldom: each call by itself is billed for a tenth of a second.
  [1000, 1, 100 / MONTH_SECONDS],
  // A thousand agents that beat once a minute keep an instance billed for four fifths of the time.
  [43_200_000, 1.6, 0.811],
  // A million need 74 of them for their processors.
  [43_200_000_000, 1.6, 44.4],
])('%d calls a month of %d ms keep so many instances billed', (calls, cpuMs, share) => {
  const billed = instanceSeconds(calls, 100, cpuMs) / MONTH_SECONDS;
  expect(billed / share).toBeCloseTo(1, 2);
});

test('a beat by the security rules costs no invocation', () => {
  const [beats] = accountLines({ ...DEFAULT_ASSUMPTIONS, beatsDirectly: true });
  expect(beats).toMatchObject({ invocations: 0, reads: 43_200_000, writes: 43_200_000 });
});

test.each([
  [20_000, 0],
  [20_001, 1],
  [50_001, 2],
])(
  'a beat of one of %d agents reads %d documents: an instance remembers so many sessions and keys',
  (agents, reads) => {
    const [beats] = accountLines({ ...DEFAULT_ASSUMPTIONS, agents });
    expect((beats?.reads ?? 0) / (beats?.writes ?? 1)).toBe(reads);
  },
);

test('a viewer of 1,000 agents pays a read for each when the dashboard opens, and one for each beat after that', () => {
  const quiet = { ...DEFAULT_ASSUMPTIONS, sessionsPerAgentAndDay: 0, hoursWatchedPerDay: 1, opensPerDay: 1 };
  const [opening, open] = viewerLines(quiet);
  expect(opening?.reads).toBe(30 * (1000 + 3 + 5));
  // Four visits an hour, each of which writes the account and the fleet.
  expect(open?.reads).toBe(30 * (60 * 1000 + 4 * 2));
});

test('twice the viewers read twice as much', () => {
  const reads = (viewers: number) => totalOf('', viewerLines({ ...DEFAULT_ASSUMPTIONS, viewers })).reads;
  expect(reads(2)).toBe(2 * reads(1));
});

test('a deployment that nobody uses reads two documents a minute', () => {
  expect(totalOf('', idleLines())).toMatchObject({ reads: 2 * 43_200, writes: 0, deletes: 0, invocations: 86_400 });
});

test('what happens brings the hand-on of its events with it, and their deletion', () => {
  const line = happening('x', 10, 1, [{ writes: 2, events: 1 }], 1);
  expect(line).toMatchObject({ reads: 10, writes: 20, deletes: 20, invocations: 40, messages: 30 });
});
