import { collectionIdOf, type DocumentKind, documents, kindOfPath } from '@quarterdeck/contract';

const kinds = Object.keys(documents) as DocumentKind[];
const pathOf = (kind: DocumentKind) => (documents[kind] as (...ids: string[]) => string)('acme', 'builder', '7');

test.each(kinds)('the path of %s says what it is', (kind) => {
  expect(kindOfPath(pathOf(kind))).toBe(kind);
});

test('the first document of a fleet is as much of it as the others', () => {
  expect([documents.fleet('acme'), documents.fleet('acme', 2)].map(kindOfPath)).toEqual(['fleet', 'fleet']);
});

test.each([
  '',
  'accounts',
  'accounts/acme/sessions',
  'accounts/acme/sessions/a/b/c',
  'x/accounts/acme',
  'unknown/acme',
])('a path that the contract does not have is of no kind: "%s"', (path) => {
  expect(kindOfPath(path)).toBeUndefined();
});

test('every kind has a collection id of its own, so that a collection group is of one kind', () => {
  const ids = kinds.map(collectionIdOf);
  expect(new Set(ids).size).toBe(kinds.length);
  expect(collectionIdOf('contextSnapshot')).toBe('contextHistory');
  expect(collectionIdOf('apiKey')).toBe('apiKeys');
});
