import type { EndedSession, LiveSession } from '@quarterdeck/contract';
import { collections, documents, readDocument, readSession, readThresholds } from '@quarterdeck/contract/views';
import { collection, doc, orderBy, type QueryConstraint, query, where } from 'firebase/firestore';
import { QuarterdeckError } from './errors.js';
import type { ClientOptions } from './options.js';
import { type Connection, type ConnectionMethods, connect } from './watch/connection.js';
import { type FleetPart, type FleetValues, fleetView } from './watch/fleet-view.js';
import { listenToDocument, listenToNetwork, listenToQuery, mapped } from './watch/listeners.js';
import { LiveWatch, type WatchPlan } from './watch/live-watch.js';
import { type SessionValues, sessionView } from './watch/session-view.js';
import { type SessionsValues, sessionsView } from './watch/sessions-view.js';
import type { FleetUpdate, SessionsUpdate, SessionUpdate, Watch, Watches, WatchOptions } from './watch-types.js';

/** All watches of a client between two calls of `close`: they share one Firebase app and one sign-in. */
interface Shared {
  readonly connection: Promise<Connection>;
  readonly watches: Set<Watch>;
  isClosed: boolean;
}

type Plan<Values extends object, Update> = Pick<WatchPlan<Values, Update>, 'operation' | 'sources' | 'view'>;

/**
 * The live half of a client. It is loaded when the first watch is opened, because Firebase comes with it.
 * @param now the server's clock
 */
export function createWatches(
  options: ClientOptions,
  methods: ConnectionMethods,
  now: () => Date,
): Watches & { close(): Promise<void> } {
  let shared: Shared | undefined;

  async function open<Values extends object, Update>(
    planFor: (connection: Connection) => Plan<Values, Update>,
    onUpdate: (update: Update) => void,
    { onError }: WatchOptions = {},
  ): Promise<Watch> {
    shared ??= { connection: connect(options, methods), watches: new Set(), isClosed: false };
    const mine = shared;
    const connection = await mine.connection.catch((error) => {
      if (shared === mine) shared = undefined; // so that the next watch tries again
      throw error;
    });
    if (mine.isClosed) throw closedWhileOpening();
    const watch: LiveWatch<Values, Update> = new LiveWatch({
      ...planFor(connection),
      onUpdate,
      onError,
      now,
      network: listenToNetwork,
      onClosed: () => mine.watches.delete(watch),
    });
    mine.watches.add(watch);
    await watch.opened;
    return watch;
  }

  const thresholdsOf = ({ db, accountId }: Connection) =>
    listenToDocument(doc(db, documents.account(accountId)), readThresholds);

  return {
    watchSessions: (onUpdate, { programId, state, ...rest } = {}) =>
      open<SessionsValues, SessionsUpdate>(
        (connection) => ({
          operation: 'watch_sessions',
          sources: {
            thresholds: thresholdsOf(connection),
            sessions: mapped(
              listenToQuery(liveSessions(connection, programId, state), (data) => readSession<LiveSession>(data)),
              (found) => found.flatMap(({ value }) => value ?? []),
            ),
          },
          view: sessionsView(),
        }),
        onUpdate,
        rest,
      ),
    watchSession: async (sessionId, onUpdate, rest) => {
      requireSessionId(sessionId);
      return open<SessionValues, SessionUpdate>(
        (connection) => {
          const { db, accountId } = connection;
          return {
            operation: 'watch_session',
            sources: {
              thresholds: thresholdsOf(connection),
              live: listenToDocument(doc(db, documents.session(accountId, sessionId)), (data) =>
                readSession<LiveSession>(data),
              ),
              ended: listenToDocument(doc(db, documents.endedSession(accountId, sessionId)), (data) =>
                readSession<EndedSession>(data),
              ),
            },
            view: sessionView(),
          };
        },
        onUpdate,
        rest,
      );
    },
    watchFleet: (onUpdate, rest) =>
      open<FleetValues, FleetUpdate>(
        ({ db, accountId }) => ({
          operation: 'watch_fleet',
          sources: {
            parts: mapped(
              listenToQuery(
                query(collection(db, collections.fleet(accountId))),
                (data) => readDocument<FleetPart>('fleet', data) as FleetPart,
              ),
              (found) => new Map(found.map(({ id, value }) => [id, value])),
            ),
          },
          view: fleetView,
        }),
        onUpdate,
        rest,
      ),
    async close() {
      const mine = shared;
      if (mine === undefined) return;
      shared = undefined;
      mine.isClosed = true;
      for (const watch of mine.watches) watch.close();
      await mine.connection.then(
        (connection) => connection.close(),
        () => undefined, // whoever opened a watch was told
      );
    },
  };
}

/** In the order, and so by the indexes, of list_sessions. */
function liveSessions({ db, accountId }: Connection, programId: string | undefined, state: string | undefined) {
  const constraints: QueryConstraint[] = [
    ...(state === undefined ? [] : [where('state', '==', state)]),
    ...(programId === undefined ? [] : [where('programId', '==', programId)]),
    orderBy('createdAt', 'desc'),
  ];
  return query(collection(db, collections.sessions(accountId)), ...constraints);
}

/** The id becomes part of a path. */
function requireSessionId(sessionId: string): void {
  if (/^[A-Za-z0-9._:-]{1,100}$/.test(sessionId)) return;
  const message = 'sessionId: must be 1 to 100 letters, digits, ".", "_", ":" and "-".';
  throw new QuarterdeckError('watch_session', { code: 'invalid-argument', reason: 'INVALID_FIELD', message });
}

function closedWhileOpening(): QuarterdeckError {
  const message = 'The client was closed while the watch was being opened.';
  return new QuarterdeckError('watch', { code: 'aborted', reason: 'WATCH_ENDED', message });
}
