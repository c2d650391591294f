import type { SessionView } from '@quarterdeck/client';
import { ATTENTION, type Attention, attentionOf } from '@quarterdeck/contract/views';
import type { Paint } from './table.js';

/** By attention; among equals the one that was heard last comes first. */
export function byAttention(sessions: readonly SessionView[]): SessionView[] {
  const rank = (session: SessionView) => ATTENTION.indexOf(attentionOf(session));
  return [...sessions].sort(
    (a, b) => rank(a) - rank(b) || b.lastSeenAt.localeCompare(a.lastSeenAt) || a.sessionId.localeCompare(b.sessionId),
  );
}

/** Colour and sign, so that it can be told without colours too. */
export function lookOf(
  attention: Attention,
  colours: Record<'red' | 'yellow' | 'green' | 'cyan' | 'dim', Paint>,
): { sign: string; paint: Paint } {
  switch (attention) {
    case 'needs you':
      return { sign: '!', paint: colours.red };
    case 'stale':
      return { sign: '?', paint: colours.yellow };
    case 'working':
      return { sign: '●', paint: colours.green };
    case 'idle':
      return { sign: '○', paint: colours.cyan };
    case 'pinned':
      return { sign: '^', paint: colours.dim };
    case 'done':
      return { sign: '✓', paint: colours.dim };
  }
}
