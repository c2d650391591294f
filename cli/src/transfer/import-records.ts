import { type Client, type ExportRecord, QuarterdeckError } from '@quarterdeck/client';
import { Failure } from '../failure.js';

/** Records that go in at once … */
const BATCH = 100;
/** … and characters, so that the body stays below the megabyte that the server takes, also where a character has more than one byte. */
const BATCH_CHARS = 300_000;

/** A record, and where it comes from. */
export interface Numbered {
  /** In the file, from 1; 0: the file only names it. */
  readonly line: number;
  readonly record: ExportRecord;
}

/** What became of the records of a file. */
export interface Imported {
  imported: number;
  unchanged: number;
  readonly refused: Refused[];
}

interface Refused {
  readonly line: number;
  readonly kind: string;
  readonly id: string;
  readonly reason: string;
  readonly message: string;
}

/**
 * Imports records, many at once, in their order.
 * @param sum what was imported before, to which this is added
 * @throws Failure naming the line and the field of a record that the server can't take
 */
export async function importRecords(client: Client, records: AsyncIterable<Numbered>, sum: Imported): Promise<void> {
  let batch: Numbered[] = [];
  let chars = 0;
  const send = async () => {
    if (batch.length > 0) await importBatch(client, batch, sum);
    batch = [];
    chars = 0;
  };
  for await (const one of records) {
    const length = JSON.stringify(one.record).length;
    if (batch.length === BATCH || chars + length > BATCH_CHARS) await send();
    batch.push(one);
    chars += length;
  }
  await send();
}

async function importBatch(client: Client, batch: readonly Numbered[], sum: Imported): Promise<void> {
  const answer = await client.importAccount({ records: batch.map(({ record }) => record) }).catch((error: unknown) => {
    throw withLines(error, batch);
  });
  sum.imported += answer.imported;
  sum.unchanged += answer.unchanged;
  sum.refused.push(...answer.refused.map(({ index, ...why }) => ({ line: batch[index]?.line ?? 0, ...why })));
}

/** The server names a place in what it was sent; a person has a file. */
function withLines(error: unknown, batch: readonly Numbered[]): unknown {
  if (!(error instanceof QuarterdeckError) || error.reason !== 'INVALID_FIELD') return error;
  const fields = (error.details.fields ?? []) as { field: string; problem: string }[];
  const told = fields.flatMap(({ field, problem }) => {
    const [, index = '', inside = ''] = /^records\.(\d+)\.?(.*)$/.exec(field) ?? [];
    const line = batch[Number(index)]?.line;
    return index === '' || line === undefined ? [] : [`Line ${line}: ${inside === '' ? '' : `${inside}: `}${problem}.`];
  });
  if (told.length === 0) return error;
  return new Failure(`${told.join('\n')}\nWhat stands before may have been imported; importing again is safe.`);
}
