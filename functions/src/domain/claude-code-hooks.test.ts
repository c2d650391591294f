import { type EndedSession, isEnded, type LiveSession, limits, type Outcome, viewSession } from '@quarterdeck/contract';
import { after, anAccount, anEndedSession, aProgramState, aSession, START } from '../../../test/support/builders.js';
import { applyHookEvent, contextFor, type HookEvent, namesOf, readHookEvent } from './claude-code-hooks.js';
import { viewProgramState } from './program-state.js';
import type { Reporter } from './session-report.js';

const owner: Reporter = { isOwner: true, actor: 'program/builder' };
const now = after({ hours: 1 });

function anEvent(name: string, fields: Partial<HookEvent> = {}): HookEvent {
  return { sessionId: 'session-1', name, cwd: '/home/ada/api', ...fields };
}

/** What an event makes of a session; undefined: nothing. */
function effect(
  event: HookEvent,
  found: LiveSession | EndedSession | undefined,
): LiveSession | EndedSession | undefined {
  return applyHookEvent(found, event, 'builder', owner, now)?.next;
}

const prompt = anEvent('UserPromptSubmit', { prompt: 'Fix the login\nIt fails on Mondays.' });
const asks = (notificationType?: string) => anEvent('Notification', { message: 'May I?', notificationType });
const starts = (source?: string) => anEvent('SessionStart', { source });

type Changes = Partial<LiveSession>;
const ACTIVE: Changes = { state: 'working', activity: 'active' };
const WAITS: Changes = { state: 'blocked', activity: 'waiting_input', status: 'May I?' };
const READY: Changes = { state: 'working', activity: 'ready' };

/** What each event says, and which ended sessions it brings back. */
const TABLE: [title: string, event: HookEvent, changes: Changes, reopens: string][] = [
  ['SessionStart startup', starts('startup'), READY, 'lost'],
  ['SessionStart clear', starts('clear'), READY, 'lost'],
  ['SessionStart fork', starts('fork'), READY, 'lost'],
  ['SessionStart of a source that is unknown', starts(), READY, 'lost'],
  ['SessionStart resume', starts('resume'), READY, 'any'],
  ['SessionStart compact', starts('compact'), { handoffRequired: false, handoffDecision: false }, 'lost'],
  ['UserPromptSubmit', prompt, { ...ACTIVE, status: 'Fix the login' }, 'unfinished'],
  ['UserPromptSubmit with the prompt hidden', anEvent('UserPromptSubmit'), ACTIVE, 'unfinished'],
  ['PreToolUse', anEvent('PreToolUse'), ACTIVE, 'lost'],
  ['PostToolUse', anEvent('PostToolUse'), ACTIVE, 'lost'],
  ['PostToolUseFailure', anEvent('PostToolUseFailure'), ACTIVE, 'lost'],
  ['SubagentStart', anEvent('SubagentStart'), { activity: 'active' }, 'lost'],
  ['SubagentStop', anEvent('SubagentStop'), {}, 'lost'],
  ['an event that is unknown', anEvent('TeammateIdle'), {}, 'lost'],
  ['Notification permission_prompt', asks('permission_prompt'), WAITS, 'lost'],
  ['Notification elicitation_dialog', asks('elicitation_dialog'), WAITS, 'lost'],
  ['Notification agent_needs_input', asks('agent_needs_input'), WAITS, 'lost'],
  ['Notification idle_prompt', asks('idle_prompt'), WAITS, 'lost'],
  ['Notification of an older version', asks(), WAITS, 'lost'],
  ['Notification of a type that is unknown', asks('something_new'), WAITS, 'lost'],
  ['Notification auth_success', asks('auth_success'), {}, 'lost'],
  ['Notification elicitation_complete', asks('elicitation_complete'), {}, 'lost'],
  ['Notification elicitation_response', asks('elicitation_response'), {}, 'lost'],
  ['Notification agent_completed', asks('agent_completed'), {}, 'lost'],
  ['Stop', anEvent('Stop'), READY, 'lost'],
  [
    'StopFailure',
    anEvent('StopFailure', { error: 'rate_limit' }),
    { activity: 'blocked', status: 'rate_limit' },
    'lost',
  ],
  ['PreCompact', anEvent('PreCompact'), { handoffRequired: true, handoffDecision: true }, 'lost'],
  ['PostCompact', anEvent('PostCompact'), { handoffRequired: false, handoffDecision: false }, 'lost'],
];
const SIGN_OF_LIFE: Changes = { lastHeartbeat: now, lastActivityAt: now };

