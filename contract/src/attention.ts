import type { Activity, SessionState } from './session.js';

/** What a person should do about a session, the most urgent first. */
export const ATTENTION = ['needs you', 'stale', 'working', 'idle', 'pinned', 'done'] as const;
export type Attention = (typeof ATTENTION)[number];

/** What attention depends on. */
export interface Attended {
  readonly state: SessionState;
  readonly stale: boolean;
  readonly activity: Activity | null;
}

/** A blocked session waits for somebody, also when it went silent while it waits. A state that is not known yet is one that works. */
export function attentionOf({ state, stale, activity }: Attended): Attention {
  if (state === 'complete') return 'done';
  if (state === 'blocked') return 'needs you';
  if (stale) return 'stale';
  if (state === 'pinned') return 'pinned';
  return activity === 'ready' || activity === 'idle' ? 'idle' : 'working';
}
