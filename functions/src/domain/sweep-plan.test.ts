import type { Account, LiveSession, Task } from '@quarterdeck/contract';
import fc from 'fast-check';
import type { Span } from '../../../test/support/builders.js';
import { aClaimedTask, after, anAccount, aSession, aTask, START } from '../../../test/support/builders.js';
import { archiveVisitAt, endsHeldUntil, nextDueAt, nextSweepAt, planSession, planTask } from './sweep-plan.js';

const account = anAccount();
const minute = (minutes: number, ms = 0) => after({ minutes, ms });

describe('what the sweep does to a session', () => {
  const MARKED = minute(15);
  test.each<[title: string, session: Partial<LiveSession>, at: Span, held: boolean, step: string]>([
    ['nothing while it speaks', {}, { minutes: 15 }, false, 'nothing'],
    ['marks it when it turns stale', {}, { minutes: 15, ms: 1 }, false, 'session.stale'],
    ['nothing while it is stale and known to be', { staleSince: MARKED }, { minutes: 65 }, false, 'nothing'],
    ['ends it when it is dead', { staleSince: MARKED }, { minutes: 65, ms: 1 }, false, 'session.ended'],
    ['ends one that was never marked', {}, { minutes: 65, ms: 1 }, false, 'session.ended'],
    ['marks a dead one while ends are held', {}, { minutes: 65, ms: 1 }, true, 'session.stale'],
    ['nothing to a marked dead one while ends are held', { staleSince: MARKED }, { days: 9 }, true, 'nothing'],
    [
      'tells of a recovery',
      { staleSince: MARKED, lastHeartbeat: minute(20) },
      { minutes: 21 },
      false,
      'session.recovered',
    ],
    [
      'tells of a recovery while ends are held',
      { staleSince: MARKED, lastHeartbeat: minute(20) },
      { minutes: 21 },
      true,
      'session.recovered',
    ],
    ['marks a pinned one', { state: 'pinned' }, { minutes: 15, ms: 1 }, false, 'session.stale'],
    ['never ends a pinned one', { state: 'pinned', staleSince: MARKED }, { days: 999 }, false, 'nothing'],
    ['lets a blocked one wait 24 hours', { state: 'blocked', staleSince: MARKED }, { hours: 24 }, false, 'nothing'],
    [
      'ends a blocked one after them',
      { state: 'blocked', staleSince: MARKED },
      { hours: 24, ms: 1 },
      false,
      'session.ended',
    ],
    ['lets a long interval be', { expectedIntervalSeconds: 3600 }, { minutes: 90 }, false, 'nothing'],
    ['ends a long interval after four', { expectedIntervalSeconds: 3600 }, { hours: 4, ms: 1 }, false, 'session.ended'],
  ])('%s', (_title, fields, at, held, expected) => {
    const session = aSession(fields);
    const before = structuredClone(session);
    const step = planSession(session, account, after(at), held);
    const events = step === undefined ? [] : step.kind === 'end' ? step.change.events : [step.event];
    expect(events.map((event) => event.type).join() || 'nothing').toBe(expected);
    for (const event of events) expect(event).toMatchObject({ actor: 'sweep', subject: 'session/session-1' });
    expect(session).toEqual(before);
  });

  test('a dead session timed out, at the moment of the visit', () => {
    const step = planSession(aSession({ status: 'Tests', progress: 40 }), account, after({ hours: 2 }), false);
    expect(step).toMatchObject({
      kind: 'end',
      change: {
        next: { state: 'complete', outcome: 'timed_out', endedAt: after({ hours: 2 }), progress: 40, status: 'Tests' },
        events: [{ data: { sessionId: 'session-1', programId: 'builder', outcome: 'timed_out', from: 'working' } }],
      },
    });
  });

  test('stale is since the moment it turned stale, however late the visit', () => {
    const step = planSession(aSession(), account, after({ minutes: 40 }), false);
    expect(step).toMatchObject({
      kind: 'mark',
      staleSince: minute(15),
      event: { data: { state: 'working', lastSeenAt: START.toISOString() } },
    });
  });

  test('both ends of a silence say since when it was, so that they can be told to belong together', () => {
    const began = planSession(aSession(), account, minute(40), false);
    const quiet = aSession({ staleSince: minute(15), lastHeartbeat: minute(50) });
    const ended = planSession(quiet, account, minute(51), false);
    const staleSince = minute(15).toISOString();
    expect([began, ended]).toMatchObject([{ event: { data: { staleSince } } }, { event: { data: { staleSince } } }]);
  });

  test('a recovery takes the mark away', () => {
    const session = aSession({ staleSince: minute(15), lastHeartbeat: minute(20) });
    expect(planSession(session, account, minute(21), false)).toMatchObject({ kind: 'mark', staleSince: null });
  });
});

