import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** A line of a file. */
export interface Line {
  /** In the file, from 1. */
  readonly number: number;
  readonly text: string;
}

/** The lines of a file, one after the other. @param file "-": standard input */
export async function* linesOf(file: string): AsyncGenerator<Line> {
  const input = file === '-' ? process.stdin : createReadStream(file, 'utf8');
  let number = 0;
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY }))
    yield { number: ++number, text };
}

/** What a line of JSON says; undefined: it is no JSON. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
