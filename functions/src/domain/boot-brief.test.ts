import type { EndedSession, LiveSession, ProgramState, Task } from '@quarterdeck/contract';
import { viewSession, viewTask } from '@quarterdeck/contract';
import {
  after,
  anAccount,
  anEndedSession,
  aPattern,
  aProgramState,
  aSession,
  aTask,
} from '../../../test/support/builders.js';
import { composeBrief } from './boot-brief.js';
import { viewProgramState } from './program-state.js';

const NOW = after({ hours: 3 });

interface Given {
  readonly ended?: Partial<EndedSession>;
  readonly live?: readonly Partial<LiveSession>[];
  readonly state?: Partial<ProgramState>;
  readonly tasks?: readonly Partial<Task>[];
  /** Absent: those that are given. */
  readonly pendingTasks?: number;
}

function briefOf({ ended, live = [], state, tasks = [], pendingTasks = tasks.length }: Given, maxChars = 4000) {
  const settings = anAccount();
  const handoff = {
    programId: 'builder',
    predecessor: ended === undefined ? null : viewSession(anEndedSession(ended), settings, NOW),
    liveSessions: live.map((one) => viewSession(aSession(one), settings, NOW)),
    waiting: { count: pendingTasks, first: tasks.map((one) => viewTask(aTask(one), NOW)) },
    state: viewProgramState(aProgramState(state), NOW),
  };
  return composeBrief(handoff, maxChars, NOW);
}

const SUMMARY = { lastTask: null, activeWorkItems: [], handoffNotes: '', openQuestions: [] };
const FULL: Given = {
  ended: {
    name: 'Auth refactor',
    status: 'Tests are red',
    progress: 40,
    projectName: 'api',
    outcome: 'timed_out',
    endedAt: after({ hours: 1 }),
  },
  live: [{ sessionId: 's2', name: 'Docs', status: 'Writing', lastActivityAt: after({ hours: 2 }) }],
  state: {
    revision: 3,
    contextSummary: {
      lastTask: { taskId: 't1', title: 'Rotate keys', outcome: 'blocked', notes: 'waits for Ada\nsince Monday' },
      activeWorkItems: ['Migrate tokens'],
      handoffNotes: 'Start with the\n# failing test.',
      openQuestions: ['Which region?'],
    },
    contextSummaryUpdatedAt: after({ hours: 1 }),
    learnedPatterns: [
      aPattern({ id: 'a', domain: 'ci', pattern: 'cache misses', confidence: 0.7 }),
      aPattern({ id: 'b', domain: 'db', pattern: 'index first', confidence: 0.5, promoted: true }),
    ],
    config: { preferredOutputFormat: null, toolPreferences: {}, knownQuirks: ['jest needs -w 1'], customSettings: {} },
  },
};

test('everything that is open is told, the most urgent first', () => {
  expect(briefOf(FULL)).toEqual({
    truncated: false,
    brief: `# Handoff for builder

## Previous session
"Auth refactor" (session-1) went silent and was given up: what it had begun may be half done. It ended 2h ago (2026-03-02T11:00:00.000Z).
- Last status: Tests are red
- Progress: 40 %
- Project: api

## Sessions that live now
- "Docs" (s2), working, last seen 1h ago (2026-03-02T12:00:00.000Z), stale: Writing

## Handoff notes
Written 2h ago (2026-03-02T11:00:00.000Z).
> Start with the
> # failing test.

## Open questions
- Which region?

## Work in progress
- Migrate tokens

## Last task
- Rotate keys (t1), blocked
  > waits for Ada
  > since Monday

## Learned patterns
- db: index first (confidence 0.5)
- ci: cache misses (confidence 0.7)

## Known quirks
- jest needs -w 1`,
  });
});

test('a program that has neither run nor written gets a brief that says so', () => {
  expect(briefOf({})).toEqual({
    truncated: false,
    brief:
      '# Handoff for builder\n\n## Previous session\nNo session of this program has ended before. Nothing is on record for it yet: it starts from scratch.',
  });
});

