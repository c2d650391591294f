import { withTyped } from './labels.js';

test.each([
  [['a'], 'b', ['a', 'b']],
  [['a'], ' b , c\nd ', ['a', 'b', 'c', 'd']],
  [['a'], ' , ', ['a']],
  [['a'], 'a,b,b', ['a', 'b']],
  [['has, a comma'], 'b', ['has, a comma', 'b']],
])('%j with what was typed, %j', (labels, typed, expected) => {
  expect(withTyped(labels, typed)).toEqual(expected);
});
