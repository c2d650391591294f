import type { LiveSession, LiveState, SessionState } from '@quarterdeck/contract';
import fc from 'fast-check';
import { after, aSession, START } from '../../../test/support/builders.js';
import {
  applyReport,
  endSession,
  movesSession,
  patched,
  type Reporter,
  recentSamples,
  reportedPatch,
  type SessionReport,
} from './session-report.js';

const owner: Reporter = { isOwner: true, actor: 'program/builder' };
const admin: Reporter = { isOwner: false, actor: 'person/ada' };
const now = after({ minutes: 5 });

const STATES: readonly LiveState[] = ['working', 'blocked', 'pinned'];

describe('every state × every reported state', () => {
  const REPORTED: readonly (SessionState | undefined)[] = [undefined, ...STATES, 'complete'];
  test.each(STATES.flatMap((from) => REPORTED.map((to) => [from, to] as const)))('%s, reported %s', (from, to) => {
    const session = aSession({ state: from });
    const { next, events } = applyReport(session, { state: to }, owner, now);
    expect(next.state).toBe(to ?? from);
    if (to === 'complete') {
      expect(next).toMatchObject({ outcome: 'completed', endedAt: now, archivedAt: null, progress: 100 });
      expect(events).toEqual([
        {
          type: 'session.ended',
          subject: 'session/session-1',
          actor: 'program/builder',
          data: { sessionId: 'session-1', programId: 'builder', outcome: 'completed', from },
        },
      ]);
      return;
    }
    expect(next).not.toHaveProperty('endedAt');
    expect(events).toEqual(
      to === undefined || to === from
        ? []
        : [
            {
              type: 'session.state_changed',
              subject: 'session/session-1',
              actor: 'program/builder',
              data: { sessionId: 'session-1', programId: 'builder', from, to },
            },
          ],
    );
  });

  test.each(STATES)('a process that exited ends a %s session as killed, and leaves its progress', (from) => {
    const { next, events } = applyReport(aSession({ state: from, progress: 40 }), { activity: 'exited' }, owner, now);
    expect(next).toMatchObject({ state: 'complete', outcome: 'killed', progress: 40, activity: 'exited' });
    expect(events).toMatchObject([{ type: 'session.ended', data: { outcome: 'killed', from } }]);
  });
});

test.each<[title: string, report: SessionReport, outcome: string, progress: number | null]>([
  ['complete', { state: 'complete' }, 'completed', 100],
  ['complete with progress 0', { state: 'complete', progress: 0 }, 'completed', 0],
  ['complete of a process that exited', { state: 'complete', activity: 'exited' }, 'completed', 100],
  ['working of a process that exited', { state: 'working', activity: 'exited' }, 'killed', 7],
  ['complete as completed', { state: 'complete', outcome: 'completed' }, 'completed', 100],
  ['complete as errored', { state: 'complete', outcome: 'errored' }, 'errored', 7],
  ['complete as killed', { state: 'complete', outcome: 'killed' }, 'killed', 7],
  ['complete as errored with progress 60', { state: 'complete', outcome: 'errored', progress: 60 }, 'errored', 60],
  [
    'complete as errored of a process that exited',
    { state: 'complete', outcome: 'errored', activity: 'exited' },
    'errored',
    7,
  ],
])('a report of %p ends the session', (_title, report, outcome, progress) => {
  expect(applyReport(aSession({ progress: 7 }), report, owner, now).next).toMatchObject({ outcome, progress });
});

test.each(['completed', 'errored', 'killed'] as const)('an end that is reported as %s is told as that', (outcome) => {
  const { events } = applyReport(aSession({ state: 'blocked' }), { state: 'complete', outcome }, owner, now);
  expect(events).toMatchObject([{ type: 'session.ended', data: { outcome, from: 'blocked' } }]);
});

test('without progress, a session that did not complete has none at its end either', () => {
  const { next } = applyReport(aSession(), { state: 'complete', outcome: 'errored' }, owner, now);
  expect(next.progress).toBeNull();
});

