import type { SessionView } from '@quarterdeck/client';
import { attentionOf, byAttention } from './attention.js';
import { aSessionView } from './session-view.builder.js';

test.each<[Partial<SessionView>, string]>([
  [{ state: 'working' }, 'working'],
  [{ state: 'working', activity: 'active' }, 'working'],
  [{ state: 'working', activity: 'ready' }, 'idle'],
  [{ state: 'working', activity: 'idle' }, 'idle'],
  [{ state: 'working', stale: true }, 'stale'],
  [{ state: 'working', activity: 'ready', stale: true }, 'stale'],
  [{ state: 'blocked' }, 'needs you'],
  [{ state: 'blocked', stale: true }, 'needs you'],
  [{ state: 'pinned' }, 'pinned'],
  [{ state: 'pinned', stale: true }, 'stale'],
  [{ state: 'complete' }, 'done'],
])('a session with %j is one that is %s', (fields, expected) => {
  expect(attentionOf(aSessionView(fields))).toBe(expected);
});

test('who needs a person comes first, and among equals who was heard last', () => {
  const sessions = [
    aSessionView({ sessionId: 'old', lastSeenAt: '2026-03-02T10:00:00.000Z' }),
    aSessionView({ sessionId: 'new', lastSeenAt: '2026-03-02T10:05:00.000Z' }),
    aSessionView({ sessionId: 'silent', stale: true }),
    aSessionView({ sessionId: 'asks', state: 'blocked' }),
    aSessionView({ sessionId: 'over', state: 'complete' }),
  ];
  expect(byAttention(sessions).map(({ sessionId }) => sessionId)).toEqual(['asks', 'silent', 'new', 'old', 'over']);
});
