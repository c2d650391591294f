import { QuarterdeckError } from '@quarterdeck/client';
import pc from 'picocolors';
import { Failure } from './failure.js';
import { type Cell, type Column, tableLines, withoutControls } from './table.js';

type Colours = ReturnType<typeof pc.createColors>;

/** Where answers go: as text for people, or as JSON for programs. */
export interface Output {
  readonly json: boolean;
  readonly colours: Colours;
  /** One JSON value; arrays and objects are indented only for eyes. */
  value(value: unknown): void;
  line(text?: string): void;
  table(columns: readonly Column[], rows: readonly (readonly Cell[])[]): void;
  /** Beside the answer: goes to stderr, so that a pipe doesn't get it. */
  note(text: string): void;
}

export function createOutput(options: { json: boolean; color: boolean }): Output {
  const { stdout, stderr } = process;
  // Colours only for eyes: never into a pipe, never with NO_COLOR (no-color.org), unless FORCE_COLOR says otherwise.
  const coloured =
    options.color && !options.json && pc.isColorSupported && (stdout.isTTY || 'FORCE_COLOR' in process.env);
  const colours = pc.createColors(coloured);
  return {
    json: options.json,
    colours,
    value: (value) => void stdout.write(`${JSON.stringify(value, null, stdout.isTTY ? 2 : 0)}\n`),
    line: (text = '') => void stdout.write(`${text}\n`),
    table: (columns, rows) => {
      const width = stdout.isTTY ? stdout.columns : Number.POSITIVE_INFINITY;
      stdout.write(`${tableLines(columns, rows, width, colours.dim).join('\n')}\n`);
    },
    note: (text) => void stderr.write(`${text}\n`),
  };
}

/** Tells why it did not work, and what to do. @returns the exit code */
export function tellFailure(error: unknown, json: boolean): number {
  const told = failureOf(error);
  process.stderr.write(
    json ? `${JSON.stringify({ error: told })}\n` : `${pc.red('error')}: ${told.message}${hintsOf(told)}\n`,
  );
  return error instanceof Failure ? error.exitCode : 1;
}

interface Told {
  readonly code: string;
  readonly reason: string;
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

function failureOf(error: unknown): Told {
  if (error instanceof QuarterdeckError) {
    const { code, reason, message, details } = error;
    return { code, reason, message, ...(Object.keys(details).length === 0 ? {} : { details }) };
  }
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof Failure) return { code: 'failed-precondition', reason: 'COMMAND_LINE', message };
  return {
    code: 'internal',
    reason: 'UNEXPECTED',
    message: error instanceof Error ? (error.stack ?? message) : message,
  };
}

/** Who holds the slots is what a person needs to know at the limit; what else there is, --json shows. */
function hintsOf({ details }: Told): string {
  const holders = details?.holders;
  if (!Array.isArray(holders)) return '';
  return holders
    .map(
      ({ sessionId, name, lastSeenAt }) =>
        `\n  ${sessionId}  ${withoutControls(String(name))}, last seen ${lastSeenAt}`,
    )
    .join('');
}
