import {
  agrees,
  type EndedSession,
  ExportRecord,
  LiveLifecycle,
  type LiveSession,
  type Memory,
  type Program,
  type ProgramState,
  SessionCommand,
} from '@quarterdeck/contract';
import fc from 'fast-check';
import {
  after,
  aMemory,
  anAccount,
  anEndedSession,
  aProgramState,
  aSession,
  START,
} from '../../../test/support/builders.js';
import {
  isSameRecord,
  memoryOf,
  programOf,
  programStateOf,
  recordOfAccount,
  recordOfMemory,
  recordOfProgram,
  recordOfProgramState,
  recordOfSession,
  recordOfSnapshot,
  sessionOf,
  snapshotOf,
} from './export-record.js';

const aMoment = fc.nat(400 * 86_400_000).map((ms) => after({ ms }));
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value);
const text = (max: number) => fc.string({ unit: 'binary', maxLength: Math.floor(max / 3) }).map((some) => `x${some}`);
const list = (count: number, chars: number) => fc.array(text(chars), { maxLength: count });
const share = fc.double({ min: 0, max: 1, noNaN: true }).map((value) => value + 0);
const count = fc.nat();
const anId = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,20}$/);
const summary = fc.record({
  lastTask: fc.oneof(
    fc.constant(null),
    text(500),
    fc.record(
      { taskId: text(100), title: text(200), outcome: text(200), notes: text(2000) },
      { requiredKeys: ['title'] },
    ),
  ),
  activeWorkItems: list(20, 200),
  handoffNotes: text(2000),
  openQuestions: list(10, 500),
});

