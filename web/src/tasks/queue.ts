import type { Task } from '@quarterdeck/contract';
import { isPending } from '@quarterdeck/contract/views';
import { hasWords } from '../ui/filter.js';

/** Tasks by how they stand. */
export interface Queue {
  /** The most urgent first, then the oldest: the order in which they are claimed. */
  readonly pending: readonly Task[];
  /** Those claimed last first. */
  readonly claimed: readonly Task[];
  /** Those that ended last first. */
  readonly done: readonly Task[];
}

/**
 * How tasks stand at `now`: from the moment that its time to live is over a task is done, though the sweep has not written it yet.
 * @param stored as the database has them
 * @param before what was answered before: what has not changed stays the same array, and all of them the same object
 */
export function queueOf(stored: Queue, now: Date, before?: Queue): Queue {
  const pending = stored.pending.filter((task) => isPending(task, now));
  const expired = stored.pending.filter((task) => !isPending(task, now));
  const next = {
    pending,
    claimed: [...stored.claimed].sort((one, other) => timeOf(other.claimedAt) - timeOf(one.claimedAt)),
    done: [...expired, ...stored.done].sort((one, other) => timeOf(endOf(other)) - timeOf(endOf(one))),
  };
  if (before === undefined) return next;
  const kept = {
    pending: isSame(next.pending, before.pending) ? before.pending : next.pending,
    claimed: isSame(next.claimed, before.claimed) ? before.claimed : next.claimed,
    done: isSame(next.done, before.done) ? before.done : next.done,
  };
  const isUnchanged = kept.pending === before.pending && kept.claimed === before.claimed && kept.done === before.done;
  return isUnchanged ? before : kept;
}

/** Only tasks in which every word of `q` is found. */
export function searched(queue: Queue, q: string): Queue {
  const fits = ({ taskId, title, target, instructions, claimedBy, sessionId, outcome, result }: Task) =>
    hasWords([taskId, title, target, instructions, claimedBy, sessionId, outcome, result], q);
  return {
    pending: queue.pending.filter(fits),
    claimed: queue.claimed.filter(fits),
    done: queue.done.filter(fits),
  };
}

function endOf({ completedAt, expiresAt }: Task): Date | null {
  return completedAt ?? expiresAt;
}

function timeOf(moment: Date | null): number {
  return moment?.getTime() ?? 0;
}

function isSame(one: readonly Task[], other: readonly Task[]): boolean {
  return one.length === other.length && one.every((task, index) => task === other[index]);
}
