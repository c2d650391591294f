import { groupOf } from '@quarterdeck/contract/views';
import { useMemo, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { useMember } from '../account/member.js';
import { usePeople } from '../account/people.js';
import { useTargets } from '../targets/use-targets.js';
import { Button } from '../ui/button.js';
import { Choice } from '../ui/choice.js';
import { Empty } from '../ui/empty.js';
import { addressWith } from '../ui/filter.js';
import { Filters } from '../ui/filters.js';
import { NothingFits } from '../ui/nothing-fits.js';
import { Problem } from '../ui/problem.js';
import { AsOf, When } from '../ui/time.js';
import { Compose } from './compose.js';
import { type Known, searchedThreads, threadsOf } from './letters.js';
import { Row } from './row.js';
import { useMessages } from './use-messages.js';
import '../ui/rows.css';
import './messages.css';

/** What programs and people say to each other, by thread. Looking at it marks nothing as read. */
export function Messages() {
  const { query, route } = useLocation();
  const { role } = useMember();
  const targets = useTargets();
  const [isWriting, setWriting] = useState(false);
  const [steps, setSteps] = useState(1);
  const filter = { q: query.q ?? '', program: query.program ?? '' };
  const { known, error } = useMessages(filter.program, steps);
  const set = (change: Partial<typeof filter>) => route(addressWith('/messages', { ...filter, ...change }), true);
  const isFiltering = filter.q !== '' || filter.program !== '';
  return (
    <>
      <div class="page-head">
        <h1>Messages</h1>
        <AsOf />
        {role === 'admin' && (
          <div class="actions">
            <Button look="main" onClick={() => setWriting(true)}>
              New message
            </Button>
          </div>
        )}
      </div>
      <Filters
        label="Search messages"
        q={filter.q}
        onSearch={(q) => set({ q })}
        onShowAll={isFiltering ? () => route('/messages', true) : undefined}
      >
        <Choice
          label="Program"
          value={filter.program}
          choices={(targets ?? []).map(({ target }) => target).filter((target) => groupOf(target) === undefined)}
          onChoose={(program) => set({ program })}
        />
      </Filters>
      {error && <Problem>The messages can’t be read: {error.message} Reload the page to try again.</Problem>}
      {known === undefined && !error && <p role="status">Reading the messages…</p>}
      {known && <Threads known={known} q={filter.q} isFiltering={isFiltering} onMore={() => setSteps(steps + 1)} />}
      {isWriting && <Compose targets={targets} target={filter.program} onClose={() => setWriting(false)} />}
    </>
  );
}

interface ThreadsProps {
  readonly known: Known;
  readonly q: string;
  readonly isFiltering: boolean;
  readonly onMore: () => void;
}

function Threads({ known, q, isFiltering, onMore }: ThreadsProps) {
  const people = usePeople();
  const threads = useMemo(() => threadsOf(known.letters), [known]);
  const shown = searchedThreads(threads, q);
  return (
    <>
      {shown.length === 0 ? (
        <NoMessages isFiltering={isFiltering} />
      ) : (
        <ul class="rows" aria-label="Threads, the newest first">
          {shown.map((thread) => (
            <Row key={thread.threadId} thread={thread} people={people} />
          ))}
        </ul>
      )}
      {known.since !== null && (
        <div class="rows-foot">
          <span class="faint">
            {q === '' ? 'What was said after ' : 'Searched was what was said after '}
            <When at={known.since} />.
          </span>
          <Button look="quiet" onClick={onMore}>
            {q === '' ? 'Show more' : 'Search further'}
          </Button>
        </div>
      )}
    </>
  );
}

function NoMessages({ isFiltering }: { isFiltering: boolean }) {
  if (isFiltering) {
    return <NothingFits what="message" all="/messages" />;
  }
  return (
    <Empty title="No message">
      <p>
        Programs say things to each other with <code>send_message</code>, and admins from here. A message is removed
        when its time to live is over: a day, unless its sender says otherwise.
      </p>
    </Empty>
  );
}