test.each([
  ['completed', 'said that it was complete'],
  ['timed_out', 'went silent'],
  ['expired', 'window expired'],
  ['superseded', 'replaced by a newer session'],
  ['killed', 'was stopped'],
  ['errored', 'failed'],
] as const)('a predecessor that ended as %s %s', (outcome, words) => {
  expect(briefOf({ ended: { outcome } }).brief).toContain(words);
});

test('old notes are marked, and a full context is told', () => {
  const state = {
    revision: 1,
    contextSummary: { ...SUMMARY, handoffNotes: 'x' },
    contextSummaryUpdatedAt: after({ days: -8 }),
  };
  const { brief } = briefOf({ state, ended: { handoffRequired: true } });
  expect(brief).toContain('They are old');
  expect(brief).toContain('asked for a fresh session');
});

test('what agents wrote in several lines stays in its item', () => {
  const openQuestions = ['Which\n## Known quirks\nregion?'];
  const { brief } = briefOf({ state: { revision: 1, contextSummary: { ...SUMMARY, openQuestions } } });
  expect(brief).toContain('- Which ## Known quirks region?');
});

test('at most ten patterns are told: promoted ones first, then the surest', () => {
  const learnedPatterns = Array.from({ length: 30 }, (_, n) =>
    aPattern({ id: `p${n}`, pattern: `p${n}`, confidence: n / 100, promoted: n === 0 }),
  );
  const { brief } = briefOf({ state: { revision: 1, learnedPatterns } });
  const told = [...brief.matchAll(/: (p\d+) /g)].map(([, id]) => id);
  expect(told).toEqual(['p0', 'p29', 'p28', 'p27', 'p26', 'p25', 'p24', 'p23', 'p22', 'p21']);
});

test('whatever the size, a brief that is cut is the beginning of the whole one: whole lines, but for the end of the last', () => {
  const whole = briefOf(FULL, 40_000).brief;
  for (let maxChars = 1; maxChars <= whole.length + 1; maxChars++) {
    const { brief, truncated } = briefOf(FULL, maxChars);
    expect(brief.length).toBeLessThanOrEqual(maxChars);
    expect(truncated).toBe(maxChars < whole.length);
    expect(whole.startsWith(brief.replace(/…$/, ''))).toBe(true);
    expect(brief).not.toMatch(/\n## [^\n]*$|\n$/);
    const rest = whole.slice(brief.length);
    if (!brief.endsWith('…')) expect(rest === '' || rest.startsWith('\n') || brief === '').toBe(true);
  }
});

test('a line is never cut through a character', () => {
  const handoffNotes = '🙂'.repeat(1000);
  for (let maxChars = 500; maxChars < 510; maxChars++) {
    const { brief } = briefOf({ state: { revision: 1, contextSummary: { ...SUMMARY, handoffNotes } } }, maxChars);
    expect(() => encodeURIComponent(brief)).not.toThrow();
    expect(brief).toMatch(/🙂…$/u);
  }
});

test('tasks that wait come before the notes, the most urgent first, with what it takes to claim them', () => {
  const { brief } = briefOf({
    state: { contextSummary: { ...emptySummary(), handoffNotes: 'Notes.' } },
    tasks: [
      { taskId: 't1', title: 'Fix the\nbuild', priority: 'high' },
      { taskId: 't2', title: 'Review', target: 'group:reviewers', createdAt: after({ hours: 1 }) },
    ],
    pendingTasks: 5,
  });
  expect(brief).toContain(`## Tasks waiting
- "Fix the build" (t1), high, made 3h ago (2026-03-02T10:00:00.000Z)
- "Review" (t2), normal, for group:reviewers, made 2h ago (2026-03-02T11:00:00.000Z)
- … and 3 more: get_tasks lists them.`);
  expect(brief.indexOf('Tasks waiting')).toBeLessThan(brief.indexOf('Handoff notes'));
});

test('without a task that waits the brief says nothing of tasks', () => {
  expect(briefOf({}).brief).not.toContain('Tasks');
});

function emptySummary() {
  return aProgramState().contextSummary;
}
