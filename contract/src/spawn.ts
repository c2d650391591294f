import { z } from 'zod';
import { Instant } from './primitives.js';

/** What a runner was asked to start. Kept apart from the session, which every member of the account sees. */
export interface SpawnRequest {
  readonly sessionId: string;
  readonly prompt: string | null;
  readonly agent: string | null;
  readonly requestedAt: Date;
  /** The call that asked, when it came with an idempotency key: its repetition spawns nothing more. */
  readonly callId: string | null;
}

/** A spawn request at the doors, for the session's own program and those who oversee the account. */
export const SpawnRequestView = z.object({
  prompt: z.string().nullable().describe('What the agent is told first.'),
  agent: z.string().nullable().describe('Which agent is to run; null: the runner decides.'),
  requestedAt: Instant,
});
export type SpawnRequestView = z.infer<typeof SpawnRequestView>;
