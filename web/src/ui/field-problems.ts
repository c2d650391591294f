/** What is wrong, by the field it is wrong with; under `form` what belongs to none of them. */
export type FieldProblems = Readonly<Record<string, string>>;

/**
 * What a refusal says, put where it belongs.
 * @param fields those that the form has; what is said of an element of a list is said of the list
 */
export function fieldProblemsOf(error: unknown, fields: readonly string[]): FieldProblems {
  const message = error instanceof Error ? error.message : String(error);
  const told = toldFields(error);
  const known = told.filter(({ field }) => fields.includes(rootOf(field)));
  if (told.length > 0 && known.length === told.length) {
    return Object.fromEntries(known.map(({ field, problem }) => [rootOf(field), asSentence(problem)]));
  }
  const [field = '', rest = ''] = /^(\w+): (.*)$/s.exec(message)?.slice(1) ?? [];
  return fields.includes(field) ? { [field]: asSentence(rest) } : { form: message };
}

interface Told {
  readonly field: string;
  readonly problem: string;
}

function toldFields(error: unknown): readonly Told[] {
  const { fields } = ((error as { details?: object } | null)?.details ?? {}) as { fields?: unknown };
  return Array.isArray(fields)
    ? fields.map(({ field, problem }) => ({ field: String(field), problem: String(problem) }))
    : [];
}

function rootOf(field: string): string {
  return field.split('.', 1)[0] as string;
}

function asSentence(problem: string): string {
  const text = problem.charAt(0).toUpperCase() + problem.slice(1);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
