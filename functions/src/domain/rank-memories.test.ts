import { after, aMemory } from '../../../test/support/builders.js';
import { fuseRankings } from './memory-fusion.js';
import { termsOfMemory, termsOfQuery } from './memory-terms.js';
import { type FoundMemory, rankMemories } from './rank-memories.js';

const NOW = after({ days: 1 });

/** The titles of what is found, best first. */
function found(query: string, memories: readonly ReturnType<typeof aMemory>[]): string[] {
  const candidates = memories.map((memory) => ({ memory, terms: termsOfMemory(memory).weights }));
  return rankMemories(candidates, termsOfQuery(query), NOW).map(({ memory }) => memory.title);
}

const filler = 'something else entirely that nobody asked for';

test.each([
  {
    rule: 'more words of the query go before fewer',
    query: 'staging database port',
    memories: [
      aMemory({ title: 'one', content: `database ${filler}` }),
      aMemory({ title: 'three', content: 'port of the staging database' }),
      aMemory({ title: 'two', content: `database port ${filler}` }),
    ],
    order: ['three', 'two', 'one'],
  },
  {
    rule: 'a rare word goes before a common one',
    query: 'deploy lighthouse',
    memories: [
      ...['k1', 'k2', 'k3', 'k4'].map((title) => aMemory({ title, content: `deploy deploy ${filler}` })),
      aMemory({ title: 'rare', content: `lighthouse ${filler}` }),
    ],
    order: ['rare', 'k1', 'k2', 'k3', 'k4'],
  },
  {
    rule: 'a word in the title goes before one in a tag, and that before one in the content',
    query: 'port',
    memories: [
      aMemory({ title: 'x', content: `port ${filler}` }),
      aMemory({ title: 'y', tags: ['port'], content: `many ${filler}` }),
      aMemory({ title: 'port', content: `many ${filler}` }),
    ],
    order: ['port', 'y', 'x'],
  },
  {
    rule: 'a short memory goes before a long one that has the word once as well',
    query: 'port',
    memories: [
      aMemory({ title: 'long', content: `port ${filler} ${filler}` }),
      aMemory({ title: 'short', content: 'port' }),
    ],
    order: ['short', 'long'],
  },
  {
    rule: 'among equals the surer one goes first, then the newer one',
    query: 'port',
    memories: [
      aMemory({ title: 'old', content: 'port', confidence: 0.5 }),
      aMemory({ title: 'new', content: 'port', confidence: 0.5, createdAt: after({ hours: 5 }) }),
      aMemory({ title: 'sure', content: 'port', confidence: 0.9 }),
    ],
    order: ['sure', 'new', 'old'],
  },
  {
    rule: 'what has none of the words is left out',
    query: 'port constructor',
    memories: [aMemory({ title: 'none', content: filler }), aMemory({ title: 'some', content: 'port' })],
    order: ['some'],
  },
  { rule: 'nothing stored is nothing found', query: 'port', memories: [], order: [] },
])('$rule', ({ query, memories, order }) => {
  expect(found(query, memories)).toEqual(order);
});

test('certainty and newness never outweigh a word', () => {
  const memories = [
    aMemory({ title: 'sure', content: `port ${filler}`, confidence: 1, createdAt: NOW }),
    aMemory({ title: 'fits', content: `port database ${filler}`, confidence: 0 }),
    aMemory({ title: 'others', content: `port database ${filler} ${filler}`, confidence: 0 }),
    aMemory({ title: 'others', content: `port database ${filler} ${filler}`, confidence: 0 }),
  ];
  expect(found('port database', memories)).toEqual(['fits', 'others', 'others', 'sure']);
});

test('lists with scores that can not be compared become one: what both know goes first, and nothing is twice', () => {
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((title) => ({ memory: aMemory({ title }), score: 1 })) as Four;
  const fused = fuseRankings(
    [
      [a, b, c],
      [d, b],
    ],
    3,
  );
  expect(fused.map(({ memory: { title } }) => title)).toEqual(['b', 'a', 'd']);
});

type Four = [FoundMemory, FoundMemory, FoundMemory, FoundMemory];
