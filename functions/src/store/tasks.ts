import {
  collections,
  type DomainEvent,
  documents,
  isPending,
  type Task,
  type TaskPriority,
  type TaskRow,
} from '@quarterdeck/contract';
import { FieldPath, type Query, Timestamp } from 'firebase-admin/firestore';
import { DomainError } from '../domain/domain-error.js';
import type { OpenTask, TaskChange } from '../domain/task.js';
import type { Page, SweptTask, TaskQuery, TaskStore } from '../operations/ports.js';
import { partOf, read, readPart, stored } from './documents.js';
import { writeEvents } from './events.js';
import { committed } from './fleets.js';
import { decodePageToken, encodePageToken } from './page-token.js';
import { readAccount } from './read-account.js';
import type { StoreContext } from './store-context.js';

const RANKS: Readonly<Record<TaskPriority, number>> = { high: 0, normal: 1, low: 2 };
/** Where the queue orders by it, having no time to live has to be a moment: the last that Firestore stores, without its fraction. */
const NEVER = new Date('9999-12-31T23:59:59.000Z');

/** As stored. */
type Stored = Task & { readonly rank: number; readonly liveUntil: Date };

/** The long texts and the lists of programs would be most of what a list transfers. */
const ROW_FIELDS = partOf<keyof Stored>(
  'taskId',
  'title',
  'target',
  'priority',
  'status',
  'attempt',
  'createdAt',
  'createdBy',
  'creatorProgramId',
  'expiresAt',
  'claimedBy',
  'sessionId',
  'claimedAt',
  'lastClaimedBy',
  'outcome',
  'completedAt',
  'completedBy',
  'deleteAt',
  'rank',
);

const OPEN_FIELDS = partOf<keyof OpenTask>(
  'taskId',
  'target',
  'targets',
  'status',
  'attempt',
  'expiresAt',
  'claimedBy',
  'sessionId',
);

type StoredRow = TaskRow & Pick<Stored, 'rank'>;

/** Tasks in one collection: a pending one is found by its status, whatever was done before it. */
export class FirestoreTaskStore implements TaskStore {
  constructor(private readonly context: StoreContext) {}

  create(account: string, task: Task, event: DomainEvent): Promise<{ task: Task; isNew: boolean }> {
    const { db, clock } = this.context;
    const ref = this.ref(account, task.taskId);
    return this.context.transaction(async (tx) => {
      const existing = readTask(await tx.get(ref));
      if (existing !== undefined) return { task: existing, isNew: false };
      const askForVisit = await this.prepareVisit(tx, account, task.expiresAt);
      tx.create(ref, stored('task', storedTask(task)));
      askForVisit();
      writeEvents(db, tx, account, [event], clock.now());
      return { task, isNew: true };
    }, ref.path);
  }

  async find(account: string, taskId: string): Promise<Task | undefined> {
    return readTask(await this.ref(account, taskId).get());
  }

  /** Without a lock while it decides, because many may be after one task. What returns to the queue and can expire there is decided again under one. */
  async change(
    account: string,
    taskId: string,
    decide: (task: Task) => TaskChange | undefined,
  ): Promise<{ task: Task; changed: boolean }> {
    const { db, clock } = this.context;
    const ref = this.ref(account, taskId);
    const outcome = await this.context.optimistically(async () => {
      const snapshot = await ref.get();
      const task = requireTask(readTask(snapshot), taskId);
      const change = decide(task);
      if (change === undefined) return { task, changed: false };
      if (mayExpire(task, change)) return undefined;
      const batch = db.batch();
      batch.update(ref, { ...change.patch }, { lastUpdateTime: snapshot.updateTime as Timestamp });
      writeEvents(db, batch, account, change.events, clock.now());
      await batch.commit();
      return { task: { ...task, ...change.patch }, changed: true };
    }, ref.path);
    return outcome ?? this.returnToQueue(account, taskId, decide);
  }

  async list(account: string, { of, status, limit, pageToken }: TaskQuery): Promise<Page<TaskRow>> {
    const now = this.context.clock.now();
    const tasks: Query = this.context.db.collection(collections.tasks(account));
    const chosen = of.target
      ? tasks.where('targets', 'array-contains', of.target)
      : of.createdBy
        ? tasks.where('creatorProgramId', '==', of.createdBy)
        : tasks;
    const ofStatus = status === 'all' ? chosen : chosen.where('status', '==', status);
    const isQueue = status === 'pending';
    const ordered = isQueue ? queueOrder(ofStatus) : newestFirst(ofStatus);
    let query = startingAt(ordered.select(...ROW_FIELDS), pageToken, isQueue);
    const found: StoredRow[] = [];
    for (let wanted = limit + 1; wanted > 0; wanted = limit + 1 - found.length) {
      const page = await query.limit(wanted).get();
      const rows = page.docs.map((doc) => readPart<StoredRow>('task', doc, ROW_FIELDS));
      // What has expired waits no more, though the sweep has yet to say so.
      found.push(...rows.filter((row) => !isQueue || isPending(row, now)));
      const last = page.docs.at(-1);
      if (page.size < wanted || last === undefined) break;
      query = query.startAfter(last);
    }
    const items = found.slice(0, limit);
    const last = items.at(-1);
    if (found.length <= limit || last === undefined) return { items };
    const place = { createdAt: last.createdAt.getTime(), id: last.taskId };
    return { items, nextPageToken: encodePageToken(isQueue ? { rank: last.rank, ...place } : place) };
  }

