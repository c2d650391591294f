import { DomainError } from '../domain/domain-error.js';
import type { Handler } from './handler.js';
import { viewProgram } from './list-programs.js';

/** One program. */
export const handleGetProgram: Handler<'getProgram'> = {
  for: 'member',
  run: async ({ programId }, caller, { programs }) => {
    const program = await programs.find(caller.account, programId);
    if (program === undefined)
      throw new DomainError('PROGRAM_UNKNOWN', `programId: there is no program "${programId}".`);
    return { success: true, program: viewProgram(program) };
  },
};
