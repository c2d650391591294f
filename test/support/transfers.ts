import type { ExportRecord, Operations, OutputOf } from '@quarterdeck/contract';
import type { Credentials } from '../../functions/src/operations/identify-caller.js';
import { notifyWebhooks } from '../../functions/src/operations/notify-webhooks.js';
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
  await call('updateProgram', { programId: 'builder', groups: ['pair'] });
  await call('updateProgram', { programId: 'reviewer', groups: ['pair'] });
  await call('inviteMember', { email: 'grace@example.com' });
  await call('createWebhook', { url: 'https://hooks.example.com/1', description: 'Chat' });
  await writeStates(w, builder, reviewer);
  await endSessions(w, builder);
  await finishTasks(w, builder, reviewer);
  await talk(w, builder, reviewer);
  clock.advance({ hours: 2 });
  await sweepAccount(w.account, w.app.ports);
  const done = { name: 'Done late', sessionId: 'done-late', state: 'complete' } as const;
  await call('createSession', done, builder);
  await rememberThings(w, reviewer);
  clock.advance({ minutes: 6 });
  await sweepAccount(w.account, w.app.ports);
  await startSessions(w, builder);
  await leaveTasksOpen(w, builder, reviewer);
  await leaveUnread(w, builder, reviewer);
  await notifyOfEnds(w);
}

/** Puts what has ended on its way to the endpoint. */
async function notifyOfEnds({ call, account, app }: World): Promise<void> {
  const { events } = await call('listEvents', { types: ['session.ended'] });
  for (const { id } of events) await notifyWebhooks(account, id, 'session.ended', app.ports);
}

/** Tasks that are over, each in another way. */
async function finishTasks({ call, clock }: World, builder: Credentials, reviewer: Credentials): Promise<void> {
  const ended = [
    ['ok', 'SUCCESS', 'Merged 🚀'],
    ['bad', 'FAILED', ''],
    ['nothing', 'SKIPPED', undefined],
  ] as const;
  for (const [taskId, outcome, result] of ended) {
    await call(
      'createTask',
      { taskId, title: `Task ${taskId}`, target: 'reviewer', instructions: 'All of it.' },
      builder,
    );
    await call('claimTask', { taskId }, reviewer);
    clock.advance({ seconds: 3 });
    await call('completeTask', { taskId, outcome, ...(result === undefined ? {} : { result }) }, reviewer);
  }
  await call('createTask', { taskId: 'withdrawn', title: 'Never mind', target: 'group:pair' }, builder);
  await call('completeTask', { taskId: 'withdrawn', outcome: 'CANCELLED', result: 'Not needed' }, builder);
  await call('createTask', { taskId: 'too-late', title: 'Too late', target: 'idle', ttlSeconds: 60 });
}

/** A thread with what was read in it, a message of a person, and one that nobody got in time. */
async function talk({ call, clock }: World, builder: Credentials, reviewer: Credentials): Promise<void> {
  const question = { target: 'reviewer', message: 'Which port?', messageType: 'QUERY', threadId: 'ports' } as const;
  const { messageId } = await call('sendMessage', question, builder);
  await call('getMessages', { markAsRead: true }, reviewer);
  clock.advance({ seconds: 1 });
  const answer = {
    target: 'builder',
    message: '5433',
    messageType: 'RESULT',
    replyTo: messageId,
    priority: 'high',
  } as const;
  await call('sendMessage', { ...answer, ttlSeconds: 2_592_000 }, reviewer);
  await call('sendMessage', { target: 'idle', message: 'Anybody there?', ttlSeconds: 60 });
}

/** Tasks that wait, that are held, that came back, and one that has expired before the sweep could say so. */
async function leaveTasksOpen({ call, clock }: World, builder: Credentials, reviewer: Credentials): Promise<void> {
  await call('createTask', { taskId: 'expired', title: 'Expired', target: 'builder', ttlSeconds: 60 });
  clock.advance({ minutes: 2 });
  const urgent = {
    taskId: 'urgent',
    title: 'Urgent',
    target: 'builder',
    priority: 'high',
    ttlSeconds: 2_592_000,
  } as const;
  await call('createTask', urgent);
  await call('createTask', { taskId: 'either', title: 'Either', target: 'group:pair', priority: 'low' }, builder);
  await call('createTask', { taskId: 'held', title: 'Held', target: 'group:pair' });
  await call('claimTask', { taskId: 'held', sessionId: 'working' }, builder);
  await call('createTask', { taskId: 'returned', title: 'Returned', target: 'reviewer' }, builder);
  await call('claimTask', { taskId: 'returned' }, reviewer);
  await call('unclaimTask', { taskId: 'returned' }, reviewer);
  // Held by a session that ends before the next visit.
  await call('createSession', { name: 'Short', sessionId: 'short' }, builder);
  await call('createTask', { taskId: 'orphan', title: 'Orphan', target: 'builder' });
  await call('claimTask', { taskId: 'orphan', sessionId: 'short' }, builder);
  await call('updateSession', { sessionId: 'short', status: 'Over', state: 'complete', outcome: 'errored' }, builder);
}

async function leaveUnread({ call }: World, builder: Credentials, reviewer: Credentials): Promise<void> {
  await call('updateProgram', { programId: 'idle', groups: ['g', 'pair'] });
  await call('sendMessage', { target: 'group:pair', message: 'Release at noon.', messageType: 'DIRECTIVE' }, builder);
  await call('sendMessage', { target: 'builder', message: 'Thanks.' }, reviewer);
  await call('sendToSession', { sessionId: 'working', message: 'Stop after this one.' });
  await call('spawnSession', { projectId: 'web', prompt: 'Fix it.' }, builder);
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

/** What an account says besides an original that was imported into it: what the import itself told, and the account's own beginning. */
export function apart(records: readonly ExportRecord[], original: readonly ExportRecord[]) {
  const told = new Set(original.map((record) => (record.kind === 'event' ? record.id : '')));
  const isNews = (record: ExportRecord) => record.kind === 'event' && !told.has(record.id);
  const news = records.filter(isNews) as Of<'event'>[];
  return {
    kept: records.filter((record) => !isNews(record)),
    news: news.map(({ type, subject, data }) => [type, subject, data.how].join(' ').trim()).sort(),
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
