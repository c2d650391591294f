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

test.each([
  ['nope', 'nope'],
  ['two letters', 'ls'],
  ['nothing', ''],
  ['what is too long for a name', 'x'.repeat(100_000)],
])('no name is near to %s', (_what, wrong) => {
  expect(nearestNames(wrong, [...NAMES, 'boot', 'answer', 'forget'])).toEqual([]);
});

test('of many that are near three are named', () => {
  const names = ['get_task', 'get_tasks', 'set_task', 'let_task', 'heartbeat'];
  expect(nearestNames('get_tas', names)).toEqual(['get_task', 'get_tasks', 'let_task']);
});
