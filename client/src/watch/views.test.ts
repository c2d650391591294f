import { DEFAULT_THRESHOLDS, documents, type LiveSession, limits, viewFleet, viewSession } from '@quarterdeck/contract';
import { readSession, readThresholds, withDates } from '@quarterdeck/contract/views';
import {
  aFleet,
  aFleetRow,
  after,
  anAccount,
  anEndedSession,
  aSession,
  START,
} from '../../../test/support/builders.js';
import { type FleetPart, fleetView } from './fleet-view.js';
import { sessionView } from './session-view.js';
import { sessionsView } from './sessions-view.js';

const thresholds = anAccount();
const named = (sessionId: string, fields: Partial<LiveSession> = {}) => aSession({ sessionId, ...fields });

describe('the sessions of an update', () => {
  const changesOf = (view: ReturnType<typeof sessionsView>, sessions: LiveSession[], asOf: Date) =>
    view({ thresholds, sessions }, asOf, null).update.changes.map(
      ({ type, session }) => `${type} ${session.sessionId}`,
    );

  test('are what list_sessions would say at that moment, in the order of the listener', () => {
    const sessions = [named('b', { lastHeartbeat: after({ minutes: 1 }) }), named('a')];
    const asOf = after({ minutes: 16 });
    const { update } = sessionsView()({ thresholds, sessions }, asOf, null);
    expect(update.sessions).toEqual(sessions.map((session) => viewSession(session, thresholds, asOf)));
    expect(update).toMatchObject({ asOf, staleSince: null });
  });

  test('come with what is different from the update before', () => {
    const view = sessionsView();
    const [a, b] = [named('a'), named('b')];
    expect(changesOf(view, [b, a], START)).toEqual(['added b', 'added a']);
    expect(changesOf(view, [b, a], START)).toEqual([]);
    const busy = { ...a, status: 'Testing' };
    expect(changesOf(view, [named('c'), b, busy], START)).toEqual(['added c', 'changed a']);
    expect(changesOf(view, [busy], START)).toEqual(['removed c', 'removed b']);
  });

  test('an age that goes up is no change; turning stale is one, at the moment that was foretold', () => {
    const view = sessionsView();
    const sessions = [named('slow'), named('fast', { expectedIntervalSeconds: 30 })];
    const { nextChangeAt } = view({ thresholds, sessions }, START, null);
    expect(nextChangeAt).toEqual(after({ seconds: 45 }));
    expect(changesOf(view, sessions, after({ seconds: 45 }))).toEqual([]);
    expect(changesOf(view, sessions, after({ seconds: 45, ms: 1 }))).toEqual(['changed fast']);
    expect(view({ thresholds, sessions }, after({ seconds: 46 }), null).nextChangeAt).toEqual(after({ minutes: 15 }));
    expect(view({ thresholds, sessions }, after({ minutes: 16 }), null).nextChangeAt).toBeNull();
  });

  test('a field that nobody sees is no change, however old the beat; another threshold is one', () => {
    const view = sessionsView();
    const beaten = (fields: Partial<LiveSession> = {}) => named('a', { lastHeartbeat: START, ...fields });
    changesOf(view, [beaten()], START);
    const marked = beaten({ handoffDecision: false, staleSince: START });
    expect(changesOf(view, [marked], after({ minutes: 1 }))).toEqual([]);
    const stricter = { thresholds: { ...thresholds, staleAfterMinutes: 5 }, sessions: [marked] };
    expect(view(stricter, after({ minutes: 1 }), null).update.changes).toMatchObject([
      { type: 'changed', session: { staleAfterSeconds: 300 } },
    ]);
  });
});

describe('one session', () => {
  const live = aSession({ expectedIntervalSeconds: 30 });
  const ended = anEndedSession();
  const restarted = aSession({ startedAt: after({ minutes: 20 }) });
  const stateOf = (view: ReturnType<typeof sessionView>, values: Partial<Parameters<typeof view>[0]>) =>
    view({ thresholds, live: null, ended: null, ...values }, after({ minutes: 30 }), null).update.session?.state;

  test.each([
    ['nowhere', {}, undefined],
    ['live', { live }, 'working'],
    ['ended', { ended }, 'complete'],
    ['ending: in both places', { live, ended }, 'complete'],
    ['returning: in both places', { live: restarted, ended }, 'working'],
  ])('that is %s is shown where it was last', (_, values, state) => {
    expect(stateOf(sessionView(), values)).toBe(state);
  });

  test('that is in neither place is on its way, and is shown as it was', () => {
    const view = sessionView();
    stateOf(view, { live });
    expect(stateOf(view, {})).toBe('working');
  });

  test('turns stale while it lives, and never when it is over', () => {
    const next = (values: object) =>
      sessionView()({ thresholds, live, ended: null, ...values }, START, null).nextChangeAt;
    expect(next({})).toEqual(after({ seconds: 45 }));
    expect(next({ live: null, ended })).toBeNull();
    expect(next({ live: null })).toBeNull();
  });
});

