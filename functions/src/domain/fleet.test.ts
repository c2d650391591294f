import { type EndedSession, type LiveSession, operations, summarizeFleet, viewFleet } from '@quarterdeck/contract';
import {
  aFleet,
  aFleetRow,
  after,
  anAccount,
  anEndedSession,
  aSession,
  aTask,
  START,
} from '../../../test/support/builders.js';
import { computeFleet, type FleetBasis, fleetLoad, fleetParts } from './fleet.js';

const account = anAccount();
const now = after({ minutes: 10 });

function compute(basis: Partial<FleetBasis>, at = now) {
  return computeFleet(
    { previous: null, programIds: [], live: [], endedSince: [], pending: [], unread: [], ...basis },
    account,
    at,
  );
}

const named = (programId: string, fields: Partial<LiveSession> = {}) =>
  aSession({ programId, sessionId: `${programId}-1`, ...fields });

test('the load counts sessions by what they last said, those that are silent, and what waits and has not expired', () => {
  const silent = after({ minutes: -60 });
  const live = [
    aSession({ sessionId: 'a', lastActivityAt: now }),
    aSession({ sessionId: 'b', state: 'blocked', lifecycle: 'needs_input', lastActivityAt: now }),
    aSession({ sessionId: 'c', state: 'pinned', lastActivityAt: silent }),
    aSession({ sessionId: 'd', programId: null, lastActivityAt: silent }),
  ];
  const expired = after({ minutes: 9 });
  const pending = [
    aTask(),
    aTask({ taskId: 'group', targets: ['a', 'b', 'c'] }),
    aTask({ taskId: 'late', expiresAt: expired }),
  ];
  const unread = [
    { programId: 'builder', expiresAt: after({ minutes: 11 }) },
    { programId: 'builder', expiresAt: expired },
  ];
  const basis = { previous: null, programIds: [], live, endedSince: [], pending, unread };
  expect(fleetLoad(basis, account, now)).toEqual({
    working: 2,
    blocked: 1,
    pinned: 1,
    stale: 2,
    pendingTasks: 2,
    pendingMessages: 1,
  });
});

