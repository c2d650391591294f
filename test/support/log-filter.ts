import type { LogEntry } from './function-log.js';

/** Cloud Logging's order of severities. */
const SEVERITIES = ['DEFAULT', 'DEBUG', 'INFO', 'NOTICE', 'WARNING', 'ERROR', 'CRITICAL', 'ALERT', 'EMERGENCY'];

/** One comparison of a filter. */
interface Comparison {
  readonly path: string;
  readonly operator: string;
  readonly value: string;
}

/**
 * The part of Cloud Logging's query language that the filters of this repository use: comparisons that all have to hold, joined by AND.
 * @throws Error for anything else
 */
export function parseFilter(filter: string): readonly Comparison[] {
  return filter.split(' AND ').map((part) => {
    const parsed = /^([A-Za-z][\w.]*)(!=|>=|<=|=|<|>|:)("[^"]*"|\*|[\w.]+)$/.exec(part.trim());
    if (parsed === null) throw new Error(`no comparison: ${part}`);
    const [, path = '', operator = '', value = ''] = parsed;
    return { path, operator, value: value.replace(/^"|"$/g, '') };
  });
}

/** Whether a line that a function wrote is among what a filter finds, once Cloud Run has handed it to Cloud Logging. */
export function isFound(filter: string, { severity, ...jsonPayload }: LogEntry): boolean {
  const entry = {
    resource: { type: 'cloud_run_revision' },
    logName: 'projects/p/logs/run.googleapis.com%2Fstdout',
    severity,
    jsonPayload,
  };
  return parseFilter(filter).every((comparison) => holds(comparison, entry));
}

function holds({ path, operator, value }: Comparison, entry: object): boolean {
  const found = path.split('.').reduce<unknown>((inner, name) => (inner as Record<string, unknown>)?.[name], entry);
  // A field that is not there compares with nothing, not even as different.
  if (found === undefined) return false;
  if (operator === ':') return value === '*' || String(found).includes(value);
  if (operator === '=') return String(found) === value;
  if (operator === '!=') return String(found) !== value;
  const isSeverity = path === 'severity';
  const [left, right] = isSeverity
    ? [SEVERITIES.indexOf(String(found)), SEVERITIES.indexOf(value)]
    : [found, Number(value)];
  if (typeof left !== 'number' || Number.isNaN(right))
    throw new Error(`${path} ${operator} ${value} compares no numbers`);
  return { '>=': left >= right, '<=': left <= right, '>': left > right, '<': left < right }[operator] === true;
}
