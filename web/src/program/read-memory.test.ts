import { START } from '../../../test/support/builders.js';
import { readMemory } from './read-memory.js';

test('a memory is read without what it is found by', () => {
  const stored = { memoryId: 'm', createdAt: { toDate: () => START }, terms: ['x'], weightsJson: '{}', embedding: {} };
  expect(readMemory(stored)).toEqual({ memoryId: 'm', createdAt: START });
});
