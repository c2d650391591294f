import { aSession } from '../../../test/support/builders.js';
import { contextShare, tellingLifecycle, wordsOf } from './words.js';

test.each([
  ['working', 'Working'],
  ['ci_failed', 'CI failed'],
  ['pr_open', 'PR open'],
  ['needs you', 'Needs you'],
  ['something_new', 'Something new'],
])('%s is written %s', (name, words) => {
  expect(wordsOf(name)).toBe(words);
});

test.each([
  [{ state: 'working', lifecycle: 'working' }, null],
  [{ state: 'working', lifecycle: 'pr_open' }, 'PR open'],
  [{ state: 'blocked', lifecycle: 'needs_input' }, null],
  [{ state: 'blocked', lifecycle: 'stuck' }, 'Stuck'],
  [{ state: 'complete', lifecycle: 'done' }, null],
  [{ state: 'complete', lifecycle: 'merged', outcome: 'completed' }, 'Merged'],
  [{ state: 'complete', lifecycle: 'errored', outcome: 'errored' }, null],
  [{ state: 'complete', lifecycle: 'killed', outcome: 'killed' }, null],
  [{ state: 'complete', lifecycle: 'terminated', outcome: 'errored' }, 'Terminated'],
] as const)('the lifecycle of %j says more than its state and its outcome: %s', (session, said) => {
  expect(tellingLifecycle(session)).toBe(said);
});

test('a context is a share of its limit, where there is one', () => {
  expect(contextShare(aSession({ contextBytes: 50, contextLimitBytes: 200 }))).toBe(0.25);
  expect(contextShare(aSession({ contextBytes: 50 }))).toBeNull();
});
