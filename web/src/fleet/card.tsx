import type { FleetRow } from '@quarterdeck/contract';
import { type Attention, isEnded, lastSignOfLife, needsHandoff } from '@quarterdeck/contract/views';
import { useMemo } from 'preact/hooks';
import { counted } from '../ui/format.js';
import { Meter } from '../ui/meter.js';
import { SafeLink } from '../ui/safe-link.js';
import { hueOf, Sign } from '../ui/sign.js';
import { Tag } from '../ui/tag.js';
import { Age } from '../ui/time.js';
import { contextShare, tellingLifecycle, wordsOf } from './words.js';
import type { AnySession } from './zones.js';
import './card.css';

interface CardProps {
  readonly session: AnySession;
  readonly attention: Attention;
  /** What waits for its program; absent: not counted yet. */
  readonly row: FleetRow | undefined;
}

/** One session among many: who, what, how far, and when it last gave a sign of life. */
export function Card({ session, attention, row }: CardProps) {
  // With a thousand of them, each change of one would draw all others again.
  return useMemo(() => <DrawnCard session={session} attention={attention} row={row} />, [session, attention, row]);
}

function DrawnCard({ session, attention, row }: CardProps) {
  const { sessionId, name, programId, projectName, status, progress } = session;
  const ended = isEnded(session) ? session : null;
  const place = [programId ?? 'the account', projectName, session.branch].filter((part) => part !== null);
  return (
    <article class={`card ${hueOf(attention)}`}>
      <header>
        <Sign attention={attention} failed={ended !== null && ended.outcome !== 'completed'} />
        <h3 class="cut">
          <a href={`/sessions/${sessionId}`} data-card title={name}>
            {name}
          </a>
        </h3>
        <Age since={ended?.endedAt ?? lastSignOfLife(session)} class="card-age" />
      </header>
      <p class="card-place cut" title={place.join(' · ')}>
        {place.join(' · ')}
      </p>
      {status !== null && <p class="card-status">{status}</p>}
      {progress !== null && ended === null && (
        <div class="card-progress">
          <Meter share={progress / 100} label="Progress" />
          <span class="number">{Math.round(progress)}%</span>
        </div>
      )}
      <Facts session={session} attention={attention} row={row} />
    </article>
  );
}

function Facts({ session, attention, row }: CardProps) {
  const share = contextShare(session);
  const lifecycle = tellingLifecycle(session);
  const { pr } = session;
  const tasks = row?.pendingTasks ?? 0;
  const messages = row?.pendingMessages ?? 0;
  return (
    <div class="card-facts">
      {attention === 'stale' && <Tag hue="stale">last said {session.state}</Tag>}
      {isEnded(session) && session.outcome !== 'completed' && <Tag hue="stale">{wordsOf(session.outcome)}</Tag>}
      {lifecycle !== null && <Tag>{lifecycle}</Tag>}
      {session.command !== null && <Tag hue="stale">told to {session.command.name}</Tag>}
      {needsHandoff(session) && !isEnded(session) && (
        <Tag hue="stale" title="Its context is filling up: a fresh session should take over">
          Handoff{share === null ? '' : ` at ${Math.round(share * 100)}%`}
        </Tag>
      )}
      {share !== null && !needsHandoff(session) && (
        <Tag title="How full its context is">{`Context ${Math.round(share * 100)}%`}</Tag>
      )}
      {pr && (
        <SafeLink class="tag quiet pr" href={pr.url}>
          PR #{pr.number}
        </SafeLink>
      )}
      {tasks > 0 && !isEnded(session) && <Tag>{counted(tasks, 'task')}</Tag>}
      {messages > 0 && !isEnded(session) && <Tag>{counted(messages, 'message')}</Tag>}
    </div>
  );
}
