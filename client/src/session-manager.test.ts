import * as contract from '@quarterdeck/contract';
import { Activity, Lifecycle, viewSession } from '@quarterdeck/contract';
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

const STATUSES: readonly SessionStatus[] = Lifecycle.options;
const TERMINAL = ['merged', 'cleanup', 'errored', 'killed', 'done', 'terminated'];

const view = (fields: Partial<SessionView> = {}): SessionView => ({
  ...viewSession(aSession(), anAccount(), START),
  ...fields,
});

const managerOf = (session: SessionView) =>
  createSessionManager({
    ...unused,
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
    const session = { lifecycle: status, activity };
    expect(contract.isTerminalSession(session)).toBe(isOver);
    expect(contract.isRestorable(session)).toBe(isOver && status !== 'merged');
  });

  test('there are 16 statuses and 6 activities, and the terminal ones are pinned', () => {
    expect([STATUSES.length, Activity.options.length]).toEqual([16, 6]);
    expect([[...TERMINAL_STATUSES], [...TERMINAL_ACTIVITIES]]).toEqual([TERMINAL, ['exited']]);
  });
});

describe('the manager', () => {
  test("gives the seed's fields, with dates", async () => {
    const orchestrated = {
      projectName: 'my-app',
      activity: 'exited' as const,
      lifecycle: 'merged' as const,
      branch: 'feat/x',
      issueId: '#1',
      pr: { number: 1, url: 'https://example.com/1', title: null, isDraft: false },
      workspacePath: '/work/x',
      runtimeHandle: { id: '42', runtimeName: 'process', data: {} },
      agentInfo: { summary: 'Done', agentSessionId: 'a', cost: null },
      metadata: { team: 'blue' },
    };
    const times = { lastHeartbeat: after({ minutes: 9 }), restoredAt: after({ minutes: 1 }) };
    const ended = viewSession(anEndedSession({ ...orchestrated, ...times }), anAccount(), START);
    const { projectName, lifecycle, pr, ...same } = orchestrated;
    expect(await managerOf(ended).restore('session-1')).toEqual({
      ...same,
      id: 'session-1',
      projectId: projectName,
      status: lifecycle,
      pr: { ...pr, branch: 'feat/x' },
      createdAt: START,
      lastActivityAt: after({ minutes: 9 }),
      restoredAt: after({ minutes: 1 }),
    });
  });

  test('what a session never was told is null, empty or absent', async () => {
    const session = await managerOf(view()).get('session-1');
    expect(session).toMatchObject({ projectId: '', status: 'working', pr: null, runtimeHandle: null, metadata: {} });
    expect(session).not.toHaveProperty('restoredAt');
  });

  test('spawns and kills by the operations of that name', async () => {
    const asked: unknown[] = [];
    const session = view({ lifecycle: 'spawning' });
    const manager = createSessionManager({
      ...unused,
      spawnSession: async (input) => {
        asked.push(input);
        return { success: true, sessionId: 'session-1', message: 'Session spawning', session };
      },
      killSession: async (input) => {
        asked.push(input);
        return { success: true, sessionId: 'session-1', message: 'Session killed', session };
      },
    });
    expect((await manager.spawn({ projectId: 'my-app', prompt: 'Fix it.' })).status).toBe('spawning');
    await manager.kill('session-1');
    expect(asked).toEqual([{ projectId: 'my-app', prompt: 'Fix it.' }, { sessionId: 'session-1' }]);
  });

  test('sends a message to the agent by the operation of that name, and passes on why it was refused', async () => {
    const asked: unknown[] = [];
    const manager = createSessionManager({
      ...unused,
      sendToSession: async (input) => {
        asked.push(input);
        const moments = { sentAt: START.toISOString(), expiresAt: after({ days: 1 }).toISOString() };
        return { success: true, messageId: 'm', threadId: 'm', recipients: ['builder'], ...moments };
      },
    });
    await expect(manager.send('session-1', 'Also fix the docs.')).resolves.toBeUndefined();
    expect(asked).toEqual([{ sessionId: 'session-1', message: 'Also fix the docs.' }]);
    const over = { code: 'failed-precondition', reason: 'SESSION_ENDED', message: 'over' } as const;
    const sendToSession = () => Promise.reject(new QuarterdeckError('send_to_session', over));
    const refused = createSessionManager({ ...unused, sendToSession }).send('session-1', 'x');
    await expect(refused).rejects.toMatchObject({ reason: 'SESSION_ENDED' });
  });

  test('cleans up page by page, to the end', async () => {
    const asked: unknown[] = [];
    const manager = createSessionManager({
      ...unused,
      cleanupSessions: async (input = {}) => {
        asked.push(input);
        if (input.pageToken !== undefined) return { success: true, cleaned: ['c'], skipped: [] };
        return { success: true, cleaned: ['a'], skipped: ['b'], nextPageToken: 'two' };
      },
    });
    expect(await manager.cleanup('x', { dryRun: true })).toEqual({ cleaned: ['a', 'c'], skipped: ['b'] });
    const page = { projectId: 'x', dryRun: true };
    expect(asked).toEqual([
      { ...page, pageToken: undefined },
      { ...page, pageToken: 'two' },
    ]);
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
const unused = {
  listSessions: refuse,
  getSession: refuse,
  restoreSession: refuse,
  spawnSession: refuse,
  killSession: refuse,
  sendToSession: refuse,
  cleanupSessions: refuse,
};
