import { useState } from 'preact/hooks';
import { Button } from './button.js';

const SAID_FOR_MS = 2000;

/** Copies a text, and says that it did. Where a page may not, the text is selected for copying by hand. */
export function Copy({ text, label = 'Copy' }: { text: string; label?: string }) {
  const [said, setSaid] = useState<string>();
  const copy = async (event: MouseEvent) => {
    const done = await navigator.clipboard?.writeText(text).then(
      () => true,
      () => false,
    );
    if (!done) selectBeside(event.target as HTMLElement);
    setSaid(done ? 'Copied' : 'Selected: press Ctrl-C');
    setTimeout(() => setSaid(undefined), SAID_FOR_MS);
  };
  return (
    <Button onClick={copy}>
      <span aria-live="polite">{said ?? label}</span>
    </Button>
  );
}

function selectBeside(button: HTMLElement): void {
  const shown = button.closest('[data-copy]')?.querySelector('code, pre');
  if (shown) getSelection()?.selectAllChildren(shown);
}