test('the end clears the mark of staleness and keeps the rest', () => {
  const session = aSession({ staleSince: START, status: 'Tests', contextBytes: 5, lastHeartbeat: START });
  const { next } = endSession(session, 'timed_out', 'sweep', now, 'once');
  expect(next).toEqual({
    ...session,
    state: 'complete',
    lifecycle: 'terminated',
    staleSince: null,
    endedAt: now,
    outcome: 'timed_out',
    archivedAt: null,
  });
});

test('an end that is decided twice is the same event; one that is reported is an event of its own', () => {
  expect(endSession(aSession(), 'timed_out', 'sweep', now, 'x').events[0]).toHaveProperty('once', 'x');
  expect(endSession(aSession(), 'completed', 'program/builder', now).events[0]).not.toHaveProperty('once');
});

test.each<[title: string, report: SessionReport, known: LiveState, moves: boolean]>([
  ['nothing', {}, 'working', false],
  ['the state that is known', { state: 'blocked' }, 'blocked', false],
  ['another state', { state: 'blocked' }, 'working', true],
  ['complete', { state: 'complete' }, 'working', true],
  ['exited', { activity: 'exited' }, 'working', true],
  ['exited in the state that is known', { state: 'working', activity: 'exited' }, 'working', true],
  ['another activity', { activity: 'idle', status: 'x', progress: 1 }, 'working', false],
  ['the lifecycle that is known', { lifecycle: 'needs_input' }, 'blocked', false],
  ['another lifecycle of the same state', { lifecycle: 'stuck' }, 'blocked', true],
  ['a pull request, a branch and labels', { pr: null, branch: 'main', metadata: { a: 'b' } }, 'working', false],
])('a report of %s: does it move the session? %#', (_title, report, known, moves) => {
  expect(movesSession(report, aSession({ state: known }))).toBe(moves);
});

describe('labels', () => {
  const known = aSession({ metadata: { kept: '1', gone: '2', changed: '3' } });

  test('are merged key by key, and null removes one', () => {
    const { next } = applyReport(known, { metadata: { gone: null, changed: '4', added: '5' } }, owner, now);
    expect(next.metadata).toEqual({ kept: '1', changed: '4', added: '5' });
  });

  test('are 50 at the most, counted after the merge', () => {
    const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, 'x']));
    const added = (count: number, more = {}) =>
      Object.keys(applyReport(known, { metadata: { ...many(count), ...more } }, owner, now).next.metadata).length;
    expect(added(47)).toBe(50);
    expect(added(48, { gone: null })).toBe(50);
    expect(() => added(48)).toThrow('metadata: would have 51 keys and may have 50');
  });
});

describe('signs of life', () => {
  test.each<[title: string, reporter: Reporter, beat: boolean | undefined, expected: Partial<LiveSession>]>([
    ['the owner’s report', owner, undefined, { lastActivityAt: now, lastHeartbeat: null }],
    ['the owner’s report that says false', owner, false, { lastActivityAt: now, lastHeartbeat: null }],
    ['the owner’s beat', owner, true, { lastActivityAt: now, lastHeartbeat: now }],
    ['an admin’s report', admin, undefined, { lastActivityAt: START, lastHeartbeat: null }],
    ['an admin’s beat', admin, true, { lastActivityAt: START, lastHeartbeat: null }],
  ])('%s', (_title, reporter, lastHeartbeat, expected) => {
    const { next } = applyReport(aSession(), { status: 'x', lastHeartbeat }, reporter, now);
    expect(next).toMatchObject({ ...expected, status: 'x' });
  });

  test('a report leaves the mark of staleness to the sweep, which tells of the recovery', () => {
    const { next } = applyReport(aSession({ staleSince: START }), { lastHeartbeat: true }, owner, now);
    expect(next.staleSince).toEqual(START);
  });
});

