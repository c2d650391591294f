// @ts-check
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * Makes these files the only ones of a folder. Each takes the place of its former self at once, and what is no longer wanted goes last: whoever
 * reads meanwhile, as a command that is just starting, finds the former file or the new one, and never none.
 *
 * @param {string} folder made where there is none
 * @param {Iterable<readonly [name: string, contents: string | Uint8Array]>} files by name, all of them directly in the folder
 * @param {readonly string[]} [kept] names of what is not touched
 */
export function replaceFiles(folder, files, kept = []) {
  mkdirSync(folder, { recursive: true });
  // Beside the folder and not in it: what a build that is killed leaves behind must not be published.
  const unfinished = mkdtempSync(join(dirname(folder), `.${basename(folder)}-`));
  try {
    const names = new Set(kept);
    for (const [name, contents] of files) {
      writeFileSync(join(unfinished, name), contents);
      renameSync(join(unfinished, name), join(folder, name));
      names.add(name);
    }
    for (const name of readdirSync(folder)) {
      if (!names.has(name)) rmSync(join(folder, name), { recursive: true, force: true });
    }
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}
