import type { Attention } from '@quarterdeck/contract/views';
import type { AnySession, Zones } from '../fleet/zones.js';

/** What a person is told of. */
export type Watched = Extract<Attention, 'needs you' | 'stale'>;
const WATCHED = ['needs you', 'stale'] as const satisfies readonly Watched[];

export interface Arrival {
  readonly sessionId: string;
  readonly title: string;
  readonly body: string;
}

/**
 * Who has come into a zone of which a person is told.
 * @param before where they were; undefined: nobody was looking yet, and nothing is news
 */
export function arrivalsOf(
  zones: Zones,
  before: ReadonlyMap<string, Watched> | undefined,
): { readonly arrived: readonly Arrival[]; readonly next: ReadonlyMap<string, Watched> } {
  const next = new Map<string, Watched>();
  const arrived: Arrival[] = [];
  for (const zone of WATCHED) {
    for (const session of zones[zone]) {
      next.set(session.sessionId, zone);
      if (before !== undefined && before.get(session.sessionId) !== zone) arrived.push(say(session, zone));
    }
  }
  return { arrived, next };
}

function say({ sessionId, programId, name, status }: AnySession, zone: Watched): Arrival {
  const who = programId ?? name;
  const what = status === null ? name : `${name}: ${status}`;
  return zone === 'needs you'
    ? { sessionId, title: `${who} needs you`, body: what }
    : { sessionId, title: `${who} has gone silent`, body: what };
}
