import {
  type EndedSession,
  isEnded,
  isRestorable,
  type LiveSession,
  type LiveState,
  limits,
  ProjectName,
  StatusLine,
} from '@quarterdeck/contract';
import { composeBrief, type Handoff } from './boot-brief.js';
import { applyReport, type Reporter, type SessionChange, type SessionReport } from './session-report.js';
import { newSession, restoreSession } from './session-start.js';
import { shorten } from './shorten.js';

/** What Claude Code tells of a moment in its life, as far as it says something about a session. Absent fields were not sent. */
export interface HookEvent {
  /** Claude Code's own id of the conversation, which is the session's. */
  readonly sessionId: string;
  /** `SessionStart`, `PostToolUse`, …; one that is not known here is a sign of life. */
  readonly name: string;
  /** The folder that it works in. */
  readonly cwd?: string | undefined;
  /** SessionStart: `startup`, `resume`, `clear`, `compact`, `fork`. */
  readonly source?: string | undefined;
  /** UserPromptSubmit; also absent when prompts are hidden. */
  readonly prompt?: string | undefined;
  /** Notification. */
  readonly notificationType?: string | undefined;
  readonly message?: string | undefined;
  /** StopFailure. */
  readonly error?: string | undefined;
  readonly errorDetails?: string | undefined;
}

/**
 * Which ended sessions come back to life. `never`. `lost`: one that went silent, so that its end was a mistake. `unfinished`: also one that the agent
 * itself completed. Neither brings back a session whose process has exited. `any`: whatever ended it, because a person resumed the conversation. None
 * brings back a merged one.
 */
export type Reopening = 'never' | 'lost' | 'unfinished' | 'any';

/** What an event means. */
export interface HookReading {
  /** `start` and `end` are the turning points of a process; a `report` is all that comes between. */
  readonly kind: 'start' | 'report' | 'end';
  /** What it says of a session; see `reportFor` about its state. */
  readonly report: SessionReport;
  readonly reopens: Reopening;
}

/** What Claude Code takes from a hook for its context, in characters. */
const CONTEXT_MAX_CHARS = 10_000;

/** Types of notification that ask nothing of a person. Older versions send no type, and then it asks. */
const TOLD_ONLY: ReadonlySet<string> = new Set([
  'auth_success',
  'elicitation_complete',
  'elicitation_response',
  'agent_completed',
]);

const ALIVE: HookReading = { kind: 'report', report: { lastHeartbeat: true }, reopens: 'lost' };

/** What an event means, whatever the session is. Held by the table in claude-code-hooks.test.ts. */
export function readHookEvent(event: HookEvent): HookReading {
  switch (event.name) {
    case 'SessionStart':
      return readStart(event.source);
    case 'UserPromptSubmit':
      return { ...alive({ state: 'working', activity: 'active', ...statusOf(event.prompt) }), reopens: 'unfinished' };
    case 'PreToolUse':
    case 'PostToolUse':
    case 'PostToolUseFailure':
      return alive({ state: 'working', activity: 'active' });
    case 'SubagentStart':
      return alive({ activity: 'active' });
    case 'Notification':
      if (TOLD_ONLY.has(event.notificationType ?? '')) return ALIVE;
      return alive({ state: 'blocked', activity: 'waiting_input', ...statusOf(event.message) });
    case 'Stop':
      return alive({ state: 'working', activity: 'ready' });
    case 'StopFailure':
      return alive({ activity: 'blocked', ...statusOf(failureText(event)) });
    case 'PreCompact':
      return alive({ handoffRequired: true });
    case 'PostCompact':
      return alive({ handoffRequired: false });
    case 'SessionEnd':
      return { ...alive({ state: 'complete', activity: 'exited' }), kind: 'end', reopens: 'never' };
    default:
      // SubagentStop among them: the end of a subagent is not the session's.
      return ALIVE;
  }
}

/** A pinned session stays pinned, whatever its process does, until its process ends. */
export function reportFor({ report }: HookReading, state: LiveState): SessionReport {
  if (state !== 'pinned' || report.state === 'complete') return report;
  const { state: _state, ...rest } = report;
  return rest;
}

/**
 * What an event does to a session as it is: starts one that is unknown, reports on a live one, and leaves an ended one alone unless it reopens it.
 * @param found undefined: there is none of this id
 * @param programId whose session an unknown one becomes
 * @returns undefined when there is nothing to change
 */
