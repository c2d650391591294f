import type { SessionView } from '@quarterdeck/client';
import { ageText, attentionOf } from '@quarterdeck/contract/views';
import { lookOf } from './attention.js';
import type { Output } from './output.js';
import type { Cell, Column } from './table.js';

export const SESSION_COLUMNS: readonly Column[] = [
  { title: '' },
  { title: 'PROGRAM', from: 60 },
  { title: 'SESSION', shrinks: 2 },
  { title: 'STATUS', shrinks: 2 },
  { title: 'DONE', align: 'right', from: 60 },
  { title: 'CONTEXT', align: 'right', from: 75 },
  { title: 'SEEN', align: 'right' },
  { title: 'ID', shrinks: 1, from: 90 },
];

/** One session as a line of the table. */
export function sessionRow(session: SessionView, colours: Output['colours'], now: Date): Cell[] {
  const attention = attentionOf(session);
  const { outcome, status, progress, sessionId, programId, name, command } = session;
  const hasFailed = outcome !== null && outcome !== 'completed';
  const { sign, paint } = hasFailed ? { sign: '✗', paint: colours.red } : lookOf(attention, colours);
  return [
    { text: `${sign} ${hasFailed ? outcome : attention}`, paint },
    { text: programId ?? '(account)' },
    { text: name },
    {
      text: [command && `[${command.name}]`, status].filter(Boolean).join(' '),
      paint: attention === 'needs you' ? paint : undefined,
    },
    { text: progress === null ? '' : `${Math.round(progress)}%` },
    { text: contextOf(session), paint: session.handoffRequired ? colours.yellow : undefined },
    {
      text: ageText(new Date(session.endedAt ?? session.lastSeenAt), now) ?? '',
      paint: session.stale ? colours.yellow : undefined,
    },
    { text: sessionId, paint: colours.dim },
  ];
}

/** How full the context is; "handoff" is what it asks for. */
function contextOf({ contextBytes, contextLimitBytes, handoffRequired }: SessionView): string {
  const share =
    contextBytes === null || contextLimitBytes === null
      ? ''
      : `${Math.round((100 * contextBytes) / contextLimitBytes)}%`;
  return handoffRequired ? `${share} handoff`.trim() : share;
}
