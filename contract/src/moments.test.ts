import { after, START } from '../../test/support/builders.js';
import { earliest, iso, latest } from './moments.js';

const later = after({ ms: 1 });

test('a moment at the doors is ISO 8601 in UTC with milliseconds', () => {
  expect(iso(later)).toBe('2026-03-02T10:00:00.001Z');
  expect(iso(null)).toBeNull();
});

test.each<[a: Date | null, b: Date | null, expected: Date | null]>([
  [null, null, null],
  [START, null, START],
  [null, START, START],
  [START, later, later],
  [later, START, later],
  [START, START, START],
])('the later of %p and %p is %p', (a, b, expected) => {
  expect(latest(a, b)).toEqual(expected);
});

test.each<[dates: (Date | null)[], expected: Date | null]>([
  [[], null],
  [[null, null], null],
  [[later, null, START], START],
  [[null, later], later],
  [[START, later], START],
])('the earliest of %p is %p', (dates, expected) => {
  expect(earliest(dates)).toEqual(expected);
});
