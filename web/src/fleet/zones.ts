import type { EndedSession, LiveSession, Thresholds } from '@quarterdeck/contract';
import { ATTENTION, type Attention, attentionOf, isStale } from '@quarterdeck/contract/views';

export type AnySession = LiveSession | EndedSession;

/** Sessions by what a person should do about them. */
export type Zones = Readonly<Record<Attention, readonly AnySession[]>>;

/**
 * Puts every session where it belongs at `now`. Within a zone the order is that of `live` and `done`, so that a beat moves nothing on the screen.
 * @param before what was answered before: a zone that has not changed stays the same array, and all of them the same object
 */
export function zonesOf(
  live: readonly LiveSession[],
  done: readonly EndedSession[],
  thresholds: Thresholds,
  now: Date,
  before?: Zones,
): Zones {
  const next = Object.fromEntries(ATTENTION.map((attention) => [attention, [] as AnySession[]])) as Record<
    Attention,
    AnySession[]
  >;
  for (const session of live) {
    const stale = isStale(session, thresholds, now);
    next[attentionOf({ state: session.state, stale, activity: session.activity })].push(session);
  }
  next.done.push(...done);
  if (before === undefined) return next;
  const kept = ATTENTION.map((attention) => [
    attention,
    isSame(next[attention], before[attention]) ? before[attention] : next[attention],
  ]);
  const zones = Object.fromEntries(kept) as Zones;
  return ATTENTION.every((attention) => zones[attention] === before[attention]) ? before : zones;
}

function isSame(one: readonly AnySession[], other: readonly AnySession[]): boolean {
  return one.length === other.length && one.every((session, index) => session === other[index]);
}
