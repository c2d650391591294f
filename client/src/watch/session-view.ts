import type { EndedSession, LiveSession, Thresholds } from '@quarterdeck/contract';
import { staleAt, viewSession } from '@quarterdeck/contract/views';
import type { SessionUpdate } from '../watch-types.js';
import { soonest } from './soonest.js';

/** What watchSession listens to: a session is in one of two places, and moves between them in one transaction. */
export interface SessionValues {
  readonly thresholds: Thresholds;
  readonly live: LiveSession | null;
  readonly ended: EndedSession | null;
}

/** Makes updates of one session, for one watch. */
export function sessionView() {
  let last: LiveSession | EndedSession | null = null;

  return ({ thresholds, live, ended }: SessionValues, asOf: Date, staleSince: Date | null) => {
    // Sessions are never deleted: one that is in neither place is on its way, and its arrival is told next.
    const session = placeOf(live, ended) ?? last;
    last = session;
    const update: SessionUpdate = {
      session: session && viewSession(session, thresholds, asOf),
      asOf,
      staleSince,
    };
    const isLive = session !== null && session === live;
    return { update, nextChangeAt: isLive ? soonest([staleAt(live, thresholds)], asOf) : null };
  };
}

/** Two listeners tell of a move one after the other: in between, the session is in both places, and the later of them counts. */
function placeOf(live: LiveSession | null, ended: EndedSession | null): LiveSession | EndedSession | null {
  if (live === null || ended === null) return live ?? ended;
  return live.startedAt >= ended.endedAt ? live : ended;
}
