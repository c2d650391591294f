import type { FleetLoad } from '@quarterdeck/contract';
import { columnsOf, daysUntil, pointsOf } from './points.js';

const load = (working: number): FleetLoad => ({
  working,
  blocked: 0,
  pinned: 0,
  stale: 0,
  pendingTasks: 0,
  pendingMessages: 0,
});
const stamp = (text: string) => ({ toDate: () => new Date(text) });

test('days are those of UTC, the last one today', () => {
  expect(daysUntil(new Date('2026-03-01T00:30:00Z'), 3)).toEqual(['2026-02-27', '2026-02-28', '2026-03-01']);
});

test('the points of a day come oldest first; those of before loads were counted are left out', () => {
  const points = {
    '1005': { at: stamp('2026-03-02T10:05:00Z'), load: load(2) },
    '1000': { at: stamp('2026-03-02T10:00:00Z'), load: load(1) },
    '0955': { at: stamp('2026-03-02T09:55:00Z') },
  };
  expect(pointsOf({ points }).map((point) => point.load.working)).toEqual([1, 2]);
});

test('a day without a document has no points', () => {
  expect(pointsOf(undefined)).toEqual([]);
});

test('lines are broken where nobody looked', () => {
  const at = (minutes: number) => new Date(Date.UTC(2026, 2, 2, 10, minutes));
  const points = [
    { at: at(0), load: load(1) },
    { at: at(5), load: load(2) },
    { at: at(30), load: load(3) },
  ];
  const start = at(0).getTime() / 1000;
  expect(columnsOf(points, ['working'])).toEqual([
    [start, start + 300, start + 301, start + 1800],
    [1, 2, null, 3],
  ]);
});
