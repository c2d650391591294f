import type { Account, Fleet, LiveSession } from '@quarterdeck/contract';
import { archiveAt, decayedPatterns, earliest, isPending, summarizeFleet } from '@quarterdeck/contract';
import { DomainError } from '../domain/domain-error.js';
import {
  archiveVisitAt,
  endsHeldUntil,
  lateSeconds,
  nextSweepAt,
  planSession,
  planTask,
} from '../domain/sweep-plan.js';
import type { OpenTask } from '../domain/task.js';
import type { Ports, SweptSession, SweptTask } from './ports.js';
import { computeCurrentFleet, saveFleet } from './refresh-fleet.js';

/** Sessions or tasks that are changed at once: each touches documents of its own, but for the slots of an account with a limit. */
const STEPS_AT_ONCE = 16;
/** Patterns age in days, so looking once an hour is soon enough. */
const DECAY_EVERY_MS = 3_600_000;
/** How long one visit may archive before it leaves the rest to the next: well inside a function's 9 minutes. */
const ARCHIVE_BUDGET_MS = 420_000;

/** What one visit did. */
export interface SweepReport {
  readonly live: number;
  readonly ended: number;
  readonly marked: number;
  /** For how long the account had been due when the visit began. */
  readonly lateSeconds: number;
  /** Null: nothing can fall due any more. */
  readonly nextSweepAt: Date | null;
}

/**
 * One visit to one account: ends dead sessions, marks stale and recovered ones, closes tasks that expired and returns those of sessions that are gone,
 * archives what ended long enough ago, forgets what has decayed, and writes the fleet document and one timeline point. Every change checks its ground again as it is written, so a session that spoke in between
 * stays. Twice, overlapping, or killed anywhere and run again: the same final state.
 */
export async function sweepAccount(accountId: string, ports: Ports): Promise<SweepReport> {
  const { sweeps, fleets, tasks, clock } = ports;
  // Before the sessions: one that had claimed a task by now and does not live then has ended in between.
  const open = await tasks.open(accountId);
  const [account, reading, swept] = await Promise.all([
    sweeps.account(accountId),
    fleets.read(accountId),
    sweeps.live(accountId),
  ]);
  if (account === undefined) return { live: 0, ended: 0, marked: 0, lateSeconds: 0, nextSweepAt: null };
  const now = clock.now();
  const heldUntil = endsHeldUntil(
    account,
    swept.map(({ session }) => session),
    now,
  );

  const { live, ended, marked } = await takeSteps(accountId, swept, account, heldUntil !== null, now, ports);
  const decay = await forgetDecayed(accountId, reading.fleet, now, ports);
  const pending = await settleTasks(accountId, open, live, now, ports);
  const { fleet: computed, load } = await computeCurrentFleet(accountId, ports, account, reading, { live, pending });
  const oldestEndedAt = await archiveEnded(accountId, account, computed.oldestEndedAt, now, ports);
  const fleet: Fleet = { ...computed, decayCheckedAt: decay.checkedAt, oldestEndedAt };
  await saveFleet(accountId, ports, fleet, reading);
  await fleets.addPoint(accountId, summarizeFleet(fleet, now), load, now, reading.fleet?.computedAt ?? null);

  const archiveDueAt = archiveVisitAt(oldestEndedAt, live, account);
  const otherwiseDueAt = earliest([archiveDueAt, ...pending.map(({ expiresAt }) => expiresAt)]);
  const next = nextSweepAt(live, account, otherwiseDueAt, heldUntil, now);
  await sweeps.schedule(accountId, next, heldUntil, now, live.length === 0);
  if (decay.failure !== undefined) throw decay.failure;
  const late = lateSeconds(account.nextSweepAt, now);
  return { live: live.length, ended, marked, lateSeconds: late, nextSweepAt: next };
}

interface StepsTaken {
  /** The sessions that still live. */
  readonly live: readonly LiveSession[];
  readonly ended: number;
  readonly marked: number;
}

