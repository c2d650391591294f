// @ts-check
/** Read by any Node, however old: nothing here is younger than modules are. */
import { readFileSync } from 'node:fs';

/**
 * @param {string} version that runs, as `v18.20.8`
 * @param {string} engines what package.json wants: `>=20.19`
 * @returns {string | undefined} what to do, when that one is too old
 */
export function nodeProblem(version, engines) {
  const wanted = engines.replace('>=', '');
  const [major = 0, minor = 0] = version.slice(1).split('.').map(Number);
  const [leastMajor = 0, leastMinor = 0] = wanted.split('.').map(Number);
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor)) return undefined;
  return `Quarterdeck needs Node ${wanted} or newer; this is ${version.slice(1)}.`;
}

/**
 * Ends the process with a sentence where Node is too old: what follows would end with a stack, and an installation only after minutes.
 *
 * @param {URL} packageFile the package.json that says which one is needed
 */
export function requireNode(packageFile) {
  const { engines } = JSON.parse(readFileSync(packageFile, 'utf8'));
  const problem = nodeProblem(process.version, engines.node);
  if (problem === undefined) return;
  console.error(problem);
  process.exit(1);
}
