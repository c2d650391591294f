import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { evaluated } from '../../test/support/evaluated';

const root = join(__dirname, '../..');
/** Loaded before all else, it makes this Node say that it is another. */
const OLD = `data:text/javascript,Object.defineProperty(process, 'version', { value: 'v18.20.8' })`;

const enginesOf = (folder: string) =>
  (JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as { engines: { node: string } }).engines.node;

test.each([
  ['scripts/start.mjs', ''],
  ['scripts/test.mjs', ''],
  ['cli/bin/quarterdeck.mjs', 'cli'],
])('%s says at once which Node it needs, and does nothing else', (script, folder) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', OLD, join(root, script)], {
    encoding: 'utf8',
    timeout: 20_000,
  });
  const least = enginesOf(folder).replace('>=', '');
  expect({ status, stdout, stderr }).toEqual({
    status: 1,
    stdout: '',
    stderr: `Quarterdeck needs Node ${least} or newer; this is 18.20.8.\n`,
  });
});

test.each([
  ['v20.19.0', true],
  ['v20.20.2', true],
  ['v22.1.0', true],
  ['v20.18.3', false],
  ['v18.20.8', false],
  ['v9.99.0', false],
])('where 20.19 is needed, that %s will do is %s', (version, willDo) => {
  const problem = evaluated<boolean>(
    'cli/bin/node-version.mjs',
    `it.nodeProblem('${version}', '>=20.19') === undefined`,
  );
  expect(problem).toBe(willDo);
});
