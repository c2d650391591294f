import type { ExportRecord, Operations, OutputOf } from '@quarterdeck/contract';
import type { Credentials } from '../../functions/src/operations/identify-caller.js';
import { sweepAccount } from '../../functions/src/operations/sweep-account.js';
import { aWorld, type World } from './world.js';

/** Fills an account with a thing of every kind that can be exported, by the operations that make them. Takes five hours of its clock. */
async function fillAccount(w: World): Promise<void> {
  const { call, clock } = w;
  await call('updateAccount', { name: 'Full 🚀', staleAfterMinutes: 20, archiveAfterMinutes: 30 });
  const builder = await w.aKey('builder');
  const reviewer = await w.aKey('reviewer');
  await call('createProgram', {
    programId: 'idle',
    displayName: 'Idle',
    role: 'reserve',
    color: '#1a2b3c',
    groups: ['g'],
    tags: ['t', 'u'],
  });
  await call('createProgram', { programId: 'gone' });
  await call('retireProgram', { programId: 'gone' });
  await writeStates(w, builder, reviewer);
  await endSessions(w, builder);
  clock.advance({ hours: 2 });
  await sweepAccount(w.account, w.app.ports);
  const done = { name: 'Done late', sessionId: 'done-late', state: 'complete' } as const;
  await call('createSession', done, builder);
  await rememberThings(w, reviewer);
  await startSessions(w, builder);
}

async function writeStates({ call, clock }: World, builder: Credentials, reviewer: Credentials): Promise<void> {
  const settings = { b: [[1, [2]], { c: null }], a: { constructor: 'x', '1': 0.1 }, emoji: '🚀', half: '\ud83d' };
  await call(
    'updateProgramState',
    {
      programId: 'builder',
      sessionId: 'first',
      learnedPatterns: [
        { id: 'z.2', domain: 'testing', pattern: 'Lint first', confidence: 0.9, evidence: 'twice', promoted: true },
        { id: 'a:1', domain: 'git', pattern: 'Rebase', confidence: 0 },
      ],
      config: {
        preferredOutputFormat: 'md',
        toolPreferences: { startedAt: '2099-01-01T00:00:00.000Z', a: 'b' },
        knownQuirks: ['q'],
        customSettings: settings,
      },
      baselines: {
        avgTaskDurationMinutes: 1.5,
        commonFailureModes: ['f'],
        sessionsCompleted: 3,
        lastSessionDurationMinutes: 0,
      },
      decay: { contextSummaryTTLDays: 3, learnedPatternMaxAge: 5, maxUnpromotedPatterns: 6 },
    },
    builder,
  );
  for (let n = 0; n < 55; n++) {
    clock.advance({ seconds: 1 });
    await call('updateProgramState', { programId: 'builder', contextSummary: { handoffNotes: `note ${n}` } }, builder);
  }
  const lastTask = { taskId: 't1', title: 'Parser', outcome: '', notes: 'half done' };
  await call(
    'updateProgramState',
    { programId: 'builder', contextSummary: { lastTask, activeWorkItems: ['w'], openQuestions: ['?'] } },
    builder,
  );
  await call('updateProgramState', { programId: 'reviewer', contextSummary: { lastTask: 'Read it' } }, reviewer);
}

async function endSessions({ call, clock }: World, builder: Credentials): Promise<void> {
  for (const [sessionId, outcome] of [
    ['archived-1', 'completed'],
    ['archived-2', 'errored'],
  ] as const) {
    await call(
      'createSession',
      { name: sessionId, sessionId, contextLimitBytes: 1000, expectedIntervalSeconds: 60 },
      builder,
    );
    clock.advance({ minutes: 11 });
    await call(
      'heartbeat',
      { sessionId, contextBytes: 700, tokens: { inputTokens: 1, outputTokens: 2 }, activity: 'active' },
      builder,
    );
    await call('updateSession', { sessionId, status: 'Over', state: 'complete', outcome, projectName: 'p' }, builder);
  }
}

async function rememberThings({ call, clock }: World, reviewer: Credentials): Promise<void> {
  const { sessionToken } = await call('activateAgent', { name: 'Window' }, reviewer);
  const memories = [
    { content: 'The staging database listens on port 5433.', tags: ['Ports', 'db'], type: 'decision' as const },
    { content: '\u200b\nhidden first line', confidence: 1 },
    { content: `${'word '.repeat(400)}lighthouse`, title: 'Long', provenance: 'observed' as const },
  ];
  await call('remember', { memories }, { ...reviewer, sessionToken });
  clock.advance({ seconds: 5 });
}

