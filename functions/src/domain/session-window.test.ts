import type { SessionWindow } from '@quarterdeck/contract';
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
import { isDead, isExpired } from './staleness.js';

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

test.each([
  { found: aWindow(), claims: { epoch: 2 }, at: 5, says: 'accepted' },
  { found: aWindow(), claims: null, at: 5, says: 'accepted' },
  { found: aWindow(), claims: { epoch: 2 }, at: 6, says: 'unauthenticated SESSION_EXPIRED' },
  { found: aWindow(), claims: null, at: 6, says: 'unauthenticated SESSION_EXPIRED' },
  { found: aWindow(), claims: { epoch: 1 }, at: 5, says: 'aborted SUPERSEDED' },
  { found: superseded, claims: { epoch: 2 }, at: 5, says: 'aborted SUPERSEDED' },
  { found: superseded, claims: null, at: 5, says: 'failed-precondition NO_OPEN_WINDOW' },
  { found: shut, claims: { epoch: 2 }, at: 5, says: 'unauthenticated WINDOW_CLOSED' },
  { found: shut, claims: null, at: 5, says: 'failed-precondition NO_OPEN_WINDOW' },
  { found: sweptAway, claims: { epoch: 2 }, at: 7, says: 'unauthenticated SESSION_EXPIRED' },
  { found: sweptAway, claims: null, at: 7, says: 'unauthenticated SESSION_EXPIRED' },
  { found: aSession(), claims: { epoch: 2 }, at: 5, says: 'unauthenticated WINDOW_CLOSED' },
  { found: undefined, claims: { epoch: 2 }, at: 5, says: 'unauthenticated WINDOW_CLOSED' },
  { found: undefined, claims: null, at: 5, says: 'failed-precondition NO_OPEN_WINDOW' },
])(
  'session $found.outcome of epoch $found.window.epoch, asked for with $claims after $at h: $says',
  ({ found, claims, at, says }) => {
    expect(reasonOf(() => requireOpenWindow(found, claims, after(at)))).toBe(says);
  },
);

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