describe('the fleet', () => {
  const partOf = (rows: ReturnType<typeof aFleetRow>[], fields: Partial<FleetPart> = {}): FleetPart => ({
    rowsJson: JSON.stringify(rows),
    parts: 1,
    computedAt: START,
    accountSessions: 0,
    ...fields,
  });
  const working = (programId: string) =>
    aFleetRow({
      programId,
      sessionId: programId,
      state: 'working',
      lastSeenAt: START,
      lastHeartbeat: START,
      staleAfterSeconds: 45,
      activeSessions: 1,
    });
  const show = (parts: Record<string, FleetPart>, asOf: Date) =>
    fleetView({ parts: new Map(Object.entries(parts)) }, asOf, null);

  test('is what get_fleet_health says of the same document', () => {
    const rows = [working('a'), aFleetRow({ programId: 'b' })];
    const { success: _, ...answer } = viewFleet(aFleet({ rows, accountSessions: 2 }), START);
    const { update } = show({ health: partOf(rows, { accountSessions: 2 }) }, START);
    expect(update).toEqual({ ...answer, asOf: START, staleSince: null });
  });

  test('has the rows of all its parts and of programs made since, by id; a part that is left over does not count', () => {
    const parts = {
      health: partOf([working('b')], { parts: 2, newPrograms: { a: true, b: true } }),
      'health-2': partOf([working('c')]),
      'health-3': partOf([working('d')]),
    };
    expect(show(parts, START).update.programs.map(({ programId, health }) => `${programId} ${health}`)).toEqual([
      'a offline',
      'b healthy',
      'c healthy',
    ]);
  });

  test('that was never computed is empty, or has the programs that were made', () => {
    expect(show({}, START).update).toMatchObject({ programs: [], computedAt: START.toISOString() });
    expect(show({ health: { newPrograms: { a: true } } }, START).update.programs).toMatchObject([{ programId: 'a' }]);
  });

  test.each([
    ['healthy', 45],
    ['healthy', 135],
    ['stale', 136],
  ])('calls a silent program %s after %d seconds: the sweep has 90 to look', (health, count) => {
    const { update, nextChangeAt } = show({ health: partOf([working('a')]) }, after({ seconds: count }));
    expect(update.programs[0]).toMatchObject({ health, heartbeatAge: count < 60 ? `${count}s` : '2m' });
    expect(update.summary).toMatchObject({ [health]: 1, programs: 1 });
    expect(nextChangeAt).toEqual(count > 135 ? null : after({ seconds: 135 }));
  });

  test('a program that the sweep found stale is stale at once', () => {
    const row = { ...working('a'), lastSeenAt: after({ minutes: -5 }).toISOString() };
    expect(show({ health: partOf([row]) }, START).update.programs[0]?.health).toBe('stale');
  });
});

describe('documents as the SDK gives them', () => {
  const stamp = (date: Date) => ({ toDate: () => date });

  test('timestamps are dates at every depth, and nothing else changes', () => {
    expect(withDates({ a: stamp(START), b: { c: [stamp(START), 1, null] }, d: 'x' })).toEqual({
      a: START,
      b: { c: [START, 1, null] },
      d: 'x',
    });
  });

  test('a session that an older version stored has all that is shown', () => {
    const { sessionId, name, state } = aSession();
    const moments = { createdAt: stamp(START), startedAt: stamp(START), lastActivityAt: stamp(START) };
    const stored = { sessionId, name, state, ...moments };
    const session = readSession<LiveSession>(stored) as LiveSession;
    expect(viewSession(session, thresholds, START)).toEqual(
      viewSession(aSession({ programId: null }), thresholds, START),
    );
    expect(readSession(undefined)).toBeNull();
  });

  test("an account without thresholds has the contract's", () => {
    expect(DEFAULT_THRESHOLDS).toEqual({
      staleAfterMinutes: limits.STALE_AFTER_DEFAULT_MINUTES,
      deadAfterMinutes: limits.DEAD_AFTER_DEFAULT_MINUTES,
      blockedDeadAfterMinutes: limits.BLOCKED_DEAD_AFTER_DEFAULT_MINUTES,
      archiveAfterMinutes: limits.ARCHIVE_AFTER_DEFAULT_MINUTES,
    });
    expect(readThresholds(undefined)).toEqual(DEFAULT_THRESHOLDS);
    expect(readThresholds({ staleAfterMinutes: 3, name: 'x' })).toEqual({
      ...DEFAULT_THRESHOLDS,
      staleAfterMinutes: 3,
    });
  });

  test('the ids of fleet parts are those that the backend writes', () => {
    expect([1, 2, 3].map((part) => documents.fleet('a', part).split('/').at(-1))).toEqual([
      'health',
      'health-2',
      'health-3',
    ]);
  });
});
