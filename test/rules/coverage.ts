/** What the emulator answers at `:ruleCoverage`, as far as it is used here. */
export interface Coverage {
  readonly rules: { readonly files: readonly { readonly content: string }[] };
  readonly report: readonly Expression[];
}

interface Expression {
  /** Offsets count characters; `endOffset` is that of the last one. */
  readonly sourcePosition: { readonly line: number; readonly currentOffset: number; readonly endOffset: number };
  /** What it evaluated to. `{}`: it was not, because `&&` or `||` had decided. Absent: its rule was never reached. */
  readonly values?: readonly { readonly value: Readonly<Record<string, unknown>> }[];
  readonly children?: readonly Expression[];
}

/** Conditions that were not both true and false, as `line: expression (what is missing)`. An error, which denies, is neither. */
export function gapsIn({ rules, report }: Coverage): string[] {
  const source = rules.files.map(({ content }) => content).join('');
  const gaps = constantsIn(source);

  function visit({ sourcePosition: { line, currentOffset, endOffset }, values = [], children = [] }: Expression): void {
    const seen = new Set(
      values.flatMap(({ value }) => ('boolValue' in value ? [String(value.boolValue)] : Object.keys(value))),
    );
    seen.delete('undefined');
    const missing = ['true', 'false'].filter((verdict) => !seen.has(verdict));
    // A part that had any other value is no condition, but something that a condition looks at.
    const isCondition = [...seen].every((value) => value === 'true' || value === 'false');
    if (isCondition && missing.length > 0) {
      const text = source.slice(currentOffset, endOffset + 1).replace(/\s+/g, ' ');
      gaps.push(`${line}: ${text} (${seen.size === 0 ? 'never evaluated' : `never ${missing[0]}`})`);
      if (seen.size === 0) return;
    }
    children.forEach(visit);
  }

  report.forEach(visit);
  return gaps;
}

/** The emulator says nothing of conditions that are constant or missing. */
function constantsIn(source: string): string[] {
  return source.split('\n').flatMap((text, index) => {
    const [code = ''] = text.split('//');
    return /\bif (true|false)\b|\ballow [\w, ]+;/.test(code) ? [`${index + 1}: ${code.trim()} (constant)`] : [];
  });
}
