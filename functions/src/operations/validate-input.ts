import type { Operation } from '@quarterdeck/contract';
import { DomainError, invalidField } from '../domain/domain-error.js';
import { fieldWords, type Issue } from './field-words.js';

/** Deeper than any input that can be right; zod recurses, so depth is checked before it sees the input. */
const MAX_DEPTH = 20;
/** Field names are quoted in messages; a long one is cut. */
const QUOTED_MAX_CHARS = 60;
const FIELDS_NAMED_MAX = 10;

/**
 * The input as the operation declares it, defaults filled in.
 * @throws DomainError `INVALID_FIELD` naming every wrong field, and what is allowed
 */
export function validateInput(operation: Operation, input: unknown): Record<string, unknown> {
  const value = input ?? {};
  requireHarmlessShape(value);
  const parsed = operation.input.safeParse(value);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.flatMap((issue) => describe(issue, operation)).slice(0, FIELDS_NAMED_MAX);
  throw new DomainError('INVALID_FIELD', `${told(fields)}.`, { fields });
}

interface FieldProblem {
  readonly field: string;
  readonly problem: string;
}

/** What several fields have in common is said once: the choices of a long list would fill a page. */
function told(fields: readonly FieldProblem[]): string {
  const problems = [...new Set(fields.map(({ problem }) => problem))];
  const having = (problem: string) => fields.filter((one) => one.problem === problem).map(({ field }) => field);
  return problems.map((problem) => `${having(problem).join(', ')}: ${problem}`).join('; ');
}

function describe(issue: Issue, operation: Operation): FieldProblem[] {
  const path = issue.path.map((part) => quoted(String(part)));
  if (issue.code === 'unrecognized_keys') {
    const allowed =
      path.length === 0 ? `; allowed are ${Object.keys(operation.input.shape).join(', ') || 'no fields'}` : '';
    return issue.keys.map((key) => ({
      field: [...path, quoted(key)].join('.'),
      problem: `is not a field of this operation${allowed}`,
    }));
  }
  if (issue.code === 'invalid_union') {
    const issues = issue.errors.flat();
    const deepest = Math.max(...issues.map((inner) => inner.path.length));
    const telling = issues.filter((inner) => inner.path.length === deepest);
    // The alternative that fits best says which of its fields is wrong.
    if (deepest > 0) {
      return telling.flatMap((inner) => describe({ ...inner, path: [...issue.path, ...inner.path] }, operation));
    }
    const messages = [...new Set(telling.map(fieldWords))];
    return [{ field: path.join('.'), problem: messages.join(', or: ') || issue.message }];
  }
  if (issue.code === 'invalid_key') {
    return [{ field: path.join('.'), problem: issue.issues.map(fieldWords).join(', and ') }];
  }
  return [{ field: path.join('.') || 'the input', problem: fieldWords(issue) }];
}

function quoted(name: string): string {
  return name.length <= QUOTED_MAX_CHARS ? name : `${name.slice(0, QUOTED_MAX_CHARS)}…`;
}

/** Refuses what could hurt before any schema looks: an array or scalar as input, depth, and keys that name a prototype. */
function requireHarmlessShape(input: unknown): void {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw invalidField('the input', 'must be a JSON object');
  }
  let level: readonly object[] = [input];
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) throw invalidField('the input', `must not be nested deeper than ${MAX_DEPTH} levels`);
    for (const value of level) {
      if (Object.hasOwn(value, '__proto__')) throw invalidField('__proto__', 'is not a field name');
    }
    level = level.flatMap((value) =>
      Object.values(value).filter((inner) => typeof inner === 'object' && inner !== null),
    );
  }
}
