// @ts-check
import { root } from './paths.mjs';

/**
 * A module of this repository that is TypeScript, with all that it imports: bundled, because Node 20 reads JavaScript only.
 *
 * @template T what it exports
 * @param {string} path from the root of the repository
 * @returns {Promise<T>}
 */
export function loadTypescript(path) {
  return importBundled({ entryPoints: [path], platform: 'node', target: 'node20' });
}

/**
 * What esbuild makes of an entry point, imported from memory.
 *
 * @template T what it exports
 * @param {import('esbuild').BuildOptions} options
 * @returns {Promise<T>}
 */
export async function importBundled(options) {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    absWorkingDir: root,
    bundle: true,
    format: 'esm',
    logLevel: 'warning',
    ...options,
    write: false,
  });
  const code = outputFiles[0]?.text ?? '';
  return import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`);
}
