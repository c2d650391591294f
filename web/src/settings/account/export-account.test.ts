import type { ExportAccountOutput, ExportRecord } from '@quarterdeck/client';
import { exportAccount, exportName } from './export-account.js';

const NOW = new Date('2026-03-01T12:00:00.000Z');
const record = (programId: string) => ({ kind: 'program', programId }) as unknown as ExportRecord;

/** A client that answers these pages, one after the other. */
function aClient(pages: ExportRecord[][], onAsked: (page: number) => void = () => {}) {
  return {
    serverNow: () => NOW,
    exportAccount: async (input: { pageToken?: string | undefined } = {}): Promise<ExportAccountOutput> => {
      const at = Number(input.pageToken ?? 0);
      onAsked(at);
      const last = at === pages.length - 1;
      return { success: true, records: pages[at] ?? [], ...(last ? {} : { nextPageToken: String(at + 1) }) };
    },
  };
}

test('an export is its header and every record of every page, one a line, also past an empty page', async () => {
  const told: number[] = [];
  const client = aClient([[record('a'), record('b')], [], [record('c')]]);
  const parts = await exportAccount(client, {
    signal: new AbortController().signal,
    onProgress: (count) => told.push(count),
  });
  const text = parts.join('');
  expect(text.endsWith('\n')).toBe(true);
  expect(
    text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual([
    { format: 'quarterdeck-export', version: 1, exportedAt: '2026-03-01T12:00:00.000Z' },
    { kind: 'program', programId: 'a' },
    { kind: 'program', programId: 'b' },
    { kind: 'program', programId: 'c' },
  ]);
  expect(told).toEqual([2, 2, 3]);
});

test('an export that is given up asks for no further page, and is no file', async () => {
  const stop = new AbortController();
  const asked: number[] = [];
  const client = aClient([[record('a')], [record('b')]], (page) => {
    asked.push(page);
    stop.abort(new Error('given up'));
  });
  await expect(exportAccount(client, { signal: stop.signal, onProgress: () => {} })).rejects.toThrow('given up');
  expect(asked).toEqual([0]);
});

test.each([
  ['Lab', 'quarterdeck-lab-2026-03-01.jsonl'],
  ['../Ada & Co. /', 'quarterdeck-ada-co-2026-03-01.jsonl'],
  ['⚓', 'quarterdeck-2026-03-01.jsonl'],
])('an export of "%s" is called %s', (account, name) => {
  expect(exportName(account, NOW)).toBe(name);
});
