import { ATTENTION, type Attention, collections } from '@quarterdeck/contract/views';
import { collection, limit, query } from 'firebase/firestore';
import { useLocation } from 'preact-iso';
import { useMember } from '../account/member.js';
import { firstKey } from '../first-run/first-key.js';
import { FirstKeyPanel, FirstRun } from '../first-run/first-run.js';
import { listenToQuery, useLive } from '../live/live.js';
import { Choice } from '../ui/choice.js';
import { Empty } from '../ui/empty.js';
import { Filters } from '../ui/filters.js';
import { counted } from '../ui/format.js';
import { NothingFits } from '../ui/nothing-fits.js';
import { hueOf, Sign } from '../ui/sign.js';
import { AsOf } from '../ui/time.js';
import { Card } from './card.js';
import { addressOf, choicesOf, type Filter, filterOf, fits, isFiltering } from './filter.js';
import { useSessions } from './sessions.js';
import { wordsOf } from './words.js';
import type { AnySession } from './zones.js';
import '../ui/zone.css';
import './fleet.css';

/** All sessions, by what a person should do about them. */
export function Fleet() {
  const { query: asked, route } = useLocation();
  const sessions = useSessions();
  const filter = filterOf(asked);
  const set = (change: Partial<Filter>) => route(addressOf({ ...filter, ...change }), true);
  const { value: live } = sessions.live.value;
  const { value: done } = sessions.done.value;
  const all = [...(live ?? []), ...(done ?? [])];
  const isEmpty = live !== undefined && done !== undefined && all.length === 0;
  return (
    <>
      <div class="page-head">
        <h1>Fleet</h1>
        <AsOf />
      </div>
      <FirstKeyPanel isWaiting={isEmpty} />
      {(!isEmpty || isFiltering(filter)) && (
        <Filters
          label="Search sessions"
          q={filter.q}
          onSearch={(q) => set({ q })}
          onShowAll={isFiltering(filter) ? () => route('/', true) : undefined}
        >
          <Choice
            label="Program"
            value={filter.program}
            choices={choicesOf(all, 'programId')}
            onChoose={(program) => set({ program })}
          />
          <Choice
            label="Project"
            value={filter.project}
            choices={choicesOf(all, 'projectName')}
            onChoose={(project) => set({ project })}
          />
          <Choice
            label="State"
            value={filter.state}
            choices={choicesOf(all, 'state')}
            onChoose={(state) => set({ state })}
            say={wordsOf}
          />
        </Filters>
      )}
      {live === undefined || (done === undefined && all.length === 0) ? (
        <p role="status">Reading the sessions…</p>
      ) : (
        <AllZones filter={filter} isEmpty={isEmpty} />
      )}
    </>
  );
}

function AllZones({ filter, isEmpty }: { filter: Filter; isEmpty: boolean }) {
  const { zones } = useSessions();
  const shown = ATTENTION.map((attention) => ({
    attention,
    sessions: isFiltering(filter)
      ? zones.value[attention].filter((session) => fits(session, filter))
      : zones.value[attention],
  })).filter(({ sessions }) => sessions.length > 0);
  if (isEmpty) return <NoSessions />;
  if (shown.length === 0) {
    return <NothingFits what="session" all="/" />;
  }
  return (
    <>
      {shown.map(({ attention, sessions }) => (
        <Zone key={attention} attention={attention} sessions={sessions} />
      ))}
    </>
  );
}

function Zone({ attention, sessions }: { attention: Attention; sessions: readonly AnySession[] }) {
  const { rows } = useSessions();
  const byProgram = rows.value;
  return (
    <section class="zone" aria-label={`${wordsOf(attention)}: ${counted(sessions.length, 'session')}`}>
      <h2 class={`zone-head ${hueOf(attention)}`}>
        <Sign attention={attention} />
        {wordsOf(attention)}
        <span class="number">{sessions.length}</span>
      </h2>
      <div class="cards">
        {sessions.map((session) => (
          <Card
            key={session.sessionId}
            session={session}
            attention={attention}
            row={session.programId === null ? undefined : byProgram.get(session.programId)}
          />
        ))}
      </div>
    </section>
  );
}

/** Nothing is at work: either nothing ever was, or all of it is long over. */
function NoSessions() {
  const { accountId, services } = useMember();
  const past = useLive(
    () =>
      listenToQuery(query(collection(services.db, collections.sessionHistory(accountId)), limit(1)), (_data, id) => id),
    [accountId],
  );
  const { value } = past.value;
  if (value === undefined) return <p role="status">Reading the sessions…</p>;
  if (value.length > 0) {
    return (
      <Empty title="Nobody is at work">
        <p>
          Every session has ended, and was archived. The next one appears here as soon as an agent opens it.{' '}
          <a href="/programs">See the programs</a>
        </p>
      </Empty>
    );
  }
  return firstKey.value?.accountId === accountId ? null : <FirstRun />;
}
