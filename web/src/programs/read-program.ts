import type { Program } from '@quarterdeck/contract';
import { type DocumentData, readDocument } from '@quarterdeck/contract/views';

/** A program as it is stored. Null: there is none. */
export function readProgram(data: DocumentData): Program | null {
  return readDocument<Program>('program', data);
}

/** What people call it. */
export function nameOf({ displayName, programId }: Pick<Program, 'displayName' | 'programId'>): string {
  return displayName ?? programId;
}
