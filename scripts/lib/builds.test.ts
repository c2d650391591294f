import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { evaluated } from '../../test/support/evaluated.js';

const home = mkdtempSync(join(tmpdir(), 'builds-'));
afterAll(() => rmSync(home, { recursive: true }));

/** Two builds of a folder's sources; `log` is what happened. */
const BUILDS = `
  const { mkdirSync, readFileSync, rmSync, writeFileSync } = await import('node:fs');
  const { dirname } = await import('node:path');
  const at = (name) => ${JSON.stringify(home)} + '/' + name;
  const write = (name, text) => { mkdirSync(dirname(at(name)), { recursive: true }); writeFileSync(at(name), text); };
  rmSync(${JSON.stringify(home)}, { recursive: true, force: true });
  write('src/main.ts', '1');
  write('src/main.test.ts', '1');
  write('src/node_modules/package/index.js', '1');
  const log = [];
  let disturb = () => {};
  const aBuild = (name) => ({ folder: at(name), build: async () => {
    log.push('build ' + name);
    write(name + '/.vite/main.js', readFileSync(at('src/main.ts'), 'utf8'));
    disturb();
  } });
  const { ensureBuilt, makeBuilds } = it.withNotes({ sources: at('src'), notes: at('notes'), builds: { a: aBuild('a'), b: aBuild('b') } });
`;

/** @param steps JavaScript @returns what happened, by step */
function logOf(...steps: string[]): string[][] {
  const lines = steps.map((step) => `${step}; all.push(log.splice(0));`);
  return evaluated(
    'scripts/lib/builds.mjs',
    `(async () => { ${BUILDS} const all = []; ${lines.join('\n')} return all; })()`,
  );
}

test('what was built from these very sources is not built again', () => {
  expect(logOf('await ensureBuilt("a", "b")', 'await ensureBuilt("b")', 'await ensureBuilt("a", "b")')).toEqual([
    ['build a', 'build b'],
    [],
    [],
  ]);
});

test.each([
  ['a source is changed', `write('src/main.ts', '2')`],
  ['a source is changed in a folder with the name of one that is left out', `write('src/lib/docs/page.ts', '2')`],
  ['a source is added', `write('src/added.ts', '')`],
  ['what was built is changed', `write('a/.vite/main.js', '2')`],
  ['a part of what was built is gone', `rmSync(at('a/.vite/main.js'))`],
  ['all that was built is gone', `rmSync(at('a'), { recursive: true })`],
  ['the notes are gone', `rmSync(at('notes'), { recursive: true })`],
])('it is built again, once, when %s', (_title, change) => {
  const again = 'await ensureBuilt("a")';
  expect(logOf(again, change, again, again)).toEqual([['build a'], [], ['build a'], []]);
});

test.each([
  ['a test is changed', `write('src/main.test.ts', '2')`],
  ['a document is changed', `write('src/docs/page.md', '2')`],
  ['the other build is changed', `write('b/main.js', '2')`],
  ['a package is changed, without the lock of the packages', `write('src/node_modules/package/index.js', '2')`],
])('it is not built again when %s', (_title, change) => {
  expect(logOf('await ensureBuilt("a")', change, 'await ensureBuilt("a")')).toEqual([['build a'], [], []]);
});

test('a build during which a source was changed is made again', () => {
  const changed = `disturb = () => write('src/main.ts', '2'); await ensureBuilt("a"); disturb = () => {}`;
  expect(logOf(changed, 'await ensureBuilt("a")')).toEqual([['build a'], ['build a']]);
});

test('a build that fails is made again', () => {
  const failed = `disturb = () => { throw new Error() }; await ensureBuilt("a").catch(() => {}); disturb = () => {}`;
  expect(logOf(failed, 'await ensureBuilt("a")')).toEqual([['build a'], ['build a']]);
});

test('whoever asks for a build as such gets one, and nobody another after it', () => {
  expect(logOf('await makeBuilds("a")', 'await makeBuilds("a")', 'await ensureBuilt("a")')).toEqual([
    ['build a'],
    ['build a'],
    [],
  ]);
});
