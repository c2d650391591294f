/** A stretch of the source. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Condition extends Span {
  /** Absent: there is only one operand, or none. */
  readonly operator?: '&&' | '||';
  readonly operands: readonly Condition[];
}

/** Every condition of the rules: what follows `if`, and what a function returns unless that is a document or a time. */
export function conditionsIn(bare: string): Condition[] {
  const conditions = bare.matchAll(/(?<=\b(?:if|return) )(?!get\(|timestamp\.)[^;]*/g);
  return [...conditions].map(({ index, 0: text }) => parse(bare, { start: index, end: index + text.length }));
}

/** The same length, so that offsets stay. */
export const withoutComments = (source: string): string =>
  source.replace(/\/\/.*/g, (comment) => ' '.repeat(comment.length));
export const withoutStrings = (code: string): string =>
  code.replace(/'[^']*'/g, (text) => `'${'_'.repeat(text.length - 2)}'`);

function parse(bare: string, span: Span): Condition {
  const whole = trimmed(bare, span);
  for (const operator of ['||', '&&'] as const) {
    const operands = split(bare, whole, operator);
    if (operands.length > 1) return { ...whole, operator, operands: operands.map((operand) => parse(bare, operand)) };
  }
  if (bare[whole.start] === '(' && closing(bare, whole.start) === whole.end - 1) {
    return { ...parse(bare, { start: whole.start + 1, end: whole.end - 1 }), ...whole };
  }
  return { ...whole, operands: [] };
}

function trimmed(bare: string, { start, end }: Span): Span {
  const text = bare.slice(start, end);
  return { start: end - text.trimStart().length, end: start + text.trimEnd().length };
}

/** At the operators that stand outside of all brackets. */
function split(bare: string, { start, end }: Span, operator: string): Span[] {
  const parts: Span[] = [];
  let from = start;
  for (let at = start; at < end; at++) {
    if ('([{'.includes(bare.charAt(at))) at = closing(bare, at);
    if (bare.startsWith(operator, at)) {
      parts.push(trimmed(bare, { start: from, end: at }));
      from = at + operator.length;
    }
  }
  return [...parts, trimmed(bare, { start: from, end })];
}

/** Where the bracket that opens here is closed. */
function closing(bare: string, open: number): number {
  let depth = 0;
  for (let at = open; at < bare.length; at++) {
    if ('([{'.includes(bare.charAt(at))) depth++;
    if (')]}'.includes(bare.charAt(at)) && --depth === 0) return at;
  }
  throw new Error(`A bracket is never closed: ${bare.slice(open, open + 40)}`);
}
