import type { MessageView, Outcome, ProgramStateView, SessionView, TaskRowView } from '@quarterdeck/contract';
import { ageText } from '@quarterdeck/contract';
import { shorten } from './shorten.js';

/** Patterns that are worth a place: promoted ones first, then the surest. */
const PATTERNS_SHOWN = 10;
/** Less room than this is not worth the beginning of a line. */
const WORTHWHILE_CHARS = 40;

/** Messages that a program has not read: how many, and the newest of them. */
export interface UnreadMessages {
  readonly count: number;
  readonly newest: readonly MessageView[];
}

/** Tasks that wait for a program: how many, and the first of them, most urgent first. */
export interface WaitingTasks {
  readonly count: number;
  readonly first: readonly TaskRowView[];
}

/** What the next session of a program has to know. */
export interface Handoff {
  readonly programId: string;
  /** The session that ended last; null: there was none. */
  readonly predecessor: SessionView | null;
  readonly liveSessions: readonly SessionView[];
  /** Absent: no message waits for it. */
  readonly unread?: UnreadMessages;
  /** Absent: no task waits for it. */
  readonly waiting?: WaitingTasks;
  readonly state: ProgramStateView;
}

export interface Brief {
  readonly brief: string;
  /** Something did not fit. */
  readonly truncated: boolean;
}

/** A part of the brief: a heading, and lines below it. Without lines it is left out. */
interface Section {
  readonly heading: string;
  readonly lines: readonly string[];
}

const ENDINGS: Record<Outcome, string> = {
  completed: 'said that it was complete',
  timed_out: 'went silent and was given up: what it had begun may be half done',
  expired: 'ended when its window expired: what it had begun may be half done',
  superseded: 'was replaced by a newer session: what it had begun may be half done',
  killed: 'was stopped: what it had begun may be half done',
  errored: 'failed: what it had begun may be half done',
};

/** The handoff as Markdown, the most urgent first, in at most `maxChars` characters. What agents wrote is quoted or in a list, never a heading. */
export function composeBrief(handoff: Handoff, maxChars: number, now: Date): Brief {
  const sections = [
    previousSession(handoff, now),
    sessionsNow(handoff, now),
    messagesWaiting(handoff, now),
    tasksWaiting(handoff, now),
    notes(handoff.state, now),
    ...remembered(handoff.state),
  ].filter(({ lines }) => lines.length > 0);
  const lines = [`# Handoff for ${handoff.programId}`];
  for (const { heading, lines: body } of sections) lines.push('', `## ${heading}`, ...body);
  return cutLines(lines, maxChars);
}

function previousSession({ predecessor, state }: Handoff, now: Date): Section {
  const heading = 'Previous session';
  if (predecessor === null) {
    const known = state.exists ? '' : ' Nothing is on record for it yet: it starts from scratch.';
    return { heading, lines: [`No session of this program has ended before.${known}`] };
  }
  const { name, sessionId, outcome, endedAt, status, progress, projectName, handoffRequired } = predecessor;
  const ending = outcome === null ? 'ended' : ENDINGS[outcome];
  const lines = [`"${oneLine(name)}" (${sessionId}) ${ending}. It ended ${when(endedAt, now)}.`];
  if (status !== null) lines.push(`- Last status: ${oneLine(status)}`);
  if (progress !== null) lines.push(`- Progress: ${progress} %`);
  if (projectName !== null) lines.push(`- Project: ${oneLine(projectName)}`);
  if (handoffRequired) lines.push('- Its context was filling up, and it asked for a fresh session.');
  return { heading, lines };
}

function sessionsNow({ liveSessions }: Handoff, now: Date): Section {
  const lines = liveSessions.map(({ name, sessionId, state, status, stale, lastSeenAt }) => {
    const said = status === null ? '' : `: ${oneLine(status)}`;
    const seen = `last seen ${when(lastSeenAt, now)}${stale ? ', stale' : ''}`;
    return `- "${oneLine(name)}" (${sessionId}), ${state}, ${seen}${said}`;
  });
  return { heading: 'Sessions that live now', lines };
}

