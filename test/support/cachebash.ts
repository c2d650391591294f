/** An export of CacheBash, made by hand: a document of every kind that has a place, and of some that have none. */

/** A timestamp as JSON.stringify writes one of Firestore's, this many minutes after the beginning. */
export function stamp(minutes: number): { _seconds: number; _nanoseconds: number } {
  return { _seconds: Date.parse('2026-03-01T08:00:00Z') / 1000 + minutes * 60, _nanoseconds: 250_000_000 };
}

/** The same as an export has it. */
export function at(minutes: number): string {
  return new Date(Date.parse('2026-03-01T08:00:00.250Z') + minutes * 60_000).toISOString();
}

const T = 'tenants/uid-1';
const dumped = (path: string, data: object) => ({ path: `${T}/${path}`, data });
const META = 'sessions/_meta';

const summary = (handoffNotes: string) => ({ lastTask: null, activeWorkItems: [], handoffNotes, openQuestions: [] });

export const PROGRAMS = [
  dumped('programs/basher', {
    programId: 'basher',
    displayName: 'BASHER',
    role: 'Builder',
    color: '#E87040',
    groups: ['builders'],
    tags: ['core'],
    createdAt: stamp(0),
    createdBy: 'admin',
    active: true,
  }),
  dumped('programs/able', { programId: 'able', groups: ['builders'], createdAt: stamp(1), active: true, color: 'red' }),
  dumped('programs/old', { programId: 'old', groups: ['builders'], createdAt: stamp(2), active: false }),
  dumped(`${META}/programs/basher`, { programId: 'basher', currentState: 'working', lastHeartbeat: stamp(90) }),
  dumped(`${META}/programs/iso`, { programId: 'iso', displayName: 'ISO', lastHeartbeat: stamp(80) }),
];

export const SESSIONS = [
  dumped('sessions/basher.lexer', {
    name: 'Port the lexer',
    programId: 'basher',
    status: 'active',
    currentAction: 'Port the lexer',
    progress: 40,
    projectName: 'web',
    bootType: 'builder',
    model: 'some-model',
    createdAt: stamp(60),
    lastUpdate: stamp(70),
    lastHeartbeat: stamp(70),
    archived: false,
    contextBytes: 52_000,
    handoffRequired: true,
    contextHistory: [
      { timestamp: at(61), contextBytes: 40_000 },
      { timestamp: at(70), contextBytes: 52_000 },
      { timestamp: at(71), contextBytes: 47, contextUsedPct: 53 },
    ],
  }),
  dumped('sessions/able.1', {
    name: 'Waits',
    programId: 'able',
    status: 'blocked',
    currentAction: 'Deploy now?',
    progress: null,
    createdAt: stamp(62),
    lastUpdate: stamp(63),
    archived: false,
    contextBytes: 35,
  }),
  dumped('sessions/basher.done', {
    name: 'Done',
    programId: 'basher',
    status: 'done',
    currentAction: 'All well',
    progress: 100,
    createdAt: stamp(10),
    lastUpdate: stamp(20),
    lastHeartbeat: stamp(19),
    archived: true,
  }),
  dumped('sessions/iso.reaped', {
    name: 'Silent',
    programId: 'iso',
    status: 'archived',
    createdAt: stamp(11),
    lastUpdate: stamp(30),
    archivedAt: stamp(30),
    endedAt: stamp(30),
    archived: true,
    reapReason: 'heartbeat_timeout',
  }),
  // It never was created, only updated.
  dumped('sessions/ghost', { name: 'Ghost', status: 'failed', currentAction: 'Ghost', lastUpdate: stamp(15) }),
];

export const STATES = [
  dumped(`${META}/program_state/basher`, {
    programId: 'basher',
    version: 7,
    lastUpdatedBy: 'basher',
    lastUpdatedAt: at(70),
    sessionId: 'basher.lexer',
    contextSummary: {
      lastTask: { taskId: 't1', title: 'Lexer', outcome: 'in_progress', notes: 'half done' },
      activeWorkItems: ['Port the lexer'],
      handoffNotes: 'The tests are red.',
      openQuestions: ['Drop Node 18?'],
    },
    learnedPatterns: [
      {
        id: 'lint-first',
        domain: 'testing',
        pattern: 'Run the linter first',
        confidence: 0.9,
        evidence: 'twice',
        discoveredAt: at(20),
        lastReinforced: at(60),
        promotedToStore: true,
        stale: false,
      },
      {
        id: 'rebase',
        domain: 'git',
        pattern: 'Rebase before a push',
        confidence: 0.4,
        evidence: '',
        discoveredAt: at(21),
        lastReinforced: at(21),
        promotedToStore: false,
        stale: true,
      },
    ],
    config: {
      preferredOutputFormat: null,
      toolPreferences: { grep: 'rg' },
      knownQuirks: [],
      customSettings: { a: [1] },
    },
    baselines: {
      avgTaskDurationMinutes: 12.5,
      commonFailureModes: [],
      sessionsCompleted: 3,
      lastSessionDurationMinutes: null,
    },
    decay: {
      contextSummaryTTLDays: 7,
      learnedPatternMaxAge: 30,
      maxUnpromotedPatterns: 50,
      lastDecayRun: at(1),
      decayLog: [],
    },
  }),
  dumped(`${META}/program_state/basher/context_history/h2`, {
    timestamp: at(70),
    contextSummary: summary('Second'),
    sessionId: 'basher.lexer',
    updatedBy: 'basher',
  }),
  dumped(`${META}/program_state/basher/context_history/h1`, {
    timestamp: at(50),
    contextSummary: summary('First'),
    sessionId: 'none',
    updatedBy: 'basher',
  }),
];

