import { z } from 'zod';
import { WINDOW_AHEAD_MAX_HOURS } from './limits.js';
import { Instant, ProgramId, SessionId } from './primitives.js';

/**
 * The time for which a session may reach its program's memories. A program has at most one open window; opening the next one ends the session of the
 * former and raises the epoch, so that whoever holds an older token can no longer write.
 */
export interface SessionWindow {
  /** Counts the windows of the program, from 1. */
  readonly epoch: number;
  readonly openedAt: Date;
  /** Moves with each extension. */
  readonly expiresAt: Date;
  /** No extension goes beyond it: the token ends here. */
  readonly endsAt: Date;
  /** The call that extended it last, so that a repeated call extends once; null: never extended by a call with an idempotency key. */
  readonly extendedBy: string | null;
}

/** Which session holds, or held last, a program's window. */
export interface WindowPointer {
  readonly programId: string;
  readonly sessionId: string;
  readonly epoch: number;
}

/** What a session token says, once its signature is verified. Whether the window is still open is for the session's document to say. */
export interface WindowClaims {
  readonly account: string;
  readonly programId: string;
  readonly sessionId: string;
  readonly epoch: number;
}

export const WindowHours = z
  .number()
  .gt(0)
  .max(WINDOW_AHEAD_MAX_HOURS)
  .describe('Hours, fractions allowed; at most 168, a week.');

/** A window at the doors. */
export const WindowView = z.object({
  sessionId: SessionId,
  programId: ProgramId,
  epoch: z.int().min(1).describe('Counts the windows of the program.'),
  openedAt: Instant,
  expiresAt: Instant.describe('After this moment the window is shut, whether or not anybody has looked.'),
  endsAt: Instant.describe('No extension goes beyond this moment.'),
  durationMinutes: z.int().min(0).describe('How long the window has been open.'),
  timeRemainingMinutes: z.int().min(0).describe('Whole minutes until expiresAt.'),
});
export type WindowView = z.infer<typeof WindowView>;
