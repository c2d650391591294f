import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Client, ExportRecord } from '@quarterdeck/client';
import { EXPORT_FORMAT, EXPORT_VERSION, exportHeader } from '@quarterdeck/contract/views';
import type { Command } from 'commander';
import { sync as writeFileAtomic } from 'write-file-atomic';
import { contextOf } from '../context.js';
import { Failure } from '../failure.js';

/** Records that go in at once … */
const BATCH = 100;
/** … and characters, so that the body stays below the megabyte that the server takes, also where a character has more than one byte. */
const BATCH_CHARS = 300_000;
/** Records that come out at once. */
const PAGE = 200;

/** Out as JSON Lines (jsonlines.org), one record a line, and in again. */
export function addTransfer(program: Command): void {
  program
    .command('export')
    .description('Write the account as JSON Lines: programs, their state, sessions and memories; no keys and no people')
    .argument('[file]', 'default: standard output')
    .action(async (file: string | undefined, _options: object, command: Command) => {
      const { overseer, output } = contextOf(command);
      const lines = [exportHeader(overseer.serverNow())];
      let count = 0;
      let pageToken: string | undefined;
      do {
        const page = await overseer.exportAccount({ limit: PAGE, pageToken });
        lines.push(...page.records.map((record) => JSON.stringify(record)));
        count += page.records.length;
        pageToken = page.nextPageToken;
        // To a pipe as it comes; into a file whole or not at all.
        if (file === undefined) process.stdout.write(`${lines.splice(0).join('\n')}\n`);
      } while (pageToken !== undefined);
      if (file === undefined) return;
      writeFileAtomic(file, `${lines.join('\n')}\n`, { mode: 0o600 });
      if (output.json) output.value({ file, records: count });
      else output.note(`Wrote ${count} records to ${file}.`);
    });

  program
    .command('import')
    .description('Read what export wrote into the account; what is there already stays as it is')
    .argument('<file>', '"-" for standard input')
    .action(async (file: string, _options: object, command: Command) => {
      const { overseer, output } = contextOf(command);
      const sum: Imported = { imported: 0, unchanged: 0, refused: [] };
      for await (const { line, records } of batchesOf(file)) {
        const answer = await importBatch(overseer, line, records);
        sum.imported += answer.imported;
        sum.unchanged += answer.unchanged;
        sum.refused.push(...answer.refused);
      }
      if (sum.refused.length > 0) process.exitCode = 1;
      if (output.json) return output.value(sum);
      output.line(`${sum.imported} imported, ${sum.unchanged} there already, ${sum.refused.length} refused`);
      for (const { line, kind, id, message } of sum.refused) output.line(`  line ${line}: ${kind} ${id}: ${message}`);
    });
}

interface Refused {
  /** In the file, from 1. */
  readonly line: number;
  readonly kind: string;
  readonly id: string;
  readonly reason: string;
  readonly message: string;
}

interface Imported {
  imported: number;
  unchanged: number;
  refused: Refused[];
}

async function importBatch(client: Client, firstLine: number, records: ExportRecord[]): Promise<Imported> {
  const { imported, unchanged, refused } = await client.importAccount({ records });
  return { imported, unchanged, refused: refused.map(({ index, ...why }) => ({ line: firstLine + index, ...why })) };
}

interface Batch {
  /** Line of the first record. */
  readonly line: number;
  readonly records: ExportRecord[];
}

/** Records of a file, many at once. The server checks each; here a line only has to be JSON. */
async function* batchesOf(file: string): AsyncGenerator<Batch> {
  const input = file === '-' ? process.stdin : createReadStream(file, 'utf8');
  let number = 0;
  let chars = 0;
  let records: ExportRecord[] = [];
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (records.length > 0 && (records.length === BATCH || chars + text.length > BATCH_CHARS)) {
      yield { line: number - records.length + 1, records };
      records = [];
      chars = 0;
    }
    number++;
    const value = parsedLine(text, number);
    if (number === 1) requireFormat(value);
    else {
      records.push(value as ExportRecord);
      chars += text.length;
    }
  }
  if (number === 0) throw new Failure(`${file} is empty.`);
  if (records.length > 0) yield { line: number - records.length + 1, records };
}

function parsedLine(text: string, number: number): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Failure(
      `Line ${number} is no JSON. What stands before it may have been imported; importing again is safe.`,
    );
  }
}

function requireFormat(header: unknown): void {
  const { format, version } = (header ?? {}) as { format?: unknown; version?: unknown };
  if (format !== EXPORT_FORMAT)
    throw new Failure('The first line does not say that "quarterdeck export" wrote this file. Nothing was imported.');
  if (version !== EXPORT_VERSION)
    throw new Failure(
      `The file has version ${version} of the format, and this command reads ${EXPORT_VERSION}. Use a newer one.`,
    );
}
