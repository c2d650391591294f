import type { LiveSession, Thresholds } from '@quarterdeck/contract';
import { staleAt, viewSession } from '@quarterdeck/contract/views';
import type { SessionChange, SessionsUpdate } from '../watch-types.js';
import { soonest } from './soonest.js';

/** What watchSessions listens to. */
export interface SessionsValues {
  readonly thresholds: Thresholds;
  /** Newest first. A session that did not change is the same object as before. */
  readonly sessions: readonly LiveSession[];
}

interface Shown {
  readonly session: LiveSession;
  readonly view: SessionsUpdate['sessions'][number];
}

/** Makes updates, each with what is different from the one before: a view for one watch. */
export function sessionsView() {
  let shown: ReadonlyMap<string, Shown> = new Map();

  return ({ thresholds, sessions }: SessionsValues, asOf: Date, staleSince: Date | null) => {
    const next = new Map(
      sessions.map((session): [string, Shown] => [
        session.sessionId,
        { session, view: viewSession(session, thresholds, asOf) },
      ]),
    );
    const update: SessionsUpdate = {
      sessions: [...next.values()].map(({ view }) => view),
      changes: changesBetween(shown, next),
      asOf,
      staleSince,
    };
    shown = next;
    return {
      update,
      nextChangeAt: soonest(
        sessions.map((session) => staleAt(session, thresholds)),
        asOf,
      ),
    };
  };
}

function changesBetween(before: ReadonlyMap<string, Shown>, after: ReadonlyMap<string, Shown>): SessionChange[] {
  const removed = [...before].filter(([id]) => !after.has(id));
  const others = [...after.values()].flatMap((shown): SessionChange[] => {
    const known = before.get(shown.session.sessionId);
    if (known === undefined) return [{ type: 'added', session: shown.view }];
    return isSame(known, shown) ? [] : [{ type: 'changed', session: shown.view }];
  });
  return [...others, ...removed.map(([, { view }]): SessionChange => ({ type: 'removed', session: view }))];
}

/** The age goes up all the time; what else can be seen of a session is compared, if its document or its staleness could be different. */
function isSame(before: Shown, after: Shown): boolean {
  const { stale, staleAfterSeconds } = after.view;
  const isUntouched = before.session === after.session && before.view.staleAfterSeconds === staleAfterSeconds;
  return (isUntouched && before.view.stale === stale) || withoutAge(before.view) === withoutAge(after.view);
}

const withoutAge = (view: Shown['view']): string => JSON.stringify({ ...view, heartbeatAge: null });
