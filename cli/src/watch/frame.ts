import type { SessionView } from '@quarterdeck/client';
import { ATTENTION, type Attention, ageText, attentionOf } from '@quarterdeck/contract/views';
import { byAttention, lookOf } from '../attention.js';
import type { Output } from '../output.js';
import { SESSION_COLUMNS, sessionRow } from '../session-rows.js';
import { cut, tableLines } from '../table.js';

/** What the live view shows at a moment. */
export interface View {
  readonly sessions: readonly SessionView[];
  /** Since when the stream is broken; null: it is live. */
  readonly staleSince: Date | null;
  /** The session that keys act on; undefined: none. */
  readonly selectedId: string | undefined;
  /** Only what needs a person. */
  readonly attentionOnly: boolean;
  /** All fields of the selected session below the table. */
  readonly detailed: boolean;
  /** Where this is: the profile's name and origin. */
  readonly place: string;
  /** What was just done, or is asked. */
  readonly message: string;
}

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

const KEYS = 'q quit  ↑↓ select  ⏎ details  a attention only  c complete';

/** The sessions as they are shown, in order. */
export function shownSessions({ sessions, attentionOnly }: Pick<View, 'sessions' | 'attentionOnly'>): SessionView[] {
  const wanted = attentionOnly ? sessions.filter((one) => ['needs you', 'stale'].includes(attentionOf(one))) : sessions;
  return byAttention(wanted);
}

/** Exactly as many lines as the terminal has, none wider than it. */
export function frame(view: View, size: Size, now: Date, colours: Output['colours']): string[] {
  const { columns, rows } = size;
  const sessions = shownSessions(view);
  const details = view.detailed
    ? detailLines(
        sessions.find(({ sessionId }) => sessionId === view.selectedId),
        columns,
      )
    : [];
  const head = [cut(summary(view, now), columns), ...banner(view, now, columns, colours), ''];
  const foot = ['', colours.dim(cut(view.message || KEYS, columns))];
  const room = Math.max(1, rows - head.length - foot.length - details.length - 1);
  const selected = sessions.findIndex(({ sessionId }) => sessionId === view.selectedId);
  const from = Math.max(0, Math.min(selected - Math.floor(room / 2), sessions.length - room));
  const shown = sessions.slice(from, from + room);
  const table = tableLines(
    [{ title: ' ' }, ...SESSION_COLUMNS],
    shown.map((session) => [
      { text: session.sessionId === view.selectedId ? '›' : ' ' },
      ...sessionRow(session, colours, now),
    ]),
    columns,
    colours.dim,
  );
  const body = sessions.length === 0 ? [view.attentionOnly ? 'Nothing needs you.' : 'No live sessions.'] : table;
  const filled = [...head, ...body, ...details].slice(0, rows - foot.length);
  return [...filled, ...Array<string>(Math.max(0, rows - filled.length - foot.length)).fill(''), ...foot].slice(
    0,
    rows,
  );
}

/** "2 need you, 1 stale, 5 working": how things are, in one line. */
function summary({ sessions, place, attentionOnly }: View, now: Date): string {
  const counts = new Map<Attention, number>();
  for (const session of sessions) counts.set(attentionOf(session), (counts.get(attentionOf(session)) ?? 0) + 1);
  const parts = ATTENTION.filter((one) => counts.has(one)).map((one) => `${counts.get(one)} ${one}`);
  const filter = attentionOnly ? ', showing what needs you' : '';
  return `${place}   ${parts.join(', ') || 'nobody'}${filter}   as of ${now.toISOString().slice(11, 19)} UTC`;
}

function banner({ staleSince }: View, now: Date, columns: number, colours: Output['colours']): string[] {
  if (staleSince === null) return [];
  const text = `The stream broke ${ageText(staleSince, now)} ago: what you see is from ${staleSince.toISOString().slice(11, 19)} UTC.`;
  return [colours.inverse(colours.yellow(cut(text, columns)))];
}

function detailLines(session: SessionView | undefined, columns: number): string[] {
  if (session === undefined) return [];
  const fields = Object.entries(session).filter(([, value]) => value !== null);
  const widest = Math.max(...fields.map(([name]) => name.length));
  const lines = fields.map(([name, value]) =>
    cut(`  ${name.padEnd(widest)}  ${typeof value === 'object' ? JSON.stringify(value) : value}`, columns),
  );
  return ['', ...lines];
}

/** Where the selection goes; at the ends it stays. */
export function moveSelection(
  sessions: readonly SessionView[],
  selectedId: string | undefined,
  by: 1 | -1,
): string | undefined {
  const at = sessions.findIndex(({ sessionId }) => sessionId === selectedId);
  const next = at < 0 ? 0 : Math.max(0, Math.min(sessions.length - 1, at + by));
  return sessions[next]?.sessionId;
}

/** What is known of a session by its look, for a line in a log. */
export function logLine(type: 'added' | 'changed' | 'removed', session: SessionView, now: Date): string {
  const attention = attentionOf(session);
  const { sign } = lookOf(attention, { red: same, yellow: same, green: same, cyan: same, dim: same });
  const what = type === 'removed' ? '✓ ended' : `${sign} ${attention}`;
  const { programId, name, status, sessionId } = session;
  return cut(
    [now.toISOString(), what, programId ?? '(account)', name, status ?? '', sessionId].join('  '),
    Number.POSITIVE_INFINITY,
  );
}

function same(text: string): string {
  return text;
}
