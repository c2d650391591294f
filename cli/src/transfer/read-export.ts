import type { ExportRecord } from '@quarterdeck/client';
import { EXPORT_FORMAT, EXPORT_VERSION } from '@quarterdeck/contract/views';
import { Failure } from '../failure.js';
import type { Numbered } from './import-records.js';
import { linesOf, parsed } from './lines.js';

/** True for the first line of what `quarterdeck export` writes. */
export function isHeader(value: unknown): boolean {
  return (value as { format?: unknown } | null | undefined)?.format === EXPORT_FORMAT;
}

/** Records of a file that export wrote. The server checks each; here a line only has to be JSON. */
export async function* recordsOf(file: string): AsyncGenerator<Numbered> {
  let isEmpty = true;
  for await (const { number, text } of linesOf(file)) {
    const value = parsed(text);
    if (value === undefined) {
      throw new Failure(
        `Line ${number} is no JSON. What stands before it may have been imported; importing again is safe.`,
      );
    }
    isEmpty = false;
    if (number === 1) requireFormat(value);
    else yield { line: number, record: value as ExportRecord };
  }
  if (isEmpty) throw new Failure(`${file} is empty.`);
}

function requireFormat(header: unknown): void {
  if (!isHeader(header)) {
    throw new Failure(
      'The first line does not say that "quarterdeck export" wrote this file. Nothing was imported. Is it of CacheBash? Add --from cachebash.',
    );
  }
  const { version } = header as { version?: unknown };
  if (version !== EXPORT_VERSION) {
    throw new Failure(
      `The file has version ${version} of the format, and this command reads ${EXPORT_VERSION}. Use a newer one.`,
    );
  }
}
