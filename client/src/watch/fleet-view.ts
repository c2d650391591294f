import type { Fleet, FleetRow } from '@quarterdeck/contract';
import { offlineRow, parseFleetRows, rowStaleAt, viewFleet } from '@quarterdeck/contract/views';
import type { FleetUpdate } from '../watch-types.js';
import { soonest } from './soonest.js';

/**
 * The sweep visits an account when the first of its programs would turn stale, and writes then whether it did. Until this long after the moment, what the
 * fleet document says of a program is not held against it: beats are not in the document before the visit.
 */
const VISIT_GRACE_MS = 90_000;

/** A fleet document as it is stored; a part beyond the first has only rows. */
export interface FleetPart {
  readonly rowsJson?: string;
  readonly parts?: number;
  readonly computedAt?: Date;
  readonly accountSessions?: number;
  /** Programs that were made since it was computed. */
  readonly newPrograms?: Readonly<Record<string, true>>;
}

/** What watchFleet listens to: the parts of the fleet, by document id. */
export interface FleetValues {
  readonly parts: ReadonlyMap<string, FleetPart>;
}

/** What a fleet looks like at a moment. */
export function fleetView({ parts }: FleetValues, asOf: Date, staleSince: Date | null) {
  const main = parts.get('health');
  const fleet = fleetOf(main, parts, asOf);
  const judgedAt = new Date(Math.max(fleet.computedAt.getTime(), asOf.getTime() - VISIT_GRACE_MS));
  const judged = viewFleet(fleet, judgedAt);
  const aged = viewFleet(fleet, asOf);
  const update: FleetUpdate = {
    programs: aged.programs.map((row, i) => ({ ...row, health: judged.programs[i]?.health ?? row.health })),
    summary: judged.summary,
    computedAt: aged.computedAt,
    asOf,
    staleSince,
  };
  return { update, nextChangeAt: soonest(fleet.rows.flatMap(shownStaleAt), asOf) };
}

function fleetOf(main: FleetPart | undefined, parts: ReadonlyMap<string, FleetPart>, asOf: Date): Fleet {
  const further = Array.from({ length: (main?.parts ?? 1) - 1 }, (_, i) => parts.get(`health-${i + 2}`));
  const known = [main, ...further].flatMap((part) => (part?.rowsJson ? parseFleetRows(part.rowsJson) : []));
  const ids = new Set(known.map((row) => row.programId));
  const added = Object.keys(main?.newPrograms ?? {}).filter((id) => !ids.has(id));
  return {
    computedAt: main?.computedAt ?? asOf,
    rows: [...known, ...added.map((id) => offlineRow(id))].sort((a, b) => (a.programId < b.programId ? -1 : 1)),
    accountSessions: main?.accountSessions ?? 0,
    oldestEndedAt: null,
    decayCheckedAt: null,
  };
}

function shownStaleAt(row: FleetRow): Date[] {
  const at = rowStaleAt(row);
  return at === null ? [] : [new Date(at.getTime() + VISIT_GRACE_MS)];
}
