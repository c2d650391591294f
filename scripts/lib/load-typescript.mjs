// @ts-check
import { root } from './paths.mjs';

/**
 * A module of this repository that is TypeScript, with all that it imports: bundled, because Node 20 reads JavaScript only.
 *
 * @template T what it exports
 * @param {string} path from the root of the repository
 * @returns {Promise<T>}
 */
export async function loadTypescript(path) {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [path],
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    write: false,
    logLevel: 'warning',
  });
  const code = outputFiles[0]?.text ?? '';
  return import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`);
}
