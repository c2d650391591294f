// @ts-check
/**
 * Writes docs/reference.md from the registry: every operation with its fields, answers, roles and refusals. What the typed client knows of the registry
 * is written along with it. With --check it writes nothing and fails when one of the files is not what the registry says.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeClientFiles } from './client-operations.mjs';
import { isMain } from './lib/command-line.mjs';
import { loadContract } from './lib/contract.mjs';
import { root } from './lib/paths.mjs';

const PAGE = join(root, 'docs/reference.md');

/** @returns {Promise<string>} the page as the registry wants it */
export async function referencePage() {
  const { allOperations, callableName, REASONS, inputSchema, outputSchema } = await loadContract();
  const sections = allOperations.map((operation) => {
    const input = inputSchema(operation);
    const output = outputSchema(operation);
    const reasons = operation.errors.map((reason) => `\`${REASONS[reason]}\` ${reason}`).join(', ');
    return [
      `## ${operation.name}`,
      '',
      operation.description,
      '',
      `${doorsOf(operation, callableName)} For ${operation.access.join(', ')}. ${EFFECTS[operation.effect]}`,
      '',
      ...table('Field', Object.keys(input.properties ?? {}).length === 0 ? 'No fields.' : '', input),
      '',
      ...table('Answer', '', output),
      ...(reasons === '' ? [] : ['', `Refused with: ${reasons}.`]),
      '',
    ].join('\n');
  });
  return [
    '# Operations',
    '',
    'Generated from the registry by `npm run reference`. Every operation can also be refused with `invalid-argument` INVALID_FIELD, `unauthenticated`',
    '(NO_CREDENTIAL, INVALID_KEY, INVALID_ID_TOKEN, TOKEN_REVOKED, INVALID_SESSION_TOKEN), `permission-denied` ROLE_NOT_ALLOWED, and with `unavailable`,',
    '`deadline-exceeded` or `aborted` when the database is; those three may be repeated. A refusal carries `details.reason`. Every write may come with the',
    'header `Idempotency-Key`: repeated with the same key it has one effect and one answer for a day ([why and how](decisions/015-idempotency.md)).',
    '',
    allOperations.map(({ name }) => `[${name}](#${name})`).join(' · '),
    '',
    ...sections,
  ].join('\n');
}

/**
 * @param {import('./lib/contract.mjs').Operation} operation
 * @param {(name: string) => string} callableName
 * @returns {string} where it can be called
 */
function doorsOf({ name, doors }, callableName) {
  const addresses = {
    callable: `Callable \`${callableName(name)}\``,
    mcp: `MCP tool \`${name}\``,
    rest: `\`POST /v1/${name}\``,
  };
  return `${doors.map((door) => addresses[door]).join(', ')}.`;
}

const EFFECTS = {
  read: 'Reads only.',
  create: 'Makes something each time.',
  idempotent: 'Repeating it changes nothing more.',
  destructive: 'Takes something away.',
};

/**
 * @param {string} title
 * @param {string} whenEmpty
 * @param {import('./lib/contract.mjs').JsonSchema} schema
 * @returns {string[]}
 */
function table(title, whenEmpty, schema) {
  if (whenEmpty) return [whenEmpty];
  const required = new Set(schema.required ?? []);
  const rows = Object.entries(schema.properties ?? {}).map(([name, field]) => {
    const must = required.has(name) && field.default === undefined ? 'yes' : '';
    const standard = field.default === undefined ? '' : ` Default ${JSON.stringify(field.default)}.`;
    return `| \`${name}\` | ${typeOf(field)} | ${must} | ${(field.description ?? '').replace(/\|/g, '\\|')}${standard} |`;
  });
  return [`| ${title} | Type | ${title === 'Field' ? 'Required' : 'Always'} | |`, '|---|---|---|---|', ...rows];
}

/**
 * @param {import('./lib/contract.mjs').JsonSchema} schema
 * @returns {string}
 */
function typeOf(schema) {
  if (schema.enum) return schema.enum.map((value) => `\`${value}\``).join(' ');
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.anyOf) return [...new Set(schema.anyOf.map(typeOf))].join(' or ');
  if (schema.type === 'array')
    return `list of ${typeOf(schema.items ?? {})}${schema.maxItems ? `, ≤ ${schema.maxItems}` : ''}`;
  if (schema.type === 'string')
    return schema.maxLength ? `text, ≤ ${schema.maxLength}` : schema.format === 'date-time' ? 'instant' : 'text';
  if (schema.type === 'object') return schema.properties ? `{ ${Object.keys(schema.properties).join(', ')} }` : 'map';
  const bounds = [schema.minimum, schema.maximum].map((bound) =>
    Math.abs(bound ?? Infinity) >= Number.MAX_SAFE_INTEGER ? '' : String(bound),
  );
  const range = bounds[0] || bounds[1] ? ` ${bounds[0]}–${bounds[1]}` : '';
  return `${schema.type ?? 'anything'}${range}`;
}

if (isMain(import.meta.url)) {
  const check = process.argv.includes('--check');
  const page = await referencePage();
  const behind = await writeClientFiles({ check });
  if (readFileSync(PAGE, 'utf8') !== page) {
    behind.push('docs/reference.md');
    if (!check) writeFileSync(PAGE, page);
  }
  if (check && behind.length > 0) {
    console.error(`${behind.join(', ')}: not what the registry says: run npm run reference`);
    process.exit(1);
  }
}
