import { type Attended, attentionOf } from './attention.js';

const seen: Attended = { state: 'working', stale: false, activity: null };

test.each<[Partial<Attended>, string]>([
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
  expect(attentionOf({ ...seen, ...fields })).toBe(expected);
});
