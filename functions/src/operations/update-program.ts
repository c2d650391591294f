import { actorOf } from '../domain/caller.js';
import type { Handler } from './handler.js';
import { viewProgram } from './list-programs.js';

/** Changes what people say about a program. */
export const handleUpdateProgram: Handler<'updateProgram'> = {
  for: 'member',
  run: async ({ programId, ...patch }, caller, { programs }) => {
    const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
    const program = await programs.change(caller.account, programId, (old) => ({
      next: { ...old, ...given },
      events:
        Object.keys(given).length === 0
          ? []
          : [
              {
                type: 'program.updated',
                subject: `program/${programId}`,
                actor: actorOf(caller),
                data: { programId, fields: Object.keys(given).join(',') },
              },
            ],
    }));
    return { success: true, program: viewProgram(program) };
  },
};