function messagesWaiting({ unread = { count: 0, newest: [] } }: Handoff, now: Date): Section {
  const lines = unread.newest.map(({ from, messageType, message, sentAt, messageId }) => {
    const sender = from === null ? 'a person' : oneLine(from);
    return `- ${messageType} of ${sender}, ${when(sentAt, now)}: ${oneLine(message)} (${messageId})`;
  });
  const further = unread.count - unread.newest.length;
  if (further > 0) lines.push(`- … and ${further} more: get_messages lists them.`);
  return { heading: 'Unread messages', lines };
}

function tasksWaiting({ waiting = { count: 0, first: [] } }: Handoff, now: Date): Section {
  const lines = waiting.first.map(({ title, taskId, target, priority, createdAt }) => {
    const forGroup = target.startsWith('group:') ? `, for ${oneLine(target)}` : '';
    return `- "${oneLine(title)}" (${taskId}), ${priority}${forGroup}, made ${when(createdAt, now)}`;
  });
  const further = waiting.count - waiting.first.length;
  if (further > 0) lines.push(`- … and ${further} more: get_tasks lists them.`);
  return { heading: 'Tasks waiting', lines };
}

function notes({ contextSummary: { handoffNotes, stale, updatedAt } }: ProgramStateView, now: Date): Section {
  if (handoffNotes.trim() === '') return { heading: 'Handoff notes', lines: [] };
  const old = stale ? ' They are old: check them before you rely on them.' : '';
  const written = updatedAt === null ? [] : [`Written ${when(updatedAt, now)}.${old}`];
  return {
    heading: 'Handoff notes',
    lines: [
      ...written,
      ...handoffNotes
        .trim()
        .split('\n')
        .map((line) => `> ${line}`),
    ],
  };
}

function remembered({ contextSummary, learnedPatterns, config }: ProgramStateView): Section[] {
  const { openQuestions, activeWorkItems, lastTask } = contextSummary;
  const patterns = learnedPatterns
    .toSorted((a, b) => Number(b.promoted) - Number(a.promoted) || b.confidence - a.confidence)
    .slice(0, PATTERNS_SHOWN)
    .map(({ domain, pattern, confidence }) => `${oneLine(domain)}: ${oneLine(pattern)} (confidence ${confidence})`);
  return [
    { heading: 'Open questions', lines: listed(openQuestions) },
    { heading: 'Work in progress', lines: listed(activeWorkItems) },
    { heading: 'Last task', lines: taskLines(lastTask) },
    { heading: 'Learned patterns', lines: listed(patterns) },
    { heading: 'Known quirks', lines: listed(config.knownQuirks) },
  ];
}

function taskLines(task: ProgramStateView['contextSummary']['lastTask']): string[] {
  if (task === null) return [];
  if (typeof task === 'string') return listed([task]);
  const { taskId, title, outcome, notes: said } = task;
  const id = taskId === undefined ? '' : ` (${oneLine(taskId)})`;
  const ended = outcome ? `, ${oneLine(outcome)}` : '';
  return [
    `- ${oneLine(title)}${id}${ended}`,
    ...(said
      ? said
          .trim()
          .split('\n')
          .map((line) => `  > ${line}`)
      : []),
  ];
}

/** Whole lines as long as they fit; the first one that does not is cut, if that leaves something to read, and ends it. */
function cutLines(lines: readonly string[], maxChars: number): Brief {
  const whole = lines.join('\n');
  if (whole.length <= maxChars) return { brief: whole, truncated: false };
  const kept: string[] = [];
  let room = maxChars;
  for (const line of lines) {
    if (line.length > room) {
      if (room > WORTHWHILE_CHARS && !line.startsWith('## ')) kept.push(shorten(line, room));
      break;
    }
    kept.push(line);
    room -= line.length + 1;
  }
  // A heading with nothing below it promises what is not there.
  while (/^(## .*)?$/.test(kept.at(-1) ?? 'done')) kept.pop();
  return { brief: kept.join('\n'), truncated: true };
}

function listed(items: readonly string[]): string[] {
  return items.map((item) => `- ${oneLine(item)}`);
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function when(moment: string | null, now: Date): string {
  return moment === null ? 'at an unknown time' : `${ageText(new Date(moment), now)} ago (${moment})`;
}
