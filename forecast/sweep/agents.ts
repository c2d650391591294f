import { type EndedSession, type LiveSession, lifecycleOfOutcome, UNREPORTED } from '@quarterdeck/contract';

/** What a fleet of agents does, in words of a simulation. */
export interface Scenario {
  /** Live sessions at the start: one of each agent. */
  readonly sessions: number;
  /** They are spread evenly over so many accounts. */
  readonly accounts: number;
  /** Seconds between the beats of an agent. */
  readonly beatSeconds: number;
  /** True: each session announces that interval, and is stale after 1.5 of them; false: after the account's 15 minutes. */
  readonly announcesInterval: boolean;
  /** Hours after which a session ends by itself and its agent begins another; 0: sessions last. */
  readonly sessionHours: number;
  /** Share of the agents that fall silent, each once, from 0 to 1. Half of them speak again before they are dead. */
  readonly silentShare: number;
  /** Hours that are simulated. */
  readonly hours: number;
  readonly seed: number;
}

/** The length of a silence after which a session is dead, with the thresholds of an account that has set nothing. */
const DEAD_AFTER_MS = 65 * 60_000;
/** Time for the last visit that matters to come. */
const AFTERMATH_MS = 5 * 60_000;

/** One agent and its session of the moment. All moments are milliseconds since 1970. */
export interface Agent {
  readonly account: number;
  /** Within its account. */
  readonly number: number;
  /** Between 0 and the interval: when it beats. */
  readonly phaseMs: number;
  /** Infinity: it never falls silent. */
  readonly silentFrom: number;
  readonly silentUntil: number;
  /** Counts its sessions, from 0. */
  session: number;
  startedAt: number;
  /** Its session has ended, and it begins no other. */
  isGone: boolean;
}

/** What an agent said between two looks: sessions that are over, and when they ended. */
export interface Said {
  readonly ended: readonly { readonly sessionId: string; readonly startedAt: number; readonly endedAt: number }[];
}

/** Agents that follow a scenario from `start` on. The same scenario makes the same agents. */
export function agentsOf(scenario: Scenario, start: number): Agent[][] {
  const next = randomFrom(scenario.seed);
  const perAccount = Math.floor(scenario.sessions / scenario.accounts);
  const withOneMore = scenario.sessions % scenario.accounts;
  const sessionMs = scenario.sessionHours * 3_600_000;
  const silentWithin = Math.max(0, scenario.hours * 3_600_000 - DEAD_AFTER_MS - AFTERMATH_MS);
  return Array.from({ length: scenario.accounts }, (_, account) =>
    Array.from({ length: perAccount + (account < withOneMore ? 1 : 0) }, (_, number): Agent => {
      const phaseMs = Math.floor(next() * scenario.beatSeconds * 1000);
      const isSilent = next() < scenario.silentShare;
      const silentFrom = start + Math.floor(next() * silentWithin);
      const speaksAgain = next() < 0.5;
      // Long enough to be noticed now and then, short enough not to be dead.
      const silentFor = (2 + next() * 55) * 60_000;
      const age = Math.floor(next() * sessionMs);
      return {
        account,
        number,
        phaseMs,
        silentFrom: isSilent ? silentFrom : Number.POSITIVE_INFINITY,
        silentUntil: isSilent && speaksAgain ? silentFrom + silentFor : Number.POSITIVE_INFINITY,
        session: 0,
        startedAt: start - age,
        isGone: false,
      };
    }),
  );
}

/** Lets an agent go on until `now`. A silent agent ends nothing and begins nothing. */
export function goOn(agent: Agent, { sessionHours }: Scenario, now: number): Said {
  const ended: { sessionId: string; startedAt: number; endedAt: number }[] = [];
  const sessionMs = sessionHours * 3_600_000;
  if (sessionMs === 0 || agent.isGone) return { ended };
  for (;;) {
    const endedAt = agent.startedAt + sessionMs;
    if (endedAt > now || endedAt >= agent.silentFrom) return { ended };
    ended.push({ sessionId: sessionIdOf(agent), startedAt: agent.startedAt, endedAt });
    agent.session++;
    agent.startedAt = endedAt;
  }
}

