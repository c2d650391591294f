import {
  type Account,
  archiveAt,
  type DomainEvent,
  type EndedSession,
  type ExportRecord,
  earliest,
  type ImportRefusal,
  isEnded,
  type LiveSession,
  type LiveSessionRecord,
  limits,
  recordId,
  sessionLimitOf,
  staleAt,
  type Task,
} from '@quarterdeck/contract';
import { eventOf, fleetDayOf, messageOf, missingPoints, programsOf, taskOf } from './export-flow-record.js';
import {
  isSameRecord,
  memoryOf,
  programOf,
  programStateOf,
  recordOfAccount,
  sessionOf,
  snapshotOf,
} from './export-record.js';
import { subjectOf } from './session-report.js';
import { hasFreeSlot, type Slots } from './session-slots.js';

/** A record of anything but the account itself. */
export type ThingRecord = Exclude<ExportRecord, { kind: 'account' }>;

/** What became of one record. */
export type ImportOutcome = 'imported' | 'unchanged' | { readonly reason: ImportRefusal; readonly message: string };

/** What there is in the account of what the records are about. */
export interface ImportBasis {
  readonly account: Account;
  /** Of an account with a limit. */
  readonly slots: Slots;
  /** By keyOf. */
  readonly existing: ReadonlyMap<string, ThingRecord>;
  /** Programs that the records name and that exist, in service or not. */
  readonly programIds: ReadonlySet<string>;
  /** Revisions of their program states; absent: never written. */
  readonly revisions: ReadonlyMap<string, number>;
}

/** What is to be written for a batch of records, at once or not at all. */
export interface ImportPlan {
  /** One for each record, in order. */
  readonly outcomes: readonly ImportOutcome[];
  /** Records to write: none of them exists, but for days of the timeline, of which these are the points that are missing. */
  readonly accepted: readonly ThingRecord[];
  readonly events: readonly DomainEvent[];
  /** When the sweep has to come for what was accepted; null: nothing of it falls due. */
  readonly dueAt: Date | null;
  /** When the oldest accepted session that waits for its archiving ended; null: none waits. */
  readonly oldestEndedAt: Date | null;
}

/** Names a thing across kinds. */
export function keyOf(record: ThingRecord): string {
  return `${record.kind}:${recordId(record)}`;
}

/** The programs that have to exist for the record. */
export function programsNeeded(record: ThingRecord): readonly string[] {
  switch (record.kind) {
    case 'program':
    case 'event':
    case 'fleet_day':
      return [];
    case 'task':
      return programsOf(record.targets);
    case 'session':
      return record.programId === null ? [] : [record.programId];
    case 'program_state':
    case 'context_snapshot':
    case 'memory':
    case 'message':
      return [record.programId];
  }
}

/** True when the sweep may have to come for it. */
export function mayFallDue({ kind }: ThingRecord): boolean {
  return kind === 'session' || kind === 'task';
}

/**
 * Decides record by record, each after those before it. Nothing that exists is touched: at the limit a live session is refused, and no other one gives
 * way to it as it would to an agent that starts again.
 */
export function planImport(records: readonly ThingRecord[], basis: ImportBasis, actor: string, now: Date): ImportPlan {
  const existing = new Map(basis.existing);
  const programIds = new Set(basis.programIds);
  const revisions = new Map(basis.revisions);
  const slots: Record<string, Slots[string]> = { ...basis.slots };
  const accepted: ThingRecord[] = [];
  const outcomes = records.map((record): ImportOutcome => {
    const found = existing.get(keyOf(record));
    const wanted = found === undefined ? record : missingBeside(found, record);
    if (typeof wanted === 'string' || 'reason' in wanted) return wanted;
    const refused =
      unknownProgram(record, programIds) ??
      fromTheFuture(record, now) ??
      strayVersion(record, revisions) ??
      noSlot(record, basis.account, slots);
    if (refused !== undefined) return refused;
    existing.set(keyOf(record), joined(found, wanted));
    accepted.push(wanted);
    if (record.kind === 'program') programIds.add(record.programId);
    if (record.kind === 'program_state') revisions.set(record.programId, record.revision);
    if (isLive(record)) slots[record.sessionId] = { programId: record.programId, since: new Date(record.startedAt) };
    return 'imported';
  });
  const sessions = accepted.filter((record) => record.kind === 'session').map(sessionOf);
  const tasks = accepted.filter((record) => record.kind === 'task').map(taskOf);
  return {
    outcomes,
    accepted,
    events: accepted.flatMap((record) => eventsOf(record, basis.account, actor)),
    dueAt: dueAt(sessions, tasks, basis.account, now),
    oldestEndedAt: earliest(sessions.filter(waitsForArchiving).map(({ endedAt }) => endedAt)),
  };
}

