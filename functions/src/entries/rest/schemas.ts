import type { Operation } from '@quarterdeck/contract';
import { z } from 'zod';

/** JSON Schema, draft 2020-12, as far as the contract's schemas make use of it. */
export interface JsonSchema {
  $schema?: string;
  type?: string | string[];
  description?: string;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: boolean | JsonSchema;
  items?: JsonSchema;
  maxItems?: number;
  anyOf?: JsonSchema[];
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  format?: string;
  pattern?: string;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
}

export function inputSchemaOf({ input }: Operation): JsonSchema {
  return jsonSchemaOf(input, 'input');
}

export function outputSchemaOf({ output }: Operation): JsonSchema {
  return jsonSchemaOf(output, 'output');
}

export function jsonSchemaOf(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const {
    $schema: _,
    $defs: __,
    ...found
  } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override: ({ jsonSchema }) => withoutNoise(jsonSchema),
  });
  return JSON.parse(JSON.stringify(found), withoutRecursion);
}

/** The contract's only schema that holds itself is that of any JSON. Within an OpenAPI document, its reference to itself would lead nowhere. */
function withoutRecursion(_name: string, value: unknown): unknown {
  const isReference = typeof value === 'object' && value !== null && '$ref' in value;
  return isReference ? { description: 'Any JSON.' } : value;
}

/** What says nothing to a reader: the bounds of JavaScript's numbers, and the pattern of a format that has a name. */
function withoutNoise(schema: z.core.JSONSchema.BaseSchema): void {
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  if (schema.format !== undefined) delete schema.pattern;
}
