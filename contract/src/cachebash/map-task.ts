import { TASK_TTL_MAX_SECONDS } from '../limits.js';
import { ProgramId, SessionId } from '../primitives.js';
import { GROUP_PREFIX } from '../target.js';
import type { CachebashDocument } from './document.js';
import { type CachebashSurvey, cachebashGroup } from './survey.js';
import { firstMoment, isText, momentOf, orElse, textOf } from './values.js';

type Fields = Readonly<Record<string, unknown>>;

/** A person for whom CacheBash keeps no name. */
export const SOMEBODY = 'person/cachebash';
const OVER: ReadonlySet<unknown> = new Set(['done', 'failed', 'archived']);
const UNDER_WAY: ReadonlySet<unknown> = new Set(['active', 'blocked', 'completing']);

/** Why a task has no place; undefined: it has one. */
export function taskWithoutPlace({
  type = 'task',
  relay_mirror: isMirror,
  deletedAt,
  encrypted,
}: Fields): string | undefined {
  if (isMirror === true) return 'tasks (copies of messages)';
  if (type !== 'task') return `tasks (${String(type)})`;
  if (momentOf(deletedAt) !== null) return 'tasks (deleted)';
  return encrypted === true ? 'tasks (encrypted)' : undefined;
}

export function mapTask({ id, data }: CachebashDocument, survey: CachebashSurvey): object {
  const { target, targets } = targetOf(data.target, survey);
  const createdAt = momentOf(data.createdAt);
  const holder = isText(data.claimedBy) && targets.includes(data.claimedBy) ? data.claimedBy : null;
  const isOver = OVER.has(data.status);
  // Who holds a task and was not meant by it can't finish it here: it waits for those who are.
  const status = isOver ? 'done' : UNDER_WAY.has(data.status) && holder !== null ? 'claimed' : 'pending';
  const isHeld = holder !== null && status !== 'pending';
  return {
    kind: 'task',
    taskId: id,
    title: data.title,
    target,
    targets,
    instructions: textOf(data.instructions),
    priority: orElse(data.priority, 'normal'),
    status,
    attempt: isHeld ? Math.max(1, countOf(data.attempt_count)) : countOf(data.attempt_count),
    createdAt,
    ...makerOf(data.source),
    expiresAt: isOver ? null : expiryOf(data, createdAt),
    claimedBy: isHeld ? holder : null,
    sessionId: isHeld && SessionId.safeParse(data.sessionId).success ? data.sessionId : null,
    claimedAt: isHeld ? firstMoment(data.startedAt, createdAt) : null,
    lastClaimedBy: null,
    outcome: isOver ? outcomeOf(data) : null,
    result: isOver ? textOf(data.result) : null,
    completedAt: isOver ? firstMoment(data.completedAt, data.startedAt, createdAt) : null,
    completedBy: isOver ? enderOf(data, target) : null,
  };
}

/** Whom a target means, and the programs of a group. A group without any has no targets, which the record's schema refuses. */
export function targetOf(target: unknown, survey: CachebashSurvey): { target: unknown; targets: readonly unknown[] } {
  const programs = isText(target) ? cachebashGroup(survey, target) : undefined;
  if (programs === undefined) return { target, targets: [target] };
  const group = `${GROUP_PREFIX}${String(target)}`;
  return { target: group, targets: programs.length === 0 ? [] : [group, ...programs] };
}

/** Who made it: a program, or somebody. */
export function makerOf(source: unknown): { createdBy: string; creatorProgramId: string | null } {
  const program = ProgramId.safeParse(source);
  if (!program.success) return { createdBy: SOMEBODY, creatorProgramId: null };
  return { createdBy: `program/${program.data}`, creatorProgramId: program.data };
}

function outcomeOf({ status, completed_status: said }: Fields): unknown {
  if (isText(said)) return said;
  if (status === 'failed') return 'FAILED';
  return status === 'done' ? 'SUCCESS' : 'CANCELLED';
}

/** Nobody is named where the time to live ended it, or in older documents. */
function enderOf(data: Fields, target: unknown): string {
  if (isText(data.claimedBy)) return makerOf(data.claimedBy).createdBy;
  return data.result === 'TTL expired' ? 'sweep' : makerOf(target).createdBy;
}

/** Longer than a time to live may be here: for ever, because sooner would lose it. */
function expiryOf(data: Fields, createdAt: unknown): unknown {
  const made = Date.parse(String(createdAt));
  const given =
    momentOf(data.expiresAt) ??
    (typeof data.ttl === 'number' && data.ttl > 0 ? momentOf(made + data.ttl * 1000) : null);
  if (!isText(given)) return given;
  return Date.parse(given) - made > TASK_TTL_MAX_SECONDS * 1000 ? null : given;
}

function countOf(value: unknown): number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : 0;
}
