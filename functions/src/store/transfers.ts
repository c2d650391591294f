import {
  type Account,
  collections,
  type DomainEvent,
  documents,
  EventId,
  type ExportRecord,
  earliest,
  limits,
  MemoryId,
  MemoryRecord,
  MessageId,
  ProgramId,
  SessionId,
  sessionLimitOf,
  TaskId,
} from '@quarterdeck/contract';
import {
  type DocumentSnapshot,
  FieldPath,
  type Firestore,
  type Query,
  type Transaction,
} from 'firebase-admin/firestore';
import { DomainError } from '../domain/domain-error.js';
import { recordOfAccount } from '../domain/export-record.js';
import {
  type ImportBasis,
  type ImportPlan,
  isLive,
  keyOf,
  mayFallDue,
  programsNeeded,
  type ThingRecord,
} from '../domain/import-plan.js';
import type { Slots } from '../domain/session-slots.js';
import type { MemoryVectors, Page, TransferStore } from '../operations/ports.js';
import { partOf, read, stored } from './documents.js';
import { writeEvents } from './events.js';
import { decodePageToken, encodePageToken } from './page-token.js';
import { readAccount } from './read-account.js';
import { VersionReader } from './session-changes.js';
import type { StoreContext } from './store-context.js';
import { documentOf, pathsOf, readRecord } from './transfer-documents.js';
import { memoryKeys } from './trusted-memory.js';

type Kind = ThingRecord['kind'];

/** Comes before every id that a document may have here, and after every program's. */
const [BEFORE_IDS, AFTER_IDS] = ['!', '~'];

/** Where an export goes on: after this id of this part. */
interface Place {
  /** Of PARTS. */
  readonly part: number;
  readonly id: string;
  /** Of a context snapshot, whose id is the program's; 0 elsewhere. */
  readonly slot: number;
}

/** A collection, in the order of its documents' names. */
interface Part {
  readonly name: string;
  readonly kind: Kind;
  /** Documents of one query: together with a page that is nearly full, the largest there can be fit into one answer. */
  readonly atOnce: number;
  readonly isId: (id: string) => boolean;
  readonly after: (db: Firestore, account: string, place: Place) => Query;
}

const isProgramId = (id: string) => ProgramId.safeParse(id).success;
const isSessionId = (id: string) => SessionId.safeParse(id).success;
const isMemoryId = (id: string) => MemoryId.safeParse(id).success;
const isTaskId = (id: string) => TaskId.safeParse(id).success;
const isMessageId = (id: string) => MessageId.safeParse(id).success;
const isEventId = (id: string) => EventId.safeParse(id).success;
const isDay = (id: string) => /^\d{4}-\d{2}-\d{2}$/.test(id);
const inside =
  (collection: (account: string) => string): Part['after'] =>
  (db, account, { id }) =>
    db.collection(collection(account)).orderBy(FieldPath.documentId()).startAfter(id);
/** What memories are found by is more than they are, and is made again. */
const memoryFields = Object.keys(MemoryRecord.shape).filter((field) => field !== 'kind');

/**
 * In this order a file can be imported from its first line to its last. Sessions that end meanwhile are found among the ended ones; days come before the
 * sessions whose import brings the first visit, which writes a point of its own; tasks after the sessions that hold them.
 */
const PARTS: readonly Part[] = [
  { name: 'programs', kind: 'program', atOnce: 100, isId: isProgramId, after: inside(collections.programs) },
  { name: 'fleetDays', kind: 'fleet_day', atOnce: 10, isId: isDay, after: inside(collections.fleetDays) },
  {
    name: 'programState',
    kind: 'program_state',
    atOnce: 10,
    isId: isProgramId,
    after: inside(collections.programState),
  },
  { name: 'contextHistory', kind: 'context_snapshot', atOnce: 100, isId: isProgramId, after: snapshotsAfter },
  { name: 'sessions', kind: 'session', atOnce: 100, isId: isSessionId, after: inside(collections.sessions) },
  {
    name: 'sessionHistory',
    kind: 'session',
    atOnce: 100,
    isId: isSessionId,
    after: inside(collections.sessionHistory),
  },
  {
    name: 'memories',
    kind: 'memory',
    atOnce: 100,
    isId: isMemoryId,
    after: (...where) => inside(collections.memories)(...where).select(...partOf(...memoryFields)),
  },
  { name: 'tasks', kind: 'task', atOnce: 50, isId: isTaskId, after: inside(collections.tasks) },
  { name: 'messages', kind: 'message', atOnce: 100, isId: isMessageId, after: inside(collections.messages) },
  { name: 'events', kind: 'event', atOnce: 100, isId: isEventId, after: inside(collections.events) },
];

