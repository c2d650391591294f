import { addressWith, hasWords } from './filter.js';

test('an address holds what it is narrowed to, and nothing that is empty', () => {
  expect(addressWith('/tasks', { q: '', program: '' })).toBe('/tasks');
  expect(addressWith('/tasks', { q: 'a&b c', program: '' })).toBe('/tasks?q=a%26b+c');
  expect(addressWith('/', { q: 'x', program: 'builder' })).toBe('/?q=x&program=builder');
});

test.each([
  ['', true],
  ['  ', true],
  ['DEPLOY', true],
  ['builder deploy', true],
  ['deploy nobody', false],
])('searching for "%s" among texts finds: %s', (q, found) => {
  expect(hasWords(['Look at the deploy', null, undefined, 'builder'], q)).toBe(found);
});
