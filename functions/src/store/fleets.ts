import {
  collections,
  documents,
  type Fleet,
  type FleetLoad,
  type FleetRow,
  type FleetSummary,
  iso,
  type LiveSession,
  lastSignOfLife,
  offlineRow,
  parseFleetRows,
  type TimelinePoint,
} from '@quarterdeck/contract';
import { FieldPath, type Timestamp } from 'firebase-admin/firestore';
import { type FleetDay, fleetDayExpiresAt, pointKey, type StoredPoint } from '../domain/export-flow-record.js';
import { type EndedTrace, type FleetBasis, fleetParts, type PendingTrace, type UnreadTrace } from '../domain/fleet.js';
import { dayOf } from '../domain/timeline.js';
import type { FleetReading, FleetStore, KnownBasis } from '../operations/ports.js';
import { partOf, read, readPart, stored } from './documents.js';
import { isOutpaced } from './firestore-errors.js';
import { pagesOf } from './pages-of.js';
import { readSession } from './session-changes.js';
import type { StoreContext } from './store-context.js';

/** A session that ended may be written a while after the moment it ended at; asking from a little earlier misses none. */
const ENDED_OVERLAP_MS = 120_000;
/** Ended sessions that are read at once. */
const ENDED_PAGE = 500;
const TRACE_FIELDS = partOf('programId', 'lastHeartbeat', 'lastActivityAt', 'endedAt', 'archivedAt');

/**
 * As stored: the first FLEET_ROWS_PER_DOCUMENT rows in the main document, as one JSON text. A map of maps takes ten times as long to decode, on a
 * phone as well as here.
 */
interface StoredFleet extends Omit<Fleet, 'rows'> {
  readonly rowsJson: string;
  readonly parts: number;
  readonly summary: FleetSummary;
  /** Programs that were made since: createKey adds them without reading. */
  readonly newPrograms?: Readonly<Record<string, true>>;
}

export class FirestoreFleetStore implements FleetStore {
  constructor(private readonly context: StoreContext) {}

  async read(account: string): Promise<FleetReading> {
    const { db } = this.context;
    const snapshot = await db.doc(documents.fleet(account)).get();
    const version = snapshot.updateTime;
    const main = read<StoredFleet>('fleet', snapshot);
    // A new program's row may be there before the fleet was ever computed.
    if (main?.computedAt === undefined) return { fleet: null, version };
    const further = Array.from({ length: main.parts - 1 }, (_, i) => db.doc(documents.fleet(account, i + 2)));
    const parts =
      further.length === 0 ? [] : (await db.getAll(...further)).map((doc) => read<StoredFleet>('fleet', doc));
    const known = [main, ...parts].flatMap((part) => (part ? parseFleetRows(part.rowsJson) : []));
    const { computedAt, accountSessions, oldestEndedAt, decayCheckedAt } = main;
    const rows = withNewPrograms(known, Object.keys(main.newPrograms ?? {}));
    return { fleet: { computedAt, accountSessions, oldestEndedAt, decayCheckedAt, rows }, version };
  }

  async basis(account: string, previous: Fleet | null, known?: KnownBasis): Promise<FleetBasis> {
    const { db } = this.context;
    const [live, pending, unread, endedSince, programs] = await Promise.all([
      known?.live ?? this.live(account),
      known?.pending ?? this.pending(account),
      this.unread(account),
      this.endedSince(account, previous?.computedAt ?? null),
      previous === null ? db.collection(collections.programs(account)).select().get() : null,
    ]);
    return { previous, live, pending, unread, endedSince, programIds: programs?.docs.map((doc) => doc.id) ?? [] };
  }

  async write(account: string, fleet: Fleet, summary: FleetSummary, version: unknown): Promise<boolean> {
    const { db } = this.context;
    const [first = [], ...further] = fleetParts(fleet.rows);
    const { rows: _rows, ...rest } = fleet;
    const main: StoredFleet = {
      ...rest,
      rowsJson: JSON.stringify(first),
      parts: further.length + 1,
      summary,
      newPrograms: {},
    };
    const ref = db.doc(documents.fleet(account));
    const batch = db.batch();
    if (version === undefined) batch.create(ref, main);
    else batch.update(ref, { ...main }, { lastUpdateTime: version as Timestamp });
    for (const [index, rows] of further.entries()) {
      batch.set(db.doc(documents.fleet(account, index + 2)), {
        rowsJson: JSON.stringify(rows),
        computedAt: fleet.computedAt,
      });
    }
    return committed(() => batch.commit());
  }

