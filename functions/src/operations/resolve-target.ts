import { groupOf } from '@quarterdeck/contract';
import { DomainError } from '../domain/domain-error.js';
import type { Ports } from './ports.js';

/**
 * The programs in service that a target means: the one that it names, or those of a group.
 * @param most programs that a group may have for this
 * @throws DomainError `PROGRAM_UNKNOWN`, `GROUP_EMPTY`, `GROUP_TOO_LARGE`
 */
export async function resolveTarget(
  account: string,
  target: string,
  most: number,
  { programs }: Pick<Ports, 'programs'>,
): Promise<readonly string[]> {
  const group = groupOf(target);
  if (group === undefined) {
    if (await programs.exists(account, target)) return [target];
    throw new DomainError(
      'PROGRAM_UNKNOWN',
      `target: there is no program "${target}" in service. list_programs names them.`,
    );
  }
  const members = await programs.inGroup(account, group, most);
  if (members === undefined) {
    throw new DomainError(
      'GROUP_TOO_LARGE',
      `target: the group "${group}" has more than ${most} programs, the most for one call. Make a smaller group.`,
    );
  }
  if (members.length === 0) {
    throw new DomainError(
      'GROUP_EMPTY',
      `target: no program in service is in the group "${group}". update_program puts programs into groups.`,
    );
  }
  return members;
}
