import { type EventView, iso, limits, type StoredEvent } from '@quarterdeck/contract';
import type { Handler } from './handler.js';

/** A page of what happened, newest first or from a moment on. */
export const handleListEvents: Handler<'listEvents'> = {
  for: 'member',
  run: async ({ after: from, ...query }, caller, { events, clock }) => {
    // Before all events; a database has no moment for every year that can be written.
    const after = from === undefined ? undefined : new Date(Math.max(0, Date.parse(from)));
    const now = clock.now();
    const { items, nextPageToken } = await events.list(caller.account, { ...query, after });
    // In replay, what follows the last page begins where it ends; the newest page is followed by what is still to come.
    const reached = after !== undefined && nextPageToken !== undefined ? (items.at(-1)?.time ?? after) : now;
    return {
      success: true,
      events: items.map(viewEvent),
      cursor: iso(cursorAt(reached, now)),
      ...(nextPageToken === undefined ? {} : { nextPageToken }),
    };
  },
};

/** Never so late that an event whose transaction is still under way would be passed over: its time is that of its decision. */
function cursorAt(reached: Date, now: Date): Date {
  return new Date(Math.min(reached.getTime(), now.getTime() - limits.EVENT_SETTLE_SECONDS * 1000));
}

function viewEvent({ id, type, time, subject, actor, data }: StoredEvent): EventView {
  return { id, type, time: iso(time), subject, actor, data: { ...data } };
}
