import { limits } from '@quarterdeck/contract';
import { tagLookup, termsOfMemory, termsOfQuery } from './memory-terms.js';

const text = (fields: Partial<Parameters<typeof termsOfMemory>[0]> = {}) => ({
  title: '',
  tags: [],
  content: '',
  ...fields,
});

test('a word weighs more in the title than in a tag, and there more than in the content', () => {
  const { weights } = termsOfMemory(text({ title: 'Port', tags: ['api'], content: 'database database listens' }));
  expect(weights).toEqual({ port: 3, api: 2, databas: 2, listen: 1 });
});

test('a title that is the beginning of the content does not count twice', () => {
  const { weights } = termsOfMemory(text({ title: 'Port of it', content: 'Port of it\nis 8080.' }));
  expect(weights).toEqual({ port: 1, '8080': 1 });
});

test('where there are too many words, tags and title stay, then what occurs most', () => {
  const rare = Array.from({ length: 400 }, (_, n) => `rare${n}`).join(' ');
  const { lookups } = termsOfMemory(
    text({ title: 'Lighthouse', tags: ['Night Watch'], content: `${rare} common common` }),
  );
  expect(lookups).toHaveLength(limits.MEMORY_TERMS_MAX);
  expect(new Set(lookups).size).toBe(limits.MEMORY_TERMS_MAX);
  expect(lookups.slice(0, 5)).toEqual(['#night watch', 'lighthous', 'night', 'watch', 'common']);
});

test('no word of the content, however often it occurs, takes the place of one in the title', () => {
  const content = Array.from({ length: 300 }, (_, n) => `often${n} `.repeat(5)).join('');
  expect(termsOfMemory(text({ title: 'Lighthouse', content })).lookups).toContain('lighthous');
});

test('a tag is looked up as a whole, in any case, and is no word', () => {
  expect(tagLookup(' Café ')).toBe('#cafe');
  expect(termsOfMemory(text({ tags: ['API', 'api'] })).lookups).toEqual(['#api', 'api']);
  expect(termsOfQuery('#api')).toEqual(['api']);
});

test('a word may be called like something that every object has', () => {
  const { weights } = termsOfMemory(text({ content: 'constructor __proto__ toString' }));
  expect(Object.keys(weights)).toEqual(['constructor', 'proto', 'tostring', 'string']);
});

test('of a long query the longest words are looked for, each once', () => {
  const words = Array.from({ length: 12 }, (_, n) => 'k'.repeat(n + 3));
  const terms = termsOfQuery([...words, ...words].join(' '));
  expect(terms).toHaveLength(limits.QUERY_TERMS_MAX);
  expect(terms).not.toContain('kkk');
  expect(terms).toContain('k'.repeat(14));
});
