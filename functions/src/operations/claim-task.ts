import { isEnded, type LiveSession, type Task, viewTask } from '@quarterdeck/contract';
import { actorOf, type Caller, speaksFor } from '../domain/caller.js';
import { DomainError } from '../domain/domain-error.js';
import { type Claimer, claimTask, requireTaker } from '../domain/task.js';
import type { Handler } from './handler.js';
import type { Ports } from './ports.js';
import { unknownSession } from './report-on-session.js';
import { namedOrOwnProgram } from './require-window.js';

/** Takes a task out of the queue. Two reads, the session's and the task's, and two writes. */
export const handleClaimTask: Handler<'claimTask'> = {
  for: 'member',
  run: async ({ taskId, programId: given, sessionId: named }, caller, ports) => {
    const { tasks, clock } = ports;
    const { account } = caller;
    const programId = namedOrOwnProgram(caller, given);
    requireClaimer(caller, programId);
    const holder = await holderOf(programId, named, caller, ports);
    const [sessionId, command] = [holder?.sessionId ?? null, holder?.command ?? null];
    const claimer = { programId, sessionId, command, actor: actorOf(caller) };
    const now = clock.now();
    const { task, changed } = await tasks.change(account, taskId, (found) => claimTask(found, claimer, now));
    if (changed) return { success: true, message: 'Task claimed', task: viewTask(task, now) };
    const held = await takeOver(task, claimer, account, ports);
    return { success: true, message: 'Task is claimed by this program already', task: viewTask(held, now) };
  },
};

/** @throws DomainError `NOT_OWNER` */
function requireClaimer(caller: Caller, programId: string): void {
  if (speaksFor(caller, programId) || caller.role === 'admin') return;
  throw new DomainError('NOT_OWNER', `programId: you are "${caller.programId}" and can't claim for "${programId}".`);
}

/**
 * The live session that will hold the task; null: the program has none.
 * @throws DomainError `SESSION_UNKNOWN`, `SESSION_ENDED`, `NOT_OWNER`
 */
async function holderOf(
  programId: string,
  named: string | undefined,
  { account, token }: Caller,
  { sessions }: Ports,
): Promise<LiveSession | null> {
  const sessionId = named ?? (token?.programId === programId ? token.sessionId : undefined);
  if (sessionId === undefined) return (await sessions.findCurrent(account, programId)) ?? null;
  const session = await sessions.find(account, sessionId);
  if (session === undefined) throw unknownSession(sessionId, 'Call create_session first.');
  if (session.programId !== programId) {
    throw new DomainError('NOT_OWNER', `sessionId: session "${sessionId}" is not of "${programId}".`);
  }
  if (!isEnded(session)) return session;
  throw new DomainError(
    'SESSION_ENDED',
    `sessionId: session "${sessionId}" is over (${session.outcome}) and can't hold a task. Name a live one.`,
    { outcome: session.outcome, endedAt: session.endedAt.toISOString() },
  );
}

/**
 * A program that claims again changes nothing while the session that holds the task lives. Once it is gone, its successor holds it, so that the sweep does
 * not take it away; to a successor that drains it is something new.
 * @throws DomainError `SESSION_DRAINING`
 */
async function takeOver(
  task: Task,
  { sessionId, command }: Claimer,
  account: string,
  { tasks, sessions }: Ports,
): Promise<Task> {
  const { taskId, attempt, sessionId: held } = task;
  if (sessionId === null || held === sessionId) return task;
  const holder = held === null ? undefined : await sessions.find(account, held);
  if (holder !== undefined && !isEnded(holder)) return task;
  requireTaker({ sessionId, command });
  const decide = (found: Task) =>
    found.status === 'claimed' && found.attempt === attempt && found.sessionId === held
      ? { patch: { sessionId }, events: [] }
      : undefined;
  return (await tasks.change(account, taskId, decide)).task;
}
