import type { LiveSession } from '@quarterdeck/contract';
import { aSession } from '../../../test/support/builders.js';
import { contextOf } from './context.js';

const at = (minutes: number) => new Date(Date.UTC(2026, 2, 2, 10, minutes));
const filling = (name: string, bytes: number, samples: readonly [minutes: number, bytes: number][]): LiveSession =>
  aSession({
    sessionId: name,
    name,
    contextBytes: bytes,
    contextLimitBytes: 100,
    contextSamples: Object.fromEntries(
      samples.map(([minutes, size], index) => [String(index), { at: at(minutes), bytes: size }]),
    ),
  });

test('the fullest come first, each with its share at the moments at which it was measured', () => {
  const sessions = [
    filling('half', 50, [
      [0, 20],
      [5, 50],
    ]),
    filling('full', 90, [[2, 90]]),
  ];
  const { sessions: shown, columns } = contextOf(sessions);
  expect(shown.map(({ name, share }) => [name, share])).toEqual([
    ['full', 0.9],
    ['half', 0.5],
  ]);
  expect(columns).toEqual([
    [0, 2, 5].map((minutes) => at(minutes).getTime() / 1000),
    [null, 0.9, null],
    [0.2, null, 0.5],
  ]);
});

test('at most five are shown, and none that never said how large its context may be', () => {
  const sessions = Array.from({ length: 7 }, (_, n) =>
    filling(`s${n}`, n * 10 + 10, [
      [0, 1],
      [5, n],
    ]),
  );
  expect(contextOf([...sessions, aSession({ contextBytes: 5 })]).sessions.map(({ name }) => name)).toEqual([
    's6',
    's5',
    's4',
    's3',
    's2',
  ]);
});

test('what was measured within a minute is no line yet', () => {
  expect(contextOf([filling('new', 10, [[0, 5]])]).sessions).toEqual([]);
});
