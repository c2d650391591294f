import {
  type AlertType,
  EVENT_TYPES,
  type LiveSession,
  limits,
  type Outcome,
  type StoredEvent,
} from '@quarterdeck/contract';
import { after, anAlertEvent, anEndedSession, aSession, START } from '../../../test/support/builders.js';
import { alertOf, mayAlert, notificationOf, pushIdOf, silenceOf, stillHolds } from './alert.js';

const build = { name: 'Nightly build', programId: 'builder' };
const silent = anAlertEvent('session.stale', { lastSeenAt: START, time: after({ minutes: 15 }) });

describe('what a device shows', () => {
  test.each<[alert: AlertType, fields: Partial<LiveSession>, title: string, body: string]>([
    ['session.blocked', { status: 'Which branch?' }, 'builder needs you', 'Nightly build: Which branch?'],
    ['session.blocked', {}, 'builder needs you', 'Nightly build: waits for an answer'],
    ['session.blocked', { programId: null, status: 'Which branch?' }, 'Nightly build needs you', 'Which branch?'],
    ['session.blocked', { status: 'Which\n\n branch?' }, 'builder needs you', 'Nightly build: Which branch?'],
    [
      'session.stale',
      { status: 'Running the tests' },
      'builder has gone silent',
      'Nightly build: no sign of life for 15m. Last: Running the tests',
    ],
    ['session.stale', {}, 'builder has gone silent', 'Nightly build: no sign of life for 15m'],
    ['session.recovered', { status: 'Linking' }, 'builder is back', 'Nightly build: Linking'],
    ['session.recovered', {}, 'builder is back', 'Nightly build: was heard again'],
  ])('%s %j is "%s", "%s"', (alert, fields, title, body) => {
    const session = aSession({ ...build, ...fields });
    const event = alert === 'session.stale' ? silent : anAlertEvent(alert);
    expect(notificationOf(alert, event, session)).toEqual({ title, body });
  });

  test.each<[Outcome, status: string | null, title: string, body: string]>([
    ['completed', 'All green', 'builder is done', 'Nightly build: All green'],
    ['completed', null, 'builder is done', 'Nightly build: completed'],
    ['errored', 'No space left', 'builder has failed', 'Nightly build: No space left'],
    ['errored', null, 'builder has failed', 'Nightly build: ended with an error'],
    ['killed', 'Linking', 'builder was stopped', 'Nightly build: stopped. Last: Linking'],
    ['timed_out', 'Linking', 'builder was given up', 'Nightly build: silent for too long. Last: Linking'],
    ['timed_out', null, 'builder was given up', 'Nightly build: silent for too long'],
    ['expired', null, 'builder ran out of time', 'Nightly build: its window is over'],
    ['superseded', null, 'builder was taken over', 'Nightly build: a new session goes on'],
  ])('an end, %s with status %j, is "%s", "%s"', (outcome, status, title, body) => {
    const session = anEndedSession({ ...build, status, outcome });
    const event = anAlertEvent('session.ended', { outcome });
    expect(notificationOf('session.ended', event, session)).toEqual({ title, body });
  });

  test('however long name and status are, the title says what happened, and both fit', () => {
    const session = aSession({ programId: null, name: '👾'.repeat(100), status: '界'.repeat(limits.STATUS_MAX_CHARS) });
    const { title, body } = notificationOf('session.stale', silent, session);
    expect(title).toMatch(/^👾+… has gone silent$/u);
    expect(title.length).toBeLessThanOrEqual(limits.PUSH_TITLE_MAX_CHARS);
    expect(body).toMatch(/^no sign of life for 15m\. Last: 界+/u);
    const long = aSession({ name: '界'.repeat(limits.NAME_MAX_CHARS), status: '国'.repeat(limits.STATUS_MAX_CHARS) });
    const blocked = notificationOf('session.blocked', anAlertEvent('session.blocked'), long).body;
    expect(blocked).toBe(`${'界'.repeat(limits.PUSH_NAME_MAX_CHARS - 1)}…: ${long.status}`);
    expect(notificationOf('session.stale', silent, long).body).toHaveLength(limits.PUSH_BODY_MAX_CHARS);
  });
});

describe('which events are alerts', () => {
  test('five types may be, and of starts and changes of state only those to blocked are', () => {
    expect(EVENT_TYPES.filter(mayAlert)).toEqual([
      'session.started',
      'session.state_changed',
      'session.stale',
      'session.recovered',
      'session.ended',
    ]);
    expect(alertOf(anAlertEvent('session.blocked'))).toBe('session.blocked');
    expect(alertOf({ type: 'session.state_changed', data: { from: 'blocked', to: 'working' } })).toBeUndefined();
    expect(alertOf({ type: 'session.started', data: { state: 'blocked' } })).toBe('session.blocked');
    expect(alertOf({ type: 'session.started', data: { state: 'working' } })).toBeUndefined();
    for (const alert of ['session.stale', 'session.recovered', 'session.ended'] as const)
      expect(alertOf(anAlertEvent(alert))).toBe(alert);
  });

  test('both ends of a silence name the pushes of its beginning; of two silences they are two', () => {
    const staleSince = after({ minutes: 15 });
    const began = anAlertEvent('session.stale', { staleSince });
    const ended = anAlertEvent('session.recovered', { staleSince });
    expect(pushIdOf(began)).toBe(silenceOf(ended));
    expect(pushIdOf(ended)).toBe(ended.id);
    expect(pushIdOf(anAlertEvent('session.stale', { staleSince: after({ minutes: 16 }) }))).not.toBe(pushIdOf(began));
    expect(pushIdOf(anAlertEvent('session.stale', { staleSince, sessionId: 'other' }))).not.toBe(pushIdOf(began));
  });
});

describe('an alert that was overtaken is not sent', () => {
  const since = after({ minutes: 15 });
  const stale: StoredEvent = anAlertEvent('session.stale', { staleSince: since });
  const ended = anEndedSession();
  test.each<[alert: AlertType, what: string, session: Parameters<typeof stillHolds>[2], holds: boolean]>([
    ['session.stale', 'is silent still', aSession({ staleSince: since }), true],
    ['session.stale', 'has recovered', aSession(), false],
    ['session.stale', 'is silent anew', aSession({ staleSince: after({ minutes: 40 }) }), false],
    ['session.stale', 'has ended', ended, false],
    ['session.recovered', 'is heard', aSession(), true],
    ['session.recovered', 'is silent again', aSession({ staleSince: since }), false],
    ['session.recovered', 'has ended', ended, false],
    ['session.blocked', 'is blocked', aSession({ state: 'blocked' }), true],
    ['session.blocked', 'works again', aSession(), false],
    ['session.blocked', 'has ended', ended, false],
    ['session.ended', 'has ended', ended, true],
    ['session.ended', 'is archived', anEndedSession({ archivedAt: after({ hours: 2 }) }), true],
    ['session.ended', 'lives again', aSession(), false],
  ])('%s of a session that %s', (alert, _what, session, holds) => {
    expect(stillHolds(alert, stale, session)).toBe(holds);
  });
});
