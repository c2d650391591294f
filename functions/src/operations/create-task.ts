import { limits, viewTask } from '@quarterdeck/contract';
import { actorOf } from '../domain/caller.js';
import { DomainError } from '../domain/domain-error.js';
import { createdEvent, isSameTask, newTask } from '../domain/task.js';
import type { Handler } from './handler.js';
import { resolveTarget } from './resolve-target.js';

/** Puts a task into the queue. One read and two writes; a read more, and at times a write, when it can expire. */
export const handleCreateTask: Handler<'createTask'> = {
  for: 'member',
  run: async ({ taskId: given, ...input }, caller, ports) => {
    const { tasks, clock, random } = ports;
    const now = clock.now();
    const taskId = given ?? random.sessionId();
    const programIds = await resolveTarget(caller.account, input.target, limits.TASK_TARGETS_MAX, ports);
    const actor = actorOf(caller);
    const asked = newTask(input, { taskId, programIds, actor, creatorProgramId: caller.programId }, now);
    const { task, isNew } = await tasks.create(caller.account, asked, createdEvent(asked));
    if (!isNew && !isSameTask(task, asked)) {
      throw new DomainError(
        'TASK_EXISTS',
        `taskId: there is another task "${taskId}". Choose another id, or leave it out.`,
      );
    }
    const message = isNew ? 'Task created' : 'Task exists already';
    return { success: true, taskId, message, task: viewTask(task, now) };
  },
};
