import { z } from 'zod';
import { WINDOW_DEFAULT_HOURS } from '../limits.js';
import { defineOperation } from '../operation.js';
import { Count, Instant, ProgramId, SessionId, SessionName } from '../primitives.js';
import { Outcome } from '../session.js';
import { WindowHours, WindowView } from '../window.js';

const doors = ['mcp', 'rest'] as const;
const writers = ['program', 'admin'] as const;
const TheProgram = ProgramId.optional().describe("The program. Absent: the session token's, else the caller's own.");

/** Opens a program's window: a session with an end, and a token for it. The window that was open is taken over. */
export const activateAgent = defineOperation({
  name: 'activate_agent',
  title: 'Activate agent',
  description:
    'Open a window in which the program can store and recall memories. Ends the session of a window that is open.',
  access: writers,
  doors,
  effect: 'create',
  input: z.strictObject({
    programId: TheProgram,
    hours: WindowHours.default(WINDOW_DEFAULT_HOURS),
    name: SessionName.optional().describe('Absent: the name of the program.'),
  }),
  output: z.object({
    success: z.literal(true),
    ...WindowView.shape,
    sessionToken: z.string().describe('Send it as X-Session-Token. It stays good through extensions; never log it.'),
    superseded: SessionId.nullable().describe('The session whose window was taken over; null: none was open.'),
  }),
  errors: ['NOT_OWNER', 'PROGRAM_UNKNOWN', 'SESSION_LIMIT', 'CONTENTION'],
});

/** The open window, and how long it stays open. */
export const currentSession = defineOperation({
  name: 'current_session',
  title: 'Current session',
  description: 'See how long the window of the session token, or of your program, stays open.',
  access: ['program', 'admin', 'auditor'],
  doors,
  effect: 'read',
  input: z.strictObject({ programId: TheProgram }),
  output: z.object({ success: z.literal(true), ...WindowView.shape }),
  errors: ['NOT_OWNER', 'NO_OPEN_WINDOW', 'WINDOW_CLOSED', 'SESSION_EXPIRED', 'SUPERSEDED'],
});

/** Moves the end of an open window. */
export const extendSession = defineOperation({
  name: 'extend_session',
  title: 'Extend session',
  description: 'Keep the window open for longer: adds hours to its end, to at most a week from now.',
  access: writers,
  doors,
  effect: 'create',
  input: z.strictObject({ programId: TheProgram, hours: WindowHours.default(WINDOW_DEFAULT_HOURS) }),
  output: z.object({
    success: z.literal(true),
    ...WindowView.shape,
    hoursAdded: z.number().describe('Less than asked for at the limit: a week ahead, or endsAt.'),
  }),
  errors: [
    'NOT_OWNER',
    'NO_OPEN_WINDOW',
    'WINDOW_CLOSED',
    'SESSION_EXPIRED',
    'SUPERSEDED',
    'WINDOW_LIMIT',
    'CONTENTION',
  ],
});

/** Shuts a program's window. What was remembered stays. */
export const deactivateAgent = defineOperation({
  name: 'deactivate_agent',
  title: 'Deactivate agent',
  description: 'Shut the window and complete its session; memories stay for the next one.',
  access: writers,
  doors,
  effect: 'idempotent',
  input: z.strictObject({ programId: TheProgram }),
  output: z.object({
    success: z.literal(true),
    sessionId: SessionId,
    programId: ProgramId,
    outcome: Outcome,
    openedAt: Instant,
    endedAt: Instant,
    durationMinutes: Count,
    memoriesCreated: Count,
  }),
  errors: ['NOT_OWNER', 'NO_OPEN_WINDOW', 'SUPERSEDED', 'CONTENTION'],
});