/** When the session of the agent last gave a sign of life, as of `now`. */
export function lastSignOfLifeOf(agent: Agent, { beatSeconds }: Scenario, now: number): number {
  const beatMs = beatSeconds * 1000;
  const lastBeatUntil = (moment: number) =>
    Math.max(agent.startedAt, Math.floor((moment - agent.phaseMs) / beatMs) * beatMs + agent.phaseMs);
  if (now < agent.silentFrom) return lastBeatUntil(now);
  const beforeSilence = lastBeatUntil(agent.silentFrom - 1);
  if (now < agent.silentUntil) return beforeSilence;
  const afterSilence = lastBeatUntil(now);
  return afterSilence < agent.silentUntil ? beforeSilence : afterSilence;
}

/** The session of the agent as a document holds it, but for what the sweep writes. */
export function sessionOf(agent: Agent, scenario: Scenario, now: number): LiveSession {
  const seen = new Date(lastSignOfLifeOf(agent, scenario, now));
  const startedAt = new Date(agent.startedAt);
  return {
    ...COMMON,
    sessionId: sessionIdOf(agent),
    programId: programIdOf(agent),
    expectedIntervalSeconds: scenario.announcesInterval ? scenario.beatSeconds : null,
    createdAt: startedAt,
    startedAt,
    lastHeartbeat: seen,
    lastActivityAt: seen,
  };
}

/** What all simulated sessions have in common. */
const COMMON = { ...UNREPORTED, name: 'Nightly build', state: 'working', lifecycle: 'working' } as const;

/**
 * The same as sessionOf, for those who only read it: what all have in common is in the prototype, which for millions of sessions makes the difference between
 * seconds and minutes.
 */
class SharingSession {
  readonly createdAt: Date;
  readonly lastActivityAt: Date;

  constructor(
    readonly sessionId: string,
    readonly programId: string,
    readonly expectedIntervalSeconds: number | null,
    readonly startedAt: Date,
    readonly lastHeartbeat: Date,
    readonly staleSince: Date | null,
  ) {
    this.createdAt = startedAt;
    this.lastActivityAt = lastHeartbeat;
  }
}
Object.assign(SharingSession.prototype, COMMON);

export function sharingSessionOf(agent: Agent, scenario: Scenario, now: number, staleSince: Date | null): LiveSession {
  const seen = new Date(lastSignOfLifeOf(agent, scenario, now));
  const interval = scenario.announcesInterval ? scenario.beatSeconds : null;
  const startedAt = new Date(agent.startedAt);
  return new SharingSession(
    sessionIdOf(agent),
    programIdOf(agent),
    interval,
    startedAt,
    seen,
    staleSince,
  ) as SharingSession & LiveSession;
}

/** A session that its agent has ended. */
export function endedSessionOf(agent: Agent, scenario: Scenario, ended: Said['ended'][number]): EndedSession {
  const endedAt = new Date(ended.endedAt);
  const startedAt = new Date(ended.startedAt);
  return {
    ...sessionOf(agent, scenario, ended.endedAt),
    sessionId: ended.sessionId,
    createdAt: startedAt,
    startedAt,
    lastHeartbeat: endedAt,
    lastActivityAt: endedAt,
    state: 'complete',
    lifecycle: lifecycleOfOutcome('completed'),
    outcome: 'completed',
    endedAt,
    archivedAt: null,
  };
}

export function programIdOf({ number }: Agent): string {
  return `agent-${number}`;
}

/** Undefined: not an id that sessionIdOf has made. */
export function agentNumberOf(sessionId: string): number | undefined {
  const number = /^agent-(\d+)\.\d+$/.exec(sessionId)?.[1];
  return number === undefined ? undefined : Number(number);
}

function sessionIdOf(agent: Agent): string {
  return `${programIdOf(agent)}.${agent.session}`;
}

/** Numbers from 0 to 1 without 1 (mulberry32): a million agents need millions of them, so a hash would take too long. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
