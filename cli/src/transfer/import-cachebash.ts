import { createHash } from 'node:crypto';
import type { Client, ExportRecord } from '@quarterdeck/client';
import type { CachebashDocument, CachebashSurvey } from '@quarterdeck/contract/cachebash';
import { Failure } from '../failure.js';
import { type Imported, importRecords, type Numbered } from './import-records.js';
import { type Line, linesOf, parsed } from './lines.js';
import { isHeader } from './read-export.js';
import { writeWhole } from './write-whole.js';

/** In this order what something belongs to is there before it. */
const KINDS = ['program', 'program_state', 'context_snapshot', 'session', 'task', 'message'] as const;
/** Problems that are shown; how many more there are is said. */
const SHOWN_MAX = 20;

/** What became of an export of CacheBash. */
export interface CachebashImported extends Imported {
  /** Documents for which Quarterdeck has nothing, by what they are. */
  readonly noPlace: Readonly<Record<string, number>>;
  /** Lines that can't be read, and why. */
  readonly rejected: readonly string[];
}

/** What is loaded for this alone, because it brings the schemas along. */
type Mapper = typeof import('@quarterdeck/contract/cachebash');

/** A document, or what is wrong with a line. */
type Found = { readonly line: Line } & (
  | { readonly document: CachebashDocument; readonly isWholeLine: boolean }
  | { readonly noPlace: string }
  | { readonly problem: string }
);

/** Reads the file once to learn what belongs together, once to find what is wrong, and once for each kind: it is never held as a whole. */
class CachebashFile {
  private readonly survey: CachebashSurvey;

  constructor(
    private readonly file: string,
    private readonly mapper: Mapper,
  ) {
    this.survey = mapper.newCachebashSurvey();
  }

  /** @throws Failure when the file is another one */
  async read(): Promise<void> {
    let isEmpty = true;
    for await (const found of this.documents()) {
      isEmpty = false;
      if ('document' in found) this.mapper.surveyCachebash(this.survey, found.document);
    }
    if (isEmpty) throw new Failure(`${this.file} is empty.`);
  }

  /** What has no place is counted; of what is wrong, the line to mend comes out. */
  async *wrong(noPlace: Map<string, number>, told: string[]): AsyncGenerator<string> {
    for await (const found of this.documents()) {
      const { number, text } = found.line;
      if ('problem' in found) {
        told.push(`Line ${number}: ${found.problem}`);
        yield `${text}\n`;
        continue;
      }
      const mapping = 'noPlace' in found ? found : this.map(found.document);
      if ('noPlace' in mapping) noPlace.set(mapping.noPlace, (noPlace.get(mapping.noPlace) ?? 0) + 1);
      if ('problems' in mapping && 'document' in found) {
        const { place, id } = found.document;
        const why = mapping.problems.map(({ field, problem }) => `${field}: ${problem}`).join('; ');
        told.push(`Line ${number}: ${place} ${id}: ${why}`);
        // A line of many is split: the others go in.
        yield `${found.isWholeLine ? text : JSON.stringify({ path: `tasks/${id}`, data: found.document.data })}\n`;
      }
    }
  }

  async *records(kind: ExportRecord['kind']): AsyncGenerator<Numbered> {
    if (kind === 'program') {
      for (const record of this.mapper.mapUndescribedPrograms(this.survey)) yield { line: 0, record };
    }
    for await (const found of this.documents()) {
      const mapping = 'document' in found ? this.map(found.document) : undefined;
      if (mapping === undefined || !('records' in mapping)) continue;
      for (const record of mapping.records) if (record.kind === kind) yield { line: found.line.number, record };
    }
  }

  private map(document: CachebashDocument) {
    return this.mapper.mapCachebash(document, this.survey, uuidOf);
  }

  private async *documents(): AsyncGenerator<Found> {
    for await (const line of linesOf(this.file)) {
      const value = parsed(line.text);
      if (line.number === 1 && isHeader(value))
        throw new Failure('"quarterdeck export" wrote this file: leave out --from.');
      if (value === undefined) {
        yield { line, problem: 'is no JSON' };
        continue;
      }
      const read = this.mapper.readCachebashLine(value);
      if ('problem' in read) yield { line, problem: `${read.field}: ${read.problem}` };
      else if ('noPlace' in read) yield { line, noPlace: read.noPlace };
      else for (const document of read.documents) yield { line, document, isWholeLine: read.documents.length === 1 };
    }
  }
}

/**
 * Imports an export of CacheBash. Without a file for what can't be read, nothing goes in as long as there is any.
 * @param rejects where lines that can't be read are written; undefined: there must be none
 */
export async function importCachebash(
  client: Client,
  file: string,
  rejects: string | undefined,
): Promise<CachebashImported> {
  if (file === '-') throw new Failure('An export of CacheBash is read more than once, so it has to be a file.', 2);
  const source = new CachebashFile(file, await import('@quarterdeck/contract/cachebash'));
  await source.read();
  const [noPlace, rejected] = [new Map<string, number>(), [] as string[]];
  if (rejects === undefined) {
    for await (const _line of source.wrong(noPlace, rejected));
    if (rejected.length > 0) throw notReadable(rejected);
  } else {
    await writeWhole(rejects, source.wrong(noPlace, rejected));
  }
  const sum: Imported = { imported: 0, unchanged: 0, refused: [] };
  for (const kind of KINDS) await importRecords(client, source.records(kind), sum);
  // Of a program that is only named, it is enough that it is there.
  const isThere = ({ line, reason }: Imported['refused'][number]) => line === 0 && reason === 'RECORD_EXISTS';
  const [there, refused] = [sum.refused.filter(isThere), sum.refused.filter((one) => !isThere(one))];
  return {
    imported: sum.imported,
    unchanged: sum.unchanged + there.length,
    refused,
    noPlace: Object.fromEntries(noPlace),
    rejected,
  };
}

function notReadable(problems: readonly string[]): Failure {
  const shown = problems.slice(0, SHOWN_MAX);
  const more = problems.length > shown.length ? [`and ${problems.length - shown.length} more`] : [];
  const remedy = 'Nothing was imported. Mend them, or add --rejects <file> to import the others and keep these there.';
  return new Failure([...shown, ...more, remedy].join('\n'));
}

/** The same for the same text, and for no other. */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}
