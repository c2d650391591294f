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

const METHODS = ['debug', 'log', 'info', 'warn', 'error'] as const;
type Method = (typeof METHODS)[number];
type Writers = Record<Method, (...args: unknown[]) => void>;

const said = Object.fromEntries(METHODS.map((method) => [method, console[method].bind(console)])) as Writers;
const quiet: Writers = { ...said, info: () => undefined };
let writers = quiet;

/**
 * The logger of functions keeps the console's methods as it loads. From this call on they are ones that recordFunctionLog can still lead elsewhere, so setup.ts
 * makes it before anything else loads. What is said for information only, the line of each call, is then for who records it.
 */
export function leadConsole(): void {
  for (const method of METHODS) console[method] = (...args: unknown[]) => writers[method](...args);
}

/**
 * Records what is logged from now on.
 * @param what by default warnings and errors
 */
export function recordFunctionLog(what: 'problems' | 'everything' = 'problems'): FunctionLog {
  const entries: LogEntry[] = [];
  const waiting = new Set<() => void>();
  const write = (line: unknown): void => {
    entries.push(entryOf(String(line)));
    for (const look of waiting) look();
  };
  writers = { ...quiet, warn: write, error: write };
  if (what === 'everything') writers = { debug: write, log: write, info: write, warn: write, error: write };
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
    return { severity: 'DEFAULT', message: line };
  }
}
