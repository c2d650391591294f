import type { Program, ProgramPatch } from '@quarterdeck/contract';

/** What a form says of a program; empty: nothing is said. */
export interface Draft {
  readonly displayName: string;
  readonly role: string;
  readonly color: string;
  readonly groups: readonly string[];
  readonly tags: readonly string[];
}

export const BLANK: Draft = { displayName: '', role: '', color: '', groups: [], tags: [] };

export function draftOf({ displayName, role, color, groups, tags }: Program): Draft {
  return { displayName: displayName ?? '', role: role ?? '', color: color ?? '', groups, tags };
}

/** What was changed, and no more: what somebody else changed meanwhile stays. */
export function patchOf(before: Draft, after: Draft): ProgramPatch {
  const patch: ProgramPatch = {};
  for (const field of ['displayName', 'role', 'color'] as const) {
    const text = after[field].trim();
    if (text !== before[field]) patch[field] = text === '' ? null : text;
  }
  for (const field of ['groups', 'tags'] as const) {
    if (JSON.stringify(after[field]) !== JSON.stringify(before[field])) patch[field] = [...after[field]];
  }
  return patch;
}
