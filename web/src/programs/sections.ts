import type { Health, Program } from '@quarterdeck/contract';
import { nameOf } from './read-program.js';
import type { Standing } from './standing.js';

/** Which programs to show; empty: all. It stands in the address, so that it can be sent to somebody. */
export interface Filter {
  readonly q: string;
  readonly group: string;
  readonly health: string;
}

/** Numbers in names count as numbers: `worker-2` comes before `worker-10`. */
const byName = new Intl.Collator(undefined, { numeric: true });

const FIELDS = ['q', 'group', 'health'] as const;
export const HEALTH: readonly Health[] = ['healthy', 'stale', 'offline'];

export function filterOf(query: Readonly<Record<string, string>>): Filter {
  return Object.fromEntries(FIELDS.map((field) => [field, query[field] ?? ''])) as unknown as Filter;
}

/** The address of the programs with this filter. */
export function addressOf(filter: Filter): string {
  const set = FIELDS.flatMap((field): [string, string][] => (filter[field] === '' ? [] : [[field, filter[field]]]));
  return set.length === 0 ? '/programs' : `/programs?${new URLSearchParams(set)}`;
}

export function isFiltering(filter: Filter): boolean {
  return FIELDS.some((field) => filter[field] !== '');
}

/** True when the program fits: every word of `q` is found in what is said of it, whatever its case. */
export function fits(program: Program, standing: Standing | undefined, { q, group, health }: Filter): boolean {
  if (group !== '' && !program.groups.includes(group)) return false;
  if (health !== '' && standing?.health !== health) return false;
  const { programId, displayName, role, groups, tags } = program;
  const text = [programId, displayName, role, ...groups, ...tags].join('\n').toLowerCase();
  return q
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** Programs by whether they run. */
export interface Sections {
  /** With a live session: those that need somebody first, then the stale ones. */
  readonly live: readonly Program[];
  readonly offline: readonly Program[];
  readonly retired: readonly Program[];
}

/** Puts every program into its section; within one, those of the same standing are in the order of their names, so that a beat moves nothing. */
export function sectionsOf(programs: readonly Program[], standings: ReadonlyMap<string, Standing>): Sections {
  const named = [...programs].sort((a, b) => byName.compare(nameOf(a), nameOf(b)));
  const inService = named.filter(({ retiredAt }) => retiredAt === null);
  const isLive = ({ programId }: Program) => (standings.get(programId)?.liveSessions ?? 0) > 0;
  return {
    live: inService
      .filter(isLive)
      .sort((a, b) => urgency(standings.get(a.programId)) - urgency(standings.get(b.programId))),
    offline: inService.filter((program) => !isLive(program)),
    retired: named.filter(({ retiredAt }) => retiredAt !== null),
  };
}

function urgency(standing: Standing | undefined): number {
  if (standing === undefined) return 2;
  if (standing.needing > 0) return 0;
  return standing.health === 'stale' ? 1 : 2;
}

/** The groups that are there to choose from, in alphabetical order. */
export function groupsOf(programs: readonly Program[]): string[] {
  return [...new Set(programs.flatMap(({ groups }) => groups))].sort(byName.compare);
}
