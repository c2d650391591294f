import { after, aPattern, START } from '../../../test/support/builders.js';
import { byWorth } from './by-worth.js';

test('promoted patterns come first, then the surest, then the last reinforced, and decayed ones last', () => {
  const patterns = [
    aPattern({ id: 'decayed', confidence: 1 }),
    aPattern({ id: 'old', confidence: 0.5, lastReinforcedAt: START }),
    aPattern({ id: 'new', confidence: 0.5, lastReinforcedAt: after({ days: 1 }) }),
    aPattern({ id: 'sure', confidence: 0.9 }),
    aPattern({ id: 'promoted', confidence: 0.1, promoted: true }),
  ];
  const kept = new Set(patterns.slice(1));
  expect(byWorth(patterns, kept).map(({ id }) => id)).toEqual(['promoted', 'sure', 'new', 'old', 'decayed']);
});
