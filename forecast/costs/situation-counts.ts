import type { Counts } from './counts.js';

/**
 * What the table of operations can't say: the calls that agents make all the time, and the work that nobody calls. `test/integration/cost-table.test.ts`
 * measures each.
 */
export const SITUATION_COUNTS = {
  /** heartbeat, a minute after the last. */
  beat: { writes: 1, heard: 1 },
  /** heartbeat that says nothing new within 30 seconds of the last. */
  absorbedBeat: {},
  /** heartbeat with includeInbox. */
  askingBeat: { writes: 1, counts: 2, heard: 1 },
  /** update_session with a text and a progress. */
  report: { writes: 1, heard: 1 },
  /** update_session that says another state. */
  stateChange: { reads: 1, writes: 2, events: 1, heard: 1 },
  /** create_session in an account without a limit. */
  start: { reads: 1, writes: 2, events: 1, heard: 1 },
  /** update_session with state complete, in an account without a limit. */
  end: { reads: 2, writes: 2, deletes: 1, events: 1, heard: 1 },
  /** create_session in an account with a limit: its slots are one document. */
  limitedStart: { reads: 2, writes: 3, events: 1, heard: 1 },
  limitedEnd: { reads: 2, writes: 3, deletes: 1, events: 1, heard: 1 },
  /** What an Idempotency-Key adds to a write. */
  idempotencyKey: { writes: 2 },
  /** What the first call of a key adds on each day: the day of its use is noted. */
  firstCallOfDay: { writes: 1 },
  /** What the first call within half a minute adds on each instance: what has been revoked. */
  invalidations: { reads: 1 },
  /** A session that an instance has not served for six hours is read once. */
  coldSession: { reads: 1 },

  /** The schedule's minute when no account is due; each one that is due is a read and a message more. */
  sweepTick: { reads: 1 },
  /** A visit, without its sessions. */
  visit: { reads: 5, writes: 3, heard: 2 },
  /** … and for each live session. */
  visitedSession: { reads: 1 },
  /** … for each that turns stale, or recovers. */
  markedSession: { writes: 2, events: 1, heard: 1 },
  /** … for each that is dead. It is read again for the fleet. */
  deadSession: { reads: 1, writes: 3, deletes: 1, events: 1, heard: 1 },
  /** … for each that is archived. */
  archivedSession: { reads: 1, writes: 1, heard: 1 },
  /** … and once, where anything is. */
  archiving: { reads: 1 },
  /** … once an hour: what has decayed. */
  decayLook: { reads: 1 },
  /** What the visit that lets an account fall idle adds. After it there is none. */
  fallingIdle: { reads: 2, writes: 1 },

  /** What follows an event: it is published … */
  publishedEvent: { messages: 1 },
  /** … the endpoints of the account are read; there are none … */
  unwantedEvent: { reads: 1 },
  /** … and its devices, if it may be an alert; there are none. */
  unwantedAlert: { reads: 1 },
  /** An event that an endpoint asks for becomes a delivery … */
  wantedEvent: { reads: 2, writes: 1, messages: 1 },
  /** … and is delivered at the first attempt. */
  delivery: { reads: 4, writes: 2 },
  /** The schedule's minute when no delivery is due. */
  retryTick: { reads: 1 },
  /** An alert that devices ask for. */
  alert: { reads: 3, writes: 2 },
} as const satisfies Readonly<Record<string, Counts>>;

export type Situation = keyof typeof SITUATION_COUNTS;
