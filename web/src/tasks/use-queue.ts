import { computed } from '@preact/signals';
import type { Task, TaskStatus } from '@quarterdeck/contract';
import { collections } from '@quarterdeck/contract/views';
import { collection, type FirestoreError, limit, orderBy, query, where } from 'firebase/firestore';
import { useMemo, useRef, useState } from 'preact/hooks';
import { useMember } from '../account/member.js';
import { knownUntil } from '../live/connection.js';
import { listenToQuery, useKept, useLive } from '../live/live.js';
import { type Queue, queueOf } from './queue.js';
import { readTask } from './read-task.js';

/** Tasks of one status that are read at first, and with each wish for more. */
const STEP: Readonly<Record<TaskStatus, number>> = { pending: 200, claimed: 200, done: 50 };

/** Tasks as they stand, and what else there is. */
export interface KnownQueue {
  /** Undefined: nothing is known yet. */
  readonly queue: Queue | undefined;
  /** How many of a status were read, when there may be more of it. */
  readonly isCut: Readonly<Record<TaskStatus, number | null>>;
  readonly error: FirestoreError | null;
  more(status: TaskStatus): void;
}

/**
 * Listens to the tasks of the account.
 * @param target only what is for this program, its groups' included, or for this group; empty: all
 */
export function useQueue(target: string): KnownQueue {
  const [steps, setSteps] = useState<Readonly<Record<TaskStatus, number>>>({ pending: 1, claimed: 1, done: 1 });
  const pending = useTasks('pending', target, steps.pending);
  const claimed = useTasks('claimed', target, steps.claimed);
  const done = useTasks('done', target, steps.done);
  const before = useRef<Queue>(undefined);
  const queue = useMemo(() => {
    const stored =
      pending.tasks && claimed.tasks && done.tasks
        ? { pending: pending.tasks, claimed: claimed.tasks, done: done.tasks }
        : undefined;
    return computed(() => {
      before.current = stored && queueOf(stored, knownUntil.value, before.current);
      return before.current;
    });
  }, [pending.tasks, claimed.tasks, done.tasks]);
  return {
    queue: queue.value,
    isCut: { pending: pending.isCut, claimed: claimed.isCut, done: done.isCut },
    error: pending.error ?? claimed.error ?? done.error,
    more: (status) => setSteps((now) => ({ ...now, [status]: now[status] + 1 })),
  };
}

interface KnownTasks {
  readonly tasks: readonly Task[] | undefined;
  readonly isCut: number | null;
  readonly error: FirestoreError | null;
}

function useTasks(status: TaskStatus, target: string, steps: number): KnownTasks {
  const { accountId, services } = useMember();
  const most = STEP[status] * steps;
  const live = useLive(
    () =>
      listenToQuery(
        query(
          collection(services.db, collections.tasks(accountId)),
          where('status', '==', status),
          ...(target === '' ? [] : [where('targets', 'array-contains', target)]),
          ...(status === 'pending' ? [orderBy('rank'), orderBy('createdAt')] : [orderBy('createdAt', 'desc')]),
          limit(most),
        ),
        (data) => readTask(data) as Task,
      ),
    [accountId, status, target, most],
  );
  const tasks = useKept(live.value, target);
  return { tasks, isCut: (tasks?.length ?? 0) >= most ? most : null, error: live.value.error };
}