  async addPoint(
    account: string,
    summary: FleetSummary,
    load: FleetLoad,
    at: Date,
    previousAt: Date | null,
  ): Promise<void> {
    const day = dayOf(at);
    const [key, point]: [string, StoredPoint] = [pointKey(iso(at)), { ...summary, load, at }];
    const ref = this.context.db.doc(documents.fleetDay(account, day));
    const begun: FleetDay = { day, expiresAt: fleetDayExpiresAt(day), points: { [key]: point } };
    const begin = () => ref.create(stored('fleetDay', begun));
    // The version is that of whoever began the day; a point that is added does not make the others newer.
    const add = () => ref.update(new FieldPath('points', key), point);
    const isBegun = previousAt !== null && dayOf(previousAt) === day;
    if (isBegun && (await committed(add))) return;
    if (!(await committed(begin))) await add();
  }

  async points(account: string, days: readonly string[]): Promise<readonly TimelinePoint[]> {
    const { db } = this.context;
    const docs = await db.getAll(...days.map((day) => db.doc(documents.fleetDay(account, day))));
    return docs
      .flatMap((doc) => Object.values(read<{ points: Record<string, StoredPoint> }>('fleetDay', doc)?.points ?? {}))
      .map(({ at, load = null, ...summary }) => ({ ...summary, load, at: iso(at) }));
  }

  /** Page by page, and kept is one for each program: a backlog of any size fits. */
  private async endedSince(account: string, computedAt: Date | null): Promise<EndedTrace[]> {
    const history = this.context.db.collection(collections.sessionHistory(account));
    const since = computedAt && new Date(computedAt.getTime() - ENDED_OVERLAP_MS);
    const filtered = since ? history.where('endedAt', '>', since) : history.where('archivedAt', '==', null);
    const oldestFirst = filtered.orderBy('endedAt').select(...TRACE_FIELDS);
    const lastOf = new Map<string | null, EndedTrace>();
    let oldest: EndedTrace | undefined;
    for await (const page of pagesOf(oldestFirst, ENDED_PAGE)) {
      for (const doc of page) {
        const trace = readPart<EndedTrace>('endedSession', doc, TRACE_FIELDS);
        if (trace.archivedAt === null) oldest ??= trace;
        const known = lastOf.get(trace.programId);
        if (known === undefined || lastSignOfLife(known) < lastSignOfLife(trace)) lastOf.set(trace.programId, trace);
      }
    }
    return oldest ? [oldest, ...lastOf.values()] : [...lastOf.values()];
  }

  private async unread(account: string): Promise<UnreadTrace[]> {
    const unread = this.context.db.collection(collections.messages(account)).where('readAt', '==', null);
    const fields = partOf<keyof UnreadTrace>('programId', 'expiresAt');
    return (await unread.select(...fields).get()).docs.map((doc) => readPart<UnreadTrace>('message', doc, fields));
  }

  private async pending(account: string): Promise<PendingTrace[]> {
    const pending = this.context.db.collection(collections.tasks(account)).where('status', '==', 'pending');
    const fields = partOf<keyof PendingTrace>('status', 'expiresAt', 'targets');
    return (await pending.select(...fields).get()).docs.map((doc) => readPart<PendingTrace>('task', doc, fields));
  }

  private async live(account: string): Promise<LiveSession[]> {
    const snapshot = await this.context.db.collection(collections.sessions(account)).get();
    return snapshot.docs.map((doc) => readSession(doc) as LiveSession);
  }
}

function withNewPrograms(rows: FleetRow[], programIds: readonly string[]): FleetRow[] {
  if (programIds.length === 0) return rows;
  const known = new Set(rows.map((row) => row.programId));
  const added = programIds.filter((id) => !known.has(id)).map((id) => offlineRow(id));
  return [...rows, ...added].sort((a, b) => (a.programId < b.programId ? -1 : 1));
}

/** False when a precondition did not hold: somebody else was faster, and nothing was written. */
export async function committed(commit: () => Promise<unknown>): Promise<boolean> {
  try {
    await commit();
    return true;
  } catch (error) {
    if (isOutpaced(error)) return false;
    throw error;
  }
}
