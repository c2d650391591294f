import type { Program } from '@quarterdeck/contract';

/** A program of which nothing is said yet. */
export function newProgram(programId: string, now: Date): Program {
  return {
    programId,
    displayName: null,
    role: null,
    color: null,
    groups: [],
    tags: [],
    createdAt: now,
    retiredAt: null,
  };
}
