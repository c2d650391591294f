import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const home = mkdtempSync(join(tmpdir(), 'replace-files-'));
const folder = join(home, 'dist');
const script = pathToFileURL(join(__dirname, 'lib/replace-files.mjs')).href;

afterAll(() => rmSync(home, { recursive: true }));

/** Builds that follow each other, as JavaScript: a list of objects of files. */
function build(builds: string): ChildProcess {
  const code = `import { replaceFiles } from '${script}';
    for (const files of ${builds}) replaceFiles(${JSON.stringify(folder)}, Object.entries(files));`;
  return spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: 'inherit' });
}

test('a folder holds what was built last and nothing else, hidden or not, and nothing is left beside it', async () => {
  await once(build(`[{ a: '1', '.env': 'x' }, { a: '2', b: '2' }]`), 'exit');
  expect(readdirSync(folder).sort()).toEqual(['a', 'b']);
  expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('2');
  expect(readdirSync(home)).toEqual(['dist']);
});

test('whoever reads while two builds replace a file finds it whole', async () => {
  const whole = ['1', '2'].map((digit) => digit.repeat(100_000));
  const builds = 'Array.from({ length: 200 }, (_, round) => ({ a: String(1 + (round % 2)).repeat(100_000) }))';
  await once(build(builds), 'exit');
  const running = [build(builds), build(builds)];
  let ended = 0;
  for (const each of running) each.once('exit', () => ended++);
  while (ended < running.length) {
    expect(whole.includes(readFileSync(join(folder, 'a'), 'utf8'))).toBe(true);
    await new Promise(setImmediate);
  }
  expect(running.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
});
