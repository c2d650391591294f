import type { Memory } from '@quarterdeck/contract';
import { collections } from '@quarterdeck/contract/views';
import { collection, limit, orderBy, query, where } from 'firebase/firestore';
import { useMember } from '../account/member.js';
import { wordsOf } from '../fleet/words.js';
import { listenToQuery } from '../live/live.js';
import { useMore } from '../live/use-more.js';
import { Button } from '../ui/button.js';
import { LongText } from '../ui/long-text.js';
import { NotRead } from '../ui/not-read.js';
import { Tag } from '../ui/tag.js';
import { When } from '../ui/time.js';
import { readMemory } from './read-memory.js';

const STEP = 20;

/** What the program was told to remember, the newest first. */
export function Memories({ programId }: { programId: string }) {
  const { accountId, services } = useMember();
  const { items, hasMore, error, more } = useMore(STEP, (count) =>
    listenToQuery(
      query(
        collection(services.db, collections.memories(accountId)),
        where('programId', '==', programId),
        orderBy('createdAt', 'desc'),
        limit(count),
      ),
      readMemory,
    ),
  );
  return (
    <section class="panel stack" aria-label="Memories">
      <h2>Memories</h2>
      <NotRead what="The memories" error={error} />
      {items === undefined && error === null && <p role="status">Reading the memories…</p>}
      {items?.length === 0 && (
        <p class="faint">
          None. An agent stores them with <code>remember</code> while it has a window.
        </p>
      )}
      <ul class="memories">
        {items?.map((memory) => (
          <li key={memory.memoryId}>
            <OneMemory memory={memory} />
          </li>
        ))}
      </ul>
      {hasMore && <Button onClick={more}>Show more</Button>}
    </section>
  );
}

function OneMemory({ memory }: { memory: Memory }) {
  const { title, content, type, tags, confidence, provenance, createdAt, sessionId } = memory;
  // Without a title of its own, a memory is called by its first words.
  const isOwnTitle = !content.replace(/\s+/g, ' ').startsWith(title.replace(/…$/, '').trim());
  return (
    <>
      {isOwnTitle && <h3 class="wraps">{title}</h3>}
      <LongText text={content} />
      <div class="memory-facts">
        <Tag>{wordsOf(type)}</Tag>
        {tags.map((tag) => (
          <Tag key={tag} title={`Tag ${tag}`}>
            #{tag}
          </Tag>
        ))}
        <span class="faint">
          {Math.round(confidence * 100)}% sure, {wordsOf(provenance).toLowerCase()}, <When at={createdAt} />,{' '}
          <a href={`/sessions/${sessionId}`} title={sessionId}>
            session
          </a>
        </span>
      </div>
    </>
  );
}
