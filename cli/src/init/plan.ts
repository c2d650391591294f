import { existsSync, mkdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { sync as writeFileAtomic } from 'write-file-atomic';
import { Failure } from '../failure.js';
import type { AgentClient, Connection, FileEdit, Scope } from './agent-clients.js';
import { excludeFromGit, trackingOf } from './git.js';

/** A file as it is and as it is to be. */
export interface PlannedFile {
  readonly client: AgentClient;
  readonly file: string;
  readonly what: string;
  /** Null: it is not there yet. */
  readonly before: string | null;
  readonly after: string;
  /** Whether the key itself stands in it. */
  readonly holdsKey: boolean;
  /** Whether git has to be told to leave it alone. */
  readonly exclude: boolean;
}

/**
 * What has to change for the clients to know the deployment. Nothing is written yet.
 * @throws Failure naming the file that can't be read
 */
export function planFiles(
  clients: readonly AgentClient[],
  scope: Scope,
  folder: string,
  connection: Connection,
): PlannedFile[] {
  return clients.flatMap((client) => client.edits(scope, folder).map((edit) => planFile(client, edit, connection)));
}

function planFile(client: AgentClient, edit: FileEdit, connection: Connection): PlannedFile {
  const { file, what, keyReference } = edit;
  const before = existsSync(file) ? readFileSync(file, 'utf8') : null;
  const tracking = trackingOf(file);
  // A key in a tracked file would be published with the next push.
  const holdsKey = tracking !== 'tracked';
  if (!holdsKey && keyReference === null) {
    throw new Failure(
      `${file} is in version control, and the key must not be: "git rm --cached" it, or use --user. Nothing was changed.`,
    );
  }
  const known = holdsKey ? connection : { ...connection, key: keyReference ?? '' };
  try {
    const after = edit.apply(before ?? '', known);
    return { client, file, what, before, after, holdsKey, exclude: holdsKey && tracking === 'untracked' };
  } catch (error) {
    if (error instanceof Failure) throw new Failure(error.message.replace(/^The file/, file));
    throw error;
  }
}

/** Writes a planned file, whole or not at all. One that holds the key and is new is for its owner's eyes only; another keeps its mode. */
export function writePlanned({ file, after, holdsKey, exclude }: PlannedFile): void {
  mkdirSync(dirname(file), { recursive: true });
  // Through a link, so that dotfiles which live elsewhere stay linked.
  const target = existsSync(file) ? realpathSync(file) : file;
  const mode = existsSync(target) ? statSync(target).mode & 0o777 : holdsKey ? 0o600 : 0o644;
  writeFileAtomic(target, after, { mode });
  if (exclude) excludeFromGit(file);
}

/** The lines that change, between those that stay; keys are shown as their last four characters. */
export function changedLines({ before, after }: Pick<PlannedFile, 'before' | 'after'>): string[] {
  const old = (before ?? '').split('\n');
  const fresh = after.split('\n');
  let start = 0;
  while (start < old.length && start < fresh.length && old[start] === fresh[start]) start++;
  let end = 0;
  while (end < old.length - start && end < fresh.length - start && old.at(-1 - end) === fresh.at(-1 - end)) end++;
  const mark = (sign: string) => (line: string) => `${sign} ${maskKeys(line)}`;
  return [
    ...old
      .slice(start, old.length - end)
      .filter(Boolean)
      .map(mark('-')),
    ...fresh.slice(start, fresh.length - end).map(mark('+')),
  ];
}

export function maskKeys(text: string): string {
  return text.replace(/cb_[A-Za-z0-9]+([A-Za-z0-9]{4})/g, 'cb_…$1');
}
