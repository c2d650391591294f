import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';

/** What version control does with a file. `none`: there is no repository, or no git. */
export type Tracking = 'tracked' | 'ignored' | 'untracked' | 'none';

export function trackingOf(file: string): Tracking {
  const folder = existingFolder(dirname(file));
  if (git(folder, 'rev-parse', '--is-inside-work-tree') !== 'true') return 'none';
  if (git(folder, 'ls-files', '--error-unmatch', file) !== undefined) return 'tracked';
  return git(folder, 'check-ignore', '-q', file) === undefined ? 'untracked' : 'ignored';
}

/** Keeps a file out of version control on this machine alone: in the clone's own `info/exclude`, not in the project's `.gitignore`. */
export function excludeFromGit(file: string): void {
  const folder = existingFolder(dirname(file));
  const top = git(folder, 'rev-parse', '--show-toplevel');
  const exclude = git(folder, 'rev-parse', '--git-path', 'info/exclude');
  if (top === undefined || exclude === undefined) return;
  const path = resolve(folder, exclude);
  const line = `/${relative(top, file).split(sep).join('/')}`;
  const before = existsSync(path) ? readFileSync(path, 'utf8') : '';
  if (before.split('\n').includes(line)) return;
  mkdirSync(dirname(path), { recursive: true });
  appendFileSync(path, `${before === '' || before.endsWith('\n') ? '' : '\n'}${line}\n`);
}

/** The file's folder may be still to make. */
function existingFolder(folder: string): string {
  return existsSync(folder) ? folder : existingFolder(dirname(folder));
}

/** What git answers; undefined: it says no, or isn't there. */
function git(folder: string, ...args: string[]): string | undefined {
  try {
    return execFileSync('git', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return undefined;
  }
}
