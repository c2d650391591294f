import type { Client } from '@quarterdeck/client';
import { exportHeader } from '@quarterdeck/contract/views';
import { type Command, Option } from 'commander';
import { contextOf } from '../context.js';
import { Failure } from '../failure.js';
import { type CachebashImported, importCachebash } from '../transfer/import-cachebash.js';
import { type Imported, importRecords } from '../transfer/import-records.js';
import { recordsOf } from '../transfer/read-export.js';
import { writeWhole } from '../transfer/write-whole.js';

/** Records that come out at once. */
const PAGE = 200;

interface ImportOptions {
  readonly from: 'quarterdeck' | 'cachebash';
  readonly rejects?: string;
}

/** Out as JSON Lines (jsonlines.org), one record a line, and in again. */
export function addTransfer(program: Command): void {
  program
    .command('export')
    .description('Write the account as JSON Lines, with everything but keys, people and webhook endpoints')
    .argument('[file]', 'default: standard output')
    .action(async (file: string | undefined, _options: object, command: Command) => {
      const { overseer, output } = contextOf(command);
      const count = { records: 0 };
      // To a pipe as it comes; into a file whole or not at all.
      if (file === undefined) {
        for await (const text of pagesOf(overseer, count)) await toStandardOutput(text);
        return;
      }
      await writeWhole(file, pagesOf(overseer, count));
      if (output.json) output.value({ file, ...count });
      else output.note(`Wrote ${count.records} records to ${file}.`);
    });

  program
    .command('import')
    .description(
      'Read what export wrote into the account, or an export of CacheBash; what is there already stays as it is',
    )
    .argument('<file>', '"-" for standard input')
    .addOption(
      new Option('--from <system>', 'whose export it is').choices(['quarterdeck', 'cachebash']).default('quarterdeck'),
    )
    .option('--rejects <file>', 'of CacheBash: import what can be read, and write the other lines here')
    .action(async (file: string, { from, rejects }: ImportOptions, command: Command) => {
      const { overseer, output } = contextOf(command);
      if (from === 'quarterdeck' && rejects !== undefined)
        throw new Failure('--rejects comes with --from cachebash.', 2);
      const sum: Imported & Partial<CachebashImported> =
        from === 'cachebash' ? await importCachebash(overseer, file, rejects) : await importFile(overseer, file);
      const { noPlace = {}, rejected = [] } = sum;
      if (sum.refused.length + rejected.length > 0) process.exitCode = 1;
      if (output.json) return output.value(sum);
      output.line(`${sum.imported} imported, ${sum.unchanged} there already, ${sum.refused.length} refused`);
      for (const { line, kind, id, message } of sum.refused) output.line(`  line ${line}: ${kind} ${id}: ${message}`);
      tellNoPlace(noPlace, output.line);
      if (rejected.length > 0) output.line(`${rejected.length} could not be read and are in ${rejects}:`);
      for (const why of rejected) output.line(`  ${why}`);
    });
}

/** Page by page, so that an account of any size fits. */
async function* pagesOf(client: Client, count: { records: number }): AsyncGenerator<string> {
  yield `${exportHeader(client.serverNow())}\n`;
  let pageToken: string | undefined;
  do {
    const page = await client.exportAccount({ limit: PAGE, pageToken });
    count.records += page.records.length;
    pageToken = page.nextPageToken;
    yield page.records.map((record) => `${JSON.stringify(record)}\n`).join('');
  } while (pageToken !== undefined);
}

/** Resolves once the reader has taken it: one that is slow must not fill the memory. */
function toStandardOutput(text: string): Promise<void> {
  return new Promise((written) => void process.stdout.write(text, () => written()));
}

async function importFile(client: Client, file: string): Promise<Imported> {
  const sum: Imported = { imported: 0, unchanged: 0, refused: [] };
  await importRecords(client, recordsOf(file), sum);
  return sum;
}

function tellNoPlace(noPlace: CachebashImported['noPlace'], line: (text: string) => void): void {
  const counted = Object.entries(noPlace).sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1));
  if (counted.length === 0) return;
  const total = counted.reduce((sum, [, count]) => sum + count, 0);
  line(
    `${total} record${total === 1 ? '' : 's'} had no place: ${counted.map(([what, count]) => `${count} ${what}`).join(', ')}`,
  );
}