  async waiting(account: string, programId: string, limit: number): Promise<{ count: number; first: TaskRow[] }> {
    const now = this.context.clock.now();
    const tasks = this.context.db.collection(collections.tasks(account));
    const page = await queueOrder(pendingFor(tasks, programId))
      .select(...ROW_FIELDS)
      .limit(limit)
      .get();
    const first = page.docs
      .map((doc) => readPart<TaskRow>('task', doc, ROW_FIELDS))
      .filter((task) => isPending(task, now));
    if (page.size < limit) return { count: first.length, first };
    return { count: await this.countPending(account, programId, now), first };
  }

  /** As `isPending` says, in the words of a query. */
  async countPending(account: string, programId: string, now: Date): Promise<number> {
    const tasks = this.context.db.collection(collections.tasks(account));
    const pending = pendingFor(tasks, programId).where('liveUntil', '>', now);
    return (await pending.count().get()).data().count;
  }

  async open(account: string): Promise<readonly SweptTask[]> {
    const tasks = this.context.db.collection(collections.tasks(account));
    const open = await tasks
      .where('status', 'in', ['pending', 'claimed'])
      .select(...OPEN_FIELDS)
      .get();
    return open.docs.map((doc) => ({ task: readPart<OpenTask>('task', doc, OPEN_FIELDS), version: doc.updateTime }));
  }

  settle(account: string, { task, version }: SweptTask, { patch, events }: TaskChange): Promise<boolean> {
    const { db, clock } = this.context;
    const batch = db.batch();
    batch.update(this.ref(account, task.taskId), { ...patch }, { lastUpdateTime: version as Timestamp });
    writeEvents(db, batch, account, events, clock.now());
    return committed(() => batch.commit());
  }

  private returnToQueue(account: string, taskId: string, decide: (task: Task) => TaskChange | undefined) {
    const { db, clock } = this.context;
    const ref = this.ref(account, taskId);
    return this.context.transaction(async (tx) => {
      const task = requireTask(readTask(await tx.get(ref)), taskId);
      const change = decide(task);
      if (change === undefined) return { task, changed: false };
      const askForVisit = await this.prepareVisit(tx, account, task.expiresAt);
      tx.update(ref, { ...change.patch });
      askForVisit();
      writeEvents(db, tx, account, change.events, clock.now());
      return { task: { ...task, ...change.patch }, changed: true };
    }, ref.path);
  }

  /** Reads whether the account is visited by then; the lock on what it read holds off a visit that is about to let the account fall idle. */
  private async prepareVisit(
    tx: FirebaseFirestore.Transaction,
    account: string,
    expiresAt: Date | null,
  ): Promise<() => void> {
    if (expiresAt === null) return () => undefined;
    const { nextSweepAt } = await readAccount(this.context, account, tx);
    if (nextSweepAt !== null && nextSweepAt <= expiresAt) return () => undefined;
    return () => tx.update(this.context.db.doc(documents.account(account)), { nextSweepAt: expiresAt });
  }

  private ref(account: string, taskId: string) {
    return this.context.db.doc(documents.task(account, taskId));
  }
}

function mayExpire({ expiresAt }: Task, { patch }: TaskChange): boolean {
  return patch.status === 'pending' && expiresAt !== null;
}

/** Those of a program that nobody has claimed, expired ones included. */
function pendingFor(tasks: Query, programId: string): Query {
  return tasks.where('status', '==', 'pending').where('targets', 'array-contains', programId);
}

function queueOrder(query: Query): Query {
  return query.orderBy('rank').orderBy('createdAt').orderBy(FieldPath.documentId());
}

function newestFirst(query: Query): Query {
  return query.orderBy('createdAt', 'desc').orderBy(FieldPath.documentId(), 'desc');
}

function startingAt(query: Query, pageToken: string | undefined, isQueue: boolean): Query {
  if (pageToken === undefined) return query;
  if (isQueue) {
    const { rank, createdAt, id } = decodePageToken(pageToken, { rank: 'number', createdAt: 'number', id: 'string' });
    return query.startAfter(rank, Timestamp.fromMillis(createdAt), id);
  }
  const { createdAt, id } = decodePageToken(pageToken, { createdAt: 'number', id: 'string' });
  return query.startAfter(Timestamp.fromMillis(createdAt), id);
}

/** With what queries order by. */
export function storedTask(task: Task): Stored {
  return { ...task, rank: RANKS[task.priority], liveUntil: task.expiresAt ?? NEVER };
}

/** Undefined: there is none. */
export function readTask(snapshot: FirebaseFirestore.DocumentSnapshot): Task | undefined {
  const found = read<Stored>('task', snapshot);
  if (found === undefined) return undefined;
  const { rank: _rank, liveUntil: _until, ...task } = found;
  return task;
}

/** @throws DomainError `TASK_UNKNOWN` */
function requireTask(task: Task | undefined, taskId: string): Task {
  if (task !== undefined) return task;
  throw new DomainError('TASK_UNKNOWN', `taskId: there is no task "${taskId}". Call get_tasks for those there are.`);
}
