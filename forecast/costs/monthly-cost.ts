import { limits } from '@quarterdeck/contract';
import { type Counts, sumOf } from './counts.js';
import { dollarsFor, PRICES } from './prices.js';
import { SITUATION_COUNTS as OF } from './situation-counts.js';

/** What a fleet does, and how it is watched. */
export interface Assumptions {
  /** Live sessions, all of one account, one of each agent, day and night. */
  readonly agents: number;
  /** Seconds between the beats of an agent. */
  readonly beatSeconds: number;
  /** True: sessions announce that interval, and are stale after 1.5 of them. */
  readonly announcesInterval: boolean;
  /** True: each beat asks what waits for its agent. */
  readonly asksForInbox: boolean;
  /** By the security rules, without a function: see docs/listeners.md. */
  readonly beatsDirectly: boolean;
  readonly sessionsPerAgentAndDay: number;
  /** Beside start and end. */
  readonly stateChangesPerSession: number;
  /** Instances of functions that serve agents. */
  readonly instances: number;
  /** Characters of an answer on the wire, its headers included. */
  readonly answerBytes: number;
  readonly viewers: number;
  readonly hoursWatchedPerDay: number;
  /** How often a viewer opens the dashboard anew, after more than half an hour away. */
  readonly opensPerDay: number;
}

export const DEFAULT_ASSUMPTIONS: Assumptions = {
  agents: 1000,
  beatSeconds: 60,
  announcesInterval: false,
  asksForInbox: false,
  beatsDirectly: false,
  sessionsPerAgentAndDay: 4,
  stateChangesPerSession: 4,
  instances: 2,
  answerBytes: 1000,
  viewers: 1,
  hoursWatchedPerDay: 8,
  opensPerDay: 4,
};

export const DAYS = 30;
const MINUTES = DAYS * 24 * 60;
const SECONDS = MINUTES * 60;

/** Cloud Run bills the time in which an instance has a request, in steps of this. A beat takes less. */
const BILLED_MS = 100;
/** Of a beat, with an API key: bench/README.md says how it is measured. */
export const BEAT_CPU_MS = 2.2;
/** A visit: reading, deciding and writing the fleet took 140 ms for 1,000 sessions, on the emulator. */
const VISIT_MS_PER_SESSION = 0.14;
/** Cloud Run adds an instance before the processor of those that are there is used by more than this share. */
const BUSY_SHARE = 0.6;
/** As functions/src/entries/options.ts says. */
const INSTANCE = { vcpus: 1, gib: 0.5 } as const;
/** A message is published once and pushed to each subscriber; each counts as so many bytes at least. */
const MESSAGE_BYTES = 1000;
const SUBSCRIBERS_OF_EVENTS = 2;
/** Live sessions that an instance remembers, as functions/src/store/sessions.ts says; with more, each comes back too late, and a beat reads its session. */
const REMEMBERED_SESSIONS = 20_000;
/** The same of keys, principals and accounts: functions/src/store/trusted-memory.ts. */
const REMEMBERED_CREDENTIALS = 50_000;
/** Listeners of an open page: the account, live sessions, ended ones, the fleet and the person; each reads the principal once. */
export const DASHBOARD_LISTENERS = 5;
/** Ended sessions that the page shows at the most. */
const DASHBOARD_ENDED_MAX = 50;

/** One thing that is paid for. */
export interface Line {
  readonly name: string;
  readonly reads: number;
  readonly writes: number;
  readonly deletes: number;
  readonly invocations: number;
  /** Seconds in which instances are billed. */
  readonly instanceSeconds: number;
  readonly messages: number;
  readonly egressGigabytes: number;
}

/** In dollars. */
export interface Dollars {
  readonly firestore: number;
  readonly functions: number;
  readonly messages: number;
  readonly egress: number;
  readonly all: number;
}

/** Reads, writes and deletes of documents, in dollars. */
export function dollarsOfDocuments(counts: Pick<Counts, 'reads' | 'writes' | 'deletes' | 'counts'>): number {
  return (
    dollarsFor(PRICES.reads, (counts.reads ?? 0) + (counts.counts ?? 0)) +
    dollarsFor(PRICES.writes, counts.writes ?? 0) +
    dollarsFor(PRICES.deletes, counts.deletes ?? 0)
  );
}

export function dollarsOf(line: Line): Dollars {
  const firestore = dollarsOfDocuments(line);
  const functions =
    dollarsFor(PRICES.invocations, line.invocations) +
    dollarsFor(PRICES.vcpuSeconds, line.instanceSeconds * INSTANCE.vcpus) +
    dollarsFor(PRICES.gibSeconds, line.instanceSeconds * INSTANCE.gib);
  const messages = dollarsFor(PRICES.messageTebibytes, (line.messages * MESSAGE_BYTES) / 2 ** 40);
  const egress = dollarsFor(PRICES.egressGigabytes, line.egressGigabytes);
  return { firestore, functions, messages, egress, all: firestore + functions + messages + egress };
}

