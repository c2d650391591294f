import { useComputed } from '@preact/signals';
import type { Task as StoredTask } from '@quarterdeck/contract';
import { documents, groupOf, taskAsOf } from '@quarterdeck/contract/views';
import { doc } from 'firebase/firestore';
import { useRoute } from 'preact-iso';
import { useMember } from '../account/member.js';
import { wordsOf } from '../fleet/words.js';
import { knownUntil } from '../live/connection.js';
import { listenToDocument, useLive } from '../live/live.js';
import { Timeline } from '../session/timeline.js';
import { Empty } from '../ui/empty.js';
import { Problem } from '../ui/problem.js';
import { Tag } from '../ui/tag.js';
import { Age, AsOf } from '../ui/time.js';
import { Actions } from './actions.js';
import { Facts } from './facts.js';
import { readTask } from './read-task.js';
import { Standing } from './row.js';
import '../session/session.css';
import './tasks.css';

/** One task: what has to be done, how it stands, and what came of it. */
export function Task() {
  const { taskId = '' } = useRoute().params;
  const { accountId, services } = useMember();
  const live = useLive(
    () => listenToDocument(doc(services.db, documents.task(accountId, taskId)), readTask),
    [accountId, taskId],
  );
  const { value: task, error } = live.value;
  if (error) return <Problem>The task can’t be read: {error.message} Reload the page to try again.</Problem>;
  if (task === undefined) return <p role="status">Reading the task…</p>;
  if (task === null) return <Missing taskId={taskId} />;
  return <Known key={taskId} stored={task} />;
}

function Known({ stored }: { stored: StoredTask }) {
  const hasEnded = useComputed(() => stored.expiresAt !== null && stored.expiresAt <= knownUntil.value);
  // Read so that it is drawn anew in the moment in which its time to live is over.
  void hasEnded.value;
  const task = taskAsOf(stored, knownUntil.peek());
  return (
    <article class="session">
      <Head task={task} />
      <Actions task={task} />
      <div class="session-columns">
        <div class="session-side">
          <Text title="Instructions" text={task.instructions} absent="None: the title says it all." />
          {task.status === 'done' && <Text title="Result" text={task.result} absent="Nothing was said of it." />}
          <Timeline subject={`task/${task.taskId}`} />
        </div>
        <Facts task={task} />
      </div>
    </article>
  );
}

function Head({ task }: { task: StoredTask }) {
  const { title, target, status, priority, completedAt, claimedAt, createdAt } = task;
  const isGroup = groupOf(target) !== undefined;
  return (
    <header class="session-head quiet">
      <p class="crumbs">
        <a href="/tasks">Tasks</a>
        {' / '}
        <a href={`/tasks?${new URLSearchParams({ program: target })}`}>
          {isGroup ? `group ${groupOf(target)}` : target}
        </a>
      </p>
      <h1 class="wraps">{title}</h1>
      <p class="session-standing">
        <b>{wordsOf(status)}</b>
        <span>
          {completedAt === null && 'for '}
          <Age since={completedAt ?? claimedAt ?? createdAt} />
          {completedAt !== null && ' ago'}
        </span>
        {priority !== 'normal' && <Tag>{wordsOf(priority)} priority</Tag>}
        <Standing task={task} />
        <AsOf />
      </p>
    </header>
  );
}

function Text({ title, text, absent }: { title: string; text: string | null; absent: string }) {
  return (
    <section class="panel stack" aria-label={title}>
      <h2>{title}</h2>
      {text === null ? <p class="faint">{absent}</p> : <p class="wraps task-text">{text}</p>}
    </section>
  );
}

function Missing({ taskId }: { taskId: string }) {
  return (
    <Empty title="There is no such task">
      <p>
        No task of this account is called <code>{taskId}</code>. Tasks that are done are removed after 30 days.{' '}
        <a href="/tasks">See the tasks</a>
      </p>
    </Empty>
  );
}
