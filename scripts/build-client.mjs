// @ts-check
/**
 * Builds what is published of the typed client: client/src as ES modules for Node and browsers, and its types.
 *
 * The contract's pure functions are bundled; firebase stays outside, so that an app has one copy of it. It is only in the chunk that the first watch
 * loads: see test/pins/client.test.ts.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { isMain } from './lib/command-line.mjs';
import { root } from './lib/paths.mjs';
import { replaceFiles } from './lib/replace-files.mjs';

const clientFolder = join(root, 'client');

/** What package.json exports: the client itself, and the operations in words, which it does not load. */
const ENTRIES = ['index', 'descriptions'];

/** An app may have been told to use an older library of types, which doesn't know \`await using\`. */
const DISPOSABLE = '/// <reference lib="esnext.disposable" />\n';

/**
 * @param {object} [options]
 * @param {string} [options.outdir]
 * @returns {Promise<{ files: string[], coreBytes: number }>} the names of what was written; how large, gzipped, is what `index.js` loads at once
 */
export async function buildClient({ outdir = join(clientFolder, 'dist') } = {}) {
  const [code, types] = await Promise.all([bundle(outdir), declarations()]);
  // Only now does the former build go: a source that does not compile leaves it alone.
  replaceFiles(outdir, [...code, ...types]);
  const core = [...reachable('index.js', code)].map((name) => code.get(name) ?? '');
  return { files: [...code.keys(), ...types.keys()], coreBytes: gzipSync(core.join('')).length };
}

/**
 * @param {string} outdir
 * @returns {Promise<Map<string, string>>} file name → code
 */
async function bundle(outdir) {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    absWorkingDir: clientFolder,
    entryPoints: ENTRIES.map((name) => `src/${name}.ts`),
    entryNames: '[name]',
    chunkNames: '[name]-[hash]',
    outdir,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'neutral',
    target: 'es2022',
    external: ['firebase/*'],
    tsconfigRaw: {},
    minifySyntax: true,
    legalComments: 'none',
    logLevel: 'warning',
    write: false,
  });
  return new Map(outputFiles.map(({ path, text }) => [basename(path), text]));
}

/**
 * The compiler also writes types of what is behind the surface, which mention firebase and the contract; what the entries don't lead to is left out.
 *
 * @returns {Promise<Map<string, string>>} file name → declarations
 * @throws Error with what the compiler says, when the sources don't fit together
 */
async function declarations() {
  const folder = mkdtempSync(join(tmpdir(), 'quarterdeck-client-types-'));
  try {
    const tsc = join(dirname(findPackage('typescript')), 'bin/tsc');
    const args = [tsc, '-p', join(clientFolder, 'tsconfig.build.json'), '--outDir', folder];
    await promisify(execFile)(process.execPath, args).catch(({ stdout, stderr }) => {
      throw new Error(`${stdout}${stderr}`);
    });
    /** @type {Map<string, string>} */
    const all = new Map();
    /** @param {string} name */
    const read = (name) => {
      if (all.has(name)) return;
      all.set(name, readFileSync(join(folder, 'client/src', name), 'utf8'));
      for (const next of importedBy(all.get(name) ?? '')) read(next.replace(/\.js$/, '.d.ts'));
    };
    for (const name of ENTRIES) read(`${name}.d.ts`);
    return all.set('index.d.ts', DISPOSABLE + all.get('index.d.ts'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} name */
function findPackage(name) {
  return join(root, 'node_modules', name, 'package.json');
}

/**
 * What a module loads as soon as it is loaded itself.
 *
 * @param {string} name
 * @param {ReadonlyMap<string, string>} code
 * @param {Set<string>} [found]
 * @returns {Set<string>} file names
 */
function reachable(name, code, found = new Set()) {
  if (found.has(name)) return found;
  found.add(name);
  for (const next of importedBy(code.get(name) ?? '')) reachable(next, code, found);
  return found;
}

/**
 * @param {string} text
 * @returns {string[]} the neighbours that it imports or exports from
 */
function importedBy(text) {
  return [...text.matchAll(/^(?:import|export|\})[^'"\n;]*['"]\.\/([^'"]+)['"]/gm)].map(([, name = '']) => name);
}

if (isMain(import.meta.url)) {
  const started = performance.now();
  const { files, coreBytes } = await buildClient();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(
    `client/dist: ${files.length} files, core ${(coreBytes / 1000).toFixed(1)} kB gzipped, built in ${seconds} s`,
  );
}
