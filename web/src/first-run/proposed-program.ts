const FIRST_PROGRAM = 'builder';

/** The program to propose: the one that has a key already, or the name that the guides use. */
export function proposedProgram(keys: readonly { readonly programId: string; readonly role: string }[]): string {
  const ofPrograms = keys.filter(({ role }) => role === 'program');
  // Keys are listed newest first; the first program is the one that somebody began with.
  return ofPrograms.at(-1)?.programId ?? FIRST_PROGRAM;
}
