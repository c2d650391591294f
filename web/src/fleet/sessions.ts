import { computed, type ReadonlySignal } from '@preact/signals';
import type { EndedSession, Fleet, FleetRow, LiveSession, Thresholds } from '@quarterdeck/contract';
import {
  collections,
  DEFAULT_THRESHOLDS,
  documents,
  parseFleetRows,
  readSession,
  readThresholds,
} from '@quarterdeck/contract/views';
import { collection, doc, limit, orderBy, query, where } from 'firebase/firestore';
import { createContext } from 'preact';
import { useContext, useEffect, useMemo } from 'preact/hooks';
import type { Member } from '../account/identity.js';
import { knownUntil } from '../live/connection.js';
import { type Live, listenToDocument, listenToQuery } from '../live/live.js';
import { type Zones, zonesOf } from './zones.js';

/** Ended sessions that the fleet shows, the last ones first. */
const DONE_SHOWN = 50;

/** Every live session of the account, as the whole page knows it. */
export interface Sessions {
  readonly live: ReadonlySignal<Live<readonly LiveSession[]>>;
  /** Those that ended and are not archived yet, the last ones first, at most 50. */
  readonly done: ReadonlySignal<Live<readonly EndedSession[]>>;
  readonly thresholds: ReadonlySignal<Thresholds>;
  /** What waits for each program, as of the last visit of the sweep. */
  readonly rows: ReadonlySignal<ReadonlyMap<string, FleetRow>>;
  /** When the sweep counted what waits; null: not yet. */
  readonly computedAt: ReadonlySignal<Date | null>;
  readonly zones: ReadonlySignal<Zones>;
  /** How many wait for a person. */
  readonly needing: ReadonlySignal<number>;
  close(): void;
}

export const SessionsContext = createContext<Sessions | undefined>(undefined);

/** The sessions of the account. Only below the shell. */
export function useSessions(): Sessions {
  const sessions = useContext(SessionsContext);
  if (sessions === undefined) throw new Error('Nobody listens to sessions here.');
  return sessions;
}

/** Listens for as long as the shell is there. */
export function useSessionsSource(member: Member): Sessions {
  const sessions = useMemo(() => listenToSessions(member), [member]);
  useEffect(() => () => sessions.close(), [sessions]);
  return sessions;
}

function listenToSessions({ accountId, services: { db } }: Member): Sessions {
  const account = listenToDocument(doc(db, documents.account(accountId)), readThresholds);
  const live = listenToQuery(
    query(collection(db, collections.sessions(accountId)), orderBy('createdAt', 'desc')),
    (data) => readSession<LiveSession>(data) as LiveSession,
  );
  const done = listenToQuery(
    query(
      collection(db, collections.sessionHistory(accountId)),
      where('archivedAt', '==', null),
      orderBy('endedAt', 'desc'),
      limit(DONE_SHOWN),
    ),
    (data) => readSession<EndedSession>(data) as EndedSession,
  );
  const fleet = listenToQuery(query(collection(db, collections.fleet(accountId))), (data) => ({
    computedAt: momentOf(data?.computedAt),
    rows: parseFleetRows(String(data?.rowsJson ?? '[]')),
  }));

  const thresholds = computed(() => account.live.value.value ?? DEFAULT_THRESHOLDS);
  let before: Zones | undefined;
  const zones = computed(() => {
    before = zonesOf(
      live.live.value.value ?? [],
      done.live.value.value ?? [],
      thresholds.value,
      knownUntil.value,
      before,
    );
    return before;
  });
  const parts = computed(() => fleet.live.value.value ?? []);
  return {
    live: live.live,
    done: done.live,
    thresholds,
    rows: computed(() => new Map(parts.value.flatMap(({ rows }) => rows.map((row) => [row.programId, row] as const)))),
    computedAt: computed(() => parts.value[0]?.computedAt ?? null),
    zones,
    needing: computed(() => zones.value['needs you'].length),
    close() {
      for (const each of [account, live, done, fleet]) each.close();
    },
  };
}

function momentOf(value: unknown): Fleet['computedAt'] | null {
  return typeof value === 'object' && value !== null && 'toDate' in value
    ? (value as { toDate(): Date }).toDate()
    : null;
}
