import { SessionView } from '@quarterdeck/contract';
import { after, anAccount, anEndedSession, aSession, START } from '../../test/support/builders.js';
import { isEnded, viewSession } from './session-view.js';

const account = anAccount();

test('a live session shows what was said of it, and what the clock says', () => {
  const session = aSession({
    status: 'Tests',
    progress: 40,
    tokens: { inputTokens: 1, outputTokens: 2 },
    expectedIntervalSeconds: 60,
    lastHeartbeat: after({ seconds: 30 }),
    staleSince: START,
    handoffDecision: true,
    issueId: '#12',
    pr: { number: 3, url: 'https://example.com/3', title: null, isDraft: true },
    runtimeHandle: { id: '1', runtimeName: 'process', data: { host: 'a' } },
    metadata: { team: 'blue' },
    restoredAt: after({ seconds: 1 }),
    command: { name: 'drain', by: 'person/ada', at: after({ seconds: 2 }) },
  });
  const view = viewSession(session, account, after({ minutes: 2 }));
  expect(view).toEqual({
    sessionId: 'session-1',
    programId: 'builder',
    name: 'Auth refactor',
    state: 'working',
    lifecycle: 'working',
    status: 'Tests',
    progress: 40,
    projectName: null,
    activity: null,
    tokens: { inputTokens: 1, outputTokens: 2 },
    contextBytes: null,
    contextLimitBytes: null,
    handoffRequired: false,
    expectedIntervalSeconds: 60,
    branch: null,
    issueId: '#12',
    pr: { number: 3, url: 'https://example.com/3', title: null, isDraft: true },
    workspacePath: null,
    runtimeHandle: { id: '1', runtimeName: 'process', data: { host: 'a' } },
    agentInfo: null,
    metadata: { team: 'blue' },
    restoredAt: '2026-03-02T10:00:01.000Z',
    spawnRequestedAt: null,
    command: { name: 'drain', by: 'person/ada', at: '2026-03-02T10:00:02.000Z' },
    createdAt: '2026-03-02T10:00:00.000Z',
    lastHeartbeat: '2026-03-02T10:00:30.000Z',
    heartbeatAge: '1m',
    lastSeenAt: '2026-03-02T10:00:30.000Z',
    stale: false,
    staleAfterSeconds: 90,
    expiresAt: null,
    endedAt: null,
    outcome: null,
    archivedAt: null,
  });
  // What is kept for ourselves does not go out.
  expect(SessionView.strict().parse(view)).toEqual(view);
});

test('stale follows the clock, not the mark of the sweep', () => {
  const marked = aSession({ staleSince: START });
  expect(viewSession(marked, account, after({ minutes: 15 })).stale).toBe(false);
  expect(viewSession(marked, account, after({ minutes: 15, ms: 1 })).stale).toBe(true);
});

test('an ended session is never stale, and says when and how it ended', () => {
  const ended = anEndedSession({ outcome: 'timed_out', archivedAt: after({ hours: 2 }) });
  expect(viewSession(ended, account, after({ days: 300 }))).toMatchObject({
    state: 'complete',
    stale: false,
    heartbeatAge: null,
    endedAt: '2026-03-02T10:10:00.000Z',
    outcome: 'timed_out',
    archivedAt: '2026-03-02T12:00:00.000Z',
  });
});

test.each([
  [aSession(), false],
  [aSession({ state: 'blocked' }), false],
  [aSession({ state: 'pinned' }), false],
  [anEndedSession(), true],
])('complete, and nothing else, is over: %#', (session, expected) => {
  expect(isEnded(session)).toBe(expected);
});
