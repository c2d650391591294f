import { iso } from '@quarterdeck/contract';
import { daysBetween, periodStart, thinOut } from '../domain/timeline.js';
import type { Handler } from './handler.js';

/** The fleet over time: one read for each day. */
export const handleGetFleetTimeline: Handler<'getFleetTimeline'> = {
  for: 'member',
  run: async ({ period, resolution }, caller, { fleets, clock }) => {
    const to = clock.now();
    const from = periodStart(period, to);
    const points = await fleets.points(caller.account, daysBetween(from, to));
    return { success: true, from: iso(from), to: iso(to), points: thinOut(points, resolution) };
  },
};