export function totalOf(name: string, lines: readonly Line[]): Line {
  const sum = (of: (line: Line) => number) => lines.reduce((total, line) => total + of(line), 0);
  return {
    name,
    reads: sum((line) => line.reads),
    writes: sum((line) => line.writes),
    deletes: sum((line) => line.deletes),
    invocations: sum((line) => line.invocations),
    instanceSeconds: sum((line) => line.instanceSeconds),
    messages: sum((line) => line.messages),
    egressGigabytes: sum((line) => line.egressGigabytes),
  };
}

/**
 * Seconds a month in which instances of one function are billed: those with a request, when requests come by chance. However little of the processor they
 * need, a function that is called often is billed for an instance all the time.
 * @param cpuMs that one call needs of the processor; beyond what one instance has, there are more of them
 */
export function instanceSeconds(calls: number, billedMs: number, cpuMs = 0): number {
  const oneInstance = SECONDS * (1 - Math.exp((-calls * billedMs) / 1000 / SECONDS));
  return Math.max(oneInstance, (calls * cpuMs) / 1000 / BUSY_SHARE);
}

/** Minutes between two visits to an account whose agents all beat. `forecast/sweep/simulate.test.ts` holds it against the sweep itself. */
export function minutesBetweenVisits({
  agents,
  beatSeconds,
  announcesInterval,
}: Pick<Assumptions, 'agents' | 'beatSeconds' | 'announcesInterval'>): number {
  const share = Math.min(1, agents / limits.SWEEP_SLOWEST_FROM_SESSIONS);
  const regular = Math.max(limits.SWEEP_EVERY_MIN_MINUTES, limits.SWEEP_EVERY_MAX_MINUTES * share);
  const beatMinutes = beatSeconds / 60;
  const staleAfter = announcesInterval
    ? beatMinutes * limits.STALE_AFTER_INTERVALS
    : limits.STALE_AFTER_DEFAULT_MINUTES;
  // Of many agents one has beaten nearly an interval ago: it is the next that could turn stale. The visit comes with the minute after that.
  const untilNextStale = Math.floor(Math.max(0, staleAfter - beatMinutes)) + 1;
  return Math.min(Math.ceil(regular), untilNextStale);
}

/** What a month of an account costs, without those who watch. */
export function accountLines(assumptions: Assumptions): readonly Line[] {
  const { agents, beatSeconds, sessionsPerAgentAndDay, stateChangesPerSession, instances } = assumptions;
  const beats = (agents * SECONDS) / beatSeconds;
  const sessions = agents * sessionsPerAgentAndDay * DAYS;
  const changes = sessions * stateChangesPerSession;
  const minutes = minutesBetweenVisits(assumptions);
  const visits = MINUTES / minutes;
  const lifecycleCalls = sessions * 2 + changes;
  const lifecycle = sumOf([
    [sessions, OF.start],
    [sessions, OF.end],
    [changes, OF.stateChange],
  ]);
  const { events } = lifecycle;
  return [
    beatLine(assumptions, beats, lifecycleCalls),
    lineOf('starts, changes of state, ends', lifecycle, {
      invocations: lifecycleCalls,
      egressGigabytes: (lifecycleCalls * assumptions.answerBytes) / 1e9,
    }),
    lineOf(
      'handing on their events, and forgetting them after 30 days',
      sumOf([
        [events, OF.publishedEvent],
        [events, OF.unwantedEvent],
        [events, OF.unwantedAlert],
        [events, { deletes: 1 }],
      ]),
      {
        invocations: events * (1 + SUBSCRIBERS_OF_EVENTS),
        instanceSeconds: instanceSeconds(events, BILLED_MS) * (1 + SUBSCRIBERS_OF_EVENTS),
        messages: events * (1 + SUBSCRIBERS_OF_EVENTS),
      },
    ),
    lineOf(
      `visits, one every ${minutes} min`,
      sumOf([
        [visits, OF.visit],
        [visits * agents, OF.visitedSession],
        [DAYS * 24, OF.decayLook],
        // The minute's query finds the account, and the message asks for the visit.
        [visits, { reads: 1 }],
      ]),
      {
        invocations: visits,
        instanceSeconds: instanceSeconds(visits, BILLED_MS + agents * VISIT_MS_PER_SESSION),
        messages: visits * 2,
      },
    ),
    lineOf(
      'archiving what has ended',
      sumOf([
        [sessions, OF.archivedSession],
        [Math.min(visits, sessions), OF.archiving],
        // For the fleet, each visit reads what ended since two minutes before the last.
        [sessions * (1 + 2 / minutes), { reads: 1 }],
      ]),
    ),
    lineOf(
      'knowing keys and sessions',
      sumOf([
        [instances * MINUTES * 2, OF.invalidations],
        [agents * DAYS * 4, OF.coldSession],
        [agents * DAYS, OF.firstCallOfDay],
      ]),
    ),
  ];
}