async function startSessions({ call, clock }: World, builder: Credentials): Promise<void> {
  await call(
    'createSession',
    { name: 'Working', sessionId: 'working', progress: 12.5, projectName: 'quarterdeck' },
    builder,
  );
  await call(
    'updateSession',
    {
      sessionId: 'working',
      status: 'In review',
      lifecycle: 'review_pending',
      branch: 'feat/🚀',
      issueId: '#5',
      pr: { number: 7, url: 'https://example.com/pull/7', title: '' },
      workspacePath: '/work/x',
      runtimeHandle: { id: '42', runtimeName: 'process', data: { b: '1', a: '2' } },
      agentInfo: { summary: 's', cost: { inputTokens: 1, outputTokens: 2, estimatedCostUsd: 0.1 } },
      metadata: { z: 'last', 'a.b': '' },
    },
    builder,
  );
  await call('createSession', { name: 'Merged', sessionId: 'merged', lifecycle: 'merged' }, builder);
  await call('createSession', { name: 'Pinned', sessionId: 'pinned', state: 'pinned' }, builder);
  await call('createSession', { name: "The account's own", sessionId: 'own' });
  for (let n = 0; n < 5; n++) {
    clock.advance({ minutes: 10 });
    await call('heartbeat', { sessionId: 'working', contextBytes: n * 1000, activity: 'ready' }, builder);
  }
  await call('createSession', { name: 'Blocked', sessionId: 'blocked', state: 'blocked', status: 'Waits' }, builder);
  await call('updateSession', { sessionId: 'blocked', status: 'Waits 🙂', handoffRequired: false }, builder);
}

/** Everything that export_account answers, page by page. */
export async function exported({ call }: World, limit = 100, who?: Credentials): Promise<ExportRecord[]> {
  const records: ExportRecord[] = [];
  let pageToken: string | undefined;
  do {
    const page = await call('exportAccount', { limit, ...(pageToken ? { pageToken } : {}) }, who);
    records.push(...page.records);
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
  return records;
}

/** An answer of import_account without its success. */
export type Imported = Omit<OutputOf<Operations['importAccount']>, 'success'>;

/** Imports records in batches. */
export async function imported({ call }: World, records: readonly ExportRecord[], size = 100): Promise<Imported> {
  const sum: Imported = { imported: 0, unchanged: 0, refused: [] };
  for (let first = 0; first < records.length; first += size) {
    const answer = await call('importAccount', { records: records.slice(first, first + size) });
    sum.imported += answer.imported;
    sum.unchanged += answer.unchanged;
    sum.refused.push(...answer.refused.map(({ index, ...one }) => ({ index: first + index, ...one })));
  }
  return sum;
}

/** Lets a world's clock show what another's does. */
function setClock({ clock }: World, to: Date): void {
  clock.advance({ seconds: (to.getTime() - clock.now().getTime()) / 1000 });
}

type Kind = ExportRecord['kind'];
type Of<K extends Kind> = Extract<ExportRecord, { kind: K }>;

/** A full account, all of its records, and empty accounts to import them into. */
export interface Original {
  readonly source: World;
  readonly records: readonly ExportRecord[];
  of<K extends Kind>(kind: K): Of<K>[];
  sessionOf(id: string): Of<'session'> | undefined;
  /** The record of the program that most things belong to. */
  program(): Of<'program'>;
  /** An empty account, at the time at which the full one is. */
  aTarget(settings?: Parameters<typeof aWorld>[0]): Promise<World>;
  close(): Promise<unknown>;
}

export async function anOriginal(): Promise<Original> {
  const source = await aWorld();
  await fillAccount(source);
  const records = await exported(source);
  const worlds = [source];
  const of = <K extends Kind>(kind: K) => records.filter((record): record is Of<K> => record.kind === kind);
  return {
    source,
    records,
    of,
    sessionOf: (id) => of('session').find(({ sessionId }) => sessionId === id),
    program: () => copied(of('program').find(({ programId }) => programId === 'builder')),
    aTarget: async (settings = {}) => {
      const world = await aWorld(settings);
      worlds.push(world);
      setClock(world, source.clock.now());
      return world;
    },
    close: () => Promise.all(worlds.map((world) => world.close())),
  };
}

/** A record of its own, with other values in some fields. */
export function copied<T extends ExportRecord>(record: T | undefined, fields: object = {}): T {
  return { ...structuredClone(record), ...fields } as T;
}

/** `builder RECORD_EXISTS`: which records were refused, and why. */
export function reasonsOf({ refused }: Pick<Imported, 'refused'>): string[] {
  return refused.map(({ id, reason }) => `${id} ${reason}`);
}
