import { type Client, type ExportRecord, QuarterdeckError } from '@quarterdeck/client';
import { type Imported, importRecords, type Numbered } from './import-records.js';

const program = (programId: string): ExportRecord => ({
  kind: 'program',
  programId,
  displayName: null,
  role: null,
  color: null,
  groups: [],
  tags: [],
  createdAt: '2026-03-02T10:00:00.000Z',
  retiredAt: null,
});
const nothing = (): Imported => ({ imported: 0, unchanged: 0, refused: [] });

/** A client of which only the import is there. */
function aClient(importAccount: (input: { records: ExportRecord[] }) => Promise<object>): Client {
  return { importAccount } as unknown as Client;
}

test('a hundred thousand records go in a hundred at a time, and no more than these are held', async () => {
  const sizes = new Set<number>();
  let [asked, sent, ahead] = [0, 0, 0];
  async function* records(): AsyncGenerator<Numbered> {
    for (; asked < 100_000; asked++) {
      ahead = Math.max(ahead, asked - sent);
      yield { line: asked + 2, record: program('p') };
    }
  }
  const client = aClient(async ({ records: batch }) => {
    sizes.add(batch.length);
    sent += batch.length;
    return { imported: batch.length, unchanged: 0, refused: [] };
  });
  const sum = nothing();
  await importRecords(client, records(), sum);
  expect({ sum, sizes: [...sizes], ahead }).toEqual({
    sum: { imported: 100_000, unchanged: 0, refused: [] },
    sizes: [100],
    ahead: 100,
  });
});

test('a batch ends before its body is too large', async () => {
  const sizes: number[] = [];
  const client = aClient(async ({ records }) => {
    sizes.push(records.length);
    return { imported: records.length, unchanged: 0, refused: [] };
  });
  async function* large(): AsyncGenerator<Numbered> {
    for (let n = 0; n < 5; n++)
      yield { line: n + 2, record: { ...program('p'), displayName: 'é'.repeat(140_000) } as ExportRecord };
  }
  await importRecords(client, large(), nothing());
  expect(sizes).toEqual([2, 2, 1]);
});

async function* two(): AsyncGenerator<Numbered> {
  yield { line: 7, record: program('a') };
  yield { line: 12, record: program('b') };
}

test('what is refused is named by its line', async () => {
  const refused = [{ index: 1, kind: 'program', id: 'b', reason: 'RECORD_EXISTS', message: 'It differs.' }];
  const sum = nothing();
  await importRecords(
    aClient(async () => ({ imported: 1, unchanged: 0, refused })),
    two(),
    sum,
  );
  expect(sum.refused).toEqual([
    { line: 12, kind: 'program', id: 'b', reason: 'RECORD_EXISTS', message: 'It differs.' },
  ]);
});

const invalid = (fields: object[]) =>
  new QuarterdeckError('import_account', {
    code: 'invalid-argument',
    reason: 'INVALID_FIELD',
    message: 'wrong',
    details: { fields },
  });

test.each([
  [
    [
      { field: 'records.1.size', problem: 'is not a field of this operation' },
      { field: 'records.0', problem: 'must be an object' },
    ],
    'Line 12: size: is not a field of this operation.\nLine 7: must be an object.\nWhat stands before may have been imported; importing again is safe.',
  ],
  [[{ field: 'records', problem: 'too many' }], 'wrong'],
])('what the server can not take is named by line and field: %#', async (fields, message) => {
  await expect(
    importRecords(
      aClient(() => Promise.reject(invalid(fields))),
      two(),
      nothing(),
    ),
  ).rejects.toThrow(message);
});
