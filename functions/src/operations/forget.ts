import type { Handler } from './handler.js';
import { needsWindow, requireFence } from './memory-access.js';
import { fenceOf, subjectProgram } from './require-window.js';

/** Removes memories of the program; ids of others are passed over as if they were gone. */
export const handleForget: Handler<'forget'> = {
  for: 'member',
  run: async ({ programId: given, memoryIds }, caller, ports) => {
    const programId = subjectProgram(caller, given);
    const fence = needsWindow(caller)
      ? await requireFence(caller, programId, ports)
      : fenceOf(caller, ports.clock.now());
    return { success: true, forgotten: await ports.memories.remove(caller.account, programId, memoryIds, fence) };
  },
};
