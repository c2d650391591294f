import { iso } from '@quarterdeck/contract';
import { requireReader } from '../domain/caller.js';
import { viewSummary } from '../domain/program-state.js';
import { requireProgram } from './get-program-state.js';
import type { Handler } from './handler.js';

/** Earlier context summaries, newest first. */
export const handleGetContextHistory: Handler<'getContextHistory'> = {
  for: 'member',
  run: async ({ programId, limit }, caller, ports) => {
    requireReader(caller, programId, 'the context history');
    const snapshots = await ports.programStates.history(caller.account, programId, limit);
    if (snapshots.length === 0) await requireProgram(programId, caller, ports);
    const history = snapshots.map((snapshot) => ({
      ...snapshot,
      writtenAt: iso(snapshot.writtenAt),
      contextSummary: viewSummary(snapshot.contextSummary),
    }));
    return { success: true, programId, history };
  },
};
