// @ts-check
/** The contract for scripts: it is TypeScript, so it is bundled before it can be asked. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importBundled } from './load-typescript.mjs';
import { root } from './paths.mjs';

/**
 * @typedef {{ $ref?: string, type?: string | string[], properties?: Record<string, JsonSchema>, required?: string[], items?: JsonSchema, enum?: string[],
 *   const?: unknown, anyOf?: JsonSchema[], oneOf?: JsonSchema[], additionalProperties?: boolean | JsonSchema, description?: string, default?: unknown, format?: string,
 *   minLength?: number, maxLength?: number, minItems?: number, maxItems?: number, minimum?: number, maximum?: number, exclusiveMinimum?: number,
 *   $defs?: Record<string, JsonSchema> }} JsonSchema
 * @typedef {{ name: string, title: string, description: string, access: string[], doors: ('callable' | 'mcp' | 'rest')[], effect: 'read' | 'create' | 'idempotent' | 'destructive',
 *   errors: string[] }} Operation
 * @typedef {{ allOperations: Operation[], callableName: (name: string) => string, REASONS: Record<string, string>,
 *   inputSchema: (operation: Operation) => JsonSchema, outputSchema: (operation: Operation) => JsonSchema,
 *   namedInputSchema: (operation: Operation) => JsonSchema, namedOutputSchema: (operation: Operation) => JsonSchema }} Contract
 */

/** In the named schemas, the objects, enums and unions that the contract exports are references to `$defs` under their exported names. */
const ENTRY = `
import { z } from 'zod';
import * as contract from './src/index.ts';
export { allOperations, callableName, REASONS } from './src/index.ts';

const named = [z.ZodObject, z.ZodEnum, z.ZodUnion];
const names = new Map(
  Object.entries(contract).flatMap(([name, value]) => (named.some((kind) => value instanceof kind) ? [[value, name]] : [])),
);
class NamedSchemas extends z.core.$ZodRegistry {
  get(schema) {
    const id = names.get(schema);
    return id === undefined ? z.globalRegistry.get(schema) : { ...z.globalRegistry.get(schema), id };
  }
}
const metadata = new NamedSchemas();
const unrepresentable = 'any';

export const inputSchema = ({ input }) => z.toJSONSchema(input, { io: 'input', unrepresentable });
export const outputSchema = ({ output }) => z.toJSONSchema(output, { io: 'output', unrepresentable });
export const namedInputSchema = ({ input }) => z.toJSONSchema(input, { io: 'input', unrepresentable, metadata });
export const namedOutputSchema = ({ output }) => z.toJSONSchema(output, { io: 'output', unrepresentable, metadata });
`;

/** @returns {Promise<Contract>} */
export function loadContract() {
  return importBundled({ stdin: { contents: ENTRY, resolveDir: `${root}/contract`, loader: 'ts' } });
}

/**
 * What the contract's doc comments say, which is not there when it runs: of its exported constants, and of the reasons in errors.ts.
 *
 * @returns {Map<string, string>} one paragraph each, by name
 */
export function contractComments() {
  const folder = join(root, 'contract/src');
  const comments = new Map();
  for (const file of readdirSync(folder)) {
    if (!file.endsWith('.ts') || file.endsWith('.test.ts')) continue;
    const declared = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*(?:export const (\w+) =|([A-Z_]+): ')/g;
    for (const [, comment = '', constant, reason] of readFileSync(join(folder, file), 'utf8').matchAll(declared)) {
      comments.set(
        constant ?? reason,
        comment
          .replace(/^\s*\* ?/gm, ' ')
          .replace(/\s+/g, ' ')
          .trim(),
      );
    }
  }
  return comments;
}
