import type { Task } from '@quarterdeck/contract';
import { groupOf } from '@quarterdeck/contract/views';
import { usePeople } from '../account/people.js';
import { wordsOf } from '../fleet/words.js';
import { TargetLink } from '../targets/target-link.js';
import { type Fact, FactList, newerFacts } from '../ui/facts.js';
import { actorName } from '../ui/format.js';
import { When } from '../ui/time.js';
import { Holder } from './row.js';
import { hasExpired, outcomeWords } from './words.js';

/** Everything that is known of a task beside its texts. A field of a newer version is shown as it is. */
export function Facts({ task }: { task: Task }) {
  const people = usePeople();
  return (
    <div class="panel">
      <FactList facts={factsOf(task, people)} />
    </div>
  );
}

function factsOf(task: Task, people: ReadonlyMap<string, string>): Fact[] {
  const { target, claimedBy, outcome, completedBy, status } = task;
  const meant = task.targets.filter((one) => groupOf(one) === undefined);
  const when = (at: Date | null) => at && <When key="at" at={at} />;
  return [
    ['Task', <code key="id">{task.taskId}</code>],
    ['For', <TargetLink key="for" target={target} />],
    ['Who may claim it', groupOf(target) === undefined ? null : meant.join(', ')],
    ['Priority', wordsOf(task.priority)],
    ['Status', wordsOf(status)],
    ['Attempt', task.attempt === 0 ? 'Nobody has claimed it yet' : task.attempt],
    [
      status === 'done' ? 'Held by' : 'Holder',
      claimedBy && <Holder key="holder" programId={claimedBy} sessionId={task.sessionId} />,
    ],
    ['Claimed', when(task.claimedAt)],
    ['Last holder', task.lastClaimedBy],
    ['Outcome', outcome && outcomeWords(outcome)],
    ['Ended by', completedBy && (hasExpired(task) ? 'The end of its time to live' : actorName(completedBy, people))],
    ['Ended', when(task.completedAt)],
    ['Made by', actorName(task.createdBy, people)],
    ['Made', when(task.createdAt)],
    ['Time to live ends', task.expiresAt === null ? 'Never: it waits for ever' : when(task.expiresAt)],
    ['Removed', when(task.deleteAt)],
    ...newerFacts(task, KNOWN),
  ];
}

/** Fields that are shown above, or serve queries only. */
const KNOWN = new Set([
  ...['taskId', 'title', 'target', 'targets', 'audience', 'instructions', 'priority', 'status', 'attempt'],
  ...['createdAt', 'createdBy', 'creatorProgramId', 'expiresAt', 'claimedBy', 'sessionId', 'claimedAt'],
  ...['lastClaimedBy', 'outcome', 'result', 'completedAt', 'completedBy', 'deleteAt', 'rank', 'liveUntil'],
]);
