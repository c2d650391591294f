import {
  type EndedSession,
  isEnded,
  type LiveSession,
  type LiveState,
  limits,
  staleAt,
  type WaitingCommand,
} from '@quarterdeck/contract';
import { actorOf, type Caller, speaksFor } from '../domain/caller.js';
import { DomainError } from '../domain/domain-error.js';
import {
  applyReport,
  movesSession,
  type Reporter,
  reportedPatch,
  restsOnKnown,
  type SessionReport,
} from '../domain/session-report.js';
import { applyLateReport } from '../domain/session-start.js';
import type { KnownSession, Ports } from './ports.js';

type Session = KnownSession | EndedSession;

/** What became of a report. */
export interface Reported {
  readonly session: Session;
  readonly effect: 'updated' | 'completed' | 'resumed' | 'unchanged' | 'coalesced';
  /** What waits for the agent; undefined: this instance can't tell without a read. */
  readonly command: WaitingCommand | null | undefined;
  /** Absent: the session is over. */
  readonly nextHeartbeatBy?: Date;
}

/** What is said of a session; as a function, it depends on the session's state, and then it is written only while the session is in that state. */
export type Report = SessionReport | ((state: LiveState) => SessionReport);

interface ReportOptions {
  /** A sign of life: for the owner alone, and absorbed when it says nothing new. Default: false. */
  readonly isBareBeat?: boolean;
}

/**
 * A report that moves nothing is one blind write; the rest is decided in a transaction on the session as it is.
 * @throws DomainError `SESSION_UNKNOWN`, `SESSION_ENDED`, `SESSION_ARCHIVED`, `NOT_OWNER`, `SESSION_LIMIT`
 */
export async function reportOnSession(
  sessionId: string,
  report: SessionReport,
  caller: Caller,
  ports: Ports,
  options: ReportOptions = {},
): Promise<Reported> {
  const reported = await reportFromMemory(sessionId, report, caller, ports, options);
  if (reported !== undefined) return reported;
  const { sessions, clock } = ports;
  const now = clock.now();
  const { before, change } = await sessions.change(caller.account, sessionId, (found) => {
    if (found === undefined) throw unknownSession(sessionId, 'Call create_session first.');
    const reporter = requireReporter(caller, found, options.isBareBeat);
    return isEnded(found) ? applyLateReport(found, report, reporter, now) : applyReport(found, report, reporter, now);
  });
  if (change === undefined) return { session: before as EndedSession, effect: 'unchanged', command: null };
  const resumed = before !== undefined && isEnded(before);
  const effect = isEnded(change.next) ? 'completed' : resumed ? 'resumed' : 'updated';
  const { command } = change.next;
  return { session: change.next, effect, command, ...(await deadlineOf(change.next, caller, ports)) };
}

/**
 * The hot path: what can be done with a session as this instance remembers it. One write, or none when a sign of life says nothing new.
 * @returns undefined when it has to be decided on the session as it is
 * @throws DomainError `NOT_OWNER`
 */
export async function reportFromMemory(
  sessionId: string,
  given: Report,
  caller: Caller,
  ports: Ports,
  { isBareBeat = false }: ReportOptions = {},
): Promise<Reported | undefined> {
  const { account } = caller;
  const { sessions, clock } = ports;
  const now = clock.now();
  const known = await sessions.recall(account, sessionId);
  if (known === undefined) return undefined;
  const reporter = requireReporter(caller, known, isBareBeat);
  const report = typeof given === 'function' ? given(known.state) : given;
  if (movesSession(report, known)) return undefined;
  if (isBareBeat && repeatsItself(known, report, now)) {
    return { session: known, effect: 'coalesced', command: undefined, ...(await deadlineOf(known, caller, ports)) };
  }
  const patch = reportedPatch(report, known, reporter, now);
  const rests = typeof given === 'function' || restsOnKnown(report);
  const written = await sessions.beat(account, sessionId, patch, rests ? known : undefined);
  if (written === undefined) return undefined;
  const session = { ...known, ...patch.fields };
  return { session, effect: 'updated', command: written.command, ...(await deadlineOf(session, caller, ports)) };
}

