import type { EndedSession } from '@quarterdeck/contract';
import { ageText, collections, readSession } from '@quarterdeck/contract/views';
import { collection, limit, orderBy, query, where } from 'firebase/firestore';
import { useMember } from '../account/member.js';
import { wordsOf } from '../fleet/words.js';
import { listenToQuery } from '../live/live.js';
import { useMore } from '../live/use-more.js';
import { Button } from '../ui/button.js';
import { NotRead } from '../ui/not-read.js';
import { Tag } from '../ui/tag.js';
import { When } from '../ui/time.js';

const STEP = 10;

/** Sessions of a program that are over, the newest first. */
export function PastSessions({ programId }: { programId: string }) {
  const { accountId, services } = useMember();
  const { items, hasMore, error, more } = useMore(STEP, (count) =>
    listenToQuery(
      query(
        collection(services.db, collections.sessionHistory(accountId)),
        where('programId', '==', programId),
        orderBy('createdAt', 'desc'),
        limit(count),
      ),
      (data) => readSession<EndedSession>(data) as EndedSession,
    ),
  );
  return (
    <section class="panel stack" aria-label="Past sessions">
      <h2>Past sessions</h2>
      <NotRead what="The sessions" error={error} />
      {items === undefined && error === null && <p role="status">Reading the sessions…</p>}
      {items?.length === 0 && <p class="faint">None is over yet.</p>}
      <ul class="past">
        {items?.map((session) => (
          <li key={session.sessionId}>
            <PastSession session={session} />
          </li>
        ))}
      </ul>
      {hasMore && <Button onClick={more}>Show more</Button>}
    </section>
  );
}

function PastSession({ session }: { session: EndedSession }) {
  const { sessionId, name, status, outcome, createdAt, endedAt, projectName } = session;
  return (
    <>
      <p class="past-head">
        <a class="cut" href={`/sessions/${sessionId}`} data-card title={name}>
          {name}
        </a>
        <Tag hue={outcome === 'completed' ? 'working' : 'stale'}>{wordsOf(outcome)}</Tag>
      </p>
      {status !== null && (
        <p class="soft cut" title={status}>
          {status}
        </p>
      )}
      <p class="faint cut">
        <When at={createdAt} /> for <span class="number">{ageText(createdAt, endedAt)}</span>
        {projectName !== null && ` · ${projectName}`}
      </p>
    </>
  );
}
