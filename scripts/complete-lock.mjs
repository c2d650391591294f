// @ts-check
/**
 * Completes package-lock.json after `npm install`, so that `npm ci` passes on every machine.
 *
 * npm leaves an optional platform package out of the lock when the registry in use does not carry it, and `npm ci` then
 * refuses the lock as incomplete. The missing entries are derived from what their parents ask for. They carry no
 * integrity, because nothing was downloaded. Addresses of a particular registry are taken out. Running it again changes nothing.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { isMain } from './lib/command-line.mjs';

/**
 * @typedef {object} LockedPackage
 * @property {string} [version]
 * @property {string} [resolved]
 * @property {boolean} [dev]
 * @property {boolean} [optional]
 * @property {string[]} [os]
 * @property {string[]} [cpu]
 * @property {string[]} [libc]
 * @property {Record<string, string>} [optionalDependencies]
 */

const SYSTEMS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const PROCESSORS = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];
const EXACT_VERSION = /^\d+\.\d+\.\d+(-[\w.]+)?$/;

/**
 * Adds what is missing to the lock's packages.
 *
 * @param {Record<string, LockedPackage>} packages the lock's `packages`, changed in place
 * @returns {{ added: string[], leftOut: string[] }} the places added, and the wishes that name no exact platform package
 */
export function completePackages(packages) {
  const added = [];
  const leftOut = [];
  for (const [parent, { optionalDependencies = {}, dev }] of Object.entries({ ...packages })) {
    for (const [name, wanted] of Object.entries(optionalDependencies)) {
      const found = placeOf(packages, parent, name);
      if (found && (!EXACT_VERSION.test(wanted) || packages[found]?.version === wanted)) continue;
      const platform = platformOf(name);
      if (!EXACT_VERSION.test(wanted) || !platform) {
        leftOut.push(`${name}@${wanted}`);
        continue;
      }
      const place = found ? `${parent}/node_modules/${name}` : `node_modules/${name}`;
      packages[place] = { version: wanted, ...platform, ...(dev && { dev }), optional: true };
      added.push(place);
    }
  }
  return { added, leftOut };
}

/**
 * Where Node would find the package when its parent asks for it.
 *
 * @param {Record<string, LockedPackage>} packages
 * @param {string} parent
 * @param {string} name
 * @returns {string | undefined}
 */
function placeOf(packages, parent, name) {
  for (let folder = parent; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')))) {
    const place = folder ? `${folder}/node_modules/${name}` : `node_modules/${name}`;
    if (packages[place]) return place;
    if (!folder) return undefined;
  }
}

/**
 * What platform a package's name promises: `@x/core-linux-arm64-musl` is for Linux on arm64 with musl.
 *
 * @param {string} name
 * @returns {Pick<LockedPackage, 'os' | 'cpu' | 'libc'> | undefined}
 */
function platformOf(name) {
  const words = name.split(/[-/]/).map((word) => (/^armv?\d?$/.test(word) ? 'arm' : word));
  const os = SYSTEMS.filter((system) => words.includes(system));
  const cpu = PROCESSORS.filter((processor) => words.includes(processor));
  if (!os.length && !cpu.length) return undefined;
  const libc = words.some((word) => word.startsWith('musl'))
    ? ['musl']
    : words.some((word) => word.startsWith('gnu'))
      ? ['glibc']
      : [];
  return { ...(os.length && { os }), ...(cpu.length && { cpu }), ...(os.includes('linux') && libc.length && { libc }) };
}

/**
 * Takes out the addresses of the registry that the packages were downloaded from.
 *
 * @param {Record<string, LockedPackage>} packages
 * @returns {number} how many
 */
export function dropRegistryAddresses(packages) {
  let dropped = 0;
  for (const entry of Object.values(packages)) {
    if (!/^https?:/.test(entry.resolved ?? '')) continue;
    delete entry.resolved;
    dropped++;
  }
  return dropped;
}

/**
 * @param {string} file the package-lock.json
 * @returns {string} what was done, for a person
 */
export function completeLock(file) {
  const before = readFileSync(file, 'utf8');
  const lock = JSON.parse(before);
  const { added, leftOut } = completePackages(lock.packages);
  const dropped = dropRegistryAddresses(lock.packages);
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en')));
  const after = `${JSON.stringify(lock, null, 2)}\n`;
  if (after !== before) writeFileSync(file, after);
  const notes = leftOut.map((wish) => `\nleft out, because it names no exact platform package: ${wish}`);
  return `package-lock.json: ${added.length} platform packages added, ${dropped} registry addresses removed${notes.join('')}`;
}

if (isMain(import.meta.url)) console.log(completeLock(process.argv[2] ?? 'package-lock.json'));