export class FirestoreTransferStore implements TransferStore {
  constructor(private readonly context: StoreContext) {}

  async page(account: string, limit: number, pageToken: string | undefined): Promise<Page<ExportRecord>> {
    const { db } = this.context;
    const items: ExportRecord[] = [];
    let place = pageToken === undefined ? startOf(0) : decodePlace(pageToken);
    if (pageToken === undefined)
      items.push(recordOfAccount(await readAccount(this.context, account, new VersionReader(db))));
    for (let chars = 0; items.length < limit && chars < limits.EXPORT_PAGE_MAX_CHARS; ) {
      const part = PARTS[place.part];
      if (part === undefined) return { items };
      const asked = Math.min(part.atOnce, limit - items.length);
      const { docs } = await part.after(db, account, place).limit(asked).get();
      const records = docs.map(readRecord[part.kind]);
      items.push(...records);
      chars += records.reduce((sum, record) => sum + JSON.stringify(record).length, 0);
      const last = docs.at(-1);
      place =
        docs.length < asked ? startOf(place.part + 1) : { part: place.part, ...placeOf(last as DocumentSnapshot) };
      // Finding nothing is billed as one read, and one is what a page may cost beside its records.
      if (last === undefined) break;
    }
    return place.part < PARTS.length ? { items, nextPageToken: encodePlace(place) } : { items };
  }

  async missingMemories(account: string, memoryIds: readonly string[]): Promise<ReadonlySet<string>> {
    const { db } = this.context;
    const refs = [...new Set(memoryIds)].map((id) => db.doc(documents.memory(account, id)));
    const docs = await db.getAll(...refs, { fieldMask: ['memoryId'] });
    return new Set(docs.filter((doc) => !doc.exists).map((doc) => doc.id));
  }

  async putAccount(
    accountId: string,
    decide: (account: Account) => { next: Account; events: readonly DomainEvent[] } | undefined,
  ): Promise<boolean> {
    const { db, clock, memory } = this.context;
    const ref = db.doc(documents.account(accountId));
    const changed = await this.context.transaction(async (tx) => {
      const decided = decide(await readAccount(this.context, accountId, tx));
      if (decided === undefined) return false;
      tx.set(ref, stored('account', decided.next));
      memory.invalidate(tx, memoryKeys.account(accountId));
      writeEvents(db, tx, accountId, decided.events, clock.now());
      return true;
    }, ref.path);
    memory.forget(memoryKeys.account(accountId));
    return changed;
  }

  /** A transaction, unlike a start: it reads two places for each session, and neither may fill before it is written. */
  put(
    account: string,
    records: readonly ThingRecord[],
    decide: (basis: ImportBasis) => ImportPlan,
    vectors: MemoryVectors | undefined,
  ): Promise<ImportPlan> {
    const { db, clock } = this.context;
    return this.context.transaction(async (tx) => {
      const basis = await this.basis(tx, account, records);
      const plan = decide(basis);
      const fleet = await this.fleetChange(tx, account, plan);
      const now = clock.now();
      for (const record of plan.accepted) {
        const { path, data } = documentOf(account, record, vectors, now, basis.existing.has(keyOf(record)));
        // A day may be there with other minutes.
        if (record.kind === 'fleet_day') tx.set(db.doc(path), data, { merge: true });
        else tx.create(db.doc(path), data);
      }
      if (fleet !== undefined) tx.set(db.doc(documents.fleet(account)), fleet, { merge: true });
      this.takeSlots(tx, basis.account, plan);
      const nextSweepAt = earliest([basis.account.nextSweepAt, plan.dueAt]);
      const isSooner = plan.dueAt !== null && nextSweepAt === plan.dueAt;
      if (isSooner) tx.update(db.doc(documents.account(account)), { nextSweepAt });
      writeEvents(db, tx, account, plan.events, now);
      return plan;
    }, documents.slots(account));
  }

  /** One read after the other: a transaction that is refused leaves none behind. */
  private async basis(tx: Transaction, account: string, records: readonly ThingRecord[]): Promise<ImportBasis> {
    const { db } = this.context;
    const programIds = await this.programIds(account, records);
    // Where nothing can fall due, nothing depends on the settings, nor on when the next visit is.
    const settings = await readAccount(this.context, account, records.some(mayFallDue) ? tx : undefined);
    const isLimited = sessionLimitOf(settings) !== null && records.some(isLive);
    const slotsRef = db.doc(documents.slots(account));
    const slots = isLimited ? read<{ sessions?: Slots }>('slots', await tx.get(slotsRef)) : undefined;
    const existing = await this.existing(tx, account, records);
    const revisions = await this.revisions(tx, account, records);
    return { account: settings, slots: slots?.sessions ?? {}, existing, programIds, revisions };
  }