/** The account with what its record says; undefined: it says so already. */
export function importAccountSettings(
  account: Account,
  { kind: _kind, ...settings }: Extract<ExportRecord, { kind: 'account' }>,
  actor: string,
  now: Date,
): { readonly next: Account; readonly events: readonly DomainEvent[] } | undefined {
  const known = recordOfAccount(account);
  const fields = (Object.keys(settings) as (keyof typeof settings)[]).filter((key) => known[key] !== settings[key]);
  if (fields.length === 0) return undefined;
  // Other moments may be due now; not later than before, for a visit that is late shows the sweep that its schedule was out.
  const nextSweepAt = account.nextSweepAt && earliest([account.nextSweepAt, now]);
  const { tier, sessionLimit } = account;
  const data = { fields: fields.join(','), tier, sessionLimit };
  return {
    next: { ...account, ...settings, nextSweepAt },
    events: [{ type: 'account.updated', subject: 'account', actor, data }],
  };
}

/** What is to be written although there is something with this id: of a day the minutes that it lacks, of anything else nothing. */
function missingBeside(found: ThingRecord, record: ThingRecord): ThingRecord | ImportOutcome {
  if (found.kind === 'fleet_day' && record.kind === 'fleet_day') return missingPoints(record, found) ?? 'unchanged';
  return isSameRecord(found, record) ? 'unchanged' : conflict(record);
}

function joined(found: ThingRecord | undefined, added: ThingRecord): ThingRecord {
  if (found?.kind !== 'fleet_day' || added.kind !== 'fleet_day') return added;
  return { ...found, points: [...found.points, ...added.points] };
}

function conflict(record: ThingRecord): ImportOutcome {
  const { kind } = record;
  return {
    reason: 'RECORD_EXISTS',
    message: `The account has a ${kind} "${recordId(record)}" that is not the same; it was left as it is.`,
  };
}

function unknownProgram(record: ThingRecord, programIds: ReadonlySet<string>): ImportOutcome | undefined {
  const programId = programsNeeded(record).find((one) => !programIds.has(one));
  if (programId === undefined) return undefined;
  const field = record.kind === 'task' ? 'targets' : 'programId';
  const message = `${field}: there is no program "${programId}". Import its record before what belongs to it.`;
  return { reason: 'PROGRAM_UNKNOWN', message };
}

/** A sign of life from next year would keep a session alive until then. */
function fromTheFuture(record: ThingRecord, now: Date): ImportOutcome | undefined {
  const furthest = new Date(now.getTime() + limits.IMPORT_AHEAD_MAX_MINUTES * 60_000);
  const field = momentsIn(thingOf(record)).find(({ at }) => at > furthest)?.field;
  if (field === undefined) return undefined;
  const message = `${field}: must not lie more than ${limits.IMPORT_AHEAD_MAX_MINUTES} minutes ahead of the server's time, ${now.toISOString()}.`;
  return { reason: 'INVALID_FIELD', message };
}

