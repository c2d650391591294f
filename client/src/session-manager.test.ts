import { Activity, Outcome, SessionState, viewSession } from '@quarterdeck/contract';
import { after, anAccount, anEndedSession, aSession, START } from '../../test/support/builders.js';
import { QuarterdeckError } from './errors.js';
import type { ListSessionsInput, SessionView } from './operations.js';
import {
  createSessionManager,
  isRestorable,
  isTerminalSession,
  type SessionStatus,
  TERMINAL_ACTIVITIES,
  TERMINAL_STATUSES,
} from './session-manager.js';

const STATUSES: readonly SessionStatus[] = [
  'spawning',
  'working',
  'pr_open',
  'ci_failed',
  'review_pending',
  'changes_requested',
  'approved',
  'mergeable',
  'merged',
  'cleanup',
  'needs_input',
  'stuck',
  'errored',
  'killed',
  'done',
  'terminated',
];
const TERMINAL = ['merged', 'cleanup', 'errored', 'killed', 'done', 'terminated'];

const view = (fields: Partial<SessionView> = {}): SessionView => ({
  ...viewSession(aSession(), anAccount(), START),
  ...fields,
});

const managerOf = (session: SessionView) =>
  createSessionManager({
    getSession: async () => ({ success: true, session }),
    restoreSession: async () => ({ success: true, sessionId: session.sessionId, message: 'Session restored', session }),
    listSessions: async () => ({ success: true, sessions: [session] }),
  });

describe('what is over', () => {
  const pairs = STATUSES.flatMap((status) => [null, ...Activity.options].map((activity) => ({ status, activity })));

  test.each(pairs)('$status with activity $activity', ({ status, activity }) => {
    const isOver = TERMINAL.includes(status) || activity === 'exited';
    expect(isTerminalSession({ status, activity })).toBe(isOver);
    expect(isRestorable({ status, activity })).toBe(isOver && status !== 'merged');
  });

  test('there are 16 statuses and 6 activities, and the terminal ones are pinned', () => {
    expect([STATUSES.length, Activity.options.length]).toEqual([16, 6]);
    expect([[...TERMINAL_STATUSES], [...TERMINAL_ACTIVITIES]]).toEqual([TERMINAL, ['exited']]);
  });
});

describe('the status of a session', () => {
  const EXPECTED: Readonly<Record<string, SessionStatus>> = {
    'complete completed': 'done',
    'complete errored': 'errored',
    'complete killed': 'killed',
    'complete timed_out': 'terminated',
    'complete expired': 'terminated',
    'complete superseded': 'terminated',
    blocked: 'needs_input',
    working: 'working',
    pinned: 'working',
  };
  const pairs = SessionState.options.flatMap((state): { state: SessionState; outcome: Outcome | null }[] =>
    state === 'complete' ? Outcome.options.map((outcome) => ({ state, outcome })) : [{ state, outcome: null }],
  );

  test.each(pairs)('that is $state, $outcome', async ({ state, outcome }) => {
    const session = await managerOf(view({ state, outcome })).get('session-1');
    expect(session?.status).toBe(EXPECTED[outcome === null ? state : `${state} ${outcome}`]);
  });
});

describe('the manager', () => {
  test("gives the seed's fields, with dates; what the backend does not keep is null or empty", async () => {
    const ended = viewSession(
      anEndedSession({ projectName: 'my-app', activity: 'exited', lastHeartbeat: after({ minutes: 9 }) }),
      anAccount(),
      START,
    );
    expect(await managerOf(ended).restore('session-1')).toEqual({
      id: 'session-1',
      projectId: 'my-app',
      status: 'done',
      activity: 'exited',
      branch: null,
      issueId: null,
      pr: null,
      workspacePath: null,
      runtimeHandle: null,
      agentInfo: null,
      createdAt: START,
      lastActivityAt: after({ minutes: 9 }),
      metadata: {},
    });
    expect(await managerOf(view()).get('session-1')).toMatchObject({ projectId: '' });
  });

  test('lists every page, of one project or of all', async () => {
    const asked: (string | undefined)[] = [];
    const pages = [
      { success: true as const, sessions: [view({ sessionId: 'a', projectName: 'x' })], nextPageToken: 'two' },
      { success: true as const, sessions: [view({ sessionId: 'b' }), view({ sessionId: 'c', projectName: 'x' })] },
    ];
    const manager = createSessionManager({
      ...unused,
      listSessions: async ({ pageToken }: ListSessionsInput = {}) => {
        asked.push(pageToken);
        return pages[pageToken === 'two' ? 1 : 0] as (typeof pages)[0];
      },
    });
    expect((await manager.list()).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect((await manager.list('x')).map(({ id }) => id)).toEqual(['a', 'c']);
    expect(asked).toEqual([undefined, 'two', undefined, 'two']);
  });

  test('a session that there is not is null; any other failure is thrown', async () => {
    const failing = (reason: 'SESSION_UNKNOWN' | 'UNREACHABLE') => {
      const error = new QuarterdeckError('get_session', { code: 'not-found', reason, message: reason });
      return createSessionManager({ ...unused, getSession: () => Promise.reject(error) }).get('x');
    };
    await expect(failing('SESSION_UNKNOWN')).resolves.toBeNull();
    await expect(failing('UNREACHABLE')).rejects.toThrow('UNREACHABLE');
  });
});

const refuse = () => Promise.reject(new Error('not expected'));
const unused = { listSessions: refuse, getSession: refuse, restoreSession: refuse };
