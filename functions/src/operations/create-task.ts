import { groupOf, limits, viewTask } from '@quarterdeck/contract';
import { actorOf, type Caller } from '../domain/caller.js';
import { DomainError } from '../domain/domain-error.js';
import { createdEvent, isSameTask, newTask } from '../domain/task.js';
import type { Handler } from './handler.js';
import type { Ports } from './ports.js';

/** Puts a task into the queue. One read and two writes; a read more, and at times a write, when it can expire. */
export const handleCreateTask: Handler<'createTask'> = {
  for: 'member',
  run: async ({ taskId: given, ...input }, caller, ports) => {
    const { tasks, clock, random } = ports;
    const now = clock.now();
    const taskId = given ?? random.sessionId();
    const programIds = await programsOf(input.target, caller, ports);
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

/** @throws DomainError `PROGRAM_UNKNOWN`, `GROUP_EMPTY`, `GROUP_TOO_LARGE` */
async function programsOf(target: string, { account }: Caller, ports: Ports): Promise<readonly string[]> {
  const group = groupOf(target);
  if (group === undefined) {
    if (await ports.programs.exists(account, target)) return [target];
    throw new DomainError('PROGRAM_UNKNOWN', `target: there is no program "${target}" in service.`);
  }
  const most = limits.TASK_TARGETS_MAX;
  const members = await ports.tasks.membersOf(account, group, most + 1);
  if (members.length === 0) {
    throw new DomainError('GROUP_EMPTY', `target: no program in service belongs to "${group}".`);
  }
  if (members.length <= most) return members;
  throw new DomainError('GROUP_TOO_LARGE', `target: "${group}" has more than ${most} programs, the most for one task.`);
}
