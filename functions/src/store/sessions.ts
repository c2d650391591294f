import {
  collections,
  documents,
  type EndedSession,
  isEnded,
  type LiveSession,
  type WaitingCommand,
} from '@quarterdeck/contract';
import { FieldPath, type Query, Timestamp } from 'firebase-admin/firestore';
import { LRUCache } from 'lru-cache';
import type { SessionChange, SessionPatch } from '../domain/session-report.js';
import type { KnownGround, KnownSession, Page, SessionQuery, SessionStore, WrittenBeat } from '../operations/ports.js';
import { FAILED_PRECONDITION, grpcCode, NOT_FOUND } from './firestore-errors.js';
import { decodePageToken, encodePageToken } from './page-token.js';
import { type ChangeOptions, changeSession, readSession } from './session-changes.js';
import type { Found } from './session-writes.js';
import type { StoreContext } from './store-context.js';

/** Sessions that an instance remembers at the most; the least used go first. */
const REMEMBERED_MAX = 20_000;
/** After this a session is read again: a limit on how long another instance's change of its interval can stay unknown. */
const REMEMBERED_MS = 6 * 3_600_000;

interface Remembered {
  readonly session: KnownSession;
  /** When the document was last written, if nobody else wrote since this instance knew all of it; undefined: somebody may have. */
  readonly unmovedSince: Timestamp | undefined;
}

export class FirestoreSessionStore implements SessionStore {
  private readonly remembered = new LRUCache<string, Remembered>({ max: REMEMBERED_MAX, ttl: REMEMBERED_MS });

  constructor(private readonly context: StoreContext) {}

  async recall(account: string, sessionId: string): Promise<KnownSession | undefined> {
    const path = documents.session(account, sessionId);
    const remembered = this.remembered.get(path);
    if (remembered !== undefined) return remembered.session;
    const snapshot = await this.doc(path).get();
    const session = readSession(snapshot);
    if (session !== undefined) this.remember(path, session as LiveSession, snapshot.updateTime);
    return session as LiveSession | undefined;
  }

  async beat(
    account: string,
    sessionId: string,
    patch: SessionPatch,
    ifStill?: KnownGround,
  ): Promise<WrittenBeat | undefined> {
    const path = documents.session(account, sessionId);
    const { sample } = patch;
    const update = { ...patch.fields, ...(sample ? { [`contextSamples.${sample.bucket}`]: sample.sample } : {}) };
    let ground = this.remembered.get(path);
    const isKnown =
      ground?.unmovedSince !== undefined && (ifStill === undefined || isSameGround(ground.session, ifStill));
    if (ifStill !== undefined && !isKnown) ground = await this.readAgain(path, ifStill);
    if (ground?.unmovedSince !== undefined && (await this.tryUpdate(path, patch, update, ground.unmovedSince)))
      return { command: ground.session.command };
    if (ifStill !== undefined || !(await this.tryUpdate(path, patch, update, undefined))) return undefined;
    return { command: undefined };
  }

  /** Remembers the session as it is, so that the next report can tell by itself. */
  async readCommand(account: string, sessionId: string): Promise<WaitingCommand | null> {
    const path = documents.session(account, sessionId);
    const snapshot = await this.doc(path).get();
    const session = readSession(snapshot);
    if (session === undefined || isEnded(session)) return null;
    this.remember(path, session, snapshot.updateTime);
    return session.command;
  }

  async change(
    account: string,
    sessionId: string,
    decide: (found: Found) => SessionChange | undefined,
    options: ChangeOptions = {},
  ): Promise<{ before: Found; change: SessionChange | undefined }> {
    const path = documents.session(account, sessionId);
    this.remembered.delete(path);
    const { before, change } = await changeSession(this.context, account, sessionId, decide, options);
    const next = change?.next;
    if (next !== undefined && !isEnded(next)) this.remember(path, next, undefined);
    return { before, change };
  }

  async find(account: string, sessionId: string): Promise<Found> {
    const live = await this.doc(documents.session(account, sessionId)).get();
    return readSession(live.exists ? live : await this.doc(documents.endedSession(account, sessionId)).get());
  }

  async findCurrent(account: string, programId: string): Promise<LiveSession | undefined> {
    return (await this.listLive(account, programId, 1))[0];
  }

  async listLive(account: string, programId: string, limit: number): Promise<readonly LiveSession[]> {
    const ofProgram = this.context.db.collection(collections.sessions(account)).where('programId', '==', programId);
    const snapshot = await ofProgram.orderBy('startedAt', 'desc').limit(limit).get();
    return snapshot.docs.map((doc) => readSession(doc) as LiveSession);
  }

  async findPredecessor(account: string, programId: string): Promise<EndedSession | undefined> {
    const ended = this.context.db.collection(collections.sessionHistory(account)).where('programId', '==', programId);
    const snapshot = await ended.orderBy('endedAt', 'desc').limit(1).get();
    return snapshot.docs[0] && (readSession(snapshot.docs[0]) as EndedSession);
  }

