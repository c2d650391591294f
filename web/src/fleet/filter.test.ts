import { aSession } from '../../../test/support/builders.js';
import { addressOf, choicesOf, filterOf, fits, isFiltering } from './filter.js';

const session = aSession({
  sessionId: 'checkout-1',
  name: 'Checkout redesign',
  programId: 'builder',
  projectName: 'shop',
  status: 'Rewriting',
  branch: 'feat/pay',
});

test.each<[Record<string, string>, boolean]>([
  [{}, true],
  [{ q: 'CHECK' }, true],
  [{ q: 'rewriting builder' }, true],
  [{ q: 'feat/pay' }, true],
  [{ q: 'checkout nothing' }, false],
  [{ program: 'builder' }, true],
  [{ program: 'build' }, false],
  [{ project: 'shop', state: 'working' }, true],
  [{ state: 'blocked' }, false],
])('with %j in the address it is shown: %s', (query, expected) => {
  expect(fits(session, filterOf(query))).toBe(expected);
});

test('a filter stands in the address, and comes back out of it', () => {
  const filter = filterOf({ q: 'a b&c', project: 'x/y' });
  const address = addressOf(filter);
  expect(filterOf(Object.fromEntries(new URL(address, 'http://x').searchParams))).toEqual(filter);
  expect([isFiltering(filter), isFiltering(filterOf({})), addressOf(filterOf({}))]).toEqual([true, false, '/']);
});

test('choices are what is there, once each, in order', () => {
  expect(choicesOf([session, aSession({ programId: null }), aSession({ programId: 'admin' })], 'programId')).toEqual([
    'admin',
    'builder',
  ]);
});
