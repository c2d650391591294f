import { byAttention } from './attention.js';
import { aSessionView } from './session-view.builder.js';

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
