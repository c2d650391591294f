import { z } from 'zod';
import { ExportRecord, ImportRefusal } from '../export-record.js';
import { EXPORT_PAGE_DEFAULT, EXPORT_PAGE_MAX, IMPORT_BATCH_MAX } from '../limits.js';
import { defineOperation } from '../operation.js';
import { Count, PageToken } from '../primitives.js';

const doors = ['rest'] as const;

/**
 * Everything that an account has made, page by page in a fixed order: account, programs, days of the timeline, program states, context snapshots, live and
 * ended sessions, memories, tasks, messages, events. Two exports of the same data are the same, byte for byte. Left out are keys, members and webhook
 * endpoints, which are made anew where the data go; and what derives from the rest: fleet, slots, windows, what memories are found by.
 * What changes between two pages is in the export as the page found it; one of an account in use is no snapshot.
 */
export const exportAccount = defineOperation({
  name: 'export_account',
  title: 'Export account',
  description:
    'Read the whole account page by page, to keep it or to import it elsewhere; keys, members and webhooks are left out.',
  access: ['admin', 'auditor'],
  doors,
  effect: 'read',
  input: z.strictObject({
    limit: z.int().min(1).max(EXPORT_PAGE_MAX).default(EXPORT_PAGE_DEFAULT),
    pageToken: PageToken.optional(),
  }),
  output: z.object({
    success: z.literal(true),
    records: z.array(ExportRecord).describe('May be fewer than limit, even none, on any page.'),
    nextPageToken: z.string().optional().describe('Absent: this is the last page.'),
  }),
  errors: ['INVALID_PAGE_TOKEN'],
});

/**
 * Puts records of an export into the caller's account. What exists there is never overwritten, but for the account's name and thresholds; so importing
 * the same records again changes nothing. Records come in the order of the export: a program before what belongs to it. A live session takes a slot,
 * keeps its moments, and is told as a session.started; a program as a program.created. A task waits, or is held, as it was. Events are kept and not told
 * again: neither to webhooks nor on the topic. Of a day of the timeline the minutes that are missing come in. Windows, keys, members and webhooks are made
 * anew afterwards.
 */
export const importAccount = defineOperation({
  name: 'import_account',
  title: 'Import account',
  description:
    'Put records of an export into this account. What exists already is never overwritten; repeating it changes nothing.',
  access: ['admin'],
  doors,
  effect: 'idempotent',
  input: z.strictObject({
    records: z
      .array(ExportRecord)
      .min(1)
      .max(IMPORT_BATCH_MAX)
      .describe('As export_account answered them, in its order.'),
  }),
  output: z.object({
    success: z.literal(true),
    imported: Count.describe('Records that were not there.'),
    unchanged: Count.describe('Records that were there as they are.'),
    refused: z
      .array(
        z.object({
          index: Count.describe('Its place in records, from 0.'),
          kind: z.string(),
          id: z.string().describe("The record's id in its account; empty: the account itself."),
          reason: ImportRefusal,
          message: z.string(),
        }),
      )
      .describe('Records that were left out; the others went in.'),
  }),
  errors: ['RECORD_EXISTS', 'PROGRAM_UNKNOWN', 'SESSION_LIMIT', 'CONTENTION'],
});
