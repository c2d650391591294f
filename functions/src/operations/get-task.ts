import { viewTask } from '@quarterdeck/contract';
import { DomainError } from '../domain/domain-error.js';
import { requireAudience } from '../domain/task.js';
import type { Handler } from './handler.js';

/** One task, whatever its status. */
export const handleGetTask: Handler<'getTask'> = {
  for: 'member',
  run: async ({ taskId }, caller, { tasks, clock }) => {
    const task = await tasks.find(caller.account, taskId);
    if (task === undefined) throw new DomainError('TASK_UNKNOWN', `taskId: there is no task "${taskId}".`);
    requireAudience(task, caller);
    return { success: true, task: viewTask(task, clock.now()) };
  },
};
