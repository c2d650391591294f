// @ts-check
/** Builds the dashboard: web/src into web/dist, which Hosting serves. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { isMain } from './lib/command-line.mjs';
import { root } from './lib/paths.mjs';
import { replaceFiles } from './lib/replace-files.mjs';

/** @typedef {{ file: string, imports?: string[], dynamicImports?: string[], isEntry?: boolean, isDynamicEntry?: boolean, name?: string }} Chunk as Vite's manifest has it */

/**
 * @param {object} [options]
 * @param {string} [options.outdir]
 * @returns {Promise<{ pages: Record<string, number> }>} by page, how many bytes of scripts it loads, gzipped, without the Firebase SDK
 */
export async function buildWeb({ outdir = join(root, 'web/dist') } = {}) {
  const { build } = await import('vite');
  // Vite and the service worker take what they find: a shell, or a test, that is set for development would get a page that isn't kept on the device.
  const { NODE_ENV } = process.env;
  process.env.NODE_ENV = 'production';
  // Beside the folder, and then file by file: whoever starts meanwhile copies a whole page.
  const built = mkdtempSync(join(dirname(outdir), '.dist-'));
  try {
    await build({ configFile: join(root, 'web/vite.config.mjs'), logLevel: 'error', build: { outDir: built } });
    const folders = ['assets', '.vite'];
    for (const folder of folders) replaceFiles(join(outdir, folder), filesOf(join(built, folder)));
    replaceFiles(outdir, filesOf(built), folders);
  } finally {
    if (NODE_ENV === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = NODE_ENV;
    rmSync(built, { recursive: true, force: true });
  }
  return { pages: pageSizes(outdir) };
}

/**
 * @param {string} folder
 * @returns {[name: string, contents: Buffer][]} those directly in it
 */
function filesOf(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((one) => one.isFile())
    .map(({ name }) => [name, readFileSync(join(folder, name))]);
}

/**
 * @param {string} outdir
 * @returns {Record<string, number>}
 */
export function pageSizes(outdir) {
  /** @type {Record<string, Chunk>} */
  const manifest = JSON.parse(readFileSync(join(outdir, '.vite/manifest.json'), 'utf8'));
  const loaded = (/** @type {string} */ key, /** @type {Set<string>} */ files) => {
    const chunk = manifest[key];
    if (chunk === undefined || files.has(chunk.file)) return files;
    files.add(chunk.file);
    for (const each of chunk.imports ?? []) loaded(each, files);
    return files;
  };
  const entries = Object.entries(manifest);
  const first = loaded(String(entries.find(([, { isEntry }]) => isEntry)?.[0]), new Set());
  const bytesOf = (/** @type {Iterable<string>} */ files) =>
    [...files]
      .filter((file) => file.endsWith('.js') && !file.includes('/firebase-'))
      .reduce((sum, file) => sum + gzipSync(readFileSync(join(outdir, file))).length, 0);
  const pages = entries.filter(([key, { isDynamicEntry }]) => isDynamicEntry && key.startsWith('src/'));
  return Object.fromEntries(pages.map(([key]) => [key, bytesOf(loaded(key, new Set(first)))]));
}

if (isMain(import.meta.url)) {
  const { pages } = await buildWeb();
  const [page, bytes] = Object.entries(pages).sort(([, a], [, b]) => b - a)[0] ?? ['no page', 0];
  console.log(
    `web/dist: at most ${Math.round(bytes / 1000)} kB of scripts for a page (${page}), gzipped, beside the Firebase SDK`,
  );
}
