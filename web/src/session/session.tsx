import type { EndedSession, LiveSession } from '@quarterdeck/contract';
import {
  attentionOf,
  documents,
  isEnded,
  isStale,
  lastSignOfLife,
  readSession,
  staleAfterSeconds,
} from '@quarterdeck/contract/views';
import { doc } from 'firebase/firestore';
import { useRoute } from 'preact-iso';
import { useMember } from '../account/member.js';
import { useSessions } from '../fleet/sessions.js';
import { tellingLifecycle, wordsOf } from '../fleet/words.js';
import type { AnySession } from '../fleet/zones.js';
import { clock } from '../live/clock.js';
import { staleSince } from '../live/connection.js';
import { listenToDocument, useLive } from '../live/live.js';
import { Empty } from '../ui/empty.js';
import { hueOf, Sign } from '../ui/sign.js';
import { Tag } from '../ui/tag.js';
import { Age, AsOf, When } from '../ui/time.js';
import { Actions } from './actions.js';
import { ContextUse } from './context-use.js';
import { Facts } from './facts.js';
import { Timeline } from './timeline.js';
import './session.css';

/** One session: how it stands, what happened, and what a person can do about it. */
export function Session() {
  const { sessionId = '' } = useRoute().params;
  const { accountId, services } = useMember();
  const live = useLive(
    () =>
      listenToDocument(doc(services.db, documents.session(accountId, sessionId)), (data) =>
        readSession<LiveSession>(data),
      ),
    [sessionId],
  );
  const ended = useLive(
    () =>
      listenToDocument(doc(services.db, documents.endedSession(accountId, sessionId)), (data) =>
        readSession<EndedSession>(data),
      ),
    [sessionId],
  );
  const session = live.value.value ?? ended.value.value;
  if (session === undefined) return <p role="status">Reading the session…</p>;
  if (session === null)
    return live.value.value === null && ended.value.value === null ? <Missing sessionId={sessionId} /> : null;
  return (
    <article class="session">
      <Head session={session} />
      <Actions session={session} />
      <div class="session-columns">
        <Facts session={session} />
        <div class="session-side">
          <ContextUse session={session} />
          <Timeline subject={`session/${sessionId}`} />
        </div>
      </div>
    </article>
  );
}

function Head({ session }: { session: AnySession }) {
  const { thresholds } = useSessions();
  const now = staleSince.value ?? clock.value;
  const ended = isEnded(session) ? session : null;
  const stale = !isEnded(session) && isStale(session, thresholds.value, now);
  const attention = attentionOf({ state: session.state, stale, activity: session.activity });
  const lifecycle = tellingLifecycle(session);
  return (
    <header class={`session-head ${hueOf(attention)}`}>
      <p class="crumbs">
        <a href="/">Fleet</a>
        {session.programId !== null && (
          <>
            {' / '}
            <a href={`/programs/${session.programId}`}>{session.programId}</a>
          </>
        )}
      </p>
      <h1 class="wraps">{session.name}</h1>
      <p class="session-standing">
        <Sign attention={attention} failed={ended !== null && ended.outcome !== 'completed'} />
        <b>{wordsOf(attention)}</b>
        {ended === null ? (
          <span>
            {stale ? 'silent for ' : 'heard '}
            <Age since={lastSignOfLife(session)} />
            {stale ? '' : ' ago'}
          </span>
        ) : (
          <span>
            {wordsOf(ended.outcome)} <When at={ended.endedAt} />
          </span>
        )}
        {stale && <Tag hue="stale">last said {session.state}</Tag>}
        {lifecycle !== null && <Tag>{lifecycle}</Tag>}
        {ended === null && session.command !== null && <Tag hue="stale">told to {session.command.name}</Tag>}
        <AsOf />
      </p>
      {stale && (
        <p class="faint">
          Stale after {Math.round(staleAfterSeconds(session as LiveSession, thresholds.value) / 60)} minutes without a
          sign of life.
        </p>
      )}
      {session.status !== null && <p class="session-status wraps">{session.status}</p>}
    </header>
  );
}

function Missing({ sessionId }: { sessionId: string }) {
  return (
    <Empty title="There is no such session">
      <p>
        No session of this account is called <code>{sessionId}</code>. It may belong to another account, or the address
        may have a typing error. <a href="/">See the fleet</a>
      </p>
    </Empty>
  );
}
