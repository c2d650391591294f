import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { codeMutants } from './code-mutants.js';

const root = join(__dirname, '../..');
const textOf = (file: string) => readFileSync(join(root, file), 'utf8');

test.each(codeMutants)(
  '“$name” still has its place in the code, and its tests',
  ({ file, find, replace, ...tests }) => {
    expect(textOf(file).split(find)).toHaveLength(2);
    expect(replace).not.toBe(find);
    expect(tests.caughtBy.filter((one) => !existsSync(join(root, one)))).toEqual([]);
  },
);

test('every mutant has a name of its own', () => {
  expect(new Set(codeMutants.map(({ name }) => name)).size).toBe(codeMutants.length);
});

test('the command catches one, and its tests pass on the code as it is', async () => {
  const command = ['scripts/mutants.mjs', 'code', 'a window is open past its end'];
  const { stdout } = await promisify(execFile)(process.execPath, command, { cwd: root });
  expect(stdout).toContain('caught 1 of 1');
});
