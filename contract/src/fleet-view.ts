import type { Fleet, FleetRow, FleetRowView, FleetSummary } from './fleet.js';
import { iso } from './moments.js';
import { ageText } from './staleness.js';

/** What get_fleet_health answers. */
interface FleetView {
  readonly success: true;
  readonly programs: FleetRowView[];
  readonly summary: FleetSummary;
  readonly computedAt: string;
}

/** The rows of a fleet document, which are stored as one JSON text. */
export function parseFleetRows(json: string): FleetRow[] {
  return JSON.parse(json);
}

/** A program without a live session. */
export function offlineRow(
  programId: string,
  lastHeartbeat: FleetRow['lastHeartbeat'] = null,
  lastSeenAt: FleetRow['lastSeenAt'] = null,
): FleetRow {
  return {
    programId,
    lastHeartbeat,
    lastSeenAt,
    sessionId: null,
    state: null,
    staleAfterSeconds: null,
    activeSessions: 0,
    handoffRequired: false,
  };
}

/** The moment after which a row turns stale; null: it has no live session. The row carries the threshold of the one clock. */
export function rowStaleAt({ state, lastSeenAt, staleAfterSeconds }: FleetRow): Date | null {
  if (state === null || lastSeenAt === null || staleAfterSeconds === null) return null;
  return new Date(Date.parse(lastSeenAt) + staleAfterSeconds * 1000);
}

/** Counts of programs, as of `now`. */
export function summarizeFleet(fleet: Fleet, now: Date): FleetSummary {
  return summarize(
    fleet.rows.map((row) => viewRow(row, now)),
    fleet.accountSessions,
  );
}

/** The answer of get_fleet_health: heartbeats of `computedAt`, ages and health of `now`. */
export function viewFleet(fleet: Fleet, now: Date): FleetView {
  const programs = fleet.rows.map((row) => viewRow(row, now));
  return {
    success: true,
    programs,
    summary: summarize(programs, fleet.accountSessions),
    computedAt: iso(fleet.computedAt),
  };
}

function summarize(programs: readonly FleetRowView[], accountSessions: number): FleetSummary {
  const summary = { programs: programs.length, healthy: 0, stale: 0, offline: 0, working: 0, blocked: 0, pinned: 0 };
  let activeSessions = accountSessions;
  for (const row of programs) {
    summary[row.health]++;
    if (row.state !== 'offline' && row.state !== 'complete') summary[row.state]++;
    activeSessions += row.activeSessions;
  }
  return { ...summary, activeSessions };
}

function viewRow(row: FleetRow, now: Date): FleetRowView {
  return {
    programId: row.programId,
    lastHeartbeat: row.lastHeartbeat,
    heartbeatAge: ageText(row.lastHeartbeat === null ? null : new Date(row.lastHeartbeat), now),
    lastSeenAt: row.lastSeenAt,
    pendingMessages: row.pendingMessages ?? 0,
    pendingTasks: row.pendingTasks ?? 0,
    state: row.state ?? 'offline',
    health: healthOf(row, now),
    staleAfterSeconds: row.staleAfterSeconds,
    sessionId: row.sessionId,
    activeSessions: row.activeSessions,
    handoffRequired: row.handoffRequired,
  };
}

/** As of the moment it is read. */
function healthOf(row: FleetRow, now: Date): FleetRowView['health'] {
  const staleAt = rowStaleAt(row);
  if (staleAt === null) return 'offline';
  return now > staleAt ? 'stale' : 'healthy';
}
