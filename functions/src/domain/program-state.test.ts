import { type Operations, operations, type ParsedInputOf, type ProgramState } from '@quarterdeck/contract';
import fc from 'fast-check';
import { after, aPattern, aProgramState, START } from '../../../test/support/builders.js';
import { DomainError } from './domain-error.js';
import { emptyProgramState, mergeProgramState } from './program-state.js';

type Patch = ParsedInputOf<Operations['updateProgramState']>;
const now = after({ hours: 1 });

/** Merges what a caller could send: it goes through the contract first. */
function merge(state: ProgramState, patch: Omit<Patch, 'programId'>, at = now): ProgramState {
  return mergeProgramState(state, operations.updateProgramState.input.parse({ programId: 'builder', ...patch }), at);
}

function refusalOf(work: () => unknown): DomainError {
  try {
    work();
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

/** A state in which every field says something, so that a lost one shows. */
const FULL = aProgramState({
  revision: 7,
  sessionId: 'session-0',
  contextSummary: {
    lastTask: 'Wrote tests',
    activeWorkItems: ['one', 'two'],
    handoffNotes: 'Look at the queue',
    openQuestions: ['why?'],
  },
  contextSummaryUpdatedAt: START,
  learnedPatterns: [aPattern({ id: 'a' }), aPattern({ id: 'b', evidence: 'seen twice', promoted: true })],
  config: {
    preferredOutputFormat: 'markdown',
    toolPreferences: { lint: 'biome', test: 'jest' },
    knownQuirks: ['slow'],
    customSettings: { editor: { tabs: 2, theme: { dark: true } }, list: [1, null, 2] },
  },
  baselines: {
    avgTaskDurationMinutes: 12,
    commonFailureModes: ['timeout'],
    sessionsCompleted: 3,
    lastSessionDurationMinutes: 40,
  },
  decay: { contextSummaryTTLDays: 3, learnedPatternMaxAge: 10, maxUnpromotedPatterns: 20 },
  updatedAt: START,
});

const PARTS = ['contextSummary', 'config', 'baselines', 'decay'] as const;
/** What null goes back to: the empty state. Decay has no null. */
const EMPTY = emptyProgramState('builder');

describe('every field of every part', () => {
  const values: Record<string, unknown> = {
    lastTask: { title: 'Next', notes: 'n' },
    activeWorkItems: ['three'],
    handoffNotes: 'New notes',
    openQuestions: [],
    preferredOutputFormat: 'text',
    knownQuirks: ['a', 'b'],
    avgTaskDurationMinutes: 0,
    commonFailureModes: [],
    sessionsCompleted: 4,
    lastSessionDurationMinutes: 1.5,
    contextSummaryTTLDays: 90,
    learnedPatternMaxAge: 1,
    maxUnpromotedPatterns: 5,
  };
  const fields = PARTS.flatMap((part) => Object.keys(FULL[part]).map((field) => [part, field] as const));
  const replaced = fields.filter(([, field]) => field in values);

  test.each(replaced)('%s.%s: given it replaces, and nothing else changes', (part, field) => {
    const next = merge(FULL, { [part]: { [field]: values[field] } });
    expect(next).toEqual({
      ...FULL,
      revision: 8,
      updatedAt: now,
      contextSummaryUpdatedAt: part === 'contextSummary' ? now : START,
      [part]: { ...FULL[part], [field]: values[field] },
    });
  });

  test.each(fields.filter(([part]) => part !== 'decay'))('%s.%s: null goes back to the empty value', (part, field) => {
    const next = merge(FULL, { [part]: { [field]: null } });
    expect(next[part]).toEqual({ ...FULL[part], [field]: EMPTY[part][field as never] });
  });

  test.each(fields)('%s.%s: omitted it stays', (part, field) => {
    const others = Object.fromEntries(
      replaced.filter(([p, f]) => p === part && f !== field).map(([, f]) => [f, values[f]]),
    );
    expect(merge(FULL, { [part]: others })[part][field as never]).toEqual(FULL[part][field as never]);
  });
});

test('an empty patch changes the revision and the time alone', () => {
  expect(merge(FULL, {})).toEqual({ ...FULL, revision: 8, updatedAt: now });
});

test('what is merged into is left as it was', () => {
  const before = structuredClone(FULL);
  merge(FULL, {
    contextSummary: { activeWorkItems: ['x'] },
    config: { toolPreferences: { lint: null, new: 'x' }, customSettings: { editor: { theme: null, tabs: 4 } } },
    learnedPatterns: [{ id: 'a', confidence: 1 }],
    removePatternIds: ['b'],
  });
  expect(FULL).toEqual(before);
});

test('a first write starts from the empty state', () => {
  expect(merge(emptyProgramState('builder'), { contextSummary: { handoffNotes: 'Hi' }, sessionId: 's' })).toEqual({
    ...EMPTY,
    revision: 1,
    sessionId: 's',
    contextSummary: { lastTask: null, activeWorkItems: [], handoffNotes: 'Hi', openQuestions: [] },
    contextSummaryUpdatedAt: now,
    updatedAt: now,
  });
  expect(emptyProgramState('builder')).toEqual(EMPTY);
});

test('the session that wrote last stays when a writer does not say', () => {
  expect(merge(FULL, {}).sessionId).toBe('session-0');
  expect(merge(FULL, { sessionId: 'session-1' }).sessionId).toBe('session-1');
});

describe('ifRevision', () => {
  test('lets a writer through that has read the latest', () => {
    expect(merge(FULL, { ifRevision: 7 }).revision).toBe(8);
    expect(merge(EMPTY, { ifRevision: 0 }).revision).toBe(1);
  });

  test.each([6, 8, 0])('refuses one that has read %d', (ifRevision) => {
    expect(refusalOf(() => merge(FULL, { ifRevision }))).toMatchObject({
      reason: 'REVISION_CONFLICT',
      code: 'aborted',
      details: { revision: 7 },
    });
  });
});

const word = fc.string({ minLength: 1, maxLength: 40 }).filter((text) => text.trim() !== '');
const anyPatch: fc.Arbitrary<Omit<Patch, 'programId'>> = fc.record(
  {
    contextSummary: fc.record(
      {
        lastTask: fc.option(word),
        activeWorkItems: fc.option(fc.array(word, { maxLength: 3 })),
        handoffNotes: fc.option(fc.string()),
        openQuestions: fc.option(fc.array(word, { maxLength: 3 })),
      },
      { requiredKeys: [] },
    ),
    config: fc.record(
      { preferredOutputFormat: fc.option(word), knownQuirks: fc.option(fc.array(word, { maxLength: 3 })) },
      { requiredKeys: [] },
    ),
    baselines: fc.record(
      { sessionsCompleted: fc.option(fc.nat()), avgTaskDurationMinutes: fc.option(fc.nat()) },
      { requiredKeys: [] },
    ),
    decay: fc.record({ contextSummaryTTLDays: fc.integer({ min: 1, max: 90 }) }, { requiredKeys: [] }),
  },
  { requiredKeys: [] },
);

test('fields that are not in a patch never change, whatever came before', () => {
  fc.assert(
    fc.property(fc.array(anyPatch, { minLength: 1, maxLength: 5 }), (patches) => {
      let state = FULL;
      for (const patch of patches) {
        const next = merge(state, patch);
        for (const part of PARTS) {
          for (const field of Object.keys(state[part])) {
            if (field in (patch[part] ?? {})) continue;
            expect(next[part][field as never]).toBe(state[part][field as never]);
          }
        }
        state = next;
      }
      expect(state.revision).toBe(7 + patches.length);
    }),
    { seed: 20260302 },
  );
});
