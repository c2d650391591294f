import { signal } from '@preact/signals';
import './toast.css';

const SHOWN_FOR_MS = 6000;

interface Said {
  readonly id: number;
  readonly text: string;
  readonly isProblem: boolean;
}

const said = signal<readonly Said[]>([]);
let count = 0;

/** Says in a corner that something was done. */
export function toast(text: string, { isProblem = false } = {}): void {
  const id = ++count;
  said.value = [...said.value, { id, text, isProblem }];
  setTimeout(() => dismiss(id), SHOWN_FOR_MS);
}

function dismiss(id: number): void {
  said.value = said.value.filter((one) => one.id !== id);
}

/** Where toasts appear; once, in the shell. */
export function Toasts() {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {said.value.map(({ id, text, isProblem }) => (
        <button key={id} type="button" class={isProblem ? 'toast needs' : 'toast'} onClick={() => dismiss(id)}>
          {text}
        </button>
      ))}
    </div>
  );
}
