import { execFile, execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const root = join(__dirname, '../..');

/**
 * The scripts are ES modules, which jest can't load: a Node of its own evaluates an expression.
 * @param script below the repository
 * @param expression of `it`, the module; may be a promise. Its value goes through JSON.
 */
export function evaluated<T>(script: string, expression: string): T {
  const output = execFileSync(process.execPath, argumentsFor(script, expression), { encoding: 'utf8' });
  return JSON.parse(output) as T;
}

/** The same, for what takes long: it is not waited for here. */
export async function evaluatedMeanwhile<T>(script: string, expression: string): Promise<T> {
  const { stdout } = await promisify(execFile)(process.execPath, argumentsFor(script, expression));
  return JSON.parse(stdout) as T;
}

function argumentsFor(script: string, expression: string): string[] {
  const module = pathToFileURL(join(root, script)).href;
  const code = `import * as it from '${module}'; console.log(JSON.stringify(await ${expression}));`;
  return ['--input-type=module', '-e', code];
}
