import { actorOf } from '../domain/caller.js';
import { newProgram } from '../domain/program.js';
import type { Handler } from './handler.js';
import { viewProgram } from './list-programs.js';

/** Makes a program, or puts a retired one back into service with what was said of it. */
export const handleCreateProgram: Handler<'createProgram'> = {
  for: 'member',
  run: async ({ programId, ...patch }, caller, { programs, clock }) => {
    const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
    const program = await programs.create(caller.account, programId, (retired) => ({
      next: { ...(retired ?? newProgram(programId, clock.now())), ...given, retiredAt: null },
      events: [
        {
          type: 'program.created',
          subject: `program/${programId}`,
          actor: actorOf(caller),
          data: { programId },
        },
      ],
    }));
    return { success: true, program: viewProgram(program) };
  },
};
