// @ts-check
/**
 * Writes client/src/operations.ts and client/src/descriptions.ts from the registry: what the typed client and the command line know of operations,
 * without zod and without the contract. With --check it writes nothing and fails when a file is not what the registry says.
 *
 * The types are written here and not by json-schema-to-typescript: that one takes the description of a field for the type's own wherever a field
 * refers to a named type, and says nothing of defaults and bounds.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMain } from './lib/command-line.mjs';
import { contractComments, loadContract } from './lib/contract.mjs';
import { root } from './lib/paths.mjs';
import { docComment, isNullable, meaningOf, schemaWriter } from './lib/schema-types.mjs';

/** @import { Contract, JsonSchema, Operation } from './lib/contract.mjs' */

const HEADER = '// Generated from the registry by `npm run reference`.\n';

const EFFECTS = {
  read: 'Reads only.',
  create: 'Makes something each time.',
  idempotent: 'Repeating it changes nothing more.',
  destructive: 'Takes something away.',
};

const CALLERS = new Map([
  ['program', 'programs'],
  ['admin', 'admins'],
  ['auditor', 'auditors'],
  ['person', 'people who are signed in'],
  ['anyone', 'anyone'],
]);

/** @returns {Promise<{ path: string, text: string }[]>} the files as the registry wants them */
export async function clientFiles() {
  const contract = await loadContract();
  const operations = contract.allOperations.filter(({ doors }) => doors.includes('rest'));
  return [
    { path: 'client/src/operations.ts', text: operationsFile(contract, operations) },
    { path: 'client/src/descriptions.ts', text: descriptionsFile(contract, operations) },
  ].map(({ path, text }) => ({ path, text: formatted(path, HEADER + text) }));
}

/**
 * Writes the files, or with `check` says which are behind.
 *
 * @param {{ check: boolean }} options
 * @returns {Promise<string[]>} paths of the files that were not what the registry says
 */
export async function writeClientFiles({ check }) {
  const behind = (await clientFiles()).filter(({ path, text }) => textOf(path) !== text);
  if (!check) for (const { path, text } of behind) writeFileSync(join(root, path), text);
  return behind.map(({ path }) => path);
}

/**
 * @param {Contract} contract
 * @param {Operation[]} operations
 * @returns {string}
 */
function operationsFile(contract, operations) {
  const { callableName, REASONS } = contract;
  const comments = contractComments();
  const types = schemaWriter(comments);
  const methods = operations.map((operation) => {
    const name = callableName(operation.name);
    const typeName = name.charAt(0).toUpperCase() + name.slice(1);
    const input = contract.namedInputSchema(operation);
    types.declare(`${typeName}Input`, input, { doc: `What \`${name}\` takes.`, isInput: true });
    types.declare(`${typeName}Output`, contract.namedOutputSchema(operation), { doc: `What \`${name}\` answers.` });
    const optional = (input.required ?? []).length === 0 ? '?' : '';
    const parameters = `input${optional}: ${typeName}Input, options?: CallOptions`;
    return `${methodComment(operation, REASONS, comments)}${name}(${parameters}): Promise<${typeName}Output>;`;
  });
  const table = operations.map(
    ({ name, effect }) => `${callableName(name)}: { name: '${name}', effect: '${effect}' },`,
  );
  const codes = [...new Set(Object.values(REASONS))].map((code) => `'${code}'`).join(' | ');
  const reasons = Object.keys(REASONS).map((reason) => `'${reason}'`);
  return [
    "import type { CallOptions } from './options.js';",
    '',
    `/** Every operation, by the name of its method: its name at the doors, and what calling it does to the world. */`,
    `export const OPERATIONS = {\n${table.join('\n')}\n} as const;`,
    '',
    '/** `createSession`, `updateSession`, … */',
    'export type OperationName = keyof typeof OPERATIONS;',
    '',
    '/** What kind of refusal it is: the canonical codes of Firebase callables. */',
    `export type ErrorCode = ${codes};`,
    '',
    `/** ${comments.get('REASONS')?.replace(/ It arrives as.*/, '')} */`,
    `export type Reason = ${reasons.join(' | ')};`,
    '',
    '/**',
    ' * A method for each operation. Each can also be refused because of its fields or its credential, and fail because nobody answers: see the reasons.',
    ' */',
    `export interface OperationMethods {\n${methods.join('\n\n')}\n}`,
    '',
    types.declarations().join('\n\n'),
    '',
  ].join('\n');
}

