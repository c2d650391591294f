import type { Program } from '@quarterdeck/contract';
import { type DocumentData, withDates } from '@quarterdeck/contract/views';

/** A program as it is stored; fields that older documents lack are filled in. Null: there is none. */
export function readProgram(data: DocumentData): Program | null {
  if (data === undefined) return null;
  const blank = { displayName: null, role: null, color: null, groups: [], tags: [], retiredAt: null };
  // The backend's writes are exact: what is stored was checked against the contract.
  return { ...blank, ...withDates(data) } as unknown as Program;
}

/** What people call it. */
export function nameOf({ displayName, programId }: Pick<Program, 'displayName' | 'programId'>): string {
  return displayName ?? programId;
}
