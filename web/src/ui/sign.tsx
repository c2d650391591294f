import type { Attention } from '@quarterdeck/contract/views';
import './sign.css';

interface SignProps {
  readonly attention: Attention;
  /** Of a session that is over: it did not end well. Default: it did. */
  readonly failed?: boolean;
}

/** The sign of an attention, told apart by its shape as well as by its colour. */
export function Sign({ attention, failed = false }: SignProps) {
  return (
    <svg
      class={`sign ${hueOf(attention)} ${failed ? 'failed' : ''}`}
      width="14"
      height="14"
      viewBox="0 0 14 14"
      aria-hidden="true"
    >
      {failed ? CROSS : SHAPES[attention]}
    </svg>
  );
}

/** The class that gives an attention its hue: `needs`, `stale`, `working` or `quiet`. */
export function hueOf(attention: Attention): string {
  if (attention === 'needs you') return 'needs';
  return attention === 'stale' || attention === 'working' ? attention : 'quiet';
}

const CROSS = (
  <path d="m3 3 8 8M11 3l-8 8" fill="none" stroke="currentColor" stroke-width="2.2" stroke-linecap="round" />
);

const SHAPES: Record<Attention, preact.JSX.Element> = {
  'needs you': <path d="M7 1 13.2 12.4H.8Z" fill="currentColor" />,
  stale: <path d="M7 1.6 12.4 7 7 12.4 1.6 7Z" fill="none" stroke="currentColor" stroke-width="2" />,
  working: <circle cx="7" cy="7" r="5" fill="currentColor" />,
  idle: <circle cx="7" cy="7" r="4.2" fill="none" stroke="currentColor" stroke-width="2" />,
  pinned: <path d="M4 2h6v6.5H4ZM7 8.5V13" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" />,
  done: (
    <path
      d="m2 7.6 3.4 3.4L12 3.6"
      fill="none"
      stroke="currentColor"
      stroke-width="2.2"
      stroke-linecap="round"
      stroke-linejoin="round"
    />
  ),
};