describe('the same silence is the same event, another silence another', () => {
  const onceOf = (session: LiveSession, now: Date) => {
    const step = planSession(session, account, now, false);
    if (step === undefined) throw new Error('nothing to do');
    const [event] = step.kind === 'end' ? step.change.events : [step.event];
    expect(event?.once).toBeDefined();
    return `${event?.type} ${event?.once}`;
  };
  const dead = after({ hours: 2 });
  const stale = minute(16);

  test('visits at other times decide on the same id', () => {
    expect(onceOf(aSession(), stale)).toBe(onceOf(aSession(), minute(40)));
    expect(onceOf(aSession(), dead)).toBe(onceOf(aSession({ staleSince: minute(15) }), after({ days: 3 })));
    const back = { staleSince: minute(15) };
    expect(onceOf(aSession({ ...back, lastHeartbeat: minute(20) }), minute(21))).toBe(
      onceOf(aSession({ ...back, lastHeartbeat: minute(22) }), minute(23)),
    );
  });

  test('a new silence, or a new start, makes another id', () => {
    const first = onceOf(aSession(), stale);
    expect(onceOf(aSession({ lastHeartbeat: after({ ms: 1 }) }), stale)).not.toBe(first);
    expect(onceOf(aSession({ startedAt: after({ ms: -1 }), lastActivityAt: START }), stale)).not.toBe(first);
    expect(onceOf(aSession({ lastHeartbeat: after({ ms: 1 }) }), dead)).not.toBe(onceOf(aSession(), dead));
    expect(onceOf(aSession({ staleSince: minute(15), lastHeartbeat: minute(40) }), minute(41))).not.toBe(
      onceOf(aSession({ staleSince: minute(35), lastHeartbeat: minute(40) }), minute(41)),
    );
  });
});

describe('after an outage of the schedule', () => {
  test.each<[title: string, fields: Partial<Account>, at: Span, until: Date | null]>([
    ['nothing is held on time', { nextSweepAt: START }, {}, null],
    ['nothing is held for an account that was idle', { nextSweepAt: null }, { days: 9 }, null],
    ['nothing is held 5 minutes late, to the millisecond', { nextSweepAt: START }, { minutes: 5 }, null],
    [
      'ends are held for one stale period, later than that',
      { nextSweepAt: START },
      { minutes: 5, ms: 1 },
      minute(20, 1),
    ],
    ['the stale period is the account’s', { nextSweepAt: START, staleAfterMinutes: 2 }, { hours: 1 }, minute(62)],
    ['what is held stays held', { nextSweepAt: minute(6), endsHeldUntil: minute(20) }, { minutes: 6 }, minute(20)],
    [
      'until a millisecond before',
      { nextSweepAt: null, endsHeldUntil: minute(20) },
      { minutes: 20, ms: -1 },
      minute(20),
    ],
    ['and not at the moment itself', { nextSweepAt: minute(20), endsHeldUntil: minute(20) }, { minutes: 20 }, null],
    [
      'a second outage holds again',
      { nextSweepAt: minute(10), endsHeldUntil: minute(20) },
      { minutes: 18 },
      minute(33),
    ],
  ])('%s', (_title, fields, at, until) => {
    expect(endsHeldUntil(anAccount(fields), [], after(at))).toEqual(until);
  });

  test('a session that speaks seldom makes the hold as long as its own silence may be', () => {
    const seldom = aSession({ expectedIntervalSeconds: 3600 });
    const account = anAccount({ nextSweepAt: START });
    expect(endsHeldUntil(account, [seldom], after({ minutes: 30 }))).toEqual(after({ minutes: 30 + 90 }));
  });
});

