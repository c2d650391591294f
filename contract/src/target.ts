/** What a target begins with that names a group; no program's id can. */
export const GROUP_PREFIX = 'group:';

/** The name of the group that a target means; undefined: it means a program. */
export function groupOf(target: string): string | undefined {
  return target.startsWith(GROUP_PREFIX) ? target.slice(GROUP_PREFIX.length) : undefined;
}