describe('on a live session', () => {
  const STATES = ['working', 'blocked', 'pinned'] as const;
  const rows = TABLE.flatMap(([title, event, changes]) =>
    STATES.map((state) => [title, state, event, changes] as const),
  );

  test.each(rows)('%s, when it is %s: what the table says, and nothing else', (_title, state, event, changes) => {
    const before = aSession({ state, status: 'Before', activity: 'idle', progress: 7 });
    const kept = state === 'pinned' ? { state } : {};
    const { lifecycle } = aSession({ state: changes.state ?? state, ...kept });
    expect(effect(event, before)).toEqual({ ...before, ...SIGN_OF_LIFE, ...changes, ...kept, lifecycle });
  });

  test.each(STATES)('SessionEnd completes one that is %s, and its process has exited', (state) => {
    const ended = effect(anEvent('SessionEnd'), aSession({ state, status: 'Before' }));
    expect(ended).toMatchObject({ state: 'complete', outcome: 'completed', activity: 'exited', status: 'Before' });
  });
});

describe('on a session that is unknown', () => {
  test.each(TABLE)('%s starts it, with what it says', (_title, event, changes) => {
    const started = effect(event, undefined);
    expect(started).toMatchObject({
      sessionId: 'session-1',
      programId: 'builder',
      name: 'Claude Code in api',
      projectName: 'api',
      state: 'working',
      createdAt: now,
      ...SIGN_OF_LIFE,
      ...changes,
    });
  });

  test('SessionEnd leaves no trace', () => {
    expect(effect(anEvent('SessionEnd'), undefined)).toBeUndefined();
  });
});

describe('on a session that is over', () => {
  test.each(TABLE)('%s leaves a merged one as it is', (_title, event) => {
    expect(effect(event, anEndedSession({ lifecycle: 'merged' }))).toBeUndefined();
  });

  const OUTCOMES: readonly Outcome[] = ['completed', 'timed_out', 'expired', 'superseded', 'killed', 'errored'];
  const COMES_BACK: Record<string, readonly Outcome[]> = {
    lost: ['timed_out'],
    unfinished: ['timed_out', 'completed'],
    any: OUTCOMES,
  };
  const rows = TABLE.flatMap(([title, event, changes, reopens]) =>
    OUTCOMES.flatMap((outcome) =>
      [null, now].map((archivedAt) => [title, outcome, archivedAt, event, changes, reopens] as const),
    ),
  );

  test.each(rows)('%s, ended as %s, archived at %s', (_title, outcome, archivedAt, event, changes, reopens) => {
    const ended = anEndedSession({ outcome, archivedAt, activity: 'active', status: 'Before' });
    const next = effect(event, ended);
    if (!COMES_BACK[reopens]?.includes(outcome)) return expect(next).toBeUndefined();
    expect(next && isEnded(next)).toBe(false);
    return expect(next).toMatchObject({
      state: 'working',
      status: 'Before',
      startedAt: now,
      ...SIGN_OF_LIFE,
      ...changes,
    });
  });

  test.each(rows)(
    '%s, ended as %s, archived at %s, and its process gone',
    (_title, outcome, archivedAt, event, _, reopens) => {
      const next = effect(event, anEndedSession({ outcome, archivedAt, activity: 'exited' }));
      expect(next === undefined).toBe(reopens !== 'any');
    },
  );

  test.each(OUTCOMES)('SessionEnd notes that the process is gone, once, and leaves the rest: %s', (outcome) => {
    const ended = anEndedSession({ outcome, activity: 'ready' });
    const gone = effect(anEvent('SessionEnd'), ended);
    expect(gone).toEqual({ ...ended, activity: 'exited' });
    expect(effect(anEvent('SessionEnd'), gone)).toBeUndefined();
  });
});

test('only an end and a start are turning points', () => {
  const kinds = [starts(), starts('compact'), anEvent('SessionEnd'), ...TABLE.map(([, event]) => event)].map(
    (event) => [event.name, readHookEvent(event).kind] as const,
  );
  for (const [name, kind] of kinds) {
    expect([name, kind]).toEqual([name, { SessionStart: 'start', SessionEnd: 'end' }[name] ?? 'report']);
  }
});