describe('the next visit', () => {
  const five = minute(5);
  test.each<
    [
      title: string,
      live: Partial<LiveSession>[],
      archiveAt: Date | null,
      held: Date | null,
      at: Span,
      expected: Date | null,
    ]
  >([
    ['none when nothing lives and nothing waits', [], null, null, {}, null],
    ['none for a hold alone: there is nothing to end', [], null, minute(9), {}, null],
    ['at the archiving', [], minute(30), null, {}, minute(30)],
    ['at once when archiving is overdue, and never now or before', [], minute(-30), null, {}, after({ ms: 1 })],
    ['in five minutes while a session lives', [{}], null, null, {}, five],
    [
      'when a session turns stale, if that is sooner',
      [{ expectedIntervalSeconds: 30 }],
      null,
      null,
      {},
      after({ seconds: 45 }),
    ],
    ['when a session turns dead, if that is sooner', [{}], null, null, { minutes: 63 }, minute(65)],
    [
      'at the soonest of many',
      [{}, { expectedIntervalSeconds: 60 }, { state: 'pinned' }],
      minute(3),
      null,
      {},
      after({ seconds: 90 }),
    ],
    ['at the archiving, if that is sooner', [{}], minute(3), null, {}, minute(3)],
    ['when a hold ends, if that is sooner', [{}], null, minute(3), {}, minute(3)],
    [
      'not for the death that a pinned one is spared',
      [{ state: 'pinned' }],
      null,
      null,
      { days: 1 },
      after({ days: 1, minutes: 5 }),
    ],
    [
      'a dead one that is held does not call the sweep at once',
      [{}],
      null,
      after({ hours: 2, minutes: 15 }),
      { hours: 2 },
      after({ hours: 2, minutes: 5 }),
    ],
  ])('%s', (_title, sessions, archiveAt, held, at, expected) => {
    expect(nextSweepAt(sessions.map(aSession), account, archiveAt, held, after(at))).toEqual(expected);
  });

  test.each<[title: string, oldestEndedAt: Date | null, sessions: readonly Partial<LiveSession>[], at: Date | null]>([
    ['archiving calls it an hour after the end, where nobody lives', START, [], minute(60)],
    ['archiving waits for the next visit where somebody lives', START, [{}], null],
    ['nothing to archive calls nobody', null, [], null],
  ])('%s', (_title, oldestEndedAt, sessions, at) => {
    expect(archiveVisitAt(oldestEndedAt, sessions.map(aSession), account)).toEqual(at);
  });

  test.each([
    [1, 5 * 60_000],
    [333, 5 * 60_000],
    [334, 5.01 * 60_000],
    [500, 7.5 * 60_000],
    [1000, 15 * 60_000],
    [5000, 15 * 60_000],
  ])('%d live sessions are visited every %d ms', (count, ms) => {
    const live = Array.from({ length: count }, () => aSession({ state: 'pinned' }));
    const late = after({ hours: 1 });
    expect(nextSweepAt(live, account, null, null, late)).toEqual(new Date(late.getTime() + ms));
  });

  test('an account of 200,000 live sessions has a next visit', () => {
    const live = Array<LiveSession>(200_000).fill(aSession());
    expect(nextSweepAt(live, account, null, null, START)).toEqual(minute(15));
  });

  test('always lies ahead, and no session turns stale or dead unseen before it', () => {
    const session = fc
      .record({
        state: fc.constantFrom('working' as const, 'blocked' as const, 'pinned' as const),
        expectedIntervalSeconds: fc.option(fc.integer({ min: 30, max: 3600 })),
        lastActivityAt: fc.nat(5 * 3_600_000).map((ms) => after({ ms })),
      })
      .map((fields) => aSession(fields));
    fc.assert(
      fc.property(fc.array(session, { maxLength: 8 }), fc.nat(5 * 3_600_000), (live, ms) => {
        const now = after({ ms });
        const next = nextSweepAt(live, account, null, null, now);
        if (live.length === 0) expect(next).toBeNull();
        else expect(next?.getTime()).toBeGreaterThan(now.getTime());
        for (const one of live) {
          const due = nextDueAt(one, account, now);
          if (due !== null && due > now) expect(next?.getTime()).toBeLessThanOrEqual(due.getTime());
        }
      }),
      { seed: 20260302 },
    );
  });
});

test.each<[title: string, fields: Partial<LiveSession>, at: Span, due: Date | null]>([
  ['stale ahead', {}, {}, minute(15)],
  ['stale at this moment: it is not yet', {}, { minutes: 15 }, minute(15)],
  ['stale behind, dead ahead', {}, { minutes: 15, ms: 1 }, minute(65)],
  ['dead at this moment: it is not yet', {}, { minutes: 65 }, minute(65)],
  ['dead behind', {}, { minutes: 65, ms: 1 }, null],
  ['pinned, stale ahead', { state: 'pinned' }, {}, minute(15)],
  ['pinned, stale behind', { state: 'pinned' }, { minutes: 16 }, null],
])('what falls due next: %s', (_title, fields, at, due) => {
  expect(nextDueAt(aSession(fields), account, after(at))).toEqual(due);
});

const LIVE: ReadonlySet<string> = new Set(['session-1']);

test.each<[title: string, task: Task, becomes: Task['status'] | 'unchanged']>([
  ['waits', aTask(), 'unchanged'],
  ['waits, a moment before its time to live is over', aTask({ expiresAt: minute(61) }), 'unchanged'],
  ['waits, when its time to live is over', aTask({ expiresAt: minute(60) }), 'done'],
  ['is held by a live session', aClaimedTask(), 'unchanged'],
  ['is held by a live session, past its time to live', aClaimedTask({ expiresAt: minute(1) }), 'unchanged'],
  ['is held by a session that is gone', aClaimedTask({ sessionId: 'gone' }), 'pending'],
  [
    'is held by a session that is gone, past its time to live',
    aClaimedTask({ sessionId: 'gone', expiresAt: START }),
    'done',
  ],
  ['is held by a program without a session', aClaimedTask({ sessionId: null }), 'unchanged'],
])('a task that %s', (_title, task, becomes) => {
  expect(planTask(task, LIVE, minute(60))?.patch.status ?? 'unchanged').toBe(becomes);
});

test('what the sweep does to a task is told once, however often it is decided, and again for the next attempt', () => {
  const onceOf = (fields: Partial<Task>) => planTask(aClaimedTask(fields), new Set(), minute(60))?.events[0]?.once;
  expect(onceOf({})).toBe(onceOf({ claimedAt: minute(2) }));
  expect(onceOf({})).not.toBe(onceOf({ attempt: 2 }));
  expect(onceOf({ expiresAt: START })).toBeDefined();
});
