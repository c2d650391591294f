/** An entry of the log as functions write it: one line of JSON. */
export interface LogEntry {
  readonly severity: string;
  readonly message: string;
  readonly [field: string]: unknown;
}

/** What functions write to their log from now on, instead of the console. */
export interface FunctionLog {
  /** Oldest first. */
  readonly entries: readonly LogEntry[];
  clear(): void;
  /** Resolves with the first entry that the predicate holds for, also a former one. */
  wrote(isWanted: (entry: LogEntry) => boolean): Promise<LogEntry>;
}

/**
 * Their logger keeps the console that it finds as it loads, so whatever imports it has to be imported after this call.
 * @param what by default warnings and errors
 */
export function recordFunctionLog(what: 'problems' | 'everything' = 'problems'): FunctionLog {
  const entries: LogEntry[] = [];
  const waiting = new Set<() => void>();
  const write = (line: string): void => {
    entries.push(entryOf(line));
    for (const look of waiting) look();
  };
  Object.assign(console, { warn: write, error: write });
  if (what === 'everything') Object.assign(console, { log: write, info: write, debug: write });
  return {
    entries,
    clear: () => void entries.splice(0),
    wrote: (isWanted) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = entries.find(isWanted);
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
  };
}

/** What is written past the logger is a line of text. */
function entryOf(line: string): LogEntry {
  try {
    return JSON.parse(line) as LogEntry;
  } catch {
    return { severity: 'DEFAULT', message: String(line) };
  }
}