export function applyHookEvent(
  found: LiveSession | EndedSession | undefined,
  event: HookEvent,
  programId: string | null,
  reporter: Reporter,
  now: Date,
): SessionChange | undefined {
  const reading = readHookEvent(event);
  if (found === undefined) {
    if (reading.kind === 'end') return undefined;
    const { sessionId, cwd } = event;
    return newSession({ sessionId, programId }, { ...reading.report, ...namesOf(cwd) }, reporter, now);
  }
  if (!isEnded(found)) return applyReport(found, reportFor(reading, found.state), reporter, now);
  if (reading.kind === 'end') return markExited(found);
  return comesBack(found, reading.reopens) ? restoreSession(found, reading.report, reporter, now) : undefined;
}

/** What a session that starts is told: who it is here, what is done for it and what is not, and the handoff of its program, without itself. */
export function contextFor(sessionId: string, handoff: Handoff, now: Date): string {
  const introduction = `Quarterdeck keeps track of this session as "${sessionId}" of the program "${handoff.programId}". It records signs of life by itself, so send no heartbeats. Before you end, leave handoff notes with update_program_state: the next session of this program begins with them.`;
  const liveSessions = handoff.liveSessions.filter((session) => session.sessionId !== sessionId);
  const room = CONTEXT_MAX_CHARS - introduction.length - 2;
  return `${introduction}\n\n${composeBrief({ ...handoff, liveSessions }, room, now).brief}`;
}

/** How a session is called after the folder that it works in. */
export function namesOf(cwd: string | undefined): { readonly name: string; readonly projectName?: string } {
  const folder = ProjectName.safeParse(lineOf(lastPartOf(cwd ?? ''), limits.PROJECT_NAME_MAX_CHARS)).data;
  return folder === undefined ? { name: 'Claude Code' } : { name: `Claude Code in ${folder}`, projectName: folder };
}

function readStart(source: string | undefined): HookReading {
  // Compaction happens to a process that goes on; every other start is of one that waits for its first prompt.
  if (source === 'compact') return { ...alive({ handoffRequired: false }), kind: 'start' };
  const reopens = source === 'resume' ? 'any' : 'lost';
  return { ...alive({ state: 'working', activity: 'ready' }), kind: 'start', reopens };
}

function alive(report: SessionReport): HookReading {
  return { ...ALIVE, report: { ...ALIVE.report, ...report } };
}

function comesBack(session: EndedSession, reopens: Reopening): boolean {
  const { outcome, activity } = session;
  if (!isRestorable(session)) return false;
  if (reopens === 'any') return true;
  if (reopens === 'never' || activity === 'exited') return false;
  return outcome === 'timed_out' || (reopens === 'unfinished' && outcome === 'completed');
}

/** The process of a session that had ended before: how and when it ended stays, and from now on nothing late revives it. */
function markExited(session: EndedSession): SessionChange | undefined {
  return session.activity === 'exited' ? undefined : { next: { ...session, activity: 'exited' }, events: [] };
}

function failureText({ error, errorDetails }: HookEvent): string {
  return [error, errorDetails].filter((part) => part?.trim()).join(': ');
}

/** Without anything to see in the text, the status stays as it is. */
function statusOf(text: string | undefined): Pick<SessionReport, 'status'> {
  const status = StatusLine.safeParse(lineOf(text ?? '', limits.STATUS_MAX_CHARS)).data;
  return status === undefined ? {} : { status };
}

/** The first line of a text that is not blank, as one that can be shown and stored. */
function lineOf(text: string, maxChars: number): string {
  const line = /\S.*/.exec(text)?.[0] ?? '';
  const visible = line
    .slice(0, maxChars * 2)
    .replace(/\p{Cc}/gu, ' ')
    .replace(/\p{Cs}/gu, '\ufffd');
  return shorten(visible.trim(), maxChars);
}

/** Of `/home/ada/api/` and `C:\Users\ada\api` alike: `api`. */
function lastPartOf(path: string): string {
  const isOfWindows = /^([A-Za-z]:|\\)\\/.test(path);
  const parts = path.split(isOfWindows ? /[\\/]/ : '/');
  return parts.findLast((part) => part !== '' && !/^[A-Za-z]:$/.test(part)) ?? '';
}
