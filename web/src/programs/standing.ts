import type { EndedSession, FleetRow, Health, LiveSession, Thresholds } from '@quarterdeck/contract';
import { isStale, lastSignOfLife, latest, needsHandoff } from '@quarterdeck/contract/views';

/** How a program stands at a moment. */
export interface Standing {
  /** Of its newest live session, as the fleet counts it. */
  readonly health: Health;
  /** Its last sign of life; null: none is known. */
  readonly lastSeenAt: Date | null;
  readonly liveSessions: number;
  /** Live sessions that wait for a person. */
  readonly needing: number;
  readonly handoffRequired: boolean;
  /** As of the last visit of the sweep; null: not counted yet. */
  readonly pendingTasks: number | null;
  readonly pendingMessages: number | null;
}

/** What standings depend on, as the page knows it. */
export interface Known {
  readonly live: readonly LiveSession[];
  /** Those that ended last. */
  readonly done: readonly EndedSession[];
  readonly rows: ReadonlyMap<string, FleetRow>;
  readonly thresholds: Thresholds;
}

/**
 * How each program stands at `now`: from its sessions, which are live, and for what they don't tell from the fleet, which may be a visit of the sweep old.
 * @param before what was answered before: a standing that has not changed stays the same object, and all of them the same map
 */
export function standingsOf(
  programIds: readonly string[],
  { live, done, rows, thresholds }: Known,
  now: Date,
  before?: ReadonlyMap<string, Standing>,
): ReadonlyMap<string, Standing> {
  const liveBy = byProgram(live);
  const doneBy = byProgram(done);
  const next = new Map(
    programIds.map((id) => {
      const standing = standingOf(liveBy.get(id) ?? [], doneBy.get(id) ?? [], rows.get(id), thresholds, now);
      const old = before?.get(id);
      return [id, old !== undefined && isSame(old, standing) ? old : standing] as const;
    }),
  );
  const isUnchanged = before?.size === next.size && [...next].every(([id, standing]) => before.get(id) === standing);
  return isUnchanged ? (before as ReadonlyMap<string, Standing>) : next;
}

function standingOf(
  live: readonly LiveSession[],
  done: readonly EndedSession[],
  row: FleetRow | undefined,
  thresholds: Thresholds,
  now: Date,
): Standing {
  const newest = live.reduce<LiveSession | undefined>(
    (best, session) => (best === undefined || session.startedAt > best.startedAt ? session : best),
    undefined,
  );
  return {
    health: newest === undefined ? 'offline' : isStale(newest, thresholds, now) ? 'stale' : 'healthy',
    lastSeenAt:
      newest === undefined ? latestOf([dateOf(row?.lastSeenAt), ...done.map(lastSignOfLife)]) : lastSignOfLife(newest),
    liveSessions: live.length,
    needing: live.filter(({ state }) => state === 'blocked').length,
    handoffRequired: live.some(needsHandoff),
    pendingTasks: row?.pendingTasks ?? null,
    pendingMessages: row?.pendingMessages ?? null,
  };
}

function byProgram<S extends LiveSession | EndedSession>(sessions: readonly S[]): Map<string, S[]> {
  const found = new Map<string, S[]>();
  for (const session of sessions) {
    if (session.programId === null) continue;
    const known = found.get(session.programId);
    if (known === undefined) found.set(session.programId, [session]);
    else known.push(session);
  }
  return found;
}

function latestOf(moments: readonly (Date | null)[]): Date | null {
  return moments.reduce((last, at) => latest(last, at), null);
}

function dateOf(text: string | null | undefined): Date | null {
  return text ? new Date(text) : null;
}

function isSame(one: Standing, other: Standing): boolean {
  return (Object.keys(one) as (keyof Standing)[]).every((field) => one[field]?.valueOf() === other[field]?.valueOf());
}