describe('the context', () => {
  const LIMIT = 100_000;
  test.each<[title: string, known: Partial<LiveSession>, report: SessionReport, expected: boolean]>([
    ['at 60 %', { contextLimitBytes: LIMIT }, { contextBytes: 60_000 }, false],
    ['above 60 %', { contextLimitBytes: LIMIT }, { contextBytes: 60_001 }, true],
    ['above 60 % of a limit that comes with it', {}, { contextBytes: 60_001, contextLimitBytes: LIMIT }, true],
    ['a smaller limit comes later', { contextBytes: 60_001 }, { contextLimitBytes: LIMIT }, true],
    ['no limit is known', {}, { contextBytes: 10 ** 12 }, false],
    ['no size is known', {}, { contextLimitBytes: 1 }, false],
    ['a limit of 1 byte', { contextLimitBytes: 1 }, { contextBytes: 1 }, true],
    ['any report notices it', { contextBytes: 60_001, contextLimitBytes: LIMIT }, {}, true],
    [
      'once required, it stays when the size falls',
      { contextLimitBytes: LIMIT, handoffRequired: true },
      { contextBytes: 1 },
      true,
    ],
    ['the caller says no', { contextLimitBytes: LIMIT }, { contextBytes: 99_999, handoffRequired: false }, false],
    ['the caller says yes', {}, { handoffRequired: true }, true],
    [
      'the caller said no before',
      { contextLimitBytes: LIMIT, handoffDecision: false },
      { contextBytes: 99_999 },
      false,
    ],
    [
      'the caller said yes before',
      { contextLimitBytes: LIMIT, handoffDecision: true, handoffRequired: true },
      { contextBytes: 1 },
      true,
    ],
  ])('%s: handoffRequired', (_title, known, report, expected) => {
    const { next } = applyReport(aSession(known), report, owner, now);
    expect(next.handoffRequired).toBe(expected);
    expect(next.handoffDecision).toBe(report.handoffRequired ?? known.handoffDecision ?? null);
  });

  test('one sample per ten minutes: the last one', () => {
    let session = aSession();
    for (const [minutes, contextBytes] of [
      [0, 1],
      [9, 2],
      [10, 3],
    ] as const) {
      session = applyReport(session, { contextBytes }, owner, after({ minutes })).next as LiveSession;
    }
    expect(recentSamples(session, after({ minutes: 10 }))).toEqual([
      { at: after({ minutes: 9 }), bytes: 2 },
      { at: after({ minutes: 10 }), bytes: 3 },
    ]);
  });

  test('a report without a size leaves no sample', () => {
    expect(reportedPatch({ status: 'x' }, aSession(), owner, now)).not.toHaveProperty('sample');
  });

  test('the ring never has more than 36 samples, and what is older than six hours is not shown', () => {
    let session = aSession();
    for (let minutes = 0; minutes <= 24 * 60; minutes++) {
      session = applyReport(session, { contextBytes: minutes }, owner, after({ minutes })).next as LiveSession;
      expect(Object.keys(session.contextSamples).length).toBeLessThanOrEqual(36);
    }
    const end = after({ hours: 24 });
    const shown = recentSamples(session, end);
    expect(shown).toHaveLength(36);
    expect(shown.map((one) => one.bytes)).toEqual([...shown].map((one) => one.bytes).sort((a, b) => a - b));
    expect(shown.at(-1)).toEqual({ at: end, bytes: 24 * 60 });
    // Six hours of silence later only the last is inside the window, and then none.
    expect(recentSamples(session, after({ hours: 30 }))).toEqual([{ at: end, bytes: 24 * 60 }]);
    expect(recentSamples(session, after({ hours: 30, ms: 1 }))).toEqual([]);
  });
});

