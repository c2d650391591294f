import {
  type EndedSession,
  earliest,
  type Fleet,
  type FleetLoad,
  type FleetRow,
  iso,
  isPending,
  isStale,
  type LiveSession,
  lastSignOfLife,
  limits,
  type Message,
  needsHandoff,
  offlineRow,
  staleAfterSeconds,
  type Task,
  type Thresholds,
} from '@quarterdeck/contract';

/** What the fleet remembers of a session that is over. */
export type EndedTrace = Pick<
  EndedSession,
  'programId' | 'lastHeartbeat' | 'lastActivityAt' | 'endedAt' | 'archivedAt'
>;

/** What the fleet counts of a task that waits. */
export type PendingTrace = Pick<Task, 'status' | 'expiresAt' | 'targets'>;

/** What the fleet counts of a message that nobody has read. */
export type UnreadTrace = Pick<Message, 'programId' | 'expiresAt'>;

/** What the fleet is computed from: the last one, and what has changed since. */
export interface FleetBasis {
  /** Null: never computed; then `programIds` has every program of the account. */
  readonly previous: Fleet | null;
  readonly programIds: readonly string[];
  readonly live: readonly LiveSession[];
  /** Sessions that ended after `previous` was computed: at least the last of each program, and the oldest that is not archived. */
  readonly endedSince: readonly EndedTrace[];
  /** Tasks of which some may have expired. */
  readonly pending: readonly PendingTrace[];
  /** Messages that nobody has read, of which some may have expired. */
  readonly unread: readonly UnreadTrace[];
}

/** The fleet as of now. Programs without a live session keep what was last known of them. */
export function computeFleet(basis: FleetBasis, thresholds: Thresholds, now: Date): Fleet {
  const rows = new Map<string, FleetRow>();
  for (const programId of basis.programIds) rows.set(programId, offlineRow(programId));
  for (const row of basis.previous?.rows ?? [])
    rows.set(row.programId, offlineRow(row.programId, row.lastHeartbeat, row.lastSeenAt));
  for (const session of basis.endedSince) {
    if (session.programId === null) continue;
    const known = rows.get(session.programId);
    rows.set(
      session.programId,
      offlineRow(
        session.programId,
        later(known?.lastHeartbeat, session.lastHeartbeat),
        later(known?.lastSeenAt, lastSignOfLife(session)),
      ),
    );
  }
  const oldestFirst = [...basis.live].sort((a, b) => a.startedAt.getTime() - b.startedAt.getTime());
  for (const session of oldestFirst) {
    if (session.programId === null) continue;
    const known = rows.get(session.programId);
    rows.set(session.programId, liveRow(session, known, thresholds));
  }
  const waiting = pendingByProgram(basis.pending, now);
  const unread = unreadByProgram(basis.unread, now);
  const counted = [...rows.values()].map((row) => ({
    ...row,
    pendingTasks: waiting.get(row.programId) ?? 0,
    pendingMessages: unread.get(row.programId) ?? 0,
  }));
  return {
    computedAt: now,
    rows: counted.sort((a, b) => (a.programId < b.programId ? -1 : 1)),
    accountSessions: basis.live.filter((session) => session.programId === null).length,
    oldestEndedAt: earliest([
      basis.previous?.oldestEndedAt ?? null,
      ...basis.endedSince.filter((session) => session.archivedAt === null).map((session) => session.endedAt),
    ]),
    decayCheckedAt: basis.previous?.decayCheckedAt ?? null,
  };
}

/** How much is going on as of now. */
export function fleetLoad({ live, pending, unread }: FleetBasis, thresholds: Thresholds, now: Date): FleetLoad {
  const inState = (state: LiveSession['state']) => live.filter((session) => session.state === state).length;
  return {
    working: inState('working'),
    blocked: inState('blocked'),
    pinned: inState('pinned'),
    stale: live.filter((session) => isStale(session, thresholds, now)).length,
    pendingTasks: pending.filter((task) => isPending(task, now)).length,
    pendingMessages: unread.filter(({ expiresAt }) => expiresAt > now).length,
  };
}

function unreadByProgram(messages: readonly UnreadTrace[], now: Date): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { programId, expiresAt } of messages) {
    if (expiresAt > now) counts.set(programId, (counts.get(programId) ?? 0) + 1);
  }
  return counts;
}

/** A task for a group counts for each of its programs. */
function pendingByProgram(tasks: readonly PendingTrace[], now: Date): Map<string, number> {
  const counts = new Map<string, number>();
  for (const task of tasks) {
    if (!isPending(task, now)) continue;
    for (const target of task.targets) counts.set(target, (counts.get(target) ?? 0) + 1);
  }
  return counts;
}

function liveRow(session: LiveSession, known: FleetRow | undefined, thresholds: Thresholds): FleetRow {
  return {
    programId: session.programId as string,
    lastHeartbeat: later(known?.lastHeartbeat, session.lastHeartbeat),
    lastSeenAt: iso(lastSignOfLife(session)),
    sessionId: session.sessionId,
    state: session.state,
    staleAfterSeconds: staleAfterSeconds(session, thresholds),
    activeSessions: (known?.activeSessions ?? 0) + 1,
    handoffRequired: (known?.handoffRequired ?? false) || needsHandoff(session),
  };
}

/** The later of a row's moment and another. Texts of moments are in their order. */
function later(known: string | null = null, moment: Date | null): string | null {
  const text = iso(moment);
  if (known === null || text === null) return known ?? text;
  return text > known ? text : known;
}

/** Rows in documents of at most FLEET_ROWS_PER_DOCUMENT, at least one document. */
export function fleetParts(rows: readonly FleetRow[]): FleetRow[][] {
  const parts: FleetRow[][] = [];
  for (let i = 0; i === 0 || i < rows.length; i += limits.FLEET_ROWS_PER_DOCUMENT) {
    parts.push(rows.slice(i, i + limits.FLEET_ROWS_PER_DOCUMENT));
  }
  return parts;
}
