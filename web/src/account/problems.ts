/** What is wrong with a form, by field. */
export type FieldProblems = Readonly<Record<string, string>>;

/**
 * What a refused call says of the fields of a form.
 * @param fields those that the form shows, by the names of the operation
 * @returns null when it speaks of something else, or of a field that the form does not show
 */
export function fieldProblems(error: unknown, fields: readonly string[]): FieldProblems | null {
  const wrong = (error as { details?: { fields?: unknown } } | null)?.details?.fields;
  if (!Array.isArray(wrong) || wrong.length === 0) return null;
  const told = wrong.map(({ field, problem }: { field?: unknown; problem?: unknown }) => ({
    // "eventTypes.0" is of the field eventTypes.
    field: String(field).split('.', 1)[0] as string,
    problem: String(problem),
  }));
  if (told.some(({ field }) => !fields.includes(field))) return null;
  return Object.fromEntries(told.map(({ field, problem }) => [field, asSentence(problem)]));
}

/** "must not be blank" as "Must not be blank." */
function asSentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
}