/**
 * @param {Operation} operation
 * @param {Contract['REASONS']} reasons
 * @param {Map<string, string>} comments
 * @returns {string}
 */
function methodComment({ description, access, effect, errors }, reasons, comments) {
  const callers = access.map((one) => CALLERS.get(one));
  const last = callers.pop();
  const thrown = errors.map((reason) => {
    const why = comments.get(reason);
    return `\`${reasons[reason]}\` ${reason}${why === undefined ? '.' : `: ${why}`}`;
  });
  return docComment([
    description,
    '',
    `For ${callers.length === 0 ? last : `${callers.join(', ')} and ${last}`}. ${EFFECTS[effect]}`,
    ...(thrown.length === 0 ? [] : ['']),
    ...thrown.map((line) => `@throws {QuarterdeckError} ${line}`),
  ]);
}

/**
 * @param {Contract} contract
 * @param {Operation[]} operations
 * @returns {string}
 */
function descriptionsFile(contract, operations) {
  const entries = operations.map((operation) => {
    const input = contract.inputSchema(operation);
    const required = new Set(input.required ?? []);
    const fields = Object.entries(input.properties ?? {}).map(([name, schema]) => [
      name,
      fieldDescription(schema, required.has(name)),
    ]);
    const { name, title, description } = operation;
    return [contract.callableName(name), { title, description, fields: Object.fromEntries(fields) }];
  });
  return [
    "import type { OperationName } from './operations.js';",
    '',
    '/** A field of an input, for who reads or writes it as text. */',
    'export interface FieldDescription {',
    "  readonly type: 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object';",
    '  readonly required: boolean;',
    '  /** What it means, with its default and bounds; empty: its name says it. */',
    '  readonly description: string;',
    '  /** The only values that it may have; of an array, that its elements may have. */',
    '  readonly values?: readonly string[];',
    '  /** True: null is a value of its own, and means nothing or none. */',
    '  readonly nullable?: true;',
    '}',
    '',
    '/** An operation, in words. */',
    'export interface OperationDescription {',
    '  readonly title: string;',
    '  readonly description: string;',
    '  readonly fields: Readonly<Record<string, FieldDescription>>;',
    '}',
    '',
    '/** Every operation in words, by the name of its method. */',
    `export const DESCRIPTIONS: Readonly<Record<OperationName, OperationDescription>> = ${JSON.stringify(Object.fromEntries(entries), null, 2)};`,
    '',
  ].join('\n');
}

/**
 * @param {JsonSchema} schema
 * @param {boolean} required
 */
function fieldDescription(schema, required) {
  const value = schema.anyOf?.find(({ type }) => type !== 'null') ?? schema;
  const [type] = [value.type].flat().filter((one) => one !== 'null');
  if (type === undefined) throw new Error(`no type that text could be read as: ${JSON.stringify(schema)}`);
  const values = value.enum ?? value.items?.enum;
  return {
    type,
    required,
    description: meaningOf(schema),
    ...(values && { values }),
    ...(isNullable(schema) && { nullable: true }),
  };
}

/**
 * @param {string} path
 * @param {string} text
 * @returns {string} as Biome wants it, so that writing the file again changes nothing
 */
function formatted(path, text) {
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
  return execFileSync(process.execPath, [biome, 'format', `--stdin-file-path=${path}`], {
    cwd: root,
    input: text,
    encoding: 'utf8',
    maxBuffer: 10 * 1024 * 1024,
  });
}

/**
 * @param {string} path
 * @returns {string | undefined} undefined: it isn't there
 */
function textOf(path) {
  try {
    return readFileSync(join(root, path), 'utf8');
  } catch {
    return undefined;
  }
}

if (isMain(import.meta.url)) {
  const check = process.argv.includes('--check');
  const behind = await writeClientFiles({ check });
  if (check && behind.length > 0) {
    console.error(`${behind.join(', ')}: not what the registry says: run npm run reference`);
    process.exit(1);
  }
}
