import { MemoryInput } from '@quarterdeck/contract';
import { aMemory, START } from '../../../test/support/builders.js';
import { fitsQuery, newMemory } from './memory.js';
import { shorten } from './shorten.js';

const origin = { memoryId: 'id', programId: 'builder', sessionId: 's', createdAt: START };
const titleOf = (content: string) => newMemory(MemoryInput.parse({ content }), origin).title;

test.each([
  ['a short content as it is', 'Short.', 'Short.'],
  ['the first line', '\n  First line.  \nSecond.', 'First line.'],
  ['whole words of a long line', `${'word '.repeat(30)}`, `${'word '.repeat(19).trim()}…`],
  ['the beginning of one long word', 'x'.repeat(200), `${'x'.repeat(99)}…`],
])('a memory without a title is called by %s', (_what, content, title) => {
  expect(titleOf(content)).toBe(title);
});

test('tags are kept once', () => {
  expect(newMemory(MemoryInput.parse({ content: 'x', tags: ['a', 'b', 'a'] }), origin).tags).toEqual(['a', 'b']);
});

test.each([
  { filter: {}, fits: true },
  { filter: { types: ['goal', 'fact'] }, fits: true },
  { filter: { types: ['goal'] }, fits: false },
  { filter: { tags: ['API', 'ports'] }, fits: true },
  { filter: { tags: ['api', 'deploys'] }, fits: false },
  { filter: { minConfidence: 0.8 }, fits: true },
  { filter: { minConfidence: 0.81 }, fits: false },
] as const)('a fact about api and ports that is 0.8 sure fits $filter: $fits', ({ filter, fits }) => {
  expect(fitsQuery(aMemory({ tags: ['api', 'Ports'] }), filter)).toBe(fits);
});

test.each([
  ['ends in an ellipsis, after a whole word', 'one two three', 10, 'one two…'],
  ['is cut in a word that would cost half of it', 'a bcdefghijklmnop', 10, 'a bcdefgh…'],
  ['keeps its characters whole', '🙂🙂🙂', 4, '🙂…'],
  ['stays as it is when it fits', 'one two', 7, 'one two'],
])('a shortened text %s', (_what, text, max, short) => {
  expect(shorten(text, max)).toBe(short);
});
