// @ts-check
/**
 * Bundles the command line into cli/dist: one file with all that it needs but Firebase's SDK, which only `watch` loads.
 */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { COMMONJS_NAMES } from './build.mjs';
import { isMain } from './lib/command-line.mjs';
import { root } from './lib/paths.mjs';
import { replaceFiles } from './lib/replace-files.mjs';

/**
 * @returns {Promise<{ kilobytes: number }>} how large what is loaded at the start is
 */
export async function buildCli() {
  const { build } = await import('esbuild');
  const outdir = join(root, 'cli/dist');
  const { dependencies } = JSON.parse(readFileSync(join(root, 'cli/package.json'), 'utf8'));
  const { metafile, outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: { main: 'cli/src/main.ts' },
    outdir,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    conditions: ['quarterdeck-source'],
    // jsonc-parser's main is UMD, in which a bundler can't see what is required.
    mainFields: ['module', 'main'],
    external: Object.keys(dependencies),
    chunkNames: 'chunk-[hash]',
    minifySyntax: true,
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
    write: false,
    banner: { js: COMMONJS_NAMES },
  });
  replaceFiles(
    outdir,
    outputFiles.map(({ path, contents }) => [basename(path), contents]),
  );
  return { kilobytes: Math.round((metafile.outputs['cli/dist/main.js']?.bytes ?? 0) / 1024) };
}

if (isMain(import.meta.url)) {
  const { kilobytes } = await buildCli();
  console.log(`cli/dist: ${kilobytes} kB at the start`);
}
