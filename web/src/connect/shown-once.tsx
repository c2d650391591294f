import { CodeBlock } from '../ui/code-block.js';
import './shown-once.css';

/** Something that can't be shown again. */
export function ShownOnce({ text, what }: { text: string; what: string }) {
  return (
    <div class="shown-once">
      <p>
        <b>Keep the {what} now.</b> It is shown this once, and nobody can show it again.
      </p>
      <CodeBlock text={text} label={`The ${what}`} copy={`Copy the ${what}`} />
    </div>
  );
}
