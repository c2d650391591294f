// @ts-check
/**
 * `npm run mutants`: breaks the security rules and the code, one place at a time, and shows that the tests notice. `npm run mutants -- rules` or
 * `-- code` does only that, and with a regex only those that match.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from './lib/paths.mjs';

const SCRIPTS = { rules: 'scripts/rules-mutants.mjs', code: 'scripts/code-mutants.mjs' };

const [chosen, ...rest] = process.argv.slice(2);
if (chosen !== undefined && !(chosen in SCRIPTS)) {
  console.error(`There are no mutants of ${chosen}; there are those of ${Object.keys(SCRIPTS).join(' and ')}.`);
  process.exit(2);
}
for (const [name, script] of Object.entries(SCRIPTS)) {
  if (chosen !== undefined && chosen !== name) continue;
  const child = spawn(process.execPath, [join(root, script), ...rest], { cwd: root, stdio: 'inherit' });
  if ((await new Promise((done) => child.once('close', done))) !== 0) process.exitCode = 1;
}
