import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { DocumentData } from '@quarterdeck/contract/views';
import { type DocumentReference, type FirestoreError, onSnapshot, type Query } from 'firebase/firestore';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { heardOf } from './connection.js';

/** What a listener has told so far. */
export interface Live<T> {
  /** Undefined: nothing yet. */
  readonly value: T | undefined;
  /** True: it is what the device knew before; how old it is, `staleSince` tells. */
  readonly isCached: boolean;
  /** Why the listener has ended; null: it goes on. */
  readonly error: FirestoreError | null;
}

/** A listener and what ends it. */
export interface Listening<T> {
  readonly live: ReadonlySignal<Live<T>>;
  close(): void;
}

const NOTHING: Live<never> = { value: undefined, isCached: true, error: null };
/** The SDK then tells as well when it has lost the server, and when it is back. */
const WITH_METADATA = { includeMetadataChanges: true };

/** Listens to one document; `read` gets undefined where there is none. */
export function listenToDocument<T>(ref: DocumentReference, read: (data: DocumentData) => T): Listening<T> {
  return listening((told, failed) =>
    onSnapshot(
      ref,
      WITH_METADATA,
      (one) => {
        const { fromCache } = one.metadata;
        // A cache that lacks the document does not know whether it is there.
        told(fromCache && !one.exists() ? undefined : { value: read(one.data()) }, fromCache);
      },
      failed,
    ),
  );
}

/** Listens to several documents at once; tells once all are known. */
export function listenToDocuments<T>(
  refs: readonly DocumentReference[],
  read: (data: DocumentData) => T,
): Listening<readonly T[]> {
  const each = refs.map((ref) => listenToDocument(ref, read));
  const live = computed(() => {
    const all = each.map((one) => one.live.value);
    const isKnown = all.every(({ value }) => value !== undefined);
    return {
      value: isKnown ? all.map(({ value }) => value as T) : undefined,
      isCached: all.some(({ isCached }) => isCached),
      error: all.find(({ error }) => error !== null)?.error ?? null,
    };
  });
  return {
    live,
    close() {
      for (const one of each) one.close();
    },
  };
}

/** Listens to the documents of a query, in its order; one that has not changed stays the same object. */
export function listenToQuery<T>(query: Query, read: (data: DocumentData, id: string) => T): Listening<readonly T[]> {
  const known = new Map<string, T>();
  return listening((told, failed) =>
    onSnapshot(
      query,
      WITH_METADATA,
      (snapshot) => {
        for (const { type, doc } of snapshot.docChanges()) {
          if (type === 'removed') known.delete(doc.id);
          else known.set(doc.id, read(doc.data(), doc.id));
        }
        const { fromCache } = snapshot.metadata;
        const value = snapshot.docs.flatMap(({ id }) => known.get(id) ?? []);
        // An empty cache says nothing of what is there.
        told(fromCache && value.length === 0 ? undefined : { value }, fromCache);
      },
      failed,
    ),
  );
}

/** Listens for as long as the component is there, and anew when one of `inputs` is another. */
export function useLive<T>(open: () => Listening<T>, inputs: readonly unknown[]): ReadonlySignal<Live<T>> {
  const listener = useMemo(open, inputs);
  useEffect(() => () => listener.close(), [listener]);
  return listener.live;
}

/**
 * The value of a list that more and more is asked of: while a longer one is read, it stays as it was.
 * @param key tells lists of something else apart
 */
export function useKept<T>({ value }: Live<T>, key: string): T | undefined {
  const kept = useRef<{ readonly key: string; readonly value: T }>(undefined);
  if (value !== undefined) kept.current = { key, value };
  return kept.current?.key === key ? kept.current.value : undefined;
}

function listening<T>(
  subscribe: (
    told: (known: { value: T } | undefined, isCached: boolean) => void,
    failed: (error: FirestoreError) => void,
  ) => () => void,
): Listening<T> {
  const live = signal<Live<T>>(NOTHING);
  const source = heardOf();
  const end = subscribe(
    (known, isCached) => {
      source.tell(!isCached);
      live.value = { value: live.peek().value, ...known, isCached, error: null };
    },
    (error) => {
      source.fail(error);
      live.value = { ...live.peek(), error };
    },
  );
  return {
    live,
    close() {
      end();
      source.close();
    },
  };
}
