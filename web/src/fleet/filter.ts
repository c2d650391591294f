import { addressWith, hasWords } from '../ui/filter.js';
import type { AnySession } from './zones.js';

/** Which sessions to show; empty: all. It stands in the address, so that it can be sent to somebody. */
export interface Filter {
  readonly q: string;
  readonly program: string;
  readonly project: string;
  readonly state: string;
}

const FIELDS = ['q', 'program', 'project', 'state'] as const;

export function filterOf(query: Readonly<Record<string, string>>): Filter {
  return Object.fromEntries(FIELDS.map((field) => [field, query[field] ?? ''])) as unknown as Filter;
}

/** The address of the fleet with this filter. */
export function addressOf(filter: Filter): string {
  return addressWith('/', { ...filter });
}

export function isFiltering(filter: Filter): boolean {
  return FIELDS.some((field) => filter[field] !== '');
}

/** True when the session fits: every word of `q` is found in what the card shows, whatever its case. */
export function fits(session: AnySession, filter: Filter): boolean {
  if (filter.program !== '' && session.programId !== filter.program) return false;
  if (filter.project !== '' && session.projectName !== filter.project) return false;
  if (filter.state !== '' && session.state !== filter.state) return false;
  const { sessionId, name, status, programId, projectName, branch, issueId } = session;
  return hasWords([sessionId, name, status, programId, projectName, branch, issueId], filter.q);
}

/** What is there to choose from, in alphabetical order. */
export function choicesOf(sessions: readonly AnySession[], field: 'programId' | 'projectName' | 'state'): string[] {
  const found = new Set(sessions.flatMap((session) => session[field] ?? []));
  return [...found].sort((a, b) => a.localeCompare(b));
}
