import type { Program } from '@quarterdeck/contract';
import { GROUP_PREFIX, groupOf } from '@quarterdeck/contract/views';

/** Whom something can be for. */
export interface Target {
  /** "builder", or "group:reviewers". */
  readonly target: string;
  /** Programs in service that it means now. */
  readonly programs: number;
}

/** Every program in service, and every group that has one, each in alphabetical order. */
export function targetsOf(programs: readonly Pick<Program, 'programId' | 'groups' | 'retiredAt'>[]): Target[] {
  const inService = programs.filter(({ retiredAt }) => retiredAt === null);
  const sizes = new Map<string, number>();
  for (const group of inService.flatMap(({ groups }) => [...new Set(groups)])) {
    sizes.set(group, (sizes.get(group) ?? 0) + 1);
  }
  return [
    ...inService.map(({ programId }) => ({ target: programId, programs: 1 })).sort(byTarget),
    ...[...sizes].map(([group, count]) => ({ target: GROUP_PREFIX + group, programs: count })).sort(byTarget),
  ];
}

/** A target as people read it: "builder", "group reviewers". */
export function targetName(target: string): string {
  const group = groupOf(target);
  return group === undefined ? target : `group ${group}`;
}

function byTarget(one: Target, other: Target): number {
  return one.target.localeCompare(other.target);
}
