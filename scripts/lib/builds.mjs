// @ts-check
/** What is built from the sources. A build is noted together with what it was made from, so that nobody waits for it twice: nine seconds of each start. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from '../build.mjs';
import { buildCli } from '../build-cli.mjs';
import { buildClient } from '../build-client.mjs';
import { buildWeb } from '../build-web.mjs';
import { functionsDist, root } from './paths.mjs';

/** @typedef {{ readonly folder: string, readonly build: () => Promise<unknown> }} Build `folder` is where it is built into */

/** Paths of what goes into no build. Packages do, but package-lock.json speaks for them. */
const WITHOUT = /^(test|bench|docs)$|(^|[\\/])(node_modules|dist|coverage)$|\.test\.ts$|\.log$/;

export const { makeBuilds, ensureBuilt } = withNotes({
  sources: root,
  // From where nothing is published, and what `npm ci` clears together with the packages.
  notes: join(root, 'node_modules/.cache/quarterdeck'),
  builds: {
    functions: { folder: functionsDist, build },
    client: { folder: join(root, 'client/dist'), build: buildClient },
    cli: { folder: join(root, 'cli/dist'), build: buildCli },
    web: { folder: join(root, 'web/dist'), build: buildWeb },
  },
});

/**
 * @template {string} Name
 * @param {object} places
 * @param {string} places.sources the folder that all of them are built from
 * @param {string} places.notes a folder for the notes
 * @param {Readonly<Record<Name, Build>>} places.builds
 */
export function withNotes({ sources, notes, builds }) {
  /**
   * What tells whether a build would come out as it is now.
   *
   * @param {Name} name
   * @param {string} inputs
   */
  const noteOf = (name, inputs) => {
    const { folder } = builds[name];
    return JSON.stringify({ node: process.version, inputs, built: existsSync(folder) && hashOf(folder) });
  };
  const hashOfSources = () => hashOf(sources, WITHOUT);

  /**
   * Builds, and notes it.
   *
   * @param {Name[]} names
   * @throws {import('./steps.mjs').Problem} see each build
   */
  async function makeBuilds(...names) {
    const inputs = hashOfSources();
    await Promise.all(names.map((name) => builds[name].build()));
    // What was changed meanwhile may be in it or not.
    if (hashOfSources() !== inputs) return;
    mkdirSync(notes, { recursive: true });
    for (const name of names) writeFileSync(join(notes, name), noteOf(name, inputs));
  }

  /**
   * Makes those that were not built from these very sources by this version of Node, or that somebody has changed since.
   *
   * @param {Name[]} names
   * @returns {Promise<Name[]>} which were made
   * @throws {import('./steps.mjs').Problem} see each build
   */
  async function ensureBuilt(...names) {
    const inputs = hashOfSources();
    const missing = names.filter((name) => {
      const note = join(notes, name);
      return !existsSync(note) || readFileSync(note, 'utf8') !== noteOf(name, inputs);
    });
    if (missing.length) await makeBuilds(...missing);
    return missing;
  }

  return { makeBuilds, ensureBuilt };
}

/**
 * @param {string} folder
 * @param {RegExp} [without] paths below it to leave out, and with them folders whose name begins with a dot. Default: none
 * @returns {string} of all files below it, their names and their contents
 */
function hashOf(folder, without) {
  const hash = createHash('sha256');
  /** @param {string} path below the folder */
  const add = (path) => {
    for (const entry of readdirSync(join(folder, path), { withFileTypes: true })) {
      const below = join(path, entry.name);
      const isHidden = entry.isDirectory() && entry.name.startsWith('.');
      if (without && (isHidden || without.test(below))) continue;
      if (entry.isDirectory()) add(below);
      else if (entry.isFile())
        hash
          .update(`${below}\0`)
          .update(readFileSync(join(folder, below)))
          .update('\0');
    }
  };
  add('');
  return hash.digest('hex');
}
