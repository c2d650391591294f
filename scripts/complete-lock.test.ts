import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'complete-lock-'));
const file = join(folder, 'package-lock.json');

afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the script on a lock with these packages. */
function complete(packages: object): { packages: Record<string, object>; said: string } {
  writeFileSync(file, JSON.stringify({ lockfileVersion: 3, packages }));
  const said = execFileSync(process.execPath, [join(__dirname, 'complete-lock.mjs'), file], { encoding: 'utf8' });
  return { packages: JSON.parse(readFileSync(file, 'utf8')).packages, said };
}

const TOOL = {
  version: '1.2.3',
  dev: true,
  optionalDependencies: {
    '@tool/cli-linux-x64-musl': '1.2.3',
    '@tool/cli-darwin-arm64': '1.2.3',
    '@tool/cli-win32-x64-msvc': '1.2.3',
  },
};

test('platform packages that npm left out are added for the platform in their name', () => {
  const { packages } = complete({ 'node_modules/tool': TOOL });
  const added = { version: '1.2.3', dev: true, optional: true };
  expect(packages).toEqual({
    'node_modules/@tool/cli-darwin-arm64': { ...added, os: ['darwin'], cpu: ['arm64'] },
    'node_modules/@tool/cli-linux-x64-musl': { ...added, os: ['linux'], cpu: ['x64'], libc: ['musl'] },
    'node_modules/@tool/cli-win32-x64-msvc': { ...added, os: ['win32'], cpu: ['x64'] },
    'node_modules/tool': TOOL,
  });
});

test('running it again changes nothing', () => {
  const once = complete({ 'node_modules/tool': TOOL });
  expect(complete(once.packages).packages).toEqual(once.packages);
});

test('a package that is there in another version is added beside the one that wants it', () => {
  const { packages } = complete({
    'node_modules/tool': { version: '1.2.3', optionalDependencies: { 'core-linux-arm64-gnu': '2.0.0' } },
    'node_modules/core-linux-arm64-gnu': { version: '1.0.0', optional: true },
  });
  expect(packages['node_modules/core-linux-arm64-gnu']).toMatchObject({ version: '1.0.0' });
  expect(packages['node_modules/tool/node_modules/core-linux-arm64-gnu']).toEqual({
    version: '2.0.0',
    optional: true,
    os: ['linux'],
    cpu: ['arm64'],
    libc: ['glibc'],
  });
});

test('an optional package that is none of a platform is left out and named', () => {
  const { packages, said } = complete({
    'node_modules/tool': { version: '1.2.3', optionalDependencies: { fast: '^1.0.0' } },
  });
  expect(Object.keys(packages)).toEqual(['node_modules/tool']);
  expect(said).toContain('fast@^1.0.0');
});

test('addresses of a registry are taken out, links between workspaces stay', () => {
  const { packages } = complete({
    'node_modules/a': { version: '1.0.0', resolved: 'https://registry.example/a-1.0.0.tgz', integrity: 'sha512-x' },
    'node_modules/b': { resolved: 'packages/b', link: true },
  });
  expect(packages).toEqual({
    'node_modules/a': { version: '1.0.0', integrity: 'sha512-x' },
    'node_modules/b': { resolved: 'packages/b', link: true },
  });
});
