import { type Operations, type ParsedInputOf, viewTaskRow } from '@quarterdeck/contract';
import type { Caller } from '../domain/caller.js';
import { DomainError, invalidField } from '../domain/domain-error.js';
import type { Handler } from './handler.js';
import type { TaskSelection } from './ports.js';

/** A page of tasks, without their long texts. */
export const handleGetTasks: Handler<'getTasks'> = {
  for: 'member',
  run: async ({ status, limit, pageToken, ...asked }, caller, { tasks, clock }) => {
    const of = selectionOf(asked, caller);
    const { items, nextPageToken } = await tasks.list(caller.account, { of, status, limit, pageToken });
    const now = clock.now();
    return {
      success: true,
      tasks: items.map((task) => viewTaskRow(task, now)),
      ...(nextPageToken === undefined ? {} : { nextPageToken }),
    };
  },
};

type Asked = Pick<ParsedInputOf<Operations['getTasks']>, 'target' | 'mine' | 'createdBy'>;

/** @throws DomainError `NOT_OWNER`, `INVALID_FIELD` */
function selectionOf({ target, mine = false, createdBy }: Asked, { role, programId }: Caller): TaskSelection {
  if (mine && programId === null)
    throw invalidField('mine', 'must not be true: you call as a person, who is no program');
  if (mine && target !== undefined && target !== programId) throw invalidField('target', 'must not come beside mine');
  if (createdBy !== undefined && (mine || target !== undefined))
    throw invalidField('createdBy', 'must not come beside mine or target');
  const named = createdBy ?? target;
  if (role === 'program' && named !== undefined && named !== programId) {
    throw new DomainError(
      'NOT_OWNER',
      `${createdBy === undefined ? 'target' : 'createdBy'}: tasks of "${named}" are for itself, admins and auditors; you are "${programId}". A group's tasks that are for you are among your own.`,
    );
  }
  if (createdBy !== undefined) return { createdBy };
  if (target !== undefined) return { target };
  return programId !== null && (mine || role === 'program') ? { target: programId } : {};
}
