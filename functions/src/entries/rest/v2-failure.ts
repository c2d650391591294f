import type { RestFailure } from './problem.js';
import type { V2Fields } from './v2-fields.js';

/** What clients of `/api/v2` know: 422 for what is wrong in a field, and fields by the names that they sent. */
export function v2FailureOf(failure: RestFailure, fields: V2Fields, sent: readonly string[]): RestFailure {
  const rename = (path: string): string => {
    const [first = '', ...rest] = path.split('.');
    return [nameOf(first, fields, sent), ...rest].join('.');
  };
  const { fields: named } = failure.details;
  return {
    ...failure,
    status: failure.status === 400 ? 422 : failure.status,
    // A message begins with the field that it is about; one about input has a part for each.
    message: failure.message.replace(
      /(^|; )([A-Za-z]+)(?=[.\w]*: )/g,
      (_, before: string, name: string) => before + rename(name),
    ),
    details: Array.isArray(named)
      ? { ...failure.details, fields: named.map((one) => ({ ...one, field: rename(String(one.field)) })) }
      : failure.details,
  };
}

/** What older clients read, beside the members of the standard. */
export function v2Members({ reason, message }: RestFailure): Readonly<Record<string, unknown>> {
  return { error: reason, message };
}

/** The name that was sent for an operation's field, or else the first that could have been. */
function nameOf(inputName: string, fields: V2Fields, sent: readonly string[]): string {
  if (inputName === 'programId') return 'agent_id';
  const names = Object.keys(fields).filter((name) => fields[name]?.as === inputName);
  return names.find((name) => sent.includes(name)) ?? names[0] ?? inputName;
}
