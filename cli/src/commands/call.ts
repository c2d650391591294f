import { OPERATIONS, type OperationName } from '@quarterdeck/client';
import { DESCRIPTIONS, type FieldDescription } from '@quarterdeck/client/descriptions';
import { Argument, type Command } from 'commander';
import { collect } from '../arguments.js';
import { type Context, contextOf, outputOf } from '../context.js';
import { Failure } from '../failure.js';
import { readStandardInput } from '../standard-input.js';

interface CallOptions {
  readonly field: string[];
  readonly asProgram?: true;
  readonly idempotencyKey?: string;
}

const METHODS = Object.keys(OPERATIONS) as OperationName[];
const NAMES = METHODS.map((method) => OPERATIONS[method].name);

/** Any operation of the registry by its name, for whatever has no command of its own. */
export function addCall(program: Command): void {
  program
    .command('call')
    .description('Call any operation: quarterdeck call list_programs; without a name, list them')
    .addArgument(new Argument('[operation]', 'its name, such as get_session').choices(NAMES))
    .argument('[json]', 'the input; "-" reads it from standard input')
    .option('-f, --field <name=value>', 'one field of the input; again for more', collect, [])
    .option('--as-program', 'call with the key of a program, not of who looks after the fleet')
    .option('--idempotency-key <key>', 'repeated with the same key, a write has one effect')
    .action(async (name: string | undefined, json: string | undefined, options: CallOptions, command: Command) => {
      const method = METHODS.find((one) => OPERATIONS[one].name === name);
      if (method === undefined) return listOperations(command);
      const context = contextOf(command);
      const given = json === '-' ? await readStandardInput() : json;
      const input = { ...parsed(given), ...Object.fromEntries(options.field.map((field) => fieldOf(method, field))) };
      context.output.value(await callBy(context, method, input, options));
    })
    .addHelpText('after', '\nThe reference page, docs/reference.md, describes every operation and field.');
}

function callBy(
  { asProgram, overseer }: Context,
  method: OperationName,
  input: object,
  options: CallOptions,
): Promise<unknown> {
  const client = options.asProgram ? asProgram : overseer;
  const call = client[method] as (input: object, options: object) => Promise<unknown>;
  return call(input, options.idempotencyKey === undefined ? {} : { idempotencyKey: options.idempotencyKey });
}

function listOperations(command: Command): void {
  const output = outputOf(command);
  const rows = METHODS.map((method) => ({ name: OPERATIONS[method].name, ...DESCRIPTIONS[method] }));
  if (output.json) {
    output.value(rows);
    return;
  }
  output.table(
    [{ title: 'OPERATION' }, { title: 'FIELDS', shrinks: 2 }, { title: '', shrinks: 2 }],
    rows.map(({ name, fields, description }) => [{ text: name }, { text: namesOf(fields) }, { text: description }]),
  );
}

function namesOf(fields: Readonly<Record<string, FieldDescription>>): string {
  return Object.entries(fields)
    .map(([name, { required }]) => (required ? name : `[${name}]`))
    .join(' ');
}

/** `limit=5` by the type that the field has: a text needs no quotes. */
function fieldOf(method: OperationName, given: string): [string, unknown] {
  const [name = '', ...rest] = given.split('=');
  const text = rest.join('=');
  if (name === '' || rest.length === 0) throw new Failure(`--field "${given}": write it as name=value.`, 2);
  const field = DESCRIPTIONS[method].fields[name];
  if (field === undefined || (field.type === 'string' && !(field.nullable && text === 'null'))) return [name, text];
  try {
    return [name, JSON.parse(text)];
  } catch {
    throw new Failure(`--field ${name}: "${text}" is no ${field.type}.`, 2);
  }
}

function parsed(json: string | undefined): object {
  if (json === undefined) return {};
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Told below.
  }
  throw new Failure('The input is a JSON object, such as \'{"limit":5}\'.', 2);
}