describe('the fleet as it is computed', () => {
  test('it counts the messages that wait for each program, without those whose time is over', () => {
    const unread = [
      { programId: 'builder', expiresAt: after({ minutes: 11 }) },
      { programId: 'builder', expiresAt: after({ minutes: 60 }) },
      { programId: 'builder', expiresAt: now },
      { programId: 'nobody', expiresAt: after({ minutes: 60 }) },
    ];
    const { rows } = compute({ programIds: ['builder', 'reviewer'], unread });
    expect(rows.map(({ programId, pendingMessages }) => [programId, pendingMessages])).toEqual([
      ['builder', 2],
      ['reviewer', 0],
    ]);
  });

  test('an account without programs has an empty fleet', () => {
    expect(compute({})).toEqual(aFleet({ computedAt: now }));
  });

  test('a program that never had a session is offline, and was never seen', () => {
    expect(compute({ programIds: ['builder'] }).rows).toEqual([aFleetRow()]);
  });

  test('tasks that wait are counted for each program that may claim them, from the moment on that they expire no more', () => {
    const pending = [
      aTask({ targets: ['builder'] }),
      aTask({ target: 'group:all', targets: ['group:all', 'builder', 'reviewer'] }),
      aTask({ targets: ['builder'], expiresAt: new Date(now.getTime() + 1) }),
      aTask({ targets: ['builder'], expiresAt: now }),
      aTask({ targets: ['gone'] }),
    ];
    const { rows } = compute({ programIds: ['builder', 'idle', 'reviewer'], pending });
    expect(rows.map(({ programId, pendingTasks }) => [programId, pendingTasks])).toEqual([
      ['builder', 3],
      ['idle', 0],
      ['reviewer', 1],
    ]);
  });

  test('a program with a live session shows it', () => {
    const session = named('builder', { state: 'blocked', lastHeartbeat: after({ minutes: 9 }), handoffRequired: true });
    expect(compute({ programIds: ['builder'], live: [session] }).rows).toEqual([
      {
        programId: 'builder',
        lastHeartbeat: '2026-03-02T10:09:00.000Z',
        lastSeenAt: '2026-03-02T10:09:00.000Z',
        sessionId: 'builder-1',
        state: 'blocked',
        staleAfterSeconds: 900,
        activeSessions: 1,
        handoffRequired: true,
        pendingTasks: 0,
        pendingMessages: 0,
      },
    ]);
  });

  test.each([[[0, 1, 2]], [[2, 1, 0]], [[1, 2, 0]]])(
    'of several sessions of a program the newest counts, in whatever order they are read: %p',
    (order) => {
      const sessions = [
        named('builder', { sessionId: 'oldest', lastHeartbeat: after({ minutes: 9 }), handoffRequired: true }),
        named('builder', { sessionId: 'middle', startedAt: after({ minutes: 1 }) }),
        named('builder', {
          sessionId: 'newest',
          startedAt: after({ minutes: 2 }),
          state: 'pinned',
          expectedIntervalSeconds: 60,
        }),
      ];
      const live = order.map((index) => sessions[index] as LiveSession);
      expect(compute({ live }).rows).toEqual([
        {
          programId: 'builder',
          lastHeartbeat: '2026-03-02T10:09:00.000Z',
          lastSeenAt: '2026-03-02T10:02:00.000Z',
          sessionId: 'newest',
          state: 'pinned',
          staleAfterSeconds: 90,
          activeSessions: 3,
          handoffRequired: true,
          pendingTasks: 0,
          pendingMessages: 0,
        },
      ]);
    },
  );

  test('a session that was resumed is newer than one that was created before its resumption', () => {
    const resumed = named('builder', { sessionId: 'resumed', startedAt: after({ minutes: 5 }), createdAt: START });
    const created = named('builder', { sessionId: 'created', startedAt: after({ minutes: 1 }) });
    expect(compute({ live: [resumed, created] }).rows[0]?.sessionId).toBe('resumed');
  });

  test('a program whose session ended is offline, and keeps when it was last heard', () => {
    const previous = aFleet({
      rows: [
        aFleetRow({
          state: 'working',
          sessionId: 'x',
          lastSeenAt: START,
          lastHeartbeat: START,
          activeSessions: 1,
          staleAfterSeconds: 900,
          handoffRequired: true,
        }),
      ],
    });
    const gone = anEndedSession({ lastHeartbeat: after({ minutes: 4 }), lastActivityAt: after({ minutes: 5 }) });
    expect(compute({ previous, endedSince: [gone] }).rows).toEqual([
      aFleetRow({ lastHeartbeat: after({ minutes: 4 }), lastSeenAt: after({ minutes: 5 }) }),
    ]);
  });

  test('a row keeps what was known through any number of computations', () => {
    let previous = aFleet({ rows: [aFleetRow({ lastHeartbeat: START, lastSeenAt: after({ minutes: 1 }) })] });
    for (let i = 0; i < 3; i++) previous = compute({ previous }, after({ days: i })) as typeof previous;
    expect(previous.rows).toEqual([aFleetRow({ lastHeartbeat: START, lastSeenAt: after({ minutes: 1 }) })]);
  });

  test('an old end that is read once more changes nothing', () => {
    const previous = aFleet({
      rows: [aFleetRow({ lastHeartbeat: after({ minutes: 8 }), lastSeenAt: after({ minutes: 8 }) })],
    });
    const old = anEndedSession({ lastHeartbeat: after({ minutes: 1 }) });
    expect(compute({ previous, endedSince: [old] }).rows).toEqual(previous.rows);
  });

  test('a session that never beat leaves the last beat of the program alone', () => {
    const previous = aFleet({ rows: [aFleetRow({ lastHeartbeat: START, lastSeenAt: START })] });
    const [row] = compute({ previous, live: [named('builder', { startedAt: after({ minutes: 3 }) })] }).rows;
    expect(row).toMatchObject({ lastHeartbeat: '2026-03-02T10:00:00.000Z', lastSeenAt: '2026-03-02T10:03:00.000Z' });
  });

  test('sessions of the account are counted, and belong to no row', () => {
    const live = [aSession({ programId: null }), aSession({ programId: null, sessionId: 'b' }), named('builder')];
    const fleet = compute({ live, endedSince: [anEndedSession({ programId: null })] });
    expect(fleet).toMatchObject({ accountSessions: 2, rows: [{ programId: 'builder' }] });
  });

  test('rows are in the order of their programs', () => {
    const fleet = compute({ programIds: ['b', 'B', 'a'], live: [named('c'), named('A')] });
    expect(fleet.rows.map((row) => row.programId)).toEqual(['A', 'B', 'a', 'b', 'c']);
  });

  test('what it is computed from is left as it was', () => {
    const basis = {
      previous: aFleet({ rows: [aFleetRow()] }),
      live: [named('b', { startedAt: now }), named('a')],
      endedSince: [anEndedSession()],
      programIds: ['z'],
    };
    const before = structuredClone(basis);
    compute(basis);
    expect(basis).toEqual(before);
  });

  test('it remembers the oldest end that waits for its archiving, and when it looked for decay', () => {
    const old = after({ minutes: -50 });
    const ends: EndedSession[] = [
      anEndedSession({ endedAt: after({ minutes: 3 }) }),
      anEndedSession({ endedAt: after({ minutes: 2 }) }),
      anEndedSession({ endedAt: after({ minutes: 1 }), archivedAt: now }),
    ];
    expect(compute({ endedSince: ends }).oldestEndedAt).toEqual(after({ minutes: 2 }));
    const previous = aFleet({ oldestEndedAt: old, decayCheckedAt: START });
    expect(compute({ previous, endedSince: ends })).toMatchObject({ oldestEndedAt: old, decayCheckedAt: START });
  });

  test('200,000 ends since the last time are no problem', () => {
    const endedSince = Array<EndedSession>(200_000).fill(anEndedSession());
    expect(compute({ endedSince }).oldestEndedAt).toEqual(after({ minutes: 10 }));
  });
});

