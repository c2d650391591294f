import { type Caller, requireReader } from '../domain/caller.js';
import { DomainError } from '../domain/domain-error.js';
import { emptyProgramState, viewProgramState } from '../domain/program-state.js';
import type { Handler } from './handler.js';
import type { Ports } from './ports.js';

/** What a program remembers: one read. */
export const handleGetProgramState: Handler<'getProgramState'> = {
  for: 'member',
  run: async ({ programId }, caller, ports) => {
    requireReader(caller, programId, 'the state');
    const state = await ports.programStates.find(caller.account, programId);
    if (state === undefined) await requireProgram(programId, caller, ports);
    return viewProgramState(state ?? emptyProgramState(programId), ports.clock.now());
  },
};

/** @throws DomainError `PROGRAM_UNKNOWN` */
export async function requireProgram(programId: string, caller: Caller, { programs }: Ports): Promise<void> {
  if (await programs.exists(caller.account, programId)) return;
  throw new DomainError(
    'PROGRAM_UNKNOWN',
    `programId: there is no program "${programId}". create_key makes one with its first key.`,
  );
}
