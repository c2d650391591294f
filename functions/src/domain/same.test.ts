import { changedFields, isSame } from './same.js';

test.each([
  ['texts', 'a', 'a', true],
  ['a text and a number', '1', 1, false],
  ['fields in another order', { a: 1, b: [2] }, { b: [2], a: 1 }, true],
  ['a field that is undefined and none', { a: 1, b: undefined }, { a: 1 }, true],
  ['a field more', { a: 1 }, { a: 1, b: 2 }, false],
  ['a list in another order', [1, 2], [2, 1], false],
  ['a list and a map', [], {}, false],
  ['null and nothing', null, undefined, false],
  ['one moment', new Date(1), new Date(1), true],
  ['two moments', new Date(1), new Date(2), false],
  ['a moment and no fields', new Date(1), {}, false],
])('%s: %j and %j', (_what, a, b, expected) => {
  expect(isSame(a, b)).toBe(expected);
  expect(isSame(b, a)).toBe(expected);
});

test('what is said again is no change, and what is not said is none either', () => {
  const before = { name: 'Builder', groups: ['a'], color: null as string | null };
  expect(changedFields(before, { name: 'Builder', groups: ['a'] })).toEqual({});
  expect(changedFields(before, { groups: ['a', 'b'], color: null })).toEqual({ groups: ['a', 'b'] });
  expect(changedFields<{ a?: string | undefined }>({ a: 'x' }, { a: undefined })).toEqual({});
});
