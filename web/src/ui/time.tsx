import { useComputed } from '@preact/signals';
import { ageText } from '@quarterdeck/contract/views';
import { clock } from '../live/clock.js';
import { knownUntil, staleSince } from '../live/connection.js';
import { exactTime, shortTime } from './format.js';

/** How long ago something was, counting up by itself: "12s", "3m". While nothing is heard it stands still, because nobody knows what came after. */
export function Age({ since, class: name = '' }: { since: Date; class?: string }) {
  const text = useComputed(() => ageText(since, knownUntil.value));
  // The moment may be another with the next render, and a computed signal keeps what it was made with.
  return (
    <time key={since.getTime()} class={`number ${name}`} dateTime={since.toISOString()} title={exactTime(since)}>
      {text}
    </time>
  );
}

/** How long it is until something, counting down by itself: "4m". It stands still with `Age`. */
export function Left({ until, class: name = '' }: { until: Date; class?: string }) {
  const text = useComputed(() => ageText(knownUntil.value, until));
  return (
    <time key={until.getTime()} class={`number ${name}`} dateTime={until.toISOString()} title={exactTime(until)}>
      {text}
    </time>
  );
}

/** When something was, in the reader's zone; the exact moment on hover. */
export function When({ at, class: name = '' }: { at: Date; class?: string }) {
  return (
    <time class={`number ${name}`} dateTime={at.toISOString()} title={exactTime(at)}>
      {shortTime(at, clock.peek())}
    </time>
  );
}

/** "as of 14:05" while what is shown may be old, nothing while it is live. */
export function AsOf() {
  const { value } = staleSince;
  return value === null ? null : (
    <span class="as-of" title={exactTime(value)}>
      as of {shortTime(value, clock.peek())}
    </span>
  );
}
