import { newerFields } from './newer-fields.js';

test('what this version has no name for is shown as it is, and what was never said is not', () => {
  const stored = { known: 'x', mood: 'fine', numbers: [1, { a: 2 }], nothing: null, absent: undefined, zero: 0 };
  expect(newerFields(stored, ['known'])).toEqual([
    ['mood', 'fine'],
    ['numbers', '[1,{"a":2}]'],
    ['zero', '0'],
  ]);
});
