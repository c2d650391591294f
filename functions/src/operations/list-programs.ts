import type { Program } from '@quarterdeck/contract';
import { iso } from '@quarterdeck/contract';
import type { Handler } from './handler.js';

/** The programs of the account, by id. */
export const handleListPrograms: Handler<'listPrograms'> = {
  for: 'member',
  run: async ({ limit, pageToken }, caller, { programs }) => {
    const { items, ...rest } = await programs.list(caller.account, limit, pageToken);
    return { success: true, programs: items.map(viewProgram), ...rest };
  },
};

/** A program as callers see it. */
export function viewProgram(program: Program) {
  return {
    ...program,
    groups: [...program.groups],
    tags: [...program.tags],
    createdAt: iso(program.createdAt),
    retiredAt: iso(program.retiredAt),
  };
}
