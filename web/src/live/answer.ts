import { useEffect, useRef, useState } from 'preact/hooks';
import { sentenceOf } from '../account/identity.js';
import { serverNow } from './clock.js';

/** What an operation answered, for what has no document to listen to. */
export interface Answer<T> {
  /** Undefined: nothing yet. */
  readonly value: T | undefined;
  /** When it was asked for; null: nothing was answered yet. */
  readonly at: Date | null;
  /** Why the last question had no answer. What was answered before is still there. */
  readonly problem: string | undefined;
  readonly isAsking: boolean;
  /** Asks anew, as after a change. Settles when the answer is there; never rejects. */
  again(): Promise<void>;
}

type Told<T> = Omit<Answer<T>, 'again'>;

const NOTHING: Told<never> = { value: undefined, at: null, problem: undefined, isAsking: true };

/** Asks once, anew when one of `inputs` is another, and when the person comes back to the page. */
export function useAnswer<T>(ask: () => Promise<T>, inputs: readonly unknown[]): Answer<T> {
  const [told, setTold] = useState<Told<T>>(NOTHING);
  const turn = useRef(0);
  const current = useRef(ask);
  current.current = ask;
  const again = async () => {
    const mine = ++turn.current;
    setTold((before) => ({ ...before, isAsking: true }));
    const at = serverNow();
    const next = await current.current().then(
      (value): Told<T> => ({ value, at, problem: undefined, isAsking: false }),
      (error) => ({ problem: sentenceOf(error), isAsking: false }),
    );
    // A later question has a newer answer.
    if (mine === turn.current) setTold((before) => ({ ...before, ...next }));
  };
  useEffect(() => {
    setTold(NOTHING);
    void again();
    const onShown = () => {
      if (!document.hidden) void again();
    };
    document.addEventListener('visibilitychange', onShown);
    return () => {
      turn.current++;
      document.removeEventListener('visibilitychange', onShown);
    };
  }, inputs);
  return { ...told, again };
}
