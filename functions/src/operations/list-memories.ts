import { viewMemory } from '../domain/memory.js';
import type { Handler } from './handler.js';
import { needsWindow } from './memory-access.js';
import { requireWindow, subjectProgram } from './require-window.js';

/** A page of a program's memories, newest first. */
export const handleListMemories: Handler<'listMemories'> = {
  for: 'member',
  run: async ({ programId: given, type, limit, pageToken }, caller, ports) => {
    const programId = subjectProgram(caller, given);
    if (needsWindow(caller)) await requireWindow(caller, programId, ports);
    const { items, nextPageToken } = await ports.memories.list(caller.account, programId, type, limit, pageToken);
    return {
      success: true,
      memories: items.map(viewMemory),
      ...(nextPageToken === undefined ? {} : { nextPageToken }),
    };
  },
};
