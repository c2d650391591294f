import pc from 'picocolors';
import stringWidth from 'string-width';
import { aSessionView } from '../session-view.builder.js';
import { frame, logLine, moveSelection, type View } from './frame.js';

const colours = pc.createColors(false);
const now = new Date('2026-03-02T10:00:30.000Z');
const size = { columns: 100, rows: 12 };
const aView = (fields: Partial<View> = {}): View => ({
  sessions: [],
  staleSince: null,
  selectedId: undefined,
  attentionOnly: false,
  detailed: false,
  place: 'local',
  message: '',
  ...fields,
});
const asks = aSessionView({ sessionId: 'asks', state: 'blocked', status: 'Deploy now?' });
const works = aSessionView({ sessionId: 'works', progress: 40 });
const many = Array.from({ length: 50 }, (_, i) =>
  aSessionView({ sessionId: `s${String(i).padStart(2, '0')}`, name: `Session number ${i}` }),
);

const textOf = (view: View, room = size) => frame(view, room, now, colours).join('\n');

test('an empty fleet says so, and how to go on', () => {
  const lines = frame(aView(), size, now, colours);
  expect(lines).toHaveLength(12);
  expect(lines[0]).toBe('local   nobody   as of 10:00:30 UTC');
  expect(lines).toContain('No live sessions.');
  expect(lines.at(-1)).toMatch(/^q quit/);
});

test('it counts who needs a person, and shows them first', () => {
  const lines = frame(aView({ sessions: [works, asks] }), size, now, colours);
  expect(lines[0]).toBe('local   1 needs you, 1 working   as of 10:00:30 UTC');
  expect(lines[3]).toMatch(/! needs you .*Deploy now\?/);
  expect(lines[4]).toMatch(/● working .*40% .*30s/);
});

test('a broken stream is said above everything, with since when', () => {
  expect(textOf(aView({ sessions: [works], staleSince: new Date('2026-03-02T10:00:18.000Z') }))).toContain(
    'The stream broke 12s ago: what you see is from 10:00:18 UTC.',
  );
});

test('with the filter on, only what needs a person is there', () => {
  const text = textOf(aView({ sessions: [works, asks], attentionOnly: true }));
  expect(text).toContain('asks');
  expect(text).not.toContain('works');
  expect(textOf(aView({ sessions: [works], attentionOnly: true }))).toContain('Nothing needs you.');
});

test('the selected session is marked, stays in sight among many, and shows all that is known of it', () => {
  expect(textOf(aView({ sessions: many, selectedId: 's40' }))).toMatch(/› .*Session number 40/);
  const detailed = textOf(aView({ sessions: [works], selectedId: 'works', detailed: true }), {
    columns: 100,
    rows: 30,
  });
  expect(detailed).toMatch(/programId +builder/);
  expect(detailed).not.toContain('outcome');
});

test.each([
  { columns: 40, rows: 10 },
  { columns: 80, rows: 5 },
  { columns: 200, rows: 60 },
])('a terminal of %j gets as many lines as it has, and none that is too wide', (room) => {
  for (const view of [
    aView({ sessions: many }),
    aView({ sessions: many, selectedId: 's49', detailed: true, staleSince: now }),
  ]) {
    const lines = frame(view, room, now, colours);
    expect(lines).toHaveLength(room.rows);
    expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(room.columns);
  }
});

test('the selection begins at the first, moves by one, and stays at the ends', () => {
  const two = [asks, works];
  expect(moveSelection(two, undefined, 1)).toBe('asks');
  expect(moveSelection(two, 'asks', 1)).toBe('works');
  expect(moveSelection(two, 'works', 1)).toBe('works');
  expect(moveSelection(two, 'asks', -1)).toBe('asks');
  expect(moveSelection([], 'asks', 1)).toBeUndefined();
});

test('a change is one line of a log', () => {
  expect(logLine('changed', asks, now)).toBe(
    '2026-03-02T10:00:30.000Z  ! needs you  builder  Nightly build  Deploy now?  asks',
  );
  expect(logLine('removed', works, now)).toContain('✓ ended');
});
