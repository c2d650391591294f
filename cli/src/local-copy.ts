import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Profile } from './profiles.js';

/** The repository, when this command runs from a clone: the bundle lies in `cli/dist`. */
const clone = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** The copy that `npm start` runs, as it wrote itself down; `QUARTERDECK_HOME` as there. Undefined: none was ever started. */
export function findLocalCopy(env: NodeJS.ProcessEnv): Profile | undefined {
  const file = join(resolve(clone, env.QUARTERDECK_HOME ?? '.quarterdeck'), 'local.json');
  try {
    const { origin, adminKey, programKey } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
    if (origin === undefined || adminKey === undefined || programKey === undefined) return undefined;
    return { origin, key: adminKey, programKey };
  } catch {
    return undefined;
  }
}
