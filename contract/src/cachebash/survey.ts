import { ProgramId } from '../primitives.js';
import type { CachebashDocument } from './document.js';
import { firstMoment, isText, momentOf } from './values.js';

/** Groups that CacheBash has without anybody having made them. */
const KNOWN_GROUPS: ReadonlySet<string> = new Set(['all', 'builders', 'council', 'intelligence']);

interface KnownProgram {
  readonly isInService: boolean;
  readonly groups: readonly string[];
  readonly role: string | null;
}

/** What has to be known of all documents before one can be mapped. It grows with programs and multicasts, not with sessions or tasks. */
export interface CachebashSurvey {
  /** That have a document of their own. */
  readonly programs: Map<string, KnownProgram>;
  /** Every program that is named anywhere, and the earliest moment of a document that names it. */
  readonly mentioned: Map<string, string>;
  /** Where a program without a document of its own was last seen. */
  readonly seen: Set<string>;
  /** Messages of a multicast: id → that of the multicast. */
  readonly multicasts: Map<string, string>;
  /** By program: when its context summaries were written, and the id of each. */
  readonly histories: Map<string, { readonly id: string; readonly at: string }[]>;
  /** By program: the version of its state. */
  readonly versions: Map<string, number>;
}

export function newCachebashSurvey(): CachebashSurvey {
  return {
    programs: new Map(),
    mentioned: new Map(),
    seen: new Set(),
    multicasts: new Map(),
    histories: new Map(),
    versions: new Map(),
  };
}

/** Takes note of a document. The order in which they come makes no difference. */
export function surveyCachebash(survey: CachebashSurvey, document: CachebashDocument): void {
  const { place, id, data } = document;
  switch (place) {
    case 'program':
      survey.programs.set(id, {
        isInService: data.active !== false,
        groups: textsOf(data.groups),
        role: roleOf(data.role),
      });
      mention(survey, id, data.createdAt);
      break;
    case 'program_seen':
      survey.seen.add(id);
      mention(survey, id, data.lastHeartbeat);
      break;
    case 'program_state':
      if (typeof data.version === 'number') survey.versions.set(id, data.version);
      mention(survey, id, data.lastUpdatedAt);
      break;
    case 'context_history':
      noteSummary(survey, document);
      break;
    case 'session':
      mention(survey, data.programId, firstMoment(data.createdAt, data.lastUpdate));
      break;
    case 'task':
      for (const name of [data.source, data.target, data.claimedBy]) mention(survey, name, data.createdAt);
      break;
    case 'message':
      if (isText(data.multicastId)) survey.multicasts.set(id, data.multicastId);
      for (const name of [data.source, data.target]) mention(survey, name, data.createdAt);
      break;
  }
}

/** The programs of a group, in the order of their names; undefined: it is no group, but a program. */
export function cachebashGroup({ programs }: CachebashSurvey, name: string): string[] | undefined {
  const role = name.startsWith('@') ? name.slice(1) : undefined;
  const belongs = ({ groups, role: own }: KnownProgram) =>
    role === undefined ? name === 'all' || groups.includes(name) : own === role;
  const all = [...programs].filter(([, program]) => program.isInService && belongs(program)).map(([id]) => id);
  if (all.length === 0 && role === undefined && (!KNOWN_GROUPS.has(name) || programs.has(name))) return undefined;
  return all.sort();
}

/** Programs that are named somewhere and described nowhere, with the moment since when. */
export function undescribedPrograms(survey: CachebashSurvey): [id: string, since: string][] {
  const { mentioned, programs, seen } = survey;
  return [...mentioned]
    .filter(([id]) => !programs.has(id) && !seen.has(id) && cachebashGroup(survey, id) === undefined)
    .sort();
}

function noteSummary({ histories }: CachebashSurvey, { id, parentId = '', data }: CachebashDocument): void {
  const at = momentOf(data.timestamp);
  if (!isText(at)) return;
  const known = histories.get(parentId);
  if (known === undefined) histories.set(parentId, [{ id, at }]);
  else known.push({ id, at });
}

function mention({ mentioned }: CachebashSurvey, programId: unknown, when: unknown): void {
  if (!ProgramId.safeParse(programId).success) return;
  const at = momentOf(when);
  const known = mentioned.get(programId as string);
  if (isText(at) && (known === undefined || at < known)) mentioned.set(programId as string, at);
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter(isText) : [];
}

function roleOf(value: unknown): string | null {
  return isText(value) ? value : null;
}