/** A summary is kept beside the state that has it, or a later one: no other has its revision yet. */
function strayVersion(record: ThingRecord, revisions: ReadonlyMap<string, number>): ImportOutcome | undefined {
  if (record.kind !== 'context_snapshot') return undefined;
  const { programId, revision } = record;
  const current = revisions.get(programId) ?? 0;
  if (revision <= current) return undefined;
  const message = `revision: the state of "${programId}" is at revision ${current} and can't have had revision ${revision}. Import its program_state first.`;
  return { reason: 'INVALID_FIELD', message };
}

function noSlot(record: ThingRecord, account: Account, slots: Slots): ImportOutcome | undefined {
  if (!isLive(record) || hasFreeSlot(account, slots)) return undefined;
  const [active, limit] = [Object.keys(slots).length, sessionLimitOf(account)];
  const message = `The account has ${active} live session${active === 1 ? '' : 's'} and may have ${limit} (tier ${account.tier}). End one, and import again.`;
  return { reason: 'SESSION_LIMIT', message };
}

export function isLive(record: ThingRecord): record is LiveSessionRecord {
  return record.kind === 'session' && record.state !== 'complete';
}

function waitsForArchiving(session: LiveSession | EndedSession): session is EndedSession {
  return isEnded(session) && session.archivedAt === null;
}

/** Not before now: a visit that is late shows the sweep that its schedule was out. */
function dueAt(
  sessions: readonly (LiveSession | EndedSession)[],
  tasks: readonly Task[],
  account: Account,
  now: Date,
): Date | null {
  const moments = sessions.map((session) => {
    if (!isEnded(session)) return staleAt(session, account);
    return waitsForArchiving(session) ? archiveAt(session, account) : null;
  });
  const soonest = earliest([...moments, ...tasks.map((task) => taskDueAt(task, now))]);
  return soonest && new Date(Math.max(soonest.getTime(), now.getTime()));
}

/** A task that waits expires; one whose session may have ended, here or before, is looked after at once. */
function taskDueAt({ status, expiresAt, sessionId }: Task, now: Date): Date | null {
  if (status === 'pending') return expiresAt;
  return status === 'claimed' && sessionId !== null ? now : null;
}

/** Who keeps a list of what is there learns of what appears. What is over, or out of service, is history and makes no news. */
function eventsOf(record: ThingRecord, { accountId }: Account, actor: string): DomainEvent[] {
  const how = 'imported';
  if (record.kind === 'program' && record.retiredAt === null) {
    const { programId } = record;
    return [{ type: 'program.created', subject: `program/${programId}`, actor, data: { programId, how } }];
  }
  if (!isLive(record)) return [];
  const { sessionId, programId, state } = record;
  const data = { sessionId, programId, state, how };
  // With the account: a copy of a copy holds the event of the first import already.
  const once = `${how}:${accountId}:${record.startedAt}`;
  return [{ type: 'session.started', subject: subjectOf(record), actor, data, once }];
}

function thingOf(record: ThingRecord): object {
  switch (record.kind) {
    case 'program':
      return programOf(record);
    case 'program_state':
      return programStateOf(record);
    case 'context_snapshot':
      return snapshotOf(record);
    case 'session':
      return sessionOf(record);
    case 'memory':
      return memoryOf(record);
    case 'task':
      return taskOf(record);
    case 'message':
      return messageOf(record);
    case 'event':
      return eventOf(record);
    case 'fleet_day':
      return fleetDayOf(record);
  }
}

/** What is to come: how long something lasts is bounded by its schema. */
const MAY_LIE_AHEAD: ReadonlySet<string> = new Set(['expiresAt', 'deleteAt']);

/** Every moment at any depth, with the name of its field. Only what is a date counts: maps of a program may have any key and any text. */
function momentsIn(value: object): { readonly field: string; readonly at: Date }[] {
  return Object.entries(value).flatMap(([field, inner]: [string, unknown]) => {
    if (inner instanceof Date) return MAY_LIE_AHEAD.has(field) ? [] : [{ field, at: inner }];
    return typeof inner === 'object' && inner !== null ? momentsIn(inner) : [];
  });
}
