import type { FleetLoad } from '@quarterdeck/contract';
import { type DocumentData, readDocument } from '@quarterdeck/contract/views';

/** One moment of the timeline, as far as charts show it. */
export interface Point {
  readonly at: Date;
  readonly load: FleetLoad;
}

const DAY_MS = 86_400_000;
/** While sessions live the sweep comes every five minutes; where more time than this lies between two points, nobody looked. */
const GAP_MS = 720_000;

/** The days in UTC, as their documents are called, from `days` ago up to the one of `now`. */
export function daysUntil(now: Date, days: number): string[] {
  return Array.from({ length: days }, (_, index) =>
    new Date(now.getTime() - (days - 1 - index) * DAY_MS).toISOString().slice(0, 10),
  );
}

/** The points of one day's document that have a load, oldest first. */
export function pointsOf(data: DocumentData): readonly Point[] {
  const points = Object.values(
    readDocument<{ points?: Record<string, Partial<Point>> }>('fleetDay', data)?.points ?? {},
  );
  return points
    .flatMap(({ at, load }) => (at instanceof Date && load ? [{ at, load }] : []))
    .sort((a, b) => a.at.getTime() - b.at.getTime());
}

/** Columns for a chart: seconds, then each of the counts. Where nobody looked for a while, the lines are broken. */
export function columnsOf(
  points: readonly Point[],
  fields: readonly (keyof FleetLoad)[],
): [number[], ...(number | null)[][]] {
  const seconds: number[] = [];
  const columns: (number | null)[][] = fields.map(() => []);
  let before: Date | undefined;
  for (const { at, load } of points) {
    if (before !== undefined && at.getTime() - before.getTime() > GAP_MS) {
      seconds.push(before.getTime() / 1000 + 1);
      for (const column of columns) column.push(null);
    }
    seconds.push(at.getTime() / 1000);
    for (const [index, field] of fields.entries()) columns[index]?.push(load[field]);
    before = at;
  }
  return [seconds, ...columns];
}
