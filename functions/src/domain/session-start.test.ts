import { NOT_ORCHESTRATED, type Outcome, type ReportedOutcome, type SessionState } from '@quarterdeck/contract';
import { after, anEndedSession, START } from '../../../test/support/builders.js';
import { DomainError } from './domain-error.js';
import type { Reporter } from './session-report.js';
import { applyLateReport, newSession, restoreSession, resumeSession } from './session-start.js';

const owner: Reporter = { isOwner: true, actor: 'program/builder' };
const admin: Reporter = { isOwner: false, actor: 'person/ada' };
const identity = { sessionId: 'session-1', programId: 'builder' };
const now = after({ hours: 1 });

const STATES: readonly SessionState[] = ['working', 'blocked', 'pinned', 'complete'];
const OUTCOMES: readonly Outcome[] = ['completed', 'timed_out', 'expired', 'superseded', 'killed', 'errored'];

/** What a refusal said, or undefined. */
function refusalOf(work: () => unknown): DomainError | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
}

describe('a new session', () => {
  test('has the fields that were given, and is working when nothing else was said', () => {
    const { next, events } = newSession(identity, { name: 'Auth', status: 'Reading', progress: 3 }, owner, now);
    expect(next).toEqual({
      ...identity,
      name: 'Auth',
      status: 'Reading',
      state: 'working',
      lifecycle: 'working',
      ...NOT_ORCHESTRATED,
      progress: 3,
      projectName: null,
      activity: null,
      tokens: null,
      contextBytes: null,
      contextLimitBytes: null,
      handoffRequired: false,
      handoffDecision: null,
      contextSamples: {},
      expectedIntervalSeconds: null,
      createdAt: now,
      startedAt: now,
      lastHeartbeat: null,
      lastActivityAt: now,
      staleSince: null,
      command: null,
      window: null,
    });
    expect(events).toEqual([
      {
        type: 'session.started',
        subject: 'session/session-1',
        actor: 'program/builder',
        data: { ...identity, state: 'working', how: 'created' },
        once: `created:${now.getTime()}`,
      },
    ]);
  });

  test.each(STATES)('reported %s', (state) => {
    const { next, events } = newSession(identity, { name: 'Auth', state }, owner, now);
    expect(next.state).toBe(state);
    if (state === 'complete') {
      expect(next).toMatchObject({
        outcome: 'completed',
        endedAt: now,
        createdAt: now,
        progress: 100,
        archivedAt: null,
      });
      expect(events.map((event) => event.type)).toEqual(['session.started', 'session.ended']);
    } else {
      expect(events).toMatchObject([{ type: 'session.started', data: { state } }]);
    }
  });

  test('that is over at once keeps the progress that was given', () => {
    expect(newSession(identity, { name: 'x', state: 'complete', progress: 30 }, owner, now).next.progress).toBe(30);
  });

  test('counts its silence from its start also when an admin made it', () => {
    expect(newSession(identity, { name: 'x' }, admin, now).next).toMatchObject({
      lastActivityAt: now,
      lastHeartbeat: null,
    });
  });

  test('may belong to the account', () => {
    expect(newSession({ ...identity, programId: null }, { name: 'x' }, admin, now).next.programId).toBeNull();
  });
});

describe('a session that is created again after its end', () => {
  const ended = anEndedSession({
    status: 'Done',
    progress: 100,
    activity: 'exited',
    contextBytes: 7,
    createdAt: START,
    lastHeartbeat: after({ minutes: 9 }),
  });

  test.each(OUTCOMES)('resumes, whatever its outcome: %s', (outcome) => {
    const { next, events } = resumeSession({ ...ended, outcome }, {}, owner, now);
    expect(next.state).toBe('working');
    expect(events).toMatchObject([{ type: 'session.started', data: { how: 'resumed', state: 'working' } }]);
    for (const field of ['endedAt', 'outcome', 'archivedAt']) expect(next).not.toHaveProperty(field);
  });

  test('starts its silence anew, is no longer exited, and keeps what was said of it before', () => {
    const { next } = resumeSession(ended, { name: 'Again' }, owner, now);
    expect(next).toMatchObject({
      name: 'Again',
      status: 'Done',
      progress: 100,
      contextBytes: 7,
      activity: null,
      createdAt: START,
      startedAt: now,
      lastActivityAt: now,
      lastHeartbeat: after({ minutes: 9 }),
      staleSince: null,
    });
  });

  test.each(STATES)('in the state that is reported: %s', (state) => {
    const { next, events } = resumeSession(ended, { state }, owner, now);
    expect(next.state).toBe(state);
    expect(events.map((event) => event.type)).toEqual(
      state === 'complete' ? ['session.started', 'session.ended'] : ['session.started'],
    );
  });

  test('is refused once it is history', () => {
    const refusal = refusalOf(() => resumeSession({ ...ended, archivedAt: now }, {}, owner, now));
    expect(refusal).toMatchObject({
      reason: 'SESSION_ARCHIVED',
      details: { outcome: 'completed', endedAt: '2026-03-02T10:10:00.000Z', archivedAt: '2026-03-02T11:00:00.000Z' },
    });
    expect(refusal?.message).toMatch(/^sessionId: .*Call restore_session, or create a session with another id\.$/);
  });
});