/** Beats and the other calls of agents share their instances: those are counted here. */
function beatLine(assumptions: Assumptions, beats: number, otherCalls: number): Line {
  const { agents, asksForInbox, beatsDirectly, answerBytes } = assumptions;
  if (beatsDirectly) {
    const direct = sumOf([[beats, { reads: 1, writes: 1 }]]);
    return lineOf('beats, by the security rules', direct, { instanceSeconds: instanceSeconds(otherCalls, BILLED_MS) });
  }
  const forgotten = Number(agents > REMEMBERED_SESSIONS) + Number(agents > REMEMBERED_CREDENTIALS);
  const counts = sumOf([
    [beats, asksForInbox ? OF.askingBeat : OF.beat],
    [beats * forgotten, { reads: 1 }],
  ]);
  return lineOf('beats', counts, {
    invocations: beats,
    instanceSeconds: instanceSeconds(beats + otherCalls, BILLED_MS, BEAT_CPU_MS),
    egressGigabytes: (beats * answerBytes) / 1e9,
  });
}

/** What it costs that somebody looks at the fleet of an account: opening the dashboard, and having it open. */
export function viewerLines(assumptions: Assumptions): readonly Line[] {
  const { agents, viewers, hoursWatchedPerDay, opensPerDay, beatSeconds } = assumptions;
  const { sessionsPerAgentAndDay, stateChangesPerSession } = assumptions;
  const opens = viewers * opensPerDay * DAYS;
  const hours = viewers * hoursWatchedPerDay * DAYS;
  const sessionsPerHour = (agents * sessionsPerAgentAndDay) / 24;
  const waitingForArchive = Math.min(DASHBOARD_ENDED_MAX, sessionsPerHour);
  const heardPerHour = sumOf([
    [(agents * 3600) / beatSeconds, OF.beat],
    [60 / minutesBetweenVisits(assumptions), OF.visit],
    [sessionsPerHour, OF.start],
    [sessionsPerHour, OF.end],
    [sessionsPerHour * stateChangesPerSession, OF.stateChange],
    [sessionsPerHour, OF.archivedSession],
  ]).heard;
  return [
    lineOf('opening the dashboard', {
      // The account, the person and the fleet, which is one document for each 2,000 programs.
      reads: opens * (agents + waitingForArchive + 2 + fleetDocuments(agents) + DASHBOARD_LISTENERS),
    }),
    lineOf('having it open', { reads: hours * heardPerHour }),
  ];
}

/** What a deployment costs that nobody uses: its two schedules. */
export function idleLines(): readonly Line[] {
  return [
    lineOf(
      'two schedules, each minute',
      sumOf([
        [MINUTES, OF.sweepTick],
        [MINUTES, OF.retryTick],
      ]),
      { invocations: 2 * MINUTES, instanceSeconds: 2 * instanceSeconds(MINUTES, BILLED_MS) },
    ),
  ];
}

/** Reads and writes of something that happens so often a month, with the events that it causes. */
export function happening(name: string, times: number, calls: number, parts: readonly Counts[], forgotten = 0): Line {
  const counts = sumOf(parts.map((part) => [times, part] as const));
  const { events } = counts;
  const handed = sumOf([
    [events, OF.unwantedEvent],
    [events, { deletes: 1 }],
    [times, { deletes: forgotten }],
  ]);
  const invocations = times * calls + events * (1 + SUBSCRIBERS_OF_EVENTS);
  return lineOf(
    name,
    sumOf([
      [1, counts],
      [1, handed],
    ]),
    {
      invocations,
      instanceSeconds: (invocations * BILLED_MS) / 1000,
      messages: counts.messages * 2 + events * (1 + SUBSCRIBERS_OF_EVENTS),
    },
  );
}

export function fleetDocuments(programs: number): number {
  return Math.max(1, Math.ceil(programs / limits.FLEET_ROWS_PER_DOCUMENT));
}

function lineOf(
  name: string,
  counts: Counts,
  rest: Partial<Pick<Line, 'invocations' | 'instanceSeconds' | 'messages' | 'egressGigabytes'>> = {},
): Line {
  return {
    name,
    reads: (counts.reads ?? 0) + (counts.counts ?? 0),
    writes: counts.writes ?? 0,
    deletes: counts.deletes ?? 0,
    invocations: 0,
    instanceSeconds: 0,
    messages: 0,
    egressGigabytes: 0,
    ...rest,
  };
}
