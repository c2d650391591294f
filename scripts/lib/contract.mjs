// @ts-check
/** The contract for scripts: it is TypeScript, so it is bundled before it can be asked. */
import { root } from './paths.mjs';

/**
 * @typedef {{ type?: string, properties?: Record<string, JsonSchema>, required?: string[], items?: JsonSchema, enum?: string[], const?: unknown,
 *   anyOf?: JsonSchema[], description?: string, default?: unknown, format?: string, maxLength?: number, maxItems?: number, minimum?: number,
 *   maximum?: number }} JsonSchema
 * @typedef {{ name: string, title: string, description: string, access: string[], doors: ('callable' | 'mcp' | 'rest')[], effect: 'read' | 'create' | 'idempotent' | 'destructive',
 *   errors: string[] }} Operation
 * @typedef {{ allOperations: Operation[], callableName: (name: string) => string, REASONS: Record<string, string>,
 *   inputSchema: (operation: Operation) => JsonSchema, outputSchema: (operation: Operation) => JsonSchema }} Contract
 */

const ENTRY = `
import { z } from 'zod';
export { allOperations, callableName, REASONS } from './src/index.ts';
export const inputSchema = (operation) => z.toJSONSchema(operation.input, { io: 'input', unrepresentable: 'any' });
export const outputSchema = (operation) => z.toJSONSchema(operation.output, { io: 'output', unrepresentable: 'any' });
`;

/** @returns {Promise<Contract>} */
export async function loadContract() {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    absWorkingDir: root,
    stdin: { contents: ENTRY, resolveDir: `${root}/contract`, loader: 'ts' },
    bundle: true,
    format: 'esm',
    write: false,
    logLevel: 'warning',
  });
  const code = outputFiles[0]?.text ?? '';
  return import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`);
}
