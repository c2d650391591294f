import type { ComponentChildren } from 'preact';
import './problem.css';

/** What went wrong, as a sentence with what to do; read out at once. */
export function Problem({ children }: { children: ComponentChildren }) {
  return (
    <p class="problem" role="alert">
      {children}
    </p>
  );
}
