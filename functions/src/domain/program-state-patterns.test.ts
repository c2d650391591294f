import {
  decayedPatterns,
  type LearnedPattern,
  type Operations,
  operations,
  type ParsedInputOf,
  type ProgramState,
} from '@quarterdeck/contract';
import fc from 'fast-check';
import { after, aPattern, aProgramState, START } from '../../../test/support/builders.js';
import { DomainError } from './domain-error.js';
import { emptyProgramState, mergeProgramState, nextDecayAt, viewProgramState } from './program-state.js';

type Patch = ParsedInputOf<Operations['updateProgramState']>;
const now = after({ hours: 1 });
const EMPTY = emptyProgramState('builder');

function merge(state: ProgramState, patch: Omit<Patch, 'programId'>): ProgramState {
  return mergeProgramState(state, operations.updateProgramState.input.parse({ programId: 'builder', ...patch }), now);
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

const FULL = aProgramState({
  revision: 7,
  contextSummary: {
    lastTask: 'Wrote tests',
    activeWorkItems: ['one'],
    handoffNotes: 'Look at the queue',
    openQuestions: [],
  },
  contextSummaryUpdatedAt: START,
  learnedPatterns: [aPattern({ id: 'a' }), aPattern({ id: 'b', evidence: 'seen twice', promoted: true })],
  decay: { contextSummaryTTLDays: 3, learnedPatternMaxAge: 10, maxUnpromotedPatterns: 20 },
  updatedAt: START,
});

describe('patterns merge by id', () => {
  test('a new one is learned now', () => {
    const next = merge(FULL, { learnedPatterns: [{ id: 'c', domain: 'd', pattern: 'p', confidence: 0 }] });
    expect(next.learnedPatterns.map((p) => p.id)).toEqual(['a', 'b', 'c']);
    expect(next.learnedPatterns[2]).toEqual({
      id: 'c',
      domain: 'd',
      pattern: 'p',
      confidence: 0,
      evidence: null,
      promoted: false,
      discoveredAt: now,
      lastReinforcedAt: now,
    });
  });

  test('a known one changes where something is given, and is reinforced', () => {
    const next = merge(FULL, { learnedPatterns: [{ id: 'b', confidence: 0.9 }] });
    expect(next.learnedPatterns[1]).toEqual({ ...FULL.learnedPatterns[1], confidence: 0.9, lastReinforcedAt: now });
    expect(next.learnedPatterns[0]).toEqual(FULL.learnedPatterns[0]);
  });

  test('sending the id alone reinforces it', () => {
    expect(merge(FULL, { learnedPatterns: [{ id: 'a' }] }).learnedPatterns[0]).toEqual({
      ...FULL.learnedPatterns[0],
      lastReinforcedAt: now,
    });
  });

  test('null clears the evidence, false takes a promotion back', () => {
    expect(
      merge(FULL, { learnedPatterns: [{ id: 'b', evidence: null, promoted: false }] }).learnedPatterns[1],
    ).toMatchObject({
      evidence: null,
      promoted: false,
    });
  });

  test('the last word on an id counts, and removal is the last word', () => {
    const twice = {
      learnedPatterns: [
        { id: 'a', confidence: 0.1 },
        { id: 'a', confidence: 0.2 },
      ],
    };
    expect(merge(FULL, twice).learnedPatterns[0]?.confidence).toBe(0.2);
    expect(merge(FULL, { ...twice, removePatternIds: ['a', 'nobody'] }).learnedPatterns.map((p) => p.id)).toEqual([
      'b',
    ]);
  });

  test.each([
    [{ id: 'c' }, 'learnedPatterns.1.domain'],
    [{ id: 'c', domain: 'd' }, 'learnedPatterns.1.pattern'],
    [{ id: 'c', domain: 'd', pattern: 'p' }, 'learnedPatterns.1.confidence'],
  ])('a new one needs domain, pattern and confidence: %j', (given, field) => {
    const refusal = refusalOf(() => merge(FULL, { learnedPatterns: [{ id: 'a' }, given] }));
    expect(refusal).toMatchObject({ reason: 'INVALID_FIELD', details: { fields: [{ field }] } });
    expect(refusal.message).toContain(field);
  });

  const many = (count: number, from = 0) =>
    Array.from({ length: count }, (_, i) => ({
      id: `p${from + i}`,
      domain: 'd',
      pattern: 'p',
      confidence: 0.5,
      promoted: true,
    }));

  test('a program may have 200; changing and replacing them stays possible at the limit', () => {
    const full = merge(EMPTY, { learnedPatterns: many(200) });
    expect(merge(full, { learnedPatterns: [{ id: 'p0', confidence: 1 }] }).learnedPatterns).toHaveLength(200);
    expect(merge(full, { learnedPatterns: many(1, 200), removePatternIds: ['p0'] }).learnedPatterns).toHaveLength(200);
    const refusal = refusalOf(() => merge(full, { learnedPatterns: many(1, 200) }));
    expect(refusal).toMatchObject({
      reason: 'PATTERN_LIMIT',
      code: 'resource-exhausted',
      details: { limit: 200, count: 201 },
    });
    expect(refusal.message).toContain('removePatternIds');
  });

  test('patterns that decay has hidden do not count against the limit: nobody could name them to remove', () => {
    const stale = Array.from({ length: 200 }, (_, i) =>
      aPattern({ id: `old${i}`, discoveredAt: after({ days: -90 }) }),
    );
    const state = aProgramState({ learnedPatterns: stale });
    expect(viewProgramState(state, now).learnedPatterns).toEqual([]);
    expect(() => merge(state, { learnedPatterns: many(1) })).not.toThrow();
  });
});

describe('decay', () => {
  const decay = { contextSummaryTTLDays: 7, learnedPatternMaxAge: 30, maxUnpromotedPatterns: 3 };
  const idsAt = (patterns: LearnedPattern[], at: Date, own = decay) =>
    decayedPatterns(aProgramState({ learnedPatterns: patterns, decay: own }), at).map((p) => p.id);

  test('an unpromoted pattern is kept to its last millisecond; a promoted one for ever', () => {
    const patterns = [aPattern({ id: 'plain' }), aPattern({ id: 'promoted', promoted: true })];
    expect(idsAt(patterns, after({ days: 30 }))).toEqual(['plain', 'promoted']);
    expect(idsAt(patterns, after({ days: 30, ms: 1 }))).toEqual(['promoted']);
    expect(idsAt(patterns, after({ days: 9999 }))).toEqual(['promoted']);
  });

  test('its age counts from the last reinforcement', () => {
    expect(idsAt([aPattern({ id: 'x', lastReinforcedAt: after({ days: 20 }) })], after({ days: 50 }))).toEqual(['x']);
  });

  test('over the maximum the lowest confidence goes first, then the oldest', () => {
    const patterns = [
      aPattern({ id: 'low', confidence: 0.1, lastReinforcedAt: after({ days: 1 }) }),
      aPattern({ id: 'old', confidence: 0.5, lastReinforcedAt: after({ ms: 0 }) }),
      aPattern({ id: 'new', confidence: 0.5, lastReinforcedAt: after({ ms: 1 }) }),
      aPattern({ id: 'high', confidence: 0.9, lastReinforcedAt: after({ days: -1 }) }),
      aPattern({ id: 'promoted', confidence: 0, promoted: true }),
    ];
    const keeping = (count: number) => idsAt(patterns, after({ days: 2 }), { ...decay, maxUnpromotedPatterns: count });
    expect(keeping(4)).toEqual(['low', 'old', 'new', 'high', 'promoted']);
    expect(keeping(3)).toEqual(['old', 'new', 'high', 'promoted']);
    expect(keeping(2)).toEqual(['new', 'high', 'promoted']);
    expect(keeping(1)).toEqual(['high', 'promoted']);
  });

  test('promoted ones do not count against the maximum', () => {
    const patterns = Array.from({ length: 10 }, (_, i) => aPattern({ id: `${i}`, promoted: i >= 3 }));
    expect(idsAt(patterns, START)).toHaveLength(10);
  });

  test('the next decay is the first moment at which something is forgotten', () => {
    const first = aPattern({ id: 'a', lastReinforcedAt: after({ days: 1 }) });
    const state = aProgramState({
      decay,
      learnedPatterns: [aPattern({ id: 'b', lastReinforcedAt: after({ days: 2 }) }), first],
    });
    expect(nextDecayAt(state, after({ days: 2 }))).toEqual(after({ days: 31, ms: 1 }));
    expect(idsAt([...state.learnedPatterns], after({ days: 31 }))).toEqual(['b', 'a']);
    expect(idsAt([...state.learnedPatterns], after({ days: 31, ms: 1 }))).toEqual(['b']);
  });

  test('it is now when something is to be forgotten already, and never when nothing ever is', () => {
    expect(nextDecayAt(aProgramState({ decay, learnedPatterns: [aPattern()] }), after({ days: 31 }))).toEqual(
      after({ days: 31 }),
    );
    expect(nextDecayAt(aProgramState({ learnedPatterns: [aPattern({ promoted: true })] }), now)).toBeNull();
    expect(nextDecayAt(EMPTY, now)).toBeNull();
  });

  test('decaying twice forgets no more than once', () => {
    const pattern = fc.record({
      confidence: fc.double({ min: 0, max: 1, noNaN: true }),
      promoted: fc.boolean(),
      days: fc.nat(60),
    });
    fc.assert(
      fc.property(fc.array(pattern, { maxLength: 30 }), (given) => {
        const learnedPatterns = given.map(({ days, ...one }, i) =>
          aPattern({ ...one, id: `${i}`, discoveredAt: after({ days: -days }) }),
        );
        const once = decayedPatterns(aProgramState({ learnedPatterns, decay }), START);
        expect(decayedPatterns(aProgramState({ learnedPatterns: once, decay }), START)).toEqual(once);
        expect(learnedPatterns.filter((p) => p.promoted && !once.includes(p))).toEqual([]);
      }),
      { seed: 20260302 },
    );
  });
});

describe('a state as callers see it', () => {
  test.each([
    [{ days: 3 }, false],
    [{ days: 3, ms: 1 }, true],
  ])('the summary is marked stale after its days, not taken away: %j', (span, stale) => {
    const view = viewProgramState(FULL, after(span));
    expect(view.contextSummary).toMatchObject({
      stale,
      handoffNotes: 'Look at the queue',
      updatedAt: START.toISOString(),
    });
  });

  test('a program that has never written gets the empty state, which is not stale', () => {
    expect(viewProgramState(EMPTY, after({ days: 999 }))).toMatchObject({
      exists: false,
      revision: 0,
      contextSummary: { stale: false, updatedAt: null, lastTask: null },
      learnedPatterns: [],
      updatedAt: null,
    });
  });

  test('the answer is one that the contract knows', () => {
    const view = viewProgramState(FULL, now);
    expect(operations.getProgramState.output.strict().parse(view)).toEqual(view);
  });

  test('what has decayed is not shown, whether or not a sweep has run', () => {
    expect(viewProgramState(FULL, after({ days: 11 })).learnedPatterns.map((p) => p.id)).toEqual(['b']);
  });
});