describe('the name', () => {
  const long = 'x'.repeat(300);
  test.each<[cwd: string | undefined, projectName: string | undefined]>([
    ['/home/ada/api', 'api'],
    ['/home/ada/api/', 'api'],
    ['/home/ada/my project', 'my project'],
    ['/home/ada/back\\slash', 'back\\slash'],
    ['C:\\Users\\ada\\api', 'api'],
    ['C:\\Users\\ada\\api\\', 'api'],
    ['c:/Users/ada/api', 'api'],
    ['\\\\server\\share\\api', 'api'],
    ['/home/ada/zwölf 🙂', 'zwölf 🙂'],
    ['/home/ada/a\u0007b', 'a b'],
    ['/home/ada/half\ud83d', 'half\ufffd'],
    ['/home/ada/two\nlines', 'two'],
    [`/home/ada/${long}`, `${'x'.repeat(limits.PROJECT_NAME_MAX_CHARS - 1)}…`],
    ['/', undefined],
    ['C:\\', undefined],
    ['', undefined],
    ['/home/ada/\u200b', undefined],
    [undefined, undefined],
  ])('of a session in %j', (cwd, projectName) => {
    const expected =
      projectName === undefined ? { name: 'Claude Code' } : { name: `Claude Code in ${projectName}`, projectName };
    expect(namesOf(cwd)).toEqual(expected);
  });

  test('that an agent gave its session stays', () => {
    const named = aSession({ name: 'Auth refactor', projectName: 'auth' });
    expect(effect(starts('resume'), named)).toMatchObject({ name: 'Auth refactor', projectName: 'auth' });
    const ended = anEndedSession({ name: 'Auth refactor', projectName: 'auth' });
    expect(effect(starts('resume'), ended)).toMatchObject({ name: 'Auth refactor', projectName: 'auth' });
  });
});

describe('the status', () => {
  const statusAfter = (text: string) =>
    effect(anEvent('UserPromptSubmit', { prompt: text }), aSession({ status: 'Before' }))?.status;

  test.each([
    ['one line', 'one line'],
    ['\n\n  the first that is not blank  \nthe next', 'the first that is not blank'],
    ['tab\tand bell\u0007', 'tab and bell'],
    ['half\udc00 a character', 'half\ufffd a character'],
    ['', 'Before'],
    [' \n\u200b\n', 'Before'],
  ])('of %j', (text, status) => {
    expect(statusAfter(text)).toBe(status);
  });

  test('is shortened to what a status may have, never through a character', () => {
    for (const text of ['x'.repeat(10_000), 'word '.repeat(10_000), '🙂'.repeat(10_000), `x${'🙂'.repeat(10_000)}`]) {
      const status = statusAfter(text) ?? '';
      expect(status.length).toBeLessThanOrEqual(limits.STATUS_MAX_CHARS);
      expect(status.length).toBeGreaterThan(limits.STATUS_MAX_CHARS / 2);
      expect(() => encodeURIComponent(status)).not.toThrow();
      expect(status).toMatch(/…$/);
    }
  });

  test.each<[Partial<HookEvent>, string]>([
    [{ error: 'rate_limit', errorDetails: '429 Too Many Requests' }, 'rate_limit: 429 Too Many Requests'],
    [{ error: 'rate_limit', errorDetails: ' ' }, 'rate_limit'],
    [{ errorDetails: 'overloaded' }, 'overloaded'],
    [{}, 'Before'],
  ])('after a failure %j', (fields, status) => {
    expect(effect(anEvent('StopFailure', fields), aSession({ status: 'Before' }))?.status).toBe(status);
  });
});

describe('the context of a session that starts', () => {
  const viewed = (fields: Partial<LiveSession>) => viewSession(aSession(fields), anAccount(), now);
  const { success: _, ...state } = viewProgramState(aProgramState(), now);
  const handoff = {
    programId: 'builder',
    predecessor: null,
    liveSessions: [viewed({ sessionId: 'session-1', name: 'Itself' }), viewed({ sessionId: 'other', name: 'Another' })],
    state,
  };

  test('says in its first line who it is and what is done for it, then the handoff without itself', () => {
    const [first = '', blank, ...brief] = contextFor('session-1', handoff, now).split('\n');
    for (const words of ['"session-1"', '"builder"', 'send no heartbeats', 'update_program_state'])
      expect(first).toContain(words);
    expect(blank).toBe('');
    expect(brief.join('\n')).toContain('"Another" (other)');
    expect(brief.join('\n')).not.toContain('Itself');
  });

  test('has at most the 10,000 characters that Claude Code takes', () => {
    const liveSessions = Array.from({ length: 100 }, (_, n) =>
      viewed({ sessionId: `s${n}`, name: 'n'.repeat(200), status: 's'.repeat(200) }),
    );
    const { length } = contextFor('x'.repeat(100), { ...handoff, liveSessions }, now);
    expect(length).toBeLessThanOrEqual(10_000);
    expect(length).toBeGreaterThan(9000);
  });
});

test('a session that an event starts or reopens says so in one event, caused by its program', () => {
  const events = (found: EndedSession | undefined) =>
    applyHookEvent(found, starts('resume'), 'builder', owner, now)?.events;
  expect(events(undefined)).toMatchObject([
    { type: 'session.started', actor: 'program/builder', data: { how: 'created' } },
  ]);
  expect(events(anEndedSession({ archivedAt: START }))).toMatchObject([
    { type: 'session.started', data: { how: 'resumed' } },
  ]);
});
