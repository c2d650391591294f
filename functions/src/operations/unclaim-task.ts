import { viewTask } from '@quarterdeck/contract';
import { actorOf } from '../domain/caller.js';
import { requireAudience, unclaimTask } from '../domain/task.js';
import type { Handler } from './handler.js';

/** Puts a claimed task back into the queue. */
export const handleUnclaimTask: Handler<'unclaimTask'> = {
  for: 'member',
  run: async ({ taskId }, caller, { tasks, clock }) => {
    const now = clock.now();
    const { task, changed } = await tasks.change(caller.account, taskId, (found) => {
      requireAudience(found, caller);
      return unclaimTask(found, caller, actorOf(caller), now);
    });
    const returned = task.status === 'done' ? 'Task cancelled: its time to live is over' : 'Task returned';
    return { success: true, message: changed ? returned : 'Task was not claimed', task: viewTask(task, now) };
  },
};
