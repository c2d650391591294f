import { actorOf, type Caller } from '../domain/caller.js';
import {
  applyHookEvent,
  contextFor,
  type HookEvent,
  type HookReading,
  readHookEvent,
  reportFor,
} from '../domain/claude-code-hooks.js';
import { DomainError } from '../domain/domain-error.js';
import { loadHandoff } from './boot.js';
import { type Credentials, identifyCaller } from './identify-caller.js';
import type { Ports } from './ports.js';
import { ownsSession, type Report, reportFromMemory, requireReporter } from './report-on-session.js';

/** What became of a hook event. */
export interface HookRecord {
  /** False: the session is over or was never there, and the event changes nothing about that. */
  readonly recorded: boolean;
  /** What Claude Code is to know as its session starts; absent: nothing. */
  readonly context?: string;
}

/**
 * Keeps a session up to date with one hook event. Between start and end it is the hot path of a beat: one write without a read, or none when the
 * event says nothing new. See docs/decisions/019-claude-code-hooks.md.
 * @throws DomainError `NO_CREDENTIAL`, `INVALID_KEY`, `ROLE_NOT_ALLOWED`, `NOT_OWNER`, `SESSION_LIMIT`
 */
export async function recordHookEvent(event: HookEvent, credentials: Credentials, ports: Ports): Promise<HookRecord> {
  const caller = await identifyCaller(credentials, ports);
  requireWriter(caller);
  const { account, programId } = caller;
  const reading = readHookEvent(event);
  if (reading.kind === 'report') {
    const options = { isBareBeat: true };
    const reported = await reportFromMemory(event.sessionId, reportOf(reading), caller, ports, options);
    if (reported !== undefined) return { recorded: true };
  }

  const { sessions, clock } = ports;
  const now = clock.now();
  const isStart = reading.kind === 'start';
  const { change } = await sessions.change(
    account,
    event.sessionId,
    (found) => {
      const isOwner = ownsSession(caller, programId);
      const reporter = found ? requireReporter(caller, found, true) : { isOwner, actor: actorOf(caller) };
      return applyHookEvent(found, event, programId, reporter, now);
    },
    { mayStart: isStart },
  );
  if (change === undefined) return { recorded: false };
  if (!isStart || programId === null) return { recorded: true };
  const handoff = await loadHandoff(account, programId, ports);
  return { recorded: true, context: contextFor(event.sessionId, handoff, clock.now()) };
}

function reportOf(reading: HookReading): Report {
  return reading.report.state === undefined ? reading.report : (state) => reportFor(reading, state);
}

/** @throws DomainError `ROLE_NOT_ALLOWED` */
function requireWriter({ role }: Caller): void {
  if (role === 'program' || role === 'admin') return;
  throw new DomainError(
    'ROLE_NOT_ALLOWED',
    `Hooks keep sessions up to date, which is for program and admin keys; your role is ${role}. Ask an admin of the account for a key of a program.`,
    { role, allowed: ['program', 'admin'] },
  );
}