const anyReport: fc.Arbitrary<SessionReport> = fc.record(
  {
    name: fc.string(),
    status: fc.string(),
    state: fc.constantFrom<SessionState>('working', 'blocked', 'pinned', 'complete'),
    outcome: fc.constantFrom('completed', 'errored', 'killed'),
    progress: fc.integer({ min: 0, max: 100 }),
    projectName: fc.string(),
    activity: fc.constantFrom('active', 'ready', 'idle', 'waiting_input', 'blocked', 'exited', null),
    tokens: fc.record({ inputTokens: fc.nat(), outputTokens: fc.nat() }),
    contextBytes: fc.nat(),
    contextLimitBytes: fc.integer({ min: 1 }),
    handoffRequired: fc.boolean(),
    expectedIntervalSeconds: fc.integer({ min: 30, max: 3600 }),
    lastHeartbeat: fc.boolean(),
  },
  { requiredKeys: [] },
);

/** A session in which every field says something, so that a lost one shows. */
const full = aSession({
  status: 'Tests',
  progress: 40,
  projectName: 'api',
  activity: 'active',
  tokens: { inputTokens: 1, outputTokens: 2 },
  contextBytes: 3,
  contextLimitBytes: 4000,
  contextSamples: { 35: { at: START, bytes: 3 } },
  expectedIntervalSeconds: 60,
  lastHeartbeat: START,
  staleSince: START,
});

test('fields that are omitted, or undefined, never change; fields that are given do', () => {
  const derived = new Set(['state', 'lifecycle', 'progress', 'handoffRequired', 'staleSince']);
  fc.assert(
    fc.property(anyReport, fc.constantFrom(owner, admin), fc.constantFrom(...STATES), (report, reporter, state) => {
      const before = { ...full, state };
      const snapshot = structuredClone(before);
      const { next } = applyReport(before, report, reporter, now);
      expect(before).toEqual(snapshot);
      for (const [field, value] of Object.entries(next) as [keyof LiveSession, unknown][]) {
        if (derived.has(field) || !(field in full)) continue;
        if (field === 'lastActivityAt') expect(value).toEqual(reporter.isOwner ? now : START);
        else if (field === 'lastHeartbeat') {
          expect(value).toEqual(reporter.isOwner && report.lastHeartbeat ? now : START);
        } else if (field === 'handoffDecision') expect(value).toBe(report.handoffRequired ?? null);
        else if (field === 'contextSamples') expect(value).toMatchObject(full.contextSamples);
        else expect(value).toEqual(report[field as keyof SessionReport] ?? fallback(field, report));
      }
      const undefinedToo = {
        ...Object.fromEntries(Object.keys(anyReportKeys).map((key) => [key, undefined])),
        ...report,
      };
      expect(applyReport(before, undefinedToo, reporter, now)).toEqual({
        next,
        events: applyReport(before, report, reporter, now).events,
      });
    }),
    { seed: 20260302 },
  );
});

const anyReportKeys = { name: 0, status: 0, state: 0, progress: 0, activity: 0, tokens: 0, lastHeartbeat: 0 };

/** Null is something that is said of activity. */
function fallback(field: keyof LiveSession, report: SessionReport): unknown {
  return field === 'activity' && report.activity === null ? null : full[field];
}

test('a blind write and a decision on the session as it is agree, while nothing moves', () => {
  fc.assert(
    fc.property(anyReport, (report) => {
      const blind = { ...report, state: undefined, activity: report.activity === 'exited' ? null : report.activity };
      expect(patched(full, reportedPatch(blind, full, owner, now))).toEqual(applyReport(full, blind, owner, now).next);
    }),
    { seed: 20260302 },
  );
});

test('a patch never holds identity, owner, state or creation', () => {
  fc.assert(
    fc.property(anyReport, (report) => {
      const { fields } = reportedPatch(report, full, owner, now);
      for (const field of ['sessionId', 'programId', 'state', 'outcome', 'createdAt', 'startedAt', 'staleSince']) {
        expect(fields).not.toHaveProperty(field);
      }
      expect(Object.values(fields)).not.toContain(undefined);
    }),
    { seed: 20260302 },
  );
});
