import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeWhole } from './write-whole.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quarterdeck-write-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function* of(...chunks: (string | Error)[]): AsyncGenerator<string> {
  for (const chunk of chunks) {
    if (chunk instanceof Error) throw chunk;
    yield chunk;
  }
}

test('a file is written whole, and for its owner alone', async () => {
  const file = join(folder, 'out.jsonl');
  await writeWhole(file, of('a\n', 'é🚀\n', ''));
  expect(readFileSync(file, 'utf8')).toBe('a\né🚀\n');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['out.jsonl']);
});

test('what breaks off leaves what was there, and nothing beside it', async () => {
  const file = join(folder, 'out.jsonl');
  writeFileSync(file, 'before');
  await expect(writeWhole(file, of('half', new Error('the server is gone')))).rejects.toThrow('the server is gone');
  expect(readFileSync(file, 'utf8')).toBe('before');
  expect(readdirSync(folder)).toEqual(['out.jsonl']);
});

test('nothing is held back: what was said is on the disk before more is asked for', async () => {
  const file = join(folder, 'out.jsonl');
  const seen: number[] = [];
  async function* watching(): AsyncGenerator<string> {
    for (let n = 0; n < 5; n++) {
      const [partial] = readdirSync(folder);
      seen.push(partial === undefined ? -1 : statSync(join(folder, partial)).size);
      yield 'x'.repeat(1000);
    }
  }
  await writeWhole(file, watching());
  expect(seen).toEqual([0, 1000, 2000, 3000, 4000]);
});
