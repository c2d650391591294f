import type { ComponentChildren } from 'preact';
import './sign.css';

/** A short fact beside others. */
export function Tag({
  hue = 'quiet',
  title,
  children,
}: {
  hue?: 'needs' | 'stale' | 'working' | 'quiet';
  title?: string;
  children: ComponentChildren;
}) {
  return (
    <span class={`tag ${hue}`} title={title}>
      <span class="cut">{children}</span>
    </span>
  );
}
