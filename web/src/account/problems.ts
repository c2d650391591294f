/** What is wrong with an input, by its field; under '' what concerns none of them. */
export type Problems = Readonly<Record<string, string>>;

/** What a refusal carries beside its sentence. */
interface Refusal {
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

/**
 * A refusal, put where it belongs: "target: there is no program …" beside the field for the target.
 * @param fields those that the form has
 */
export function problemsOf({ message, details }: Refusal, fields: readonly string[]): Problems {
  const named = Array.isArray(details?.fields) ? (details.fields as { field: string; problem: string }[]) : [];
  if (named.length > 0 && named.every(({ field }) => fields.includes(field))) {
    return Object.fromEntries(named.map(({ field, problem }) => [field, sentence(problem)]));
  }
  const field = fields.find((name) => message.startsWith(`${name}: `));
  return field === undefined ? { '': message } : { [field]: sentence(message.slice(field.length + 2)) };
}

function sentence(text: string): string {
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}
