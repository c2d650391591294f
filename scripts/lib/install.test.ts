import { evaluated } from '../../test/support/evaluated';

interface Import {
  readonly path: string;
  readonly kind: string;
  readonly external?: boolean;
}

/** Every module that a script reaches by import statements, with what it imports by one. */
function loadedAtOnce(script: string): Map<string, readonly Import[]> {
  const options = { entryPoints: [script], bundle: true, packages: 'external', platform: 'node', format: 'esm' };
  const { inputs } = evaluated<{ inputs: Record<string, { imports: Import[] }> }>(
    'node_modules/esbuild/lib/main.js',
    `(await it.build(${JSON.stringify({ ...options, outdir: 'none', write: false, metafile: true })})).metafile`,
  );
  const loaded = new Map<string, readonly Import[]>();
  const load = (module: string) => {
    if (loaded.has(module)) return;
    const imports = (inputs[module]?.imports ?? []).filter(({ kind }) => kind === 'import-statement');
    loaded.set(module, imports);
    for (const { path, external } of imports) if (!external) load(path);
  };
  load(script);
  return loaded;
}

test.each(['scripts/start.mjs', 'scripts/test.mjs'])('%s begins where no package is installed yet', (script) => {
  const loaded = loadedAtOnce(script);
  expect(loaded.size).toBeGreaterThan(10);
  const packages = [...loaded].flatMap(([module, imports]) =>
    imports
      .filter(({ path, external }) => external && !path.startsWith('node:'))
      .map(({ path }) => `${module}: ${path}`),
  );
  expect(packages).toEqual([]);
});