describe('the fleet as it is shown', () => {
  const rows = [
    aFleetRow({ programId: 'gone', lastHeartbeat: START, lastSeenAt: START }),
    aFleetRow({ programId: 'never' }),
    aFleetRow({
      programId: 'quick',
      state: 'blocked',
      sessionId: 'q',
      lastSeenAt: START,
      staleAfterSeconds: 45,
      activeSessions: 1,
    }),
    aFleetRow({
      programId: 'slow',
      state: 'working',
      sessionId: 's',
      lastSeenAt: START,
      staleAfterSeconds: 900,
      activeSessions: 2,
    }),
    aFleetRow({
      programId: 'still',
      state: 'pinned',
      sessionId: 't',
      lastHeartbeat: START,
      lastSeenAt: START,
      staleAfterSeconds: 900,
      activeSessions: 1,
    }),
  ];
  const fleet = aFleet({ rows, accountSessions: 3 });

  test('ages and health are of the moment it is read, to the millisecond', () => {
    const healthAt = (ms: number) => viewFleet(fleet, after({ ms })).programs.map((row) => row.health);
    expect(healthAt(45_000)).toEqual(['offline', 'offline', 'healthy', 'healthy', 'healthy']);
    expect(healthAt(45_001)).toEqual(['offline', 'offline', 'stale', 'healthy', 'healthy']);
    expect(healthAt(900_000)).toEqual(['offline', 'offline', 'stale', 'healthy', 'healthy']);
    expect(healthAt(900_001)).toEqual(['offline', 'offline', 'stale', 'stale', 'stale']);
  });

  test('the answer is one that the contract knows', () => {
    const view = viewFleet(fleet, after({ minutes: 2 }));
    expect(operations.getFleetHealth.output.strict().parse(view)).toEqual(view);
    expect(view.computedAt).toBe('2026-03-02T10:00:00.000Z');
    expect(view.programs[0]).toEqual({
      programId: 'gone',
      lastHeartbeat: '2026-03-02T10:00:00.000Z',
      heartbeatAge: '2m',
      lastSeenAt: '2026-03-02T10:00:00.000Z',
      pendingTasks: 0,
      pendingMessages: 0,
      state: 'offline',
      health: 'offline',
      staleAfterSeconds: null,
      sessionId: null,
      activeSessions: 0,
      handoffRequired: false,
    });
  });

  test('the summary counts programs by health and state, and all live sessions', () => {
    expect(summarizeFleet(fleet, after({ minutes: 2 }))).toEqual({
      programs: 5,
      healthy: 2,
      stale: 1,
      offline: 2,
      working: 1,
      blocked: 1,
      pinned: 1,
      activeSessions: 7,
    });
  });

  test('an empty fleet is an answer too', () => {
    const view = viewFleet(aFleet(), now);
    expect(view.programs).toEqual([]);
    expect(new Set(Object.values(view.summary))).toEqual(new Set([0]));
  });
});

describe('the fleet in documents', () => {
  const rowsOf = (count: number) => Array.from({ length: count }, (_, i) => aFleetRow({ programId: `p${i}` }));

  test.each([
    [0, [0]],
    [1, [1]],
    [2000, [2000]],
    [2001, [2000, 1]],
    [4000, [2000, 2000]],
    [4001, [2000, 2000, 1]],
  ])('%d programs fill documents of %p rows', (count, sizes) => {
    const rows = rowsOf(count);
    const parts = fleetParts(rows);
    expect(parts.map((part) => part.length)).toEqual(sizes);
    expect(parts.flat()).toEqual(rows);
  });

  test('a full document stays below 1 MiB with the longest ids', () => {
    const row = aFleetRow({
      programId: 'p'.repeat(50),
      sessionId: 's'.repeat(100),
      lastHeartbeat: now,
      lastSeenAt: now,
      state: 'working',
      staleAfterSeconds: 5400,
    });
    // JSON is longer than what Firestore counts: dates are 26 bytes and not 8.
    expect(JSON.stringify(row).length + row.programId.length).toBeLessThan((1024 * 1024) / 2000);
  });
});
