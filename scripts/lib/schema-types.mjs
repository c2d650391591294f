// @ts-check
/** TypeScript for the JSON Schemas of the contract: a declaration for each named schema, with a doc comment for each field. */

/** @import { JsonSchema } from './contract.mjs' */

/** How long a line of a doc comment may be. */
const COMMENT_CHARS = 140;

/** The name that zod gives to a schema that holds itself. The contract has one: any JSON. */
const RECURSIVE = /^#\/\$defs\/__schema\d+$/;
const JSON_TYPE = 'export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };';

/**
 * Collects declarations. A named schema of the contract is declared once, however many operations refer to it.
 *
 * @param {ReadonlyMap<string, string>} comments doc comments of named schemas
 */
export function schemaWriter(comments) {
  /** @type {Map<string, { name: string, schema: JsonSchema, doc: string | undefined, isInput: boolean }>} */
  const declared = new Map();
  let usesJson = false;

  /**
   * @param {string} name
   * @param {JsonSchema} schema
   * @param {{ doc?: string, isInput?: boolean }} [about] `isInput`: a caller writes it, and may write `undefined` for a field that is left out
   */
  function declare(name, schema, { doc = comments.get(name), isInput = false } = {}) {
    const known = declared.get(name);
    if (known !== undefined && JSON.stringify(known.schema) !== JSON.stringify(schema)) {
      throw new Error(`${name} means one thing in inputs and another in outputs: give one of them a name of its own.`);
    }
    declared.set(name, { name, schema, doc, isInput: isInput || known?.isInput === true });
    for (const [inner, definition] of Object.entries(schema.$defs ?? {})) {
      if (!RECURSIVE.test(`#/$defs/${inner}`)) declare(inner, definition, { isInput });
    }
  }

  /**
   * @param {JsonSchema} schema
   * @returns {string}
   */
  function typeOf(schema) {
    if (schema.$ref !== undefined) {
      if (!RECURSIVE.test(schema.$ref)) return schema.$ref.replace('#/$defs/', '');
      usesJson = true;
      return 'Json';
    }
    if (schema.const !== undefined) return JSON.stringify(schema.const);
    if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
    const choices = schema.anyOf ?? schema.oneOf;
    if (choices !== undefined) return [...new Set(choices.map(typeOf))].join(' | ');
    if (Array.isArray(schema.type)) return schema.type.map((type) => typeOf({ ...schema, type })).join(' | ');
    return typeOfKind(schema);
  }

  /**
   * @param {JsonSchema} schema
   * @returns {string}
   */
  function typeOfKind(schema) {
    switch (schema.type) {
      case 'string':
      case 'boolean':
      case 'null':
      case 'number':
        return schema.type;
      case 'integer':
        return 'number';
      case 'array':
        return arrayOf(typeOf(schema.items ?? {}));
      case 'object':
        if (schema.properties !== undefined) return `{\n${fieldsOf(schema, false).join('\n')}\n}`;
        if (typeof schema.additionalProperties === 'object') {
          return `Record<string, ${typeOf(schema.additionalProperties)}>`;
        }
    }
    throw new Error(`no TypeScript is known for ${JSON.stringify(schema)}`);
  }

  /**
   * @param {JsonSchema} schema
   * @param {boolean} isInput
   * @returns {string[]}
   */
  function fieldsOf({ properties = {}, required = [] }, isInput) {
    return Object.entries(properties).map(([name, field]) => {
      const isOptional = !required.includes(name);
      const absent = isOptional && isInput ? ' | undefined' : '';
      const text = isInput ? meaningOf(field) : (field.description ?? '');
      return `${text && docComment([text])}${name}${isOptional ? '?' : ''}: ${typeOf(field)}${absent};`;
    });
  }

  return {
    declare,
    /** @returns {string[]} everything declared so far, by name */
    declarations() {
      const all = [...declared.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
      const written = all.map(({ name, schema, doc, isInput }) => {
        const comment = doc === undefined ? '' : docComment([doc]);
        if (schema.properties === undefined) return `${comment}export type ${name} = ${typeOf(schema)};`;
        const fields = fieldsOf(schema, isInput);
        if (fields.length === 0) return `${comment}export type ${name} = Record<string, never>;`;
        return `${comment}export interface ${name} {\n${fields.join('\n')}\n}`;
      });
      return usesJson ? [...written, `${docComment(['Any JSON.'])}${JSON_TYPE}`] : written;
    },
  };
}

/** @param {string} element */
const arrayOf = (element) => (/^\w+$/.test(element) ? `${element}[]` : `Array<${element}>`);

/**
 * What a field of an input means, with its default and its bounds; empty: its name says it.
 *
 * @param {JsonSchema} schema
 * @returns {string}
 */
export function meaningOf(schema) {
  const value = schema.anyOf?.find(({ type }) => type !== 'null') ?? schema;
  const { description = '', default: standard } = schema;
  const minimum = value.minimum === Number.MIN_SAFE_INTEGER ? undefined : value.minimum;
  const maximum = value.maximum === Number.MAX_SAFE_INTEGER ? undefined : value.maximum;
  const bounds = [
    range(minimum, maximum, ''),
    value.exclusiveMinimum === undefined ? '' : `more than ${value.exclusiveMinimum}`,
    value.format === undefined ? range(value.minLength, value.maxLength, ' characters') : '',
    range(value.minItems, value.maxItems, ' elements'),
  ].filter((bound) => bound !== '' && !description.includes(bound));
  return [
    description,
    standard === undefined ? '' : `Default ${JSON.stringify(standard)}.`,
    ...bounds.map((bound) => `${bound.charAt(0).toUpperCase()}${bound.slice(1)}.`),
  ]
    .filter(Boolean)
    .join(' ');
}

/**
 * @param {number | undefined} least
 * @param {number | undefined} most
 * @param {string} unit
 * @returns {string}
 */
function range(least, most, unit) {
  if (least !== undefined && most !== undefined) return `${least} to ${most}${unit}`;
  if (most !== undefined) return `at most ${most}${unit}`;
  if (least === undefined || (least === 0 && unit === '')) return ''; // that a count is not negative goes without saying
  return unit !== '' && least === 1 ? 'not empty' : `at least ${least}${unit}`;
}

/**
 * @param {JsonSchema} schema
 * @returns {boolean}
 */
export function isNullable({ type, anyOf = [] }) {
  return [type].flat().includes('null') || anyOf.some(isNullable);
}

/**
 * @param {string[]} paragraphs an empty one makes an empty line
 * @returns {string} with the line break after it
 */
export function docComment(paragraphs) {
  const lines = paragraphs.flatMap((paragraph) => wrapped(paragraph.replaceAll('*/', '*\\/')));
  const [only = ''] = lines;
  if (lines.length === 1) return `/** ${only} */\n`;
  return `/**\n${lines.map((line) => ` * ${line}`.trimEnd()).join('\n')}\n */\n`;
}

/**
 * @param {string} text
 * @returns {string[]}
 */
function wrapped(text) {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line !== '' && line.length + word.length >= COMMENT_CHARS) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines;
}
