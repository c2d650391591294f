import { useState } from 'preact/hooks';
import { Button } from './button.js';
import './long-text.css';

/** From here on a text is shortened until somebody wants to read it, in characters and in lines. */
const LONG_CHARS = 320;
const LONG_LINES = 5;

/** A text of somebody else's that may be long. */
export function LongText({ text }: { text: string }) {
  const [isOpen, setOpen] = useState(false);
  const isLong = text.length > LONG_CHARS || text.split('\n', LONG_LINES + 1).length > LONG_LINES;
  return (
    <div class="long-text">
      <p class={isLong && !isOpen ? 'wraps shortened' : 'wraps'}>{text}</p>
      {isLong && (
        <Button look="quiet" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? 'Show less' : 'Show all of it'}
        </Button>
      )}
    </div>
  );
}
