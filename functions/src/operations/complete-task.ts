import { viewTask } from '@quarterdeck/contract';
import { actorOf } from '../domain/caller.js';
import { completeTask, requireAudience } from '../domain/task.js';
import type { Handler } from './handler.js';

/** Ends a task: one read and two writes. */
export const handleCompleteTask: Handler<'completeTask'> = {
  for: 'member',
  run: async ({ taskId, ...completion }, caller, { tasks, clock }) => {
    const now = clock.now();
    const { task, changed } = await tasks.change(caller.account, taskId, (found) => {
      requireAudience(found, caller);
      return completeTask(found, completion, caller, actorOf(caller), now);
    });
    const message = changed ? 'Task completed' : 'Task was completed before';
    return { success: true, message, task: viewTask(task, now) };
  },
};
