import type { Program } from '@quarterdeck/contract';
import { actorOf } from '../domain/caller.js';
import { changedFields } from '../domain/same.js';
import type { Handler } from './handler.js';
import { viewProgram } from './list-programs.js';

/** Changes what people say about a program. */
export const handleUpdateProgram: Handler<'updateProgram'> = {
  for: 'member',
  run: async ({ programId, ...patch }, caller, { programs }) => {
    const program = await programs.change(caller.account, programId, (old) => {
      const changed = changedFields(old, patch as Partial<Program>);
      const fields = Object.keys(changed).join(',');
      if (fields === '') return { next: old, events: [] };
      const event = { type: 'program.updated', subject: `program/${programId}`, actor: actorOf(caller) } as const;
      return { next: { ...old, ...changed }, events: [{ ...event, data: { programId, fields } }] };
    });
    return { success: true, program: viewProgram(program) };
  },
};
