import type { StoredEvent } from '@quarterdeck/contract';
import { sayEvent } from './say-event.js';

const said = (type: string, data: Record<string, string | number | null> = {}) =>
  sayEvent({ type: type as StoredEvent['type'], actor: 'program/builder', data });

test.each([
  ['task.created', { target: 'builder' }, 'Created'],
  ['task.claimed', { programId: 'builder', attempt: 2 }, 'Claimed, attempt 2'],
  ['task.claimed', { programId: 'reviewer', attempt: 1 }, 'Claimed for reviewer, attempt 1'],
  ['task.released', { programId: 'builder' }, 'Back in the queue from builder'],
  ['task.completed', { outcome: 'FAILED' }, 'Done: failed'],
  ['session.commanded', { command: 'drain' }, 'Told to drain'],
  ['session.commanded', { command: null }, 'A command was taken back'],
  ['session.ended', { outcome: 'timed_out' }, 'Ended: timed out'],
  ['session.state_changed', { from: 'working', to: 'blocked' }, 'Working → blocked'],
])('%s is told in a few words', (type, data, words) => {
  expect(said(type, data as Record<string, string>)).toBe(words);
});

test('an event of a newer version is shown as it is', () => {
  expect(said('task.handed_over')).toBe('Handed over');
  expect(said('moon.risen')).toBe('Moon risen');
});
