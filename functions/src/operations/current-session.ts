import { viewWindow } from '../domain/session-window.js';
import type { Handler } from './handler.js';
import { requireWindow, subjectProgram } from './require-window.js';

/** The open window, and how long it stays open. */
export const handleCurrentSession: Handler<'currentSession'> = {
  for: 'member',
  run: async ({ programId: given }, caller, ports) => {
    const session = await requireWindow(caller, subjectProgram(caller, given), ports);
    return { success: true, ...viewWindow(session, ports.clock.now()) };
  },
};