async function takeSteps(
  accountId: string,
  swept: readonly SweptSession[],
  account: Account,
  endsHeld: boolean,
  now: Date,
  { sweeps }: Ports,
): Promise<StepsTaken> {
  const endedIds = new Set<string>();
  let marked = 0;
  let overtaken = false;
  const takeStep = async (one: SweptSession): Promise<void> => {
    const step = planSession(one.session, account, now, endsHeld);
    if (step?.kind === 'end') {
      if (await sweeps.end(accountId, one, step.change)) endedIds.add(one.session.sessionId);
      else overtaken = true;
    }
    if (step?.kind === 'mark' && (await sweeps.mark(accountId, one, step.staleSince, step.event, now))) marked++;
  };
  for (let i = 0; i < swept.length; i += STEPS_AT_ONCE) {
    await Promise.all(swept.slice(i, i + STEPS_AT_ONCE).map(takeStep));
  }
  // Somebody was faster: it ended elsewhere, or spoke. Only the database knows which.
  const known = overtaken ? await sweeps.live(accountId) : swept;
  const live = known.map(({ session }) => session).filter((session) => !endedIds.has(session.sessionId));
  return { live, ended: endedIds.size, marked };
}

/** @returns the tasks that wait now */
async function settleTasks(
  accountId: string,
  open: readonly SweptTask[],
  live: readonly LiveSession[],
  now: Date,
  { tasks }: Ports,
): Promise<readonly OpenTask[]> {
  const liveIds = new Set(live.map(({ sessionId }) => sessionId));
  let overtaken = false;
  const settle = async (swept: SweptTask): Promise<OpenTask> => {
    const change = planTask(swept.task, liveIds, now);
    if (change !== undefined && !(await tasks.settle(accountId, swept, change))) overtaken = true;
    return { ...swept.task, ...change?.patch };
  };
  const settled: OpenTask[] = [];
  for (let i = 0; i < open.length; i += STEPS_AT_ONCE) {
    settled.push(...(await Promise.all(open.slice(i, i + STEPS_AT_ONCE).map(settle))));
  }
  // Somebody was faster: only the database knows what they made of it.
  const known = overtaken ? (await tasks.open(accountId)).map(({ task }) => task) : settled;
  return known.filter((task) => isPending(task, now));
}

/**
 * @returns when program states were last all looked through, and what went wrong: one that can't be read holds up neither the others nor the visit
 */
async function forgetDecayed(
  accountId: string,
  previous: Fleet | null,
  now: Date,
  { sweeps, programStates }: Ports,
): Promise<{ checkedAt: Date | null; failure?: unknown }> {
  const checkedAt = previous?.decayCheckedAt ?? null;
  if (checkedAt !== null && now.getTime() - checkedAt.getTime() < DECAY_EVERY_MS) return { checkedAt };
  const forget = (programId: string) =>
    programStates.change(
      accountId,
      programId,
      (state) => ({ ...state, learnedPatterns: decayedPatterns(state, now) }),
      false,
    );
  const outcomes = await Promise.allSettled((await sweeps.decayDue(accountId, now)).map(forget));
  const failed = outcomes.find((outcome) => outcome.status === 'rejected' && !isOfNewerVersion(outcome.reason));
  return failed === undefined ? { checkedAt: now } : { checkedAt, failure: (failed as PromiseRejectedResult).reason };
}

/** It waits for an instance that knows all of it. */
function isOfNewerVersion(reason: unknown): boolean {
  return reason instanceof DomainError && reason.reason === 'NEWER_DOCUMENT';
}

/** @returns when the oldest session that still waits ended; null: none waits */
async function archiveEnded(
  accountId: string,
  account: Account,
  oldestEndedAt: Date | null,
  now: Date,
  { sweeps, clock }: Ports,
): Promise<Date | null> {
  if (oldestEndedAt === null || archiveAt({ endedAt: oldestEndedAt }, account) > now) return oldestEndedAt;
  const endedBefore = new Date(now.getTime() - account.archiveAfterMinutes * 60_000);
  return sweeps.archive(accountId, endedBefore, now, new Date(clock.now().getTime() + ARCHIVE_BUDGET_MS));
}
