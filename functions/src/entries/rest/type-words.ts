import type { JsonSchema } from './schemas.js';

/** A schema's type in a few words: `text, ≤ 200`, `list (≤ 20) of text`, `"fact" or "goal"`. */
export function typeWords(schema: JsonSchema): string {
  const { type, anyOf, enum: allowed, const: only, items, maxItems, maxLength, format, properties } = schema;
  if (allowed !== undefined) return allowed.map((value) => JSON.stringify(value)).join(' or ');
  if (only !== undefined) return JSON.stringify(only);
  if (Array.isArray(type)) return type.map((each) => typeWords({ ...schema, type: each })).join(' or ');
  if (anyOf !== undefined) return [...new Set(anyOf.map(typeWords))].join(' or ');
  if (type === 'array') return `list${maxItems === undefined ? '' : ` (≤ ${maxItems})`} of ${typeWords(items ?? {})}`;
  if (type === 'string') {
    if (format === 'date-time') return 'instant';
    return `${format ?? 'text'}${maxLength === undefined ? '' : `, ≤ ${maxLength}`}`;
  }
  if (type === 'object') return properties === undefined ? 'map' : `{ ${Object.keys(properties).join(', ')} }`;
  if (type === 'number' || type === 'integer') return `${type}${boundWords(schema)}`;
  return type ?? 'anything';
}

function boundWords({ minimum, maximum, exclusiveMinimum }: JsonSchema): string {
  if (exclusiveMinimum !== undefined)
    return `, > ${exclusiveMinimum}${maximum === undefined ? '' : ` and ≤ ${maximum}`}`;
  if (minimum !== undefined && maximum !== undefined) return `, ${minimum}–${maximum}`;
  if (minimum !== undefined) return `, ≥ ${minimum}`;
  return maximum === undefined ? '' : `, ≤ ${maximum}`;
}
