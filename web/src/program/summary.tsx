import type { ProgramState, TaskSummary } from '@quarterdeck/contract';
import { isSummaryStale } from '@quarterdeck/contract/views';
import type { ComponentChildren } from 'preact';
import { wordsOf } from '../fleet/words.js';
import { minuteClock } from '../live/clock.js';
import { counted } from '../ui/format.js';
import { newerFields } from '../ui/newer-fields.js';
import { Tag } from '../ui/tag.js';
import { When } from '../ui/time.js';

const KNOWN = ['lastTask', 'activeWorkItems', 'handoffNotes', 'openQuestions'];

/** What the next session needs to go on; marked when it is old. */
export function Summary({ state, written }: { state: ProgramState; written: ComponentChildren }) {
  const { contextSummary, contextSummaryUpdatedAt, decay } = state;
  const { lastTask, activeWorkItems, handoffNotes, openQuestions } = contextSummary;
  const isStale = isSummaryStale(state, minuteClock.value);
  const newer = newerFields(contextSummary, KNOWN);
  const isEmpty =
    lastTask === null && activeWorkItems.length + openQuestions.length + newer.length === 0 && handoffNotes === '';
  return (
    <section class="panel stack" aria-label="Context summary">
      <div class="panel-head">
        <h2>Context summary</h2>
        {contextSummaryUpdatedAt !== null && <When at={contextSummaryUpdatedAt} class="faint" />}
        {isStale && <Tag hue="stale">Stale</Tag>}
      </div>
      {isStale && (
        <p class="summary-stale">
          Older than {counted(decay.contextSummaryTTLDays, 'day')}: read it with care. The next session is told so, too.
        </p>
      )}
      {isEmpty && <p class="faint">There is nothing in it.</p>}
      {lastTask !== null && (
        <Part title="Last task">
          {typeof lastTask === 'string' ? <p class="wraps">{lastTask}</p> : <Task task={lastTask} />}
        </Part>
      )}
      <Items title="Active work items" items={activeWorkItems} />
      {handoffNotes !== '' && (
        <Part title="Handoff notes">
          <p class="wraps">{handoffNotes}</p>
        </Part>
      )}
      <Items title="Open questions" items={openQuestions} />
      {newer.map(([name, text]) => (
        <Part key={name} title={name}>
          <p class="wraps">{text}</p>
        </Part>
      ))}
      {written}
    </section>
  );
}

function Task({ task }: { task: TaskSummary }) {
  const { taskId, title, outcome, notes } = task;
  return (
    <>
      <p class="wraps">
        {title} {outcome && <Tag>{wordsOf(outcome)}</Tag>} {taskId && <code class="faint">{taskId}</code>}
      </p>
      {notes && <p class="soft wraps">{notes}</p>}
      {newerFields(task, ['taskId', 'title', 'outcome', 'notes']).map(([name, text]) => (
        <p key={name} class="soft wraps">
          {name}: {text}
        </p>
      ))}
    </>
  );
}

function Items({ title, items }: { title: string; items: readonly string[] }) {
  if (items.length === 0) return null;
  return (
    <Part title={title}>
      <ul class="items">
        {items.map((item, index) => (
          <li key={`${index} ${item}`} class="wraps">
            {item}
          </li>
        ))}
      </ul>
    </Part>
  );
}

function Part({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <div class="part">
      <h3>{title}</h3>
      {children}
    </div>
  );
}