const task = (id: string, fields: object) =>
  dumped(`tasks/${id}`, {
    type: 'task',
    title: `Task ${id}`,
    instructions: '',
    source: 'iso',
    target: 'basher',
    priority: 'normal',
    action: 'queue',
    status: 'created',
    createdAt: stamp(40),
    attempt_count: 0,
    encrypted: false,
    archived: false,
    ...fields,
  });

export const TASKS = [
  task('waits', { priority: 'high', instructions: 'All of it.', ttl: 432_000, expiresAt: stamp(40 + 7200) }),
  task('held', {
    status: 'active',
    claimedBy: 'basher',
    sessionId: 'basher.lexer',
    startedAt: stamp(65),
    attempt_count: 1,
  }),
  task('for-builders', { target: 'builders', source: 'admin' }),
  task('done', {
    status: 'done',
    completed_status: 'SUCCESS',
    claimedBy: 'basher',
    startedAt: stamp(41),
    completedAt: stamp(45),
    result: 'Merged',
    attempt_count: 2,
  }),
  task('failed', { status: 'failed', startedAt: stamp(41), completedAt: stamp(46) }),
  task('reaped', { status: 'done', completed_status: 'CANCELLED', result: 'TTL expired', completedAt: stamp(47) }),
  task('foreign', { status: 'active', claimedBy: 'able', startedAt: stamp(65), attempt_count: 1 }),
  task('mirror', { relay_mirror: true }),
  task('question', { type: 'question' }),
];

const message = (id: string, fields: object) =>
  dumped(`relay/${id}`, {
    source: 'iso',
    target: 'basher',
    message_type: 'STATUS',
    payload: `Message ${id}`,
    priority: 'normal',
    action: 'queue',
    status: 'pending',
    ttl: 86_400,
    expiresAt: stamp(50 + 1440),
    createdAt: stamp(50),
    deliveryAttempts: 0,
    ...fields,
  });

export const MESSAGES = [
  message('m1', { message_type: 'QUERY', status: 'delivered', deliveredAt: stamp(51), threadId: 'ports' }),
  message('m2', { source: 'basher', target: 'iso', message_type: 'RESULT', reply_to: 'm1', threadId: 'ports' }),
  message('m3a', { target: 'basher', multicastId: 'multi', multicastSource: 'builders', expiresAt: stamp(50 + 7200) }),
  message('m3b', { target: 'able', multicastId: 'multi', multicastSource: 'builders' }),
  message('m4', { source: 'able', target: 'iso', reply_to: 'm3b', threadId: 'not a thread of ours' }),
  message('m5', { source: 'admin', target: 'all', payload: { text: 'Stop' } }),
];

export const WITHOUT_PLACE = [
  dumped('sessions/basher.lexer/updates/u1', { status: 'x', createdAt: stamp(61) }),
  dumped('sessions/basher.lexer/updates/u2', { status: 'y', createdAt: stamp(62) }),
  dumped('ledger/l1', { cost: 1 }),
  { path: 'keyIndex/0123abcd', data: { programId: 'basher', hash: '0123abcd' } },
];

/** What the tool export_tasks answers. */
export const EXPORTED_TASKS = {
  success: true,
  format: 'json',
  count: 1,
  tasks: [
    {
      id: 'by-tool',
      type: 'task',
      title: 'By the tool',
      status: 'done',
      source: 'iso',
      target: 'able',
      priority: 'low',
      completed_status: 'SKIPPED',
      result: null,
      createdAt: at(55),
      startedAt: null,
      completedAt: at(56),
      attempt_count: 0,
    },
  ],
};

/** Everything, what belongs to something before it. */
export const CACHEBASH_LINES: readonly object[] = [
  ...MESSAGES,
  ...SESSIONS,
  ...WITHOUT_PLACE,
  ...STATES,
  ...TASKS,
  EXPORTED_TASKS,
  ...PROGRAMS,
];
