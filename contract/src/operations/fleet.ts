import { z } from 'zod';
import { FleetRowView, FleetSummary, TimelinePoint } from '../fleet.js';
import { FLEET_MAX_AGE_DEFAULT_SECONDS, FLEET_MAX_AGE_MAX_SECONDS } from '../limits.js';
import { defineOperation } from '../operation.js';
import { Instant } from '../primitives.js';

const doors = ['callable', 'mcp', 'rest'] as const;
const overseers = ['admin', 'auditor'] as const;

/** Who is alive, stale or gone, from one precomputed document. */
export const getFleetHealth = defineOperation({
  name: 'get_fleet_health',
  title: 'Get fleet health',
  description: 'See every program: its heartbeat, state and whether it has gone silent.',
  access: overseers,
  doors,
  effect: 'read',
  input: z.strictObject({
    maxAgeSeconds: z
      .int()
      .min(0)
      .max(FLEET_MAX_AGE_MAX_SECONDS)
      .default(FLEET_MAX_AGE_DEFAULT_SECONDS)
      .describe('Recompute when the fleet document is older. Recomputing reads every live session.'),
  }),
  output: z.object({
    success: z.literal(true),
    programs: z.array(FleetRowView).describe('By programId.'),
    summary: FleetSummary,
    computedAt: Instant.describe('The moment that the heartbeats are from; ages and health are from now.'),
  }),
  errors: [],
});

/** The fleet over time, for a chart. */
export const getFleetTimeline = defineOperation({
  name: 'get_fleet_timeline',
  title: 'Get fleet timeline',
  description: 'See how many programs worked, waited or were silent over a day, a week or a month.',
  access: overseers,
  doors,
  effect: 'read',
  input: z.strictObject({
    period: z
      .enum(['today', 'this_week', 'this_month'])
      .default('today')
      .describe('Calendar periods in UTC; weeks begin on Monday.'),
    resolution: z
      .enum(['5m', '15m', '1h', '1d'])
      .default('15m')
      .describe(
        'One point per interval: the last that was taken in it. Intervals without a visit of the sweep have none.',
      ),
  }),
  output: z.object({
    success: z.literal(true),
    from: Instant,
    to: Instant,
    points: z.array(TimelinePoint).describe('Oldest first.'),
  }),
  errors: [],
});
