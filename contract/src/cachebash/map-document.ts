import type { z } from 'zod';
import { ExportRecord } from '../export-record.js';
import type { CachebashDocument } from './document.js';
import { mapMessage, type UuidOf } from './map-message.js';
import { mapProgram, namedProgram } from './map-program.js';
import { mapContextHistory, mapProgramState } from './map-program-state.js';
import { mapSession } from './map-session.js';
import { mapTask, taskWithoutPlace } from './map-task.js';
import { type CachebashSurvey, undescribedPrograms } from './survey.js';

/** What a document is in Quarterdeck: records; or nothing, and what it is counted as; or what is wrong with it. */
export type CachebashMapping =
  | { readonly records: readonly ExportRecord[] }
  | { readonly noPlace: string }
  | { readonly problems: readonly { readonly field: string; readonly problem: string }[] };

/** How CacheBash calls what a record calls otherwise. */
const FIELDS: Readonly<Partial<Record<ExportRecord['kind'], Readonly<Record<string, string>>>>> = {
  program_state: {
    revision: 'version',
    updatedAt: 'lastUpdatedAt',
    'config.customSettingsJson': 'config.customSettings',
  },
  context_snapshot: { writtenAt: 'timestamp' },
  session: { sessionId: 'id', status: 'currentAction', lastActivityAt: 'lastUpdate', endedAt: 'endedAt' },
  task: { taskId: 'id', targets: 'target', outcome: 'completed_status', createdBy: 'source' },
  message: {
    programId: 'target',
    message: 'payload',
    messageType: 'message_type',
    sentAt: 'createdAt',
    messageId: 'target',
  },
};
const PATTERN_FIELDS: Readonly<Record<string, string>> = {
  promoted: 'promotedToStore',
  lastReinforcedAt: 'lastReinforced',
};

/**
 * Maps a document of CacheBash to what it is in Quarterdeck. The same document, survey and ids make the same records, so that an import can be repeated.
 * @param survey of all documents of the export
 * @param uuidOf gives messages their ids
 */
export function mapCachebash(document: CachebashDocument, survey: CachebashSurvey, uuidOf: UuidOf): CachebashMapping {
  const candidates = candidatesOf(document, survey, uuidOf);
  return typeof candidates === 'string' ? { noPlace: candidates } : checked(candidates);
}

/** Records of the programs that are named in an export and described nowhere in it. */
export function mapUndescribedPrograms(survey: CachebashSurvey): ExportRecord[] {
  return undescribedPrograms(survey).map(([id, since]) => ExportRecord.parse(namedProgram(id, since)));
}

function candidatesOf(
  document: CachebashDocument,
  survey: CachebashSurvey,
  uuidOf: UuidOf,
): readonly object[] | string {
  switch (document.place) {
    case 'program':
      return [mapProgram(document, survey)];
    case 'program_seen':
      return survey.programs.has(document.id)
        ? 'sessions/programs (described elsewhere)'
        : [mapProgram(document, survey)];
    case 'program_state':
      return [mapProgramState(document, survey)];
    case 'context_history': {
      const snapshot = mapContextHistory(document, survey);
      return snapshot === undefined ? 'sessions/program_state/context_history (of no state, or too old)' : [snapshot];
    }
    case 'session':
      return [mapSession(document)];
    case 'task':
      return taskWithoutPlace(document.data) ?? [mapTask(document, survey)];
    case 'message': {
      const messages = mapMessage(document, survey, uuidOf);
      return messages.length === 0 ? 'relay (to a group of nobody)' : messages;
    }
  }
}

function checked(candidates: readonly object[]): CachebashMapping {
  const parsed = candidates.map((candidate) => ({ candidate, result: ExportRecord.safeParse(candidate) }));
  const problems = parsed.flatMap(({ candidate, result }) =>
    (result.error?.issues ?? []).flatMap((issue) =>
      problemsOf((candidate as { kind: ExportRecord['kind'] }).kind, issue),
    ),
  );
  if (problems.length > 0) return { problems };
  return { records: parsed.flatMap(({ result }) => (result.data === undefined ? [] : [result.data])) };
}

function problemsOf(kind: ExportRecord['kind'], issue: z.core.$ZodIssue): { field: string; problem: string }[] {
  // The alternative that got furthest says what is wrong.
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const inner = issue.errors.flat();
    const deepest = Math.max(...inner.map(({ path }) => path.length));
    const told = inner.filter(({ path }) => path.length === deepest).slice(0, 1);
    return told.flatMap((one) => problemsOf(kind, { ...one, path: [...issue.path, ...one.path] } as typeof issue));
  }
  const isForNobody = kind === 'task' && issue.path[0] === 'targets' && issue.code === 'too_small';
  const problem = isForNobody ? 'means a group to which no program of the export belongs' : issue.message;
  return [{ field: fieldOf(kind, issue.path.map(String)), problem }];
}

function fieldOf(kind: ExportRecord['kind'], path: readonly string[]): string {
  const names = FIELDS[kind] ?? {};
  const whole = names[path.join('.')];
  if (whole !== undefined) return whole;
  const [first = '', ...rest] = path;
  const last = rest.at(-1);
  if (first === 'learnedPatterns' && last !== undefined)
    return [first, ...rest.slice(0, -1), PATTERN_FIELDS[last] ?? last].join('.');
  return [names[first] ?? first, ...rest].join('.');
}