const aProgram: fc.Arbitrary<Program> = fc.record({
  programId: anId,
  displayName: maybe(text(200)),
  role: maybe(text(50)),
  color: maybe(fc.stringMatching(/^#[0-9a-f]{6}$/)),
  groups: list(20, 50),
  tags: list(20, 50),
  createdAt: aMoment,
  retiredAt: maybe(aMoment),
});

const aState: fc.Arbitrary<ProgramState> = fc.record({
  programId: anId,
  revision: fc.integer({ min: 1 }),
  sessionId: maybe(anId),
  writtenBy: fc.constant(null),
  contextSummary: summary,
  contextSummaryUpdatedAt: maybe(aMoment),
  learnedPatterns: fc.uniqueArray(
    fc.record({
      id: anId,
      domain: text(50),
      pattern: text(500),
      confidence: share,
      evidence: maybe(text(500)),
      promoted: fc.boolean(),
      discoveredAt: aMoment,
      lastReinforcedAt: aMoment,
    }),
    { selector: ({ id }) => id, maxLength: 5 },
  ),
  config: fc.record({
    preferredOutputFormat: maybe(text(100)),
    toolPreferences: fc.dictionary(text(50), text(100), { maxKeys: 5 }),
    knownQuirks: list(20, 200),
    // What JSON keeps of any JSON: the system stores its text.
    customSettings: fc
      .dictionary(text(50), fc.jsonValue({ maxDepth: 4 }), { maxKeys: 3 })
      .map((value) => JSON.parse(JSON.stringify(value))),
  }),
  baselines: fc.record({
    avgTaskDurationMinutes: maybe(share),
    commonFailureModes: list(10, 200),
    sessionsCompleted: count,
    lastSessionDurationMinutes: maybe(share),
  }),
  decay: fc.record({
    contextSummaryTTLDays: fc.integer({ min: 1, max: 90 }),
    learnedPatternMaxAge: fc.integer({ min: 1, max: 365 }),
    maxUnpromotedPatterns: fc.integer({ min: 5, max: 200 }),
  }),
  updatedAt: aMoment,
});

const labels = fc.dictionary(text(50), text(100), { maxKeys: 5 });
const sessionFields = {
  sessionId: anId,
  programId: maybe(anId),
  name: text(200),
  status: maybe(text(200)),
  progress: maybe(fc.integer({ min: 0, max: 100 })),
  projectName: maybe(text(100)),
  activity: maybe(fc.constantFrom('active' as const, 'exited' as const)),
  tokens: maybe(fc.record({ inputTokens: count, outputTokens: count })),
  contextBytes: maybe(count),
  contextLimitBytes: maybe(fc.integer({ min: 1 })),
  handoffRequired: fc.boolean(),
  handoffDecision: maybe(fc.boolean()),
  contextSamples: fc
    .array(fc.record({ at: aMoment, bytes: count }), { maxLength: 40 })
    .map((samples) =>
      Object.fromEntries(samples.map((sample) => [String(Math.floor(sample.at.getTime() / 600_000) % 36), sample])),
    ),
  expectedIntervalSeconds: maybe(fc.integer({ min: 30, max: 3600 })),
  branch: maybe(text(250)),
  issueId: maybe(text(100)),
  pr: maybe(
    fc.record({
      number: fc.integer({ min: 1 }),
      url: fc.constant('https://example.com/pull/1'),
      title: maybe(text(300)),
      isDraft: fc.boolean(),
    }),
  ),
  workspacePath: maybe(text(500)),
  runtimeHandle: maybe(fc.record({ id: text(200), runtimeName: text(50), data: labels })),
  agentInfo: maybe(
    fc.record({
      summary: maybe(text(500)),
      agentSessionId: maybe(text(200)),
      cost: maybe(fc.record({ inputTokens: count, outputTokens: count, estimatedCostUsd: share })),
    }),
  ),
  metadata: labels,
  restoredAt: maybe(aMoment),
  spawnRequestedAt: fc.constant(null),
  command: fc.constant(null),
  window: fc.constant(null),
  createdAt: aMoment,
  startedAt: aMoment,
  lastHeartbeat: maybe(aMoment),
  lastActivityAt: aMoment,
};
const aLiveSession: fc.Arbitrary<LiveSession> = fc
  .record({
    ...sessionFields,
    state: fc.constantFrom('working' as const, 'blocked' as const, 'pinned' as const),
    lifecycle: fc.constantFrom(...LiveLifecycle.options),
    staleSince: maybe(aMoment),
    command: maybe(
      fc.record({
        name: fc.constantFrom(...SessionCommand.options),
        by: fc.constantFrom('program/builder', 'person/ada'),
        at: aMoment,
      }),
    ),
  })
  .filter(({ state, lifecycle }) => agrees(lifecycle, state));
const aPastSession: fc.Arbitrary<EndedSession> = fc
  .record({
    ...sessionFields,
    state: fc.constant('complete' as const),
    staleSince: fc.constant(null),
    endedAt: aMoment,
    outcome: fc.constantFrom('completed' as const, 'timed_out' as const, 'superseded' as const),
    archivedAt: maybe(aMoment),
    completedAs: fc.constantFrom('done' as const, 'merged' as const, 'cleanup' as const),
  })
  .map(({ completedAs, ...fields }) => ({
    ...fields,
    lifecycle: fields.outcome === 'completed' ? completedAs : 'terminated',
  }));
const anyMemory: fc.Arbitrary<Memory> = fc.record({
  memoryId: fc.uuid(),
  programId: anId,
  sessionId: anId,
  content: text(10_000),
  type: fc.constantFrom('fact' as const, 'goal' as const),
  title: text(100),
  confidence: share,
  tags: fc.uniqueArray(text(50), { maxLength: 20 }),
  provenance: fc.constantFrom('observed' as const, 'imported' as const),
  createdAt: aMoment,
});

/** Through a file, and through the contract. */
function throughFile<R extends ExportRecord>(record: R): R {
  const line = JSON.stringify(record);
  const parsed = ExportRecord.parse(JSON.parse(line));
  expect(isSameRecord(parsed, record)).toBe(true);
  return parsed as R;
}

test('what is stored comes back as it was from its record, whatever it is', () => {
  const cases = [
    fc.property(aProgram, (one) => expect(programOf(throughFile(recordOfProgram(one)))).toEqual(one)),
    fc.property(aState, (one) => expect(programStateOf(throughFile(recordOfProgramState(one)))).toEqual(one)),
    fc.property(aLiveSession, (one) => expect(sessionOf(throughFile(recordOfSession(one)))).toEqual(one)),
    fc.property(aPastSession, (one) => expect(sessionOf(throughFile(recordOfSession(one)))).toEqual(one)),
    fc.property(anyMemory, (one) => expect(memoryOf(throughFile(recordOfMemory(one)))).toEqual(one)),
    fc.property(aState, aMoment, ({ revision, sessionId, contextSummary }, writtenAt) => {
      const snapshot = { revision, sessionId, contextSummary, writtenAt };
      expect(snapshotOf(throughFile(recordOfSnapshot('builder', snapshot)))).toEqual(snapshot);
    }),
  ];
  for (const property of cases) fc.assert(property as fc.IProperty<unknown>, { seed: 20260302 });
});

test('the same data are the same text, in whatever order a database gives them', () => {
  const reversed = <T extends object>(value: T): T => Object.fromEntries(Object.entries(value).reverse()) as T;
  const session = aSession({
    contextSamples: { '0': { at: START, bytes: 1 }, '9': { at: START, bytes: 2 } },
    tokens: { inputTokens: 1, outputTokens: 2 },
  });
  const shuffled = reversed({
    ...session,
    tokens: reversed(session.tokens ?? {}),
    contextSamples: reversed(session.contextSamples),
  }) as LiveSession;
  expect(JSON.stringify(recordOfSession(shuffled))).toBe(JSON.stringify(recordOfSession(session)));
  const written = { revision: 1, updatedAt: START };
  const state = aProgramState(written);
  const told = (toolPreferences: Record<string, string>) =>
    JSON.stringify(
      recordOfProgramState(reversed({ ...state, config: reversed({ ...state.config, toolPreferences }) })),
    );
  expect(told({ b: '1', a: '2' })).toBe(told({ a: '2', b: '1' }));
  const account = anAccount();
  expect(JSON.stringify(recordOfAccount(reversed(account)))).toBe(JSON.stringify(recordOfAccount(account)));
  const memory = aMemory();
  expect(JSON.stringify(recordOfMemory(reversed(memory)))).toBe(JSON.stringify(recordOfMemory(memory)));
});

test('a record of before the lifecycle was kept says the same as one that names the nearest', () => {
  const [live, ended] = [aSession({ state: 'blocked' }), anEndedSession({ outcome: 'expired' })];
  for (const session of [live, ended]) {
    const record = recordOfSession(session);
    const { lifecycle, branch, issueId, pr, workspacePath, runtimeHandle, agentInfo, metadata, restoredAt, ...old } =
      record;
    expect(sessionOf(ExportRecord.parse(old) as typeof record)).toEqual(session);
    expect(isSameRecord(record, old as ExportRecord)).toBe(true);
    expect(isSameRecord({ ...record, issueId: 'x' }, old as ExportRecord)).toBe(false);
  }
});

test('a window, a spawn request, and the call that wrote last, are no part of a record', () => {
  const window = { epoch: 1, openedAt: START, expiresAt: START, endsAt: START, extendedBy: null };
  const spawnRequestedAt = START;
  for (const session of [aSession({ window, spawnRequestedAt }), anEndedSession({ window })]) {
    expect(sessionOf(recordOfSession(session))).toEqual({ ...session, window: null, spawnRequestedAt: null });
  }
  const state = aProgramState({ revision: 1, updatedAt: START, writtenBy: 'call' });
  expect(programStateOf(recordOfProgramState(state))).toEqual({ ...state, writtenBy: null });
});

const memory = recordOfMemory(aMemory({ tags: ['a', 'b'] }));
test.each([
  ['itself', memory, true],
  ['its fields in another order', Object.fromEntries(Object.entries(memory).reverse()), true],
  ['another value', { ...memory, confidence: 0.81 }, false],
  ['another order of a list', { ...memory, tags: ['b', 'a'] }, false],
  ['a shorter list', { ...memory, tags: ['a'] }, false],
  ['a longer list', { ...memory, tags: ['a', 'b', 'c'] }, false],
  ['another kind', recordOfSession(aSession()), false],
])('a record is the same as %s: %#', (_what, other, same) => {
  expect(isSameRecord(memory, other as ExportRecord)).toBe(same);
});
