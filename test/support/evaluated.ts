import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = join(__dirname, '../..');

/**
 * The scripts are ES modules, which jest can't load: a Node of its own evaluates an expression.
 * @param script below the repository
 * @param expression of `it`, the module; may be a promise. Its value goes through JSON.
 */
export function evaluated<T>(script: string, expression: string): T {
  const module = pathToFileURL(join(root, script)).href;
  const code = `import * as it from '${module}'; console.log(JSON.stringify(await ${expression}));`;
  return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' })) as T;
}
