import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { evaluated } from '../../test/support/evaluated';

const logFolder = mkdtempSync(join(tmpdir(), 'launch-'));

afterAll(() => rmSync(logFolder, { recursive: true }));

/** Starts a child that says something and ends. */
function launched(says: string): void {
  const options = { name: 'part', command: process.execPath, args: ['-p', `'${says}'`], logFolder };
  evaluated('scripts/lib/launch.mjs', `it.launch(${JSON.stringify(options)}).ended`);
}

const log = (name: string) => readFileSync(join(logFolder, name), 'utf8');

test('a start begins a log of its own and keeps that of the last one', () => {
  for (const says of ['first', 'second', 'third']) launched(says);
  expect([log('part.log'), log('part.log.1')]).toEqual(['third\n', 'second\n']);
});
