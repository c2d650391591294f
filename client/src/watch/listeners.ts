import type { DocumentData } from '@quarterdeck/contract/views';
import { type DocumentReference, onSnapshot, type Query } from 'firebase/firestore';
import type { Listen, ListenToNetwork } from './live-watch.js';

/** The SDK then tells as well when it has lost the server, and when it is back. */
const WITH_METADATA = { includeMetadataChanges: true };

/** Listens to one document, present or not. */
export function listenToDocument<Value>(ref: DocumentReference, read: (data: DocumentData) => Value): Listen<Value> {
  return (observer) => {
    let before: string | undefined;
    return onSnapshot(
      ref,
      WITH_METADATA,
      (snapshot) => {
        const value = read(snapshot.data());
        const text = JSON.stringify(value);
        observer.next(value, !snapshot.metadata.fromCache, text !== before);
        before = text;
      },
      (error) => observer.error(error),
    );
  };
}

/** Listens to the documents of a query, in its order; one that has not changed stays the same object. */
export function listenToQuery<One>(
  query: Query,
  read: (data: DocumentData) => One,
): Listen<readonly { id: string; value: One }[]> {
  return (observer) => {
    const known = new Map<string, { id: string; value: One }>();
    return onSnapshot(
      query,
      WITH_METADATA,
      (snapshot) => {
        const changes = snapshot.docChanges();
        for (const { type, doc } of changes) {
          if (type === 'removed') known.delete(doc.id);
          else known.set(doc.id, { id: doc.id, value: read(doc.data()) });
        }
        const values = snapshot.docs.flatMap(({ id }) => known.get(id) ?? []);
        observer.next(values, !snapshot.metadata.fromCache, changes.length > 0);
      },
      (error) => observer.error(error),
    );
  };
}

/** The same, with the values made into another. */
export function mapped<From, To>(listen: Listen<From>, into: (value: From) => To): Listen<To> {
  return (observer) =>
    listen({
      next: (value, isFromServer, isChanged) => observer.next(into(value), isFromServer, isChanged),
      error: (error) => observer.error(error),
    });
}

interface NetworkWindow {
  addEventListener(type: 'online' | 'offline', listener: () => void): void;
  removeEventListener(type: 'online' | 'offline', listener: () => void): void;
}

/** A browser knows that it is offline before a stream does; elsewhere nobody says so. */
export const listenToNetwork: ListenToNetwork = (onChange) => {
  const { window } = globalThis as { window?: Partial<NetworkWindow> };
  if (window?.addEventListener === undefined) return () => {};
  const online = () => onChange(true);
  const offline = () => onChange(false);
  window.addEventListener('online', online);
  window.addEventListener('offline', offline);
  return () => {
    window.removeEventListener?.('online', online);
    window.removeEventListener?.('offline', offline);
  };
};
