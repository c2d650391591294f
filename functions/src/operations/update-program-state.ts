import { speaksFor } from '../domain/caller.js';
import { DomainError } from '../domain/domain-error.js';
import { mergeProgramState } from '../domain/program-state.js';
import type { Handler } from './handler.js';
import { fenceOf } from './require-window.js';

/** Merges into what a program remembers: one read, one write, and one more for the snapshot when the summary changes. */
export const handleUpdateProgramState: Handler<'updateProgramState'> = {
  for: 'member',
  run: async (patch, caller, { programStates, clock, callId }) => {
    const { programId } = patch;
    if (!speaksFor(caller, programId) || caller.role === 'auditor') {
      throw new DomainError(
        'NOT_OWNER',
        `programId: only "${programId}" itself can write its state; you are ${caller.programId === null ? 'a person' : `"${caller.programId}" (${caller.role})`}.`,
      );
    }
    const now = clock.now();
    const next = await programStates.change(
      caller.account,
      programId,
      (state) => mergeProgramState(state, patch, now, callId),
      patch.contextSummary !== undefined,
      fenceOf(caller, now),
    );
    return { success: true, programId, revision: next.revision, message: 'Program state updated' };
  },
};
