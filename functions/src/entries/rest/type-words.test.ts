import type { JsonSchema } from './schemas.js';
import { typeWords } from './type-words.js';

test.each<[JsonSchema, string]>([
  [{ type: 'string' }, 'text'],
  [{ type: 'string', maxLength: 200 }, 'text, ≤ 200'],
  [{ type: 'string', format: 'date-time' }, 'instant'],
  [{ type: 'string', format: 'email', maxLength: 254 }, 'email, ≤ 254'],
  [{ type: 'string', enum: ['fact', 'goal'] }, '"fact" or "goal"'],
  [{ type: 'boolean', const: true }, 'true'],
  [{ type: 'integer', minimum: 0 }, 'integer, ≥ 0'],
  [{ type: 'number', maximum: 1 }, 'number, ≤ 1'],
  [{ type: 'number', minimum: 0, maximum: 100 }, 'number, 0–100'],
  [{ type: 'number', exclusiveMinimum: 0, maximum: 168 }, 'number, > 0 and ≤ 168'],
  [{ type: 'array', items: { type: 'string', maxLength: 50 }, maxItems: 20 }, 'list (≤ 20) of text, ≤ 50'],
  [{ type: 'array', items: { type: 'object', properties: { at: {}, bytes: {} } } }, 'list of { at, bytes }'],
  [{ type: 'object', additionalProperties: { type: 'string' } }, 'map'],
  [{ anyOf: [{ type: 'string' }, { type: 'null' }] }, 'text or null'],
  [{ type: ['string', 'null'] }, 'text or null'],
  [{}, 'anything'],
])('%j is "%s"', (schema, words) => {
  expect(typeWords(schema)).toBe(words);
});
