import type { SessionWindow } from '@quarterdeck/contract';
import { isDead, isExpired } from '@quarterdeck/contract';
import { aSession, START } from '../../../test/support/builders.js';
import { DomainError } from './domain-error.js';
import { endSession } from './session-report.js';
import {
  extendWindow,
  hasWindow,
  openWindow,
  requireOpenWindow,
  viewWindow,
  type WindowSession,
} from './session-window.js';

const HOUR = 3_600_000;
const reporter = { isOwner: true, actor: 'program/builder' };
const after = (hours: number) => new Date(START.getTime() + hours * HOUR);

function aWindow(fields: Partial<SessionWindow> = {}): WindowSession {
  const window = {
    epoch: 2,
    openedAt: START,
    expiresAt: after(6),
    endsAt: after(30 * 24),
    extendedBy: null,
    ...fields,
  };
  return aSession({ window }) as WindowSession;
}

function reasonOf(call: () => unknown): string {
  try {
    call();
    return 'accepted';
  } catch (error) {
    if (error instanceof DomainError) return `${error.code} ${error.reason}`;
    throw error;
  }
}

test('the first window of a program has epoch 1, lasts as asked, and its end for good is 30 days away', () => {
  const { opened, replaced } = openWindow(
    { sessionId: 's', programId: 'builder', name: 'builder' },
    { epoch: 0, holder: undefined },
    6,
    reporter,
    START,
  );
  expect(opened.next.window).toEqual({
    epoch: 1,
    openedAt: START,
    expiresAt: after(6),
    endsAt: after(720),
    extendedBy: null,
  });
  expect(replaced).toBeUndefined();
});

test.each([
  { found: 'an open one', at: 5, outcome: 'superseded' },
  { found: 'an expired one that no sweep has seen', at: 7, outcome: 'expired' },
])('a window that takes over $found ends it as $outcome and raises the epoch', ({ at, outcome }) => {
  const { opened, replaced } = openWindow(
    { sessionId: 's', programId: 'builder', name: 'builder' },
    { epoch: 2, holder: aWindow() },
    6,
    reporter,
    after(at),
  );
  expect(opened.next.window.epoch).toBe(3);
  expect(replaced?.next).toMatchObject({ state: 'complete', outcome, endedAt: after(at) });
});

test.each([
  { title: 'adds to the end, not to now', at: 5, hours: 6, expires: 12, added: 6 },
  { title: 'adds again', at: 1, expiresAt: 7, hours: 12, expires: 19, added: 12 },
  { title: 'reaches a week ahead of now and no further', at: 1, hours: 168, expires: 169, added: 163 },
  { title: 'never passes the end for good', at: 700, expiresAt: 701, hours: 168, expires: 720, added: 19 },
])('an extension $title', ({ at, expiresAt = 6, hours, expires, added }) => {
  const extension = extendWindow(aWindow({ expiresAt: after(expiresAt) }), hours, reporter, after(at), 'call');
  expect(extension.change.next).toMatchObject({ window: { expiresAt: after(expires), extendedBy: 'call' } });
  expect(extension.hoursAdded).toBe(added);
});

test('an extension that would add nothing is refused, and an expired window stays shut', () => {
  const full = aWindow({ expiresAt: after(168) });
  expect(reasonOf(() => extendWindow(full, 1, reporter, START, null))).toBe('failed-precondition WINDOW_LIMIT');
  expect(reasonOf(() => extendWindow(aWindow(), 1, reporter, after(6), null))).toBe(
    'failed-precondition SESSION_EXPIRED',
  );
});

const superseded = endSession(aWindow(), 'superseded', 'program/builder', after(1)).next;
const shut = endSession(aWindow(), 'completed', 'program/builder', after(1)).next;
const sweptAway = endSession(aWindow(), 'expired', 'sweep', after(7)).next;

const sessions = {
  'an open window': aWindow(),
  'a superseded one': superseded,
  'one that was shut': shut,
  'one that a sweep ended': sweptAway,
  'a session without one': aSession(),
  nothing: undefined,
};

test.each<[found: keyof typeof sessions, epoch: number | null, afterHours: number, says: string]>([
  ['an open window', 2, 5, 'accepted'],
  ['an open window', null, 5, 'accepted'],
  ['an open window', 2, 6, 'unauthenticated SESSION_EXPIRED'],
  ['an open window', null, 6, 'unauthenticated SESSION_EXPIRED'],
  ['an open window', 1, 5, 'aborted SUPERSEDED'],
  ['a superseded one', 2, 5, 'aborted SUPERSEDED'],
  ['a superseded one', null, 5, 'failed-precondition NO_OPEN_WINDOW'],
  ['one that was shut', 2, 5, 'unauthenticated WINDOW_CLOSED'],
  ['one that was shut', null, 5, 'failed-precondition NO_OPEN_WINDOW'],
  ['one that a sweep ended', 2, 7, 'unauthenticated SESSION_EXPIRED'],
  ['one that a sweep ended', null, 7, 'unauthenticated SESSION_EXPIRED'],
  ['a session without one', 2, 5, 'unauthenticated WINDOW_CLOSED'],
  ['nothing', 2, 5, 'unauthenticated WINDOW_CLOSED'],
  ['nothing', null, 5, 'failed-precondition NO_OPEN_WINDOW'],
])('%s of epoch 2, asked for with a token of epoch %s after %s h: %s', (found, epoch, afterHours, says) => {
  const claims = epoch === null ? null : { epoch };
  expect(reasonOf(() => requireOpenWindow(sessions[found], claims, after(afterHours)))).toBe(says);
});

test('the time that remains is told in whole minutes and is never negative', () => {
  const window = aWindow();
  expect(viewWindow(window, after(5.99))).toMatchObject({ durationMinutes: 359, timeRemainingMinutes: 0 });
  expect(viewWindow(window, after(7))).toMatchObject({ durationMinutes: 420, timeRemainingMinutes: 0 });
});

test('a window keeps a silent session from dying until its end, and no longer; a pinned session stays when its window shuts', () => {
  const thresholds = {
    staleAfterMinutes: 15,
    deadAfterMinutes: 65,
    blockedDeadAfterMinutes: 1440,
    archiveAfterMinutes: 60,
  };
  expect(isDead(aWindow(), thresholds, after(5))).toBe(false);
  expect(isExpired(aWindow(), after(5.99))).toBe(false);
  expect(isExpired(aWindow(), after(6))).toBe(true);
  expect(isExpired({ ...aWindow(), state: 'pinned' }, after(6))).toBe(false);
  expect(hasWindow(aSession())).toBe(false);
});
