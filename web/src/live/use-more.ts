import type { FirestoreError } from 'firebase/firestore';
import { useRef, useState } from 'preact/hooks';
import { type Listening, useLive } from './live.js';

/** A list of which a part is shown. */
export interface More<T> {
  /** Undefined: nothing was told yet. */
  readonly items: readonly T[] | undefined;
  readonly hasMore: boolean;
  /** Why the listener has ended; null: it goes on. */
  readonly error: FirestoreError | null;
  /** Shows the next ones as well. */
  more(): void;
}

/**
 * The first documents of a query, live, and more whenever somebody asks; what is shown stays while those are read.
 * @param open listens to the first `limit` documents: one more than is shown, which tells whether there are any
 */
export function useMore<T>(step: number, open: (limit: number) => Listening<readonly T[]>): More<T> {
  const [count, setCount] = useState(step);
  const { value, error } = useLive(() => open(count + 1), [count]).value;
  const before = useRef<readonly T[] | undefined>(undefined);
  const known = value ?? before.current;
  before.current = known;
  return {
    items: known?.slice(0, count),
    hasMore: known !== undefined && known.length > count,
    error,
    more: () => setCount(count + step),
  };
}