async function deadlineOf(
  session: Session,
  { account }: Caller,
  { accounts }: Ports,
): Promise<{ nextHeartbeatBy?: Date }> {
  if (isEnded(session as LiveSession | EndedSession)) return {};
  return { nextHeartbeatBy: staleAt(session, await accounts.settings(account)) };
}

/**
 * The owner program or an admin. Only the owner's report is a sign of life, so a bare beat is the owner's alone.
 * @throws DomainError `NOT_OWNER`
 */
export function requireReporter(
  caller: Caller,
  session: Pick<LiveSession, 'programId' | 'sessionId'>,
  ownerOnly = false,
): Reporter {
  const isOwner = ownsSession(caller, session.programId);
  if ((isOwner && caller.role !== 'auditor') || (caller.role === 'admin' && !ownerOnly))
    return { isOwner, actor: actorOf(caller) };
  const owner =
    session.programId === null ? 'the account, and only its admins change it' : `program "${session.programId}"`;
  throw new DomainError(
    'NOT_OWNER',
    `sessionId: session "${session.sessionId}" belongs to ${owner}. Report on a session of your own.`,
  );
}

/** A session of a program is the program's; one of the account is its admins'. */
export function ownsSession(caller: Caller, programId: string | null): boolean {
  return programId === null ? caller.role === 'admin' : speaksFor(caller, programId);
}

/** @throws DomainError `NO_CURRENT_SESSION` */
export async function requireCurrentSession(caller: Caller, { sessions }: Ports): Promise<string> {
  const current = caller.programId === null ? undefined : await sessions.findCurrent(caller.account, caller.programId);
  if (current !== undefined) return current.sessionId;
  throw new DomainError(
    'NO_CURRENT_SESSION',
    caller.programId === null
      ? 'sessionId: a person has no current session; name one.'
      : `sessionId: "${caller.programId}" has no live session. Call create_session first, or name a session.`,
  );
}

/**
 * A session that is there and not over.
 * @param remedy what to do about one that is over
 * @throws DomainError `SESSION_UNKNOWN`, `SESSION_ENDED`
 */
export function requireLive(
  found: LiveSession | EndedSession | undefined,
  sessionId: string,
  remedy: string,
): LiveSession {
  if (found === undefined) throw unknownSession(sessionId);
  if (!isEnded(found)) return found;
  const { outcome } = found;
  const endedAt = found.endedAt.toISOString();
  throw new DomainError(
    'SESSION_ENDED',
    `sessionId: session "${sessionId}" ended (${outcome}) at ${endedAt}, so it reads nothing. ${remedy}`,
    { outcome, endedAt },
  );
}

/** @param remedy what to do; default: look which ones there are */
export function unknownSession(sessionId: string, remedy = 'list_sessions shows those that there are.'): DomainError {
  return new DomainError('SESSION_UNKNOWN', `sessionId: there is no session "${sessionId}". ${remedy}`);
}

/**
 * A beat says nothing new when it repeats what was said a moment ago. The window is at most half an announced interval, so that absorbing never
 * makes a session stale that keeps its word.
 */
function repeatsItself(known: KnownSession, report: SessionReport, now: Date): boolean {
  if (known.lastHeartbeat === null || known.staleSince !== null) return false;
  const window = Math.min(
    limits.COALESCE_WINDOW_SECONDS,
    (known.expectedIntervalSeconds ?? Number.POSITIVE_INFINITY) / 2,
  );
  const age = now.getTime() - known.lastHeartbeat.getTime();
  if (age < 0 || age >= window * 1000) return false;
  const { lastHeartbeat: _beat, tokens, handoffRequired, ...said } = report;
  return (
    Object.entries(said).every(
      ([field, value]) => value === undefined || value === known[field as keyof KnownSession],
    ) &&
    (handoffRequired === undefined || handoffRequired === known.handoffDecision) &&
    (tokens === undefined || JSON.stringify(tokens) === JSON.stringify(known.tokens))
  );
}
