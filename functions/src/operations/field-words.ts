import type { Operation } from '@quarterdeck/contract';

export type Issue = NonNullable<ReturnType<Operation['input']['safeParse']>['error']>['issues'][number];

/** What values of a type are called. */
const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  record: 'an object',
  array: 'a list',
};

/** What texts of a format are called. */
const FORMATS: Readonly<Record<string, string>> = {
  email: 'an e-mail address',
  url: 'a web address',
  datetime: 'a moment such as "2026-02-24T10:00:00Z"',
  date: 'a day such as "2026-02-24"',
};

/**
 * What a field has to be, as the end of a sentence that begins with its name. Where a schema says it in words of its own, those; the library's speak of
 * types and signs, which a person who typed a form does not.
 */
export function fieldWords(issue: Issue): string {
  if (!/^(Invalid|Too) /.test(issue.message)) return issue.message;
  if (issue.message.endsWith('received undefined')) return 'is required';
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${KINDS[issue.expected] ?? issue.expected}`;
    case 'too_big':
      return `must be at most ${measured(issue.maximum, issue.origin)}`;
    case 'too_small':
      return `must be at least ${measured(issue.minimum, issue.origin)}`;
    case 'invalid_value':
      return `must be ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.map(String).join(', ')}`;
    case 'invalid_format':
      return FORMATS[issue.format] === undefined ? issue.message : `must be ${FORMATS[issue.format]}`;
    default:
      return issue.message;
  }
}

function measured(count: number | bigint, origin: string): string {
  if (origin === 'string') return `${count} ${Number(count) === 1 ? 'character' : 'characters'} long`;
  if (origin === 'array') return `${count} ${Number(count) === 1 ? 'element' : 'elements'} long`;
  return String(count);
}
