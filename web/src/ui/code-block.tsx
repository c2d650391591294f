import { Copy } from './copy.js';
import './code-block.css';

/** A text to be taken somewhere else, with a button that copies it. What is long scrolls by itself. */
export function CodeBlock({ text, label, copy = 'Copy' }: { text: string; label: string; copy?: string }) {
  return (
    <div class="code-block" data-copy>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached with the keyboard */}
      <section class="code-text" tabIndex={0} aria-label={label}>
        <pre>{text}</pre>
      </section>
      <Copy text={text} label={copy} />
    </div>
  );
}
