import type { Operations, OutputOf, ParsedInputOf, TimelinePoint } from '@quarterdeck/contract';

type Query = ParsedInputOf<Operations['getFleetTimeline']>;

const DAY_MS = 86_400_000;
const RESOLUTION_MS = { '5m': 300_000, '15m': 900_000, '1h': 3_600_000, '1d': DAY_MS } as const;

/** `2026-02-24`: the day in UTC whose document holds a point. */
export function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}

/** The first moment of a calendar period in UTC; weeks begin on Monday. */
export function periodStart(period: Query['period'], now: Date): Date {
  const midnight = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()));
  if (period === 'today') return midnight;
  if (period === 'this_week') return new Date(midnight.getTime() - ((midnight.getUTCDay() + 6) % 7) * DAY_MS);
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1));
}

/** Every day from `from` to `to`. */
export function daysBetween(from: Date, to: Date): string[] {
  const days: string[] = [];
  for (let at = from.getTime(); at <= to.getTime(); at += DAY_MS) days.push(dayOf(new Date(at)));
  return days;
}

/** The last point of each interval, oldest first. */
export function thinOut(points: readonly TimelinePoint[], resolution: Query['resolution']): TimelinePoint[] {
  const width = RESOLUTION_MS[resolution];
  const byInterval = new Map<number, TimelinePoint>();
  for (const point of [...points].sort((a, b) => (a.at < b.at ? -1 : 1))) {
    byInterval.set(Math.floor(Date.parse(point.at) / width), point);
  }
  return [...byInterval.values()];
}

export type Timeline = OutputOf<Operations['getFleetTimeline']>;