describe('a session that is restored', () => {
  const rows = OUTCOMES.flatMap((outcome) => [null, now].map((archivedAt) => [outcome, archivedAt] as const));

  test.each(rows)(
    'lives again, whatever its outcome and whether or not it is history: %s, archived at %s',
    (outcome, archivedAt) => {
      const ended = anEndedSession({ outcome, archivedAt, status: 'Half way', progress: 50, activity: 'exited' });
      const { next, events } = restoreSession(ended, {}, owner, now);
      expect(next).toMatchObject({
        state: 'working',
        status: 'Half way',
        progress: 50,
        activity: null,
        startedAt: now,
      });
      for (const field of ['endedAt', 'outcome', 'archivedAt']) expect(next).not.toHaveProperty(field);
      expect(events).toMatchObject([{ type: 'session.started', data: { how: 'resumed', state: 'working' } }]);
    },
  );

  test('counts its silence from now, so that the next sweep leaves it alone', () => {
    const ended = anEndedSession({ lastHeartbeat: START, staleSince: START });
    expect(restoreSession(ended, {}, admin, now).next).toMatchObject({ lastActivityAt: now, staleSince: null });
  });

  test('gets no window back: the agent is activated anew', () => {
    const window = {
      epoch: 1,
      openedAt: START,
      expiresAt: after({ hours: 6 }),
      endsAt: after({ days: 30 }),
      extendedBy: null,
    };
    const ended = anEndedSession({ outcome: 'expired', window });
    expect(restoreSession(ended, {}, owner, now).next.window).toBeNull();
  });
});

describe('a report on a session that is over', () => {
  const RESUMES = 'resumes';
  const SAME = 'changes nothing';
  /** By outcome: what a report of each state does. */
  const TABLE: Record<Outcome, Record<SessionState | 'none', string>> = {
    completed: {
      working: RESUMES,
      complete: SAME,
      blocked: 'SESSION_ENDED',
      pinned: 'SESSION_ENDED',
      none: 'SESSION_ENDED',
    },
    timed_out: {
      working: RESUMES,
      complete: 'SESSION_ENDED',
      blocked: 'SESSION_ENDED',
      pinned: 'SESSION_ENDED',
      none: 'SESSION_ENDED',
    },
    expired: allRefused(),
    superseded: allRefused(),
    killed: allRefused(),
    errored: allRefused(),
  };
  const rows = OUTCOMES.flatMap((outcome) =>
    (['none', ...STATES] as const).map((state) => [outcome, state, TABLE[outcome][state]] as const),
  );

  test.each(rows)('ended as %s, reported %s: %s', (outcome, state, effect) => {
    const session = anEndedSession({ outcome });
    const report = { status: 'Late', lastHeartbeat: true, ...(state === 'none' ? {} : { state }) };
    const late = () => applyLateReport(session, report, owner, now);
    if (effect === RESUMES) {
      expect(late()).toMatchObject({ next: { state: 'working', status: 'Late', startedAt: now, lastHeartbeat: now } });
    } else if (effect === SAME) expect(late()).toBeUndefined();
    else
      expect(refusalOf(late)).toMatchObject({
        reason: effect,
        details: { outcome, endedAt: '2026-03-02T10:10:00.000Z' },
      });
  });

  test.each(rows)(
    'archived after it ended as %s, reported %s: refused, but for completing it again',
    (outcome, state) => {
      const session = anEndedSession({ outcome, archivedAt: now });
      const late = () => applyLateReport(session, state === 'none' ? {} : { state }, owner, now);
      if (state === 'complete' && outcome === 'completed') expect(late()).toBeUndefined();
      else expect(refusalOf(late)?.reason).toBe('SESSION_ARCHIVED');
    },
  );

  const REPORTED: readonly ReportedOutcome[] = ['completed', 'errored', 'killed'];
  const again = OUTCOMES.flatMap((outcome) =>
    REPORTED.flatMap((reported) => [null, now].map((archivedAt) => [outcome, reported, archivedAt] as const)),
  );
  test.each(again)(
    'ended as %s, ended again as %s, archived at %s: the same end changes nothing, another is refused',
    (outcome, reported, archivedAt) => {
      const late = () =>
        applyLateReport(anEndedSession({ outcome, archivedAt }), { state: 'complete', outcome: reported }, owner, now);
      if (outcome === reported) expect(late()).toBeUndefined();
      else expect(refusalOf(late)?.reason).toBe(archivedAt === null ? 'SESSION_ENDED' : 'SESSION_ARCHIVED');
    },
  );

  test('the refusal says how the session can go on', () => {
    const message = (outcome: Outcome) =>
      refusalOf(() => applyLateReport(anEndedSession({ outcome }), {}, owner, now))?.message;
    expect(message('timed_out')).toContain('Send state "working" to resume it');
    expect(message('killed')).toContain('Call create_session to start again');
  });

  test('a process that exited does not come back as a live session', () => {
    const late = () => applyLateReport(anEndedSession(), { state: 'working', activity: 'exited' }, owner, now);
    expect(refusalOf(late)?.reason).toBe('SESSION_ENDED');
  });
});

function allRefused(): Record<SessionState | 'none', string> {
  const no = 'SESSION_ENDED';
  return { working: no, complete: no, blocked: no, pinned: no, none: no };
}
