import type { SessionView } from '@quarterdeck/client';
import type { Paint } from './table.js';

/** What a person should do about a session, the most urgent first. */
export const ATTENTION = ['needs you', 'stale', 'working', 'idle', 'pinned', 'done'] as const;
export type Attention = (typeof ATTENTION)[number];

type Seen = Pick<SessionView, 'state' | 'stale' | 'activity'>;

/** A blocked session waits for somebody, also when it went silent while it waits. */
export function attentionOf({ state, stale, activity }: Seen): Attention {
  if (state === 'complete') return 'done';
  if (state === 'blocked') return 'needs you';
  if (stale) return 'stale';
  if (state === 'pinned') return 'pinned';
  return activity === 'ready' || activity === 'idle' ? 'idle' : 'working';
}

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
