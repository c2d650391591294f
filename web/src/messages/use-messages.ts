import { collections } from '@quarterdeck/contract/views';
import {
  collection,
  type FirestoreError,
  limit,
  orderBy,
  type QueryConstraint,
  query,
  where,
} from 'firebase/firestore';
import { useMemo } from 'preact/hooks';
import { useMember } from '../account/member.js';
import { listenToQuery, useKept, useLive } from '../live/live.js';
import { type Known, knownLetters, type Window } from './letters.js';
import { readMessage } from './read-message.js';

/** Messages that a list reads at first, and with each wish for more: more than the copies of the largest broadcast. */
const STEP = 250;

/** Letters as far as they are known. */
export interface KnownLetters {
  /** Undefined: nothing is known yet. */
  readonly known: Known | undefined;
  readonly error: FirestoreError | null;
}

/**
 * Listens to the newest messages of the account, or to those that a program got or sent.
 * @param program empty: all
 * @param steps how far back to read, from 1
 */
export function useMessages(program: string, steps: number): KnownLetters {
  const isOne = program !== '';
  const got = useNewest(isOne ? [where('programId', '==', program)] : [], STEP * steps, `got ${program}`);
  // Without a program everything is in the first list; a second listener on the same query costs nothing.
  const sent = useNewest(isOne ? [where('from', '==', program)] : [], STEP * steps, `sent ${program}`);
  return useKnown([got, sent]);
}

/** Listens to the newest messages of a thread, whoever got them. */
export function useThread(threadId: string, steps: number): KnownLetters {
  return useKnown([useNewest([where('threadId', '==', threadId)], STEP * steps, `thread ${threadId}`)]);
}

interface Newest {
  readonly window: Window | undefined;
  readonly error: FirestoreError | null;
}

/** @param key says what the filters are for */
function useNewest(filters: readonly QueryConstraint[], most: number, key: string): Newest {
  const { accountId, services } = useMember();
  const live = useLive(
    () =>
      listenToQuery(
        query(
          collection(services.db, collections.messages(accountId)),
          ...filters,
          orderBy('sentAt', 'desc'),
          limit(most),
        ),
        readMessage,
      ),
    [accountId, key, most],
  );
  const messages = useKept(live.value, key);
  const window = useMemo(() => messages && { messages, isCut: messages.length >= most }, [messages, most]);
  return { window, error: live.value.error };
}

function useKnown(lists: readonly Newest[]): KnownLetters {
  const windows = lists.map(({ window }) => window);
  const known = useMemo(
    () => (windows.every((window) => window !== undefined) ? knownLetters(windows as Window[]) : undefined),
    windows,
  );
  return { known, error: lists.find(({ error }) => error !== null)?.error ?? null };
}
