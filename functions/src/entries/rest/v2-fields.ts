import { HttpRefusal } from './problem.js';

/** How a text of the query becomes a value. In a body, values are of their own type already. */
type Kind = 'text' | 'number' | 'boolean' | 'list' | 'batch';

/** A field of an `/api/v2` request. */
export interface V2Field {
  /** The operation's name for it; null: older clients send it, and nothing depends on it. */
  readonly as: string | null;
  readonly kind: Kind;
  /** Of each element of a batch. */
  readonly fields?: V2Fields;
}
export type V2Fields = Readonly<Record<string, V2Field>>;

export const text = (as: string): V2Field => ({ as, kind: 'text' });
export const number = (as: string): V2Field => ({ as, kind: 'number' });
export const boolean = (as: string): V2Field => ({ as, kind: 'boolean' });
/** In the query separated by commas, repeated, or both; in a body an array, or a single text. */
export const list = (as: string): V2Field => ({ as, kind: 'list' });
export const batch = (as: string, fields: V2Fields): V2Field => ({ as, kind: 'batch', fields });
export const unused: V2Field = { as: null, kind: 'text' };

interface FieldProblem {
  readonly field: string;
  readonly problem: string;
}

/**
 * The input of the operation, out of a request's query and body.
 * @throws HttpRefusal 422 naming what the route does not know, and what was said twice
 */
export function readFields(fields: V2Fields, query: URLSearchParams, body: unknown = {}): Record<string, unknown> {
  const said = [
    ...[...query].map(([name, value]) => [name, fromText(field(fields, name), value)] as const),
    // Clients in Python send null for what they leave out.
    ...Object.entries(requireObject(body)).filter(([, value]) => value !== null),
  ];
  return collect(fields, said, '');
}

function collect(
  fields: V2Fields,
  said: readonly (readonly [string, unknown])[],
  within: string,
): Record<string, unknown> {
  const problems: FieldProblem[] = [];
  const input = new Map<string, unknown>();
  for (const [name, value] of said) {
    const known = field(fields, name);
    if (known === undefined) {
      const allowed = Object.keys(fields).join(', ') || 'none';
      problems.push({
        field: within + name.slice(0, 60),
        problem: `is not a field of this request; allowed are ${allowed}`,
      });
    } else if (known.as !== null) {
      const before = input.get(known.as);
      if (before === undefined) input.set(known.as, given(known, value, within + name));
      else if (Array.isArray(before) && Array.isArray(value)) input.set(known.as, [...before, ...value]);
      else problems.push({ field: within + name, problem: 'is given more than once' });
    }
  }
  if (problems.length > 0) throw invalid(problems);
  return Object.fromEntries(input);
}

function given({ kind, fields = {} }: V2Field, value: unknown, name: string): unknown {
  if (kind === 'list' && typeof value === 'string') return [value];
  if (kind !== 'batch' || !Array.isArray(value)) return value;
  return value.map((element, index) => {
    const within = `${name}.${index}`;
    const said = Object.entries(requireObject(element, within)).filter(([, inner]) => inner !== null);
    return collect(fields, said, `${within}.`);
  });
}

/** What is no number stays the text it is, for the operation to refuse. */
function fromText(known: V2Field | undefined, value: string): unknown {
  if (known?.kind === 'number') return /^[-+]?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
  if (known?.kind === 'boolean') return value === 'true' || (value === 'false' ? false : value);
  if (known?.kind === 'list') return value.split(',').flatMap((one) => one.trim() || []);
  return value;
}

function field(fields: V2Fields, name: string): V2Field | undefined {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

function requireObject(value: unknown, name = 'the body'): object {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw invalid([{ field: name, problem: 'must be a JSON object' }]);
}

/** Already by the names that were sent, so nothing is left to translate. */
function invalid(problems: readonly FieldProblem[]): HttpRefusal {
  const fields = problems.slice(0, 10);
  const message = fields.map(({ field, problem }) => `${field}: ${problem}`).join('; ');
  return new HttpRefusal(422, 'INVALID_FIELD', `${message}.`, { fields });
}
