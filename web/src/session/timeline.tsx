import type { StoredEvent } from '@quarterdeck/contract';
import { collections, readDocument } from '@quarterdeck/contract/views';
import { collection, limit, orderBy, query, where } from 'firebase/firestore';
import { useMember } from '../account/member.js';
import { usePeople } from '../account/people.js';
import { listenToQuery, useLive } from '../live/live.js';
import { actorName } from '../ui/format.js';
import { When } from '../ui/time.js';
import { sayEvent } from './say-event.js';
import './timeline.css';

/** Events that are shown, the newest first. They are kept for 30 days. */
const SHOWN = 100;

/**
 * What happened to something.
 * @param subject as events name it: `session/…`, `task/…`
 */
export function Timeline({ subject }: { subject: string }) {
  const { accountId, services } = useMember();
  const people = usePeople();
  const events = useLive(
    () =>
      listenToQuery(
        query(
          collection(services.db, collections.events(accountId)),
          where('subject', '==', subject),
          orderBy('time', 'desc'),
          limit(SHOWN),
        ),
        (data) => readDocument<StoredEvent>('event', data) as StoredEvent,
      ),
    [subject],
  );
  const { value } = events.value;
  return (
    <section class="panel" aria-label="Timeline">
      <h2>Timeline</h2>
      {value === undefined && <p role="status">Reading what happened…</p>}
      {value?.length === 0 && <p class="faint">Nothing in the last 30 days.</p>}
      <ol class="timeline">
        {value?.map((event) => (
          <li key={event.id}>
            <When at={event.time} class="faint" />
            <span>
              {sayEvent(event)} <span class="faint">by {actorName(event.actor, people)}</span>
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
