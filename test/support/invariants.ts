import {
  type Account,
  collections,
  documents,
  LiveState,
  Outcome,
  sessionLimitOf,
  type Task,
} from '@quarterdeck/contract';
import type { DocumentSnapshot, Firestore } from 'firebase-admin/firestore';

/** Firestore's limit on a document. */
const DOCUMENT_MAX_BYTES = 1_048_576;

/** What always holds of an account, whatever has been done to it. @returns what does not hold; empty: all is well */
export async function invariants(db: Firestore, account: string): Promise<string[]> {
  const broken: string[] = [];
  // As of one moment: what a dead process had sent may still be arriving, and a session must not be seen before and after its move.
  const [settings, slots, live, ended, events, tasks, members, windows] = await db.runTransaction(
    async (tx) => {
      const get = async (path: string) => (await tx.get(db.collection(path))).docs;
      return [
        await tx.get(db.doc(documents.account(account))),
        await tx.get(db.doc(documents.slots(account))),
        await get(collections.sessions(account)),
        await get(collections.sessionHistory(account)),
        await get(collections.events(account)),
        await get(collections.tasks(account)),
        await get(collections.members(account)),
        await get(`${documents.account(account)}/windows`),
      ] as const;
    },
    { readOnly: true },
  );
  const liveIds = live.map((doc) => doc.id).sort();
  const endedIds = new Set(ended.map((doc) => doc.id));

  for (const id of liveIds) if (endedIds.has(id)) broken.push(`session ${id} is live and ended`);
  for (const doc of live) {
    if (!LiveState.safeParse(doc.get('state')).success)
      broken.push(`live session ${doc.id} is in state ${doc.get('state')}`);
    for (const field of ['endedAt', 'outcome', 'archivedAt'])
      if (doc.get(field) !== undefined) broken.push(`live session ${doc.id} has ${field}`);
  }
  for (const doc of ended) {
    if (doc.get('state') !== 'complete') broken.push(`ended session ${doc.id} is in state ${doc.get('state')}`);
    if (!doc.get('endedAt')) broken.push(`ended session ${doc.id} has no endedAt`);
    if (!Outcome.safeParse(doc.get('outcome')).success)
      broken.push(`ended session ${doc.id} has the outcome ${doc.get('outcome')}`);
    if (doc.get('archivedAt') === undefined) broken.push(`ended session ${doc.id} has no archivedAt`);
  }
  for (const doc of [...live, ...ended])
    if (doc.get('sessionId') !== doc.id) broken.push(`session ${doc.id} calls itself ${doc.get('sessionId')}`);

  const held = Object.keys((slots.get('sessions') as object | undefined) ?? {}).sort();
  const isLimited = settings.exists && sessionLimitOf(settings.data() as Account) !== null;
  if (isLimited && held.join() !== liveIds.join()) broken.push(`slots are held by [${held}], live are [${liveIds}]`);

  for (const doc of events) {
    const [kind, id = ''] = (doc.get('subject') as string).split('/');
    if (kind === 'session' && !endedIds.has(id) && !liveIds.includes(id))
      broken.push(`event ${doc.id} is about session ${id}, which does not exist`);
  }
  const isSession = (id: string) => liveIds.includes(id) || endedIds.has(id);
  broken.push(...brokenTasks(tasks, events, isSession));
  const admins = members.filter((doc) => doc.get('status') === 'active' && doc.get('role') === 'admin');
  const adminIds = admins.map((doc) => doc.id).sort();
  // A fixture has no members.
  if (members.length > 0 && [...(settings.get('adminUids') as string[])].sort().join() !== adminIds.join())
    broken.push(`admins are [${settings.get('adminUids')}], admins among the members are [${adminIds}]`);
  for (const doc of windows) {
    const sessionId = doc.get('sessionId') as string;
    if (!isSession(sessionId)) broken.push(`the window of ${doc.id} is in session ${sessionId}, which does not exist`);
  }
  for (const doc of [settings, slots, ...live, ...ended, ...events, ...tasks]) {
    const bytes = sizeOf(doc);
    if (bytes > DOCUMENT_MAX_BYTES) broken.push(`${doc.ref.path} has ${bytes} bytes`);
  }
  broken.push(...(await oversizedBelow(db, account)));
  return broken;
}

/** Whoever holds a task is there, and no claim and no end was told twice. Fixtures are told of by nobody. */
function brokenTasks(
  tasks: readonly DocumentSnapshot[],
  events: readonly DocumentSnapshot[],
  isSession: (id: string) => boolean,
): string[] {
  const told = (type: string, id: string) =>
    events.filter((doc) => doc.get('type') === type && doc.get('subject') === `task/${id}`).length;
  return tasks.flatMap((doc) => {
    const { status, attempt, sessionId, claimedBy } = doc.data() as Task;
    const broken: string[] = [];
    if (sessionId !== null && !isSession(sessionId))
      broken.push(`task ${doc.id} is held by session ${sessionId}, which does not exist`);
    if (status === 'claimed' && claimedBy === null) broken.push(`task ${doc.id} is claimed by nobody`);
    if (status === 'pending' && claimedBy !== null) broken.push(`task ${doc.id} waits, and ${claimedBy} holds it`);
    const most = { 'task.created': 1, 'task.claimed': attempt, 'task.completed': status === 'done' ? 1 : 0 };
    for (const [type, times] of Object.entries(most))
      if (told(type, doc.id) > times) broken.push(`task ${doc.id} was told ${told(type, doc.id)} times as ${type}`);
    return broken;
  });
}

async function oversizedBelow(db: Firestore, account: string): Promise<string[]> {
  const fleet = await db.collection(`accounts/${account}/fleet`).get();
  const states = await db.collection(collections.programState(account)).get();
  const days = await db.collection(collections.fleetDays(account)).get();
  return [...fleet.docs, ...states.docs, ...days.docs]
    .filter((doc) => sizeOf(doc) > DOCUMENT_MAX_BYTES)
    .map((doc) => `${doc.ref.path} has ${sizeOf(doc)} bytes`);
}

/** As Firestore counts: firebase.google.com/docs/firestore/storage-size. */
function sizeOf(doc: DocumentSnapshot): number {
  const segments = doc.ref.path.split('/');
  const name = segments.reduce((sum, segment) => sum + Buffer.byteLength(segment) + 1, 16);
  return name + valueSize(doc.data() ?? {}) + 32;
}

function valueSize(value: unknown): number {
  if (value === null || typeof value === 'boolean') return 1;
  if (typeof value === 'string') return Buffer.byteLength(value) + 1;
  if (typeof value === 'number' || value instanceof Date) return 8;
  if (Array.isArray(value)) return value.reduce((sum: number, one) => sum + valueSize(one), 0);
  if (typeof value === 'object' && 'toMillis' in value) return 8;
  return Object.entries(value as object).reduce(
    (sum, [key, one]) => sum + Buffer.byteLength(key) + 1 + valueSize(one),
    0,
  );
}
