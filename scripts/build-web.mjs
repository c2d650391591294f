// @ts-check
/** Builds the dashboard: web/src into web/dist, which Hosting serves. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { isMain } from './lib/command-line.mjs';
import { root } from './lib/paths.mjs';

/**
 * @returns {Promise<{ kilobytes: number }>} how large all its scripts are together, gzipped, without the Firebase SDK
 */
export async function buildWeb() {
  const { build } = await import('vite');
  await build({ configFile: join(root, 'web/vite.config.mjs'), logLevel: 'error' });
  const folder = join(root, 'web/dist/assets');
  const own = readdirSync(folder).filter((name) => name.endsWith('.js') && !name.startsWith('firebase-'));
  const bytes = own.reduce((sum, name) => sum + gzipSync(readFileSync(join(folder, name))).length, 0);
  return { kilobytes: Math.round(bytes / 1000) };
}

if (isMain(import.meta.url)) {
  const { kilobytes } = await buildWeb();
  console.log(`web/dist: ${kilobytes} kB of scripts, gzipped, beside the Firebase SDK`);
}
