import { useEffect, useRef } from 'preact/hooks';

/** What keys do: `/`, `?`, or one after another, `g f`. */
export type Keys = Readonly<Record<string, (event: KeyboardEvent) => void>>;

const NEXT_WITHIN_MS = 1000;

/** Listens to keys for as long as the component is there. While somebody types, or a dialog is open, keys are theirs. */
export function useKeys(keys: Keys): void {
  const current = useRef(keys);
  current.current = keys;
  useEffect(() => {
    let first = '';
    let at = 0;
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyped(event)) return;
      const pair = performance.now() - at < NEXT_WITHIN_MS ? `${first} ${event.key}` : '';
      const run = current.current[pair] ?? current.current[event.key];
      first = event.key;
      at = performance.now();
      if (run === undefined) return;
      event.preventDefault();
      run(event);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}

function isTyped({ target }: KeyboardEvent): boolean {
  const { tagName, isContentEditable } = target as HTMLElement;
  return (
    isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(tagName) || document.querySelector('dialog[open]') !== null
  );
}
