import { nearestNames } from './nearest.js';

const NAMES = ['create_session', 'create_key', 'list_sessions', 'get_session', 'heartbeat', 'recall'];

test.each([
  ['create_sesion', 'create_session'],
  ['createSession', 'create_session'],
  ['heart_beat', 'heartbeat'],
  ['list_session', 'list_sessions'],
  ['recal', 'recall'],
])('%s is nearest to %s', (wrong, right) => {
  expect(nearestNames(wrong, NAMES)[0]).toBe(right);
});

test('three are named, whatever was sent', () => {
  expect(nearestNames('x'.repeat(100_000), NAMES)).toHaveLength(3);
});
