import type { ContextSnapshot } from '@quarterdeck/contract';
import { CONTEXT_HISTORY_MAX } from '@quarterdeck/contract/limits';
import { collections } from '@quarterdeck/contract/views';
import { collection, limit, orderBy, query } from 'firebase/firestore';
import { useMemo, useState } from 'preact/hooks';
import { useMember } from '../account/member.js';
import { listenToQuery, useLive } from '../live/live.js';
import { Button } from '../ui/button.js';
import { NotRead } from '../ui/not-read.js';
import { When } from '../ui/time.js';
import { compareSummaries, type ItemChange } from './compare-summaries.js';
import { readSnapshot } from './read-program-state.js';
import type { Piece } from './word-diff.js';
import './context-history.css';

const STEP = 5;

/** How the context summary changed from write to write, the newest first. The newest 50 are kept. */
export function ContextHistory({ programId }: { programId: string }) {
  const { accountId, services } = useMember();
  const [shown, setShown] = useState(STEP);
  const listener = useLive(
    () =>
      listenToQuery(
        query(
          collection(services.db, collections.contextHistory(accountId, programId)),
          orderBy('revision', 'desc'),
          limit(CONTEXT_HISTORY_MAX),
        ),
        readSnapshot,
      ),
    [],
  );
  const { value: snapshots, error } = listener.value;
  return (
    <section class="panel stack" aria-label="Context history">
      <h2>Context history</h2>
      <NotRead what="The context history" error={error} />
      {snapshots === undefined && error === null && <p role="status">Reading the history…</p>}
      {snapshots?.length === 0 && <p class="faint">No context summary was written yet.</p>}
      <ol class="history">
        {snapshots?.slice(0, shown).map((snapshot, index) => (
          <li key={snapshot.revision}>
            <Entry
              snapshot={snapshot}
              before={snapshots[index + 1]}
              isFull={snapshots.length === CONTEXT_HISTORY_MAX}
            />
          </li>
        ))}
      </ol>
      {(snapshots?.length ?? 0) > shown && <Button onClick={() => setShown(shown + STEP)}>Show more</Button>}
    </section>
  );
}

interface EntryProps {
  readonly snapshot: ContextSnapshot;
  /** The version before it; absent: it is the first that is kept. */
  readonly before: ContextSnapshot | undefined;
  readonly isFull: boolean;
}

function Entry({ snapshot, before, isFull }: EntryProps) {
  const { revision, writtenAt, sessionId } = snapshot;
  return (
    <>
      <p class="history-head">
        <When at={writtenAt} /> <span class="number faint">revision {revision}</span>
        {sessionId !== null && (
          <a class="cut" href={`/sessions/${sessionId}`}>
            {sessionId}
          </a>
        )}
      </p>
      {before === undefined ? (
        <p class="faint">{isFull ? 'The oldest that is kept.' : 'The first.'}</p>
      ) : (
        <Change snapshot={snapshot} before={before} />
      )}
    </>
  );
}

function Change({ snapshot, before }: { snapshot: ContextSnapshot; before: ContextSnapshot }) {
  const { lastTask, activeWorkItems, handoffNotes, openQuestions } = useMemo(
    () => compareSummaries(before.contextSummary, snapshot.contextSummary),
    [before, snapshot],
  );
  if ([lastTask, activeWorkItems, handoffNotes, openQuestions].every((part) => part === null)) {
    return <p class="faint">Written again without a change.</p>;
  }
  return (
    <dl class="changes">
      <TextChange title="Last task" pieces={lastTask} />
      <ListChange title="Active work items" change={activeWorkItems} />
      <TextChange title="Handoff notes" pieces={handoffNotes} />
      <ListChange title="Open questions" change={openQuestions} />
    </dl>
  );
}

function TextChange({ title, pieces }: { title: string; pieces: readonly Piece[] | null }) {
  if (pieces === null) return null;
  return (
    <div>
      <dt>{title}</dt>
      <dd class="wraps">
        {pieces.map(({ kind, text }, index) => {
          const key = `${index} ${kind}`;
          if (kind === 'added') return <ins key={key}>{text}</ins>;
          if (kind === 'removed') return <del key={key}>{text}</del>;
          return <span key={key}>{text}</span>;
        })}
      </dd>
    </div>
  );
}

function ListChange({ title, change }: { title: string; change: ItemChange | null }) {
  if (change === null) return null;
  return (
    <div>
      <dt>{title}</dt>
      <dd>
        <ul>
          {change.removed.map((item, index) => (
            <li key={`removed ${index} ${item}`} class="wraps">
              <del>{item}</del>
            </li>
          ))}
          {change.added.map((item, index) => (
            <li key={`added ${index} ${item}`} class="wraps">
              <ins>{item}</ins>
            </li>
          ))}
        </ul>
      </dd>
    </div>
  );
}
