import { actorName, counted, shortTime, size } from './format.js';

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1 kB'],
  [128_000, '128 kB'],
  [1_250_000, '1.3 MB'],
  [5e15, '5000 TB'],
])('%d bytes are %s', (bytes, text) => {
  expect(size(bytes)).toBe(text);
});

test('one is one, and others are many', () => {
  expect([counted(0, 'task'), counted(1, 'task'), counted(2, 'task'), counted(2, 'reply', 'replies')]).toEqual([
    '0 tasks',
    '1 task',
    '2 tasks',
    '2 replies',
  ]);
});

test('who did something is told by name where one is known', () => {
  const people = new Map([['u1', 'Ada']]);
  expect(['program/builder', 'person/u1', 'person/u2', 'sweep'].map((actor) => actorName(actor, people))).toEqual([
    'builder',
    'Ada',
    'a person',
    'sweep',
  ]);
});

test('a moment is told as shortly as it is clear', () => {
  const now = new Date(2026, 2, 12, 15, 0);
  const short = (moment: Date) => shortTime(moment, now);
  expect(short(new Date(2026, 2, 12, 9, 5))).toMatch(/^0?9:05/);
  expect(short(new Date(2026, 2, 10, 9, 5))).toMatch(/^Tue 0?9:05/);
  expect(short(new Date(2026, 0, 2, 9, 5))).toMatch(/Jan/);
  expect(short(new Date(2025, 0, 2))).toMatch(/2025/);
});
