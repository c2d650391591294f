import type { Task } from '@quarterdeck/contract';
import { taskAsOf } from '@quarterdeck/contract/views';
import { wordsOf } from '../fleet/words.js';
import { knownUntil } from '../live/connection.js';
import { TargetLink } from '../targets/target-link.js';
import { Tag } from '../ui/tag.js';
import { Age, Left } from '../ui/time.js';
import { hasExpired, outcomeWords } from './words.js';

/** One task among many. */
export function Row({ task: stored }: { task: Task }) {
  // It is drawn anew when it changes its section, so that the moment needs not be followed.
  const task = taskAsOf(stored, knownUntil.peek());
  const { taskId, title, target, priority } = task;
  return (
    <li class="row task-row">
      <h3 class="row-title cut">
        <a href={`/tasks/${taskId}`} data-card title={title}>
          {title}
        </a>
      </h3>
      <div class="task-more">
        <p class="task-for cut">
          for <TargetLink target={target} />
        </p>
        <p class="task-standing">
          {priority !== 'normal' && <Tag>{wordsOf(priority)} priority</Tag>}
          <Standing task={task} />
        </p>
      </div>
      <p class="task-time">
        <Age since={task.completedAt ?? task.claimedAt ?? task.createdAt} /> ago
      </p>
    </li>
  );
}

/** Who holds it, how often it was tried, and how it ended or when it will. */
export function Standing({ task }: { task: Task }) {
  const { status, attempt, claimedBy, sessionId, outcome, expiresAt, lastClaimedBy } = task;
  return (
    <>
      {outcome !== null && (
        <Tag hue={outcome === 'FAILED' ? 'stale' : outcome === 'SUCCESS' ? 'working' : 'quiet'}>
          {outcomeWords(outcome)}
        </Tag>
      )}
      {status === 'done' && hasExpired(task) && <span>its time to live was over</span>}
      {claimedBy !== null && (
        <span>
          {status === 'done' ? 'by ' : 'held by '}
          <Holder programId={claimedBy} sessionId={sessionId} />
        </span>
      )}
      {status === 'pending' && lastClaimedBy !== null && <span>back from {lastClaimedBy}</span>}
      {attempt > 1 && <span class="number">attempt {attempt}</span>}
      {status === 'pending' && expiresAt !== null && (
        <span>
          <Left until={expiresAt} /> left
        </span>
      )}
    </>
  );
}

/** The program that holds a task, and its session. */
export function Holder({ programId, sessionId }: { programId: string; sessionId: string | null }) {
  if (sessionId === null) return <a href={`/programs/${programId}`}>{programId}</a>;
  return (
    <>
      <a href={`/programs/${programId}`}>{programId}</a> in <a href={`/sessions/${sessionId}`}>{sessionId}</a>
    </>
  );
}
