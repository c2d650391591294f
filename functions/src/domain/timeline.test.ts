import type { TimelinePoint } from '@quarterdeck/contract';
import { dayOf, daysBetween, periodStart, thinOut } from './timeline.js';

test.each<[now: string, today: string, week: string, month: string]>([
  ['2026-03-02T00:00:00.000Z', '2026-03-02', '2026-03-02', '2026-03-01'], // Monday, its first moment
  ['2026-03-01T23:59:59.999Z', '2026-03-01', '2026-02-23', '2026-03-01'], // Sunday, its last
  ['2026-03-07T12:00:00.000Z', '2026-03-07', '2026-03-02', '2026-03-01'], // Saturday
  ['2026-01-01T00:00:00.000Z', '2026-01-01', '2025-12-29', '2026-01-01'], // a week that began last year
  ['2028-02-29T09:30:00.000Z', '2028-02-29', '2028-02-28', '2028-02-01'], // leap day
  ['2026-03-29T02:30:00.000Z', '2026-03-29', '2026-03-23', '2026-03-01'], // clocks change in Europe: not in UTC
])('at %s today began on %s, the week on %s, the month on %s, at midnight UTC', (at, today, week, month) => {
  const now = new Date(at);
  expect(periodStart('today', now).toISOString()).toBe(`${today}T00:00:00.000Z`);
  expect(periodStart('this_week', now).toISOString()).toBe(`${week}T00:00:00.000Z`);
  expect(periodStart('this_month', now).toISOString()).toBe(`${month}T00:00:00.000Z`);
});

test('a day is the day in UTC', () => {
  expect(dayOf(new Date('2026-02-24T23:59:59.999Z'))).toBe('2026-02-24');
  expect(dayOf(new Date('2026-02-25T00:30:00.000+02:00'))).toBe('2026-02-24');
});

test.each<[from: string, to: string, days: string[]]>([
  ['2026-02-28T00:00:00Z', '2026-02-28T00:00:00Z', ['2026-02-28']],
  ['2026-02-28T00:00:00Z', '2026-02-28T23:59:59Z', ['2026-02-28']],
  ['2026-02-28T00:00:00Z', '2026-03-01T00:00:00Z', ['2026-02-28', '2026-03-01']],
  ['2026-02-28T00:00:00Z', '2026-03-02T12:00:00Z', ['2026-02-28', '2026-03-01', '2026-03-02']],
])('from %s to %s are the days %p', (from, to, days) => {
  expect(daysBetween(new Date(from), new Date(to))).toEqual(days);
});

test('a month never asks for more than 31 days', () => {
  const now = new Date('2026-01-31T23:59:59.999Z');
  expect(daysBetween(periodStart('this_month', now), now)).toHaveLength(31);
});

const pointAt = (time: string): TimelinePoint => ({
  at: `2026-03-02T${time}Z`,
  programs: 1,
  healthy: 1,
  stale: 0,
  offline: 0,
  working: 1,
  blocked: 0,
  pinned: 0,
  activeSessions: 1,
  load: null,
});

test.each<[resolution: Parameters<typeof thinOut>[1], kept: string[]]>([
  ['5m', ['00:00:00.000', '00:04:59.999', '00:05:00.000', '00:59:00.000', '01:00:00.000'].slice(1)],
  ['15m', ['00:05:00.000', '00:59:00.000', '01:00:00.000']],
  ['1h', ['00:59:00.000', '01:00:00.000']],
  ['1d', ['01:00:00.000']],
])('at a resolution of %s the last point of each interval stays, oldest first', (resolution, kept) => {
  const shuffled = ['01:00:00.000', '00:04:59.999', '00:59:00.000', '00:00:00.000', '00:05:00.000'].map(pointAt);
  const before = structuredClone(shuffled);
  expect(thinOut(shuffled, resolution).map((point) => point.at.slice(11, -1))).toEqual(kept);
  expect(shuffled).toEqual(before);
});

test('no points thin out to no points', () => {
  expect(thinOut([], '1h')).toEqual([]);
});