  private async existing(
    tx: Transaction,
    account: string,
    records: readonly ThingRecord[],
  ): Promise<ImportBasis['existing']> {
    const kinds = new Map(records.flatMap((record) => pathsOf(account, record).map((path) => [path, record.kind])));
    const docs = await tx.getAll(...[...kinds.keys()].map((path) => this.context.db.doc(path)));
    const found = docs.filter((doc) => doc.exists).map((doc) => readRecord[kinds.get(doc.ref.path) as Kind](doc));
    return new Map(found.map((record) => [keyOf(record), record]));
  }

  /** A program never goes away, so what an instance once knew of it is enough. */
  private async programIds(account: string, records: readonly ThingRecord[]): Promise<ReadonlySet<string>> {
    const { db, memory } = this.context;
    const needed = [...new Set(records.flatMap(programsNeeded))];
    const load = async (id: string) => read('program', await db.doc(documents.program(account, id)).get());
    const found = await Promise.all(needed.map((id) => memory.recall(memoryKeys.program(account, id), () => load(id))));
    return new Set(needed.filter((_, index) => found[index] !== undefined));
  }

  private async revisions(
    tx: Transaction,
    account: string,
    records: readonly ThingRecord[],
  ): Promise<ImportBasis['revisions']> {
    const programIds = records.filter((record) => record.kind === 'context_snapshot').map(({ programId }) => programId);
    if (programIds.length === 0) return new Map();
    const refs = [...new Set(programIds)].map((id) => this.context.db.doc(documents.programState(account, id)));
    const docs = await tx.getAll(...refs, { fieldMask: ['revision'] });
    return new Map(docs.filter((doc) => doc.exists).map((doc) => [doc.id, doc.get('revision') as number]));
  }

  /** The fleet shows a program from its first day on, and the sweep finds in it what it has to archive: also what ended before its last visit. */
  private async fleetChange(tx: Transaction, account: string, plan: ImportPlan): Promise<object | undefined> {
    const programIds = plan.accepted.filter((record) => record.kind === 'program').map(({ programId }) => programId);
    // An empty map would take the place of the one that is there.
    const added =
      programIds.length === 0 ? {} : { newPrograms: Object.fromEntries(programIds.map((id) => [id, true])) };
    if (plan.oldestEndedAt === null) return programIds.length === 0 ? undefined : added;
    const fleetRef = this.context.db.doc(documents.fleet(account));
    const fleet = read<{ oldestEndedAt?: Date | null }>('fleet', await tx.get(fleetRef));
    return { ...added, oldestEndedAt: earliest([fleet?.oldestEndedAt ?? null, plan.oldestEndedAt]) };
  }

  private takeSlots(tx: Transaction, account: Account, plan: ImportPlan): void {
    const live = plan.accepted.filter(isLive);
    if (live.length === 0 || sessionLimitOf(account) === null) return;
    const taken = live.map((one) => [one.sessionId, { programId: one.programId, since: new Date(one.startedAt) }]);
    const ref = this.context.db.doc(documents.slots(account.accountId));
    tx.set(ref, { sessions: Object.fromEntries(taken) }, { merge: true });
  }
}

/** Of all programs of the account at once: asking each program for its own would cost a read where there are none. */
function snapshotsAfter(db: Firestore, account: string, { id, slot }: Place): Query {
  return db
    .collectionGroup('contextHistory')
    .orderBy(FieldPath.documentId())
    .startAfter(db.doc(documents.contextSnapshot(account, id, slot)))
    .endBefore(db.doc(documents.contextSnapshot(account, AFTER_IDS, 0)));
}

function startOf(part: number): Place {
  return { part, id: BEFORE_IDS, slot: 0 };
}

function placeOf({ id, ref }: DocumentSnapshot): Pick<Place, 'id' | 'slot'> {
  const program = ref.parent.id === 'contextHistory' ? ref.parent.parent : null;
  return program === null ? { id, slot: 0 } : { id: program.id, slot: Number(id) };
}

function encodePlace({ part, id, slot }: Place): string {
  return encodePageToken({ part: PARTS[part]?.name ?? '', id, slot });
}

/** @throws DomainError `INVALID_PAGE_TOKEN` */
function decodePlace(token: string): Place {
  const { part: name, id, slot } = decodePageToken(token, { part: 'string', id: 'string', slot: 'number' });
  const part = PARTS.findIndex((one) => one.name === name);
  if (part >= 0 && (id === BEFORE_IDS || PARTS[part]?.isId(id))) return { part, id, slot };
  throw new DomainError(
    'INVALID_PAGE_TOKEN',
    'pageToken: is not one that export_account answered. Omit it to begin at the first page.',
  );
}
