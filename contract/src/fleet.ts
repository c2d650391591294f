import { z } from 'zod';
import { Count, Instant, ProgramId, SessionId } from './primitives.js';
import { SessionState } from './session.js';

/** `healthy`: gives signs of life. `stale`: live and silent for too long. `offline`: no live session. */
export const Health = z.enum(['healthy', 'stale', 'offline']);
export type Health = z.infer<typeof Health>;

/**
 * One program in the fleet document. Ages are not stored: they would be wrong a second later. Moments are ISO 8601 in UTC, as they are stored and shown: making dates of a
 * thousand rows and text of them again took a sixth of the time of an answer.
 */
export interface FleetRow {
  readonly programId: string;
  readonly lastHeartbeat: string | null;
  /** The last sign of life of its newest live session; of its last session when offline; null: it never had one. */
  readonly lastSeenAt: string | null;
  /** Of its newest live session; null: it has none. */
  readonly sessionId: string | null;
  readonly state: Exclude<SessionState, 'complete'> | null;
  readonly staleAfterSeconds: number | null;
  readonly activeSessions: number;
  readonly handoffRequired: boolean;
  /** Tasks that wait for it, those for its groups included, as of the fleet's moment. Absent: none were counted yet. */
  readonly pendingTasks?: number;
  /** Messages that wait to be read by it, as of the fleet's moment. Absent: none were counted yet. */
  readonly pendingMessages?: number;
}

/** The precomputed fleet of an account. */
export interface Fleet {
  readonly computedAt: Date;
  readonly rows: readonly FleetRow[];
  /** Live sessions that belong to the account and to no program. */
  readonly accountSessions: number;
  /** When the oldest session that waits for its archiving ended; null: none waits. Never later than the truth. */
  readonly oldestEndedAt: Date | null;
  /** When program states were last looked through for what has decayed. */
  readonly decayCheckedAt: Date | null;
}

export const FleetRowView = z.object({
  programId: ProgramId,
  lastHeartbeat: Instant.nullable(),
  heartbeatAge: z.string().nullable().describe('"45s", "2m", "3h", "2d"; null: it never beat.'),
  lastSeenAt: Instant.nullable().describe('The last sign of life: beat, report or creation of a session.'),
  pendingMessages: Count.describe('Messages that wait to be read by it, as of computedAt.'),
  pendingTasks: Count.describe("Tasks that wait for it, its groups' included, as of computedAt."),
  state: z
    .union([SessionState, z.literal('offline')])
    .describe('Of the newest live session; offline when there is none.'),
  health: Health,
  staleAfterSeconds: z.number().nullable().describe('The threshold behind health; null: offline.'),
  sessionId: SessionId.nullable(),
  activeSessions: Count,
  handoffRequired: z.boolean(),
});
export type FleetRowView = z.infer<typeof FleetRowView>;

/** How many programs are what. */
export const FleetSummary = z.object({
  programs: Count,
  healthy: Count,
  stale: Count,
  offline: Count,
  working: Count,
  blocked: Count,
  pinned: Count,
  activeSessions: Count,
});
export type FleetSummary = z.infer<typeof FleetSummary>;

/** How much is going on: sessions by what they last said, those that are silent, and what waits. */
export const FleetLoad = z.object({
  working: Count,
  blocked: Count,
  pinned: Count,
  stale: Count.describe('Live sessions that are silent, whatever they last said.'),
  pendingTasks: Count,
  pendingMessages: Count,
});
export type FleetLoad = z.infer<typeof FleetLoad>;

/** One moment of the fleet: counts of programs, and the load. */
export const TimelinePoint = FleetSummary.extend({
  at: Instant,
  load: FleetLoad.nullable().describe('Counts of sessions, tasks and messages; null: they were not counted then.'),
});
export type TimelinePoint = z.infer<typeof TimelinePoint>;
