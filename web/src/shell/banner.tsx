import { ageText } from '@quarterdeck/contract/views';
import { clock } from '../live/clock.js';
import { staleSince } from '../live/connection.js';
import { Button } from '../ui/button.js';
import { When } from '../ui/time.js';
import { update } from './updates.js';
import './banner.css';

/** Says when what is shown is not how it is now, and when a newer page is there. */
export function Banner() {
  const since = staleSince.value;
  const isOffline = since !== null && !navigator.onLine;
  return (
    <>
      <div role="status" aria-live="polite">
        {since !== null && (
          <p class="banner stale">
            <span>
              {isOffline ? 'This device is offline.' : 'The connection is broken.'} You see how things were at{' '}
              <When at={since} />, <span class="number">{ageText(since, clock.value)}</span> ago. It goes on by itself.
            </span>
          </p>
        )}
      </div>
      {update.value && (
        <p class="banner">
          <span>A new version of this page is there.</span>
          <Button onClick={() => update.value?.()}>Reload</Button>
        </p>
      )}
    </>
  );
}