  async list(account: string, query: SessionQuery): Promise<Page<LiveSession | EndedSession>> {
    const place = query.pageToken === undefined ? undefined : decodePlace(query.pageToken);
    const wanted = query.limit + 1;
    const found: (LiveSession | EndedSession)[] = [];
    if (query.state !== 'complete' && place?.part !== 'ended') {
      const live = this.context.db.collection(collections.sessions(account));
      const ofState = query.state === 'all' ? live : live.where('state', '==', query.state);
      found.push(...(await this.page(ofState, query.programId, wanted, place)));
    }
    if ((query.state === 'complete' || query.state === 'all') && found.length < wanted) {
      const ended = this.context.db.collection(collections.sessionHistory(account));
      const fresh = query.includeArchived ? ended : ended.where('archivedAt', '==', null);
      const after = place?.part === 'ended' ? place : undefined;
      found.push(...(await this.page(fresh, query.programId, wanted - found.length, after)));
    }
    const items = found.slice(0, query.limit);
    const last = items.at(-1);
    return found.length > items.length && last ? { items, nextPageToken: encodePlace(last) } : { items };
  }

  async archive(account: string, sessions: readonly EndedSession[], now: Date): Promise<ReadonlySet<string>> {
    const archived = await Promise.all(sessions.map((session) => this.archiveOne(account, session, now)));
    return new Set(sessions.filter((_session, i) => archived[i]).map(({ sessionId }) => sessionId));
  }

  /** In a transaction, because it is only right while the session is over and waits: coming back takes the document away. */
  private archiveOne(account: string, { sessionId }: EndedSession, now: Date): Promise<boolean> {
    const ref = this.doc(documents.endedSession(account, sessionId));
    return this.context.transaction(async (tx) => {
      const session = readSession(await tx.get(ref));
      if (session === undefined || !isEnded(session) || session.archivedAt !== null) return false;
      tx.update(ref, { archivedAt: now });
      return true;
    }, ref.path);
  }

  private doc(path: string) {
    return this.context.db.doc(path);
  }

  private newestFirst(query: Query): Query {
    return query.orderBy('createdAt', 'desc').orderBy(FieldPath.documentId(), 'desc');
  }

  private async page(
    query: Query,
    programId: string | undefined,
    limit: number,
    after: Place | undefined,
  ): Promise<(LiveSession | EndedSession)[]> {
    const filtered = programId === undefined ? query : query.where('programId', '==', programId);
    const ordered = this.newestFirst(filtered);
    const placed = after === undefined ? ordered : ordered.startAfter(Timestamp.fromMillis(after.createdAt), after.id);
    const snapshot = await placed.limit(limit).get();
    return snapshot.docs.map((doc) => readSession(doc) as LiveSession | EndedSession);
  }

  private async tryUpdate(
    path: string,
    patch: SessionPatch,
    update: FirebaseFirestore.UpdateData<FirebaseFirestore.DocumentData>,
    unmovedSince: Timestamp | undefined,
  ): Promise<boolean> {
    try {
      const { writeTime } = await this.doc(path).update(
        update,
        unmovedSince ? { lastUpdateTime: unmovedSince } : { exists: true },
      );
      const known = this.remembered.get(path);
      if (known !== undefined) {
        const unmoved = unmovedSince !== undefined && known.unmovedSince?.isEqual(unmovedSince);
        this.remembered.set(path, {
          session: { ...known.session, ...patch.fields },
          unmovedSince: unmoved ? writeTime : undefined,
        });
      }
      return true;
    } catch (error) {
      const code = grpcCode(error);
      if (code !== NOT_FOUND && code !== FAILED_PRECONDITION) throw error;
      if (code === NOT_FOUND) this.remembered.delete(path);
      return false;
    }
  }

  /** The session as it is, by one read; undefined: it stands on other ground, or is not there. */
  private async readAgain(path: string, ground: KnownGround): Promise<Remembered | undefined> {
    const snapshot = await this.doc(path).get();
    const session = readSession(snapshot);
    if (session === undefined || isEnded(session) || !isSameGround(session, ground)) return undefined;
    return this.remember(path, session, snapshot.updateTime);
  }

  private remember(path: string, session: LiveSession, updateTime: Timestamp | undefined): Remembered {
    const { contextSamples: _samples, ...known } = session;
    const remembered = { session: known, unmovedSince: updateTime };
    this.remembered.set(path, remembered);
    return remembered;
  }
}

function isSameGround(a: KnownGround, b: KnownGround): boolean {
  const labels = ({ metadata }: KnownGround) => JSON.stringify(Object.entries(metadata).sort());
  return a.state === b.state && a.lifecycle === b.lifecycle && labels(a) === labels(b);
}

interface Place {
  readonly part: string;
  readonly createdAt: number;
  readonly id: string;
}

function encodePlace(session: LiveSession | EndedSession): string {
  return encodePageToken({
    part: isEnded(session) ? 'ended' : 'live',
    createdAt: session.createdAt.getTime(),
    id: session.sessionId,
  });
}

function decodePlace(token: string): Place {
  return decodePageToken(token, { part: 'string', createdAt: 'number', id: 'string' });
}
