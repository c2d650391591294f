import { documents, type TaskOutcome } from '@quarterdeck/contract';
import fc from 'fast-check';
import { sweepAccount } from '../../functions/src/operations/sweep-account.js';
import { chance } from '../support/seeded.js';
import { aWorld, refusal, type World } from '../support/world.js';

/**
 * Random sequences of calls, time, deaths and visits of the sweep, held after every step against a model that knows nothing of Firestore; every count
 * that anybody is shown is compared each time.
 */
const { runs: numRuns, seed } = chance(6);

const PROGRAMS = ['alice', 'bob'] as const;
type Program = (typeof PROGRAMS)[number];
const TARGETS: Readonly<Record<string, readonly Program[]>> = { alice: ['alice'], bob: ['bob'], 'group:all': PROGRAMS };

/** A task, as people think of it. */
interface Model {
  readonly target: string;
  readonly creator: Program;
  readonly expiresAt: number;
  state: 'pending' | 'claimed' | 'done';
  holder: Program | null;
  session: string | null;
  last: Program | null;
  attempt: number;
  outcome: TaskOutcome | null;
  byClock: boolean;
}

type Command =
  | { readonly kind: 'create'; readonly by: Program; readonly target: string; readonly ttlMinutes: number | null }
  | { readonly kind: 'claim'; readonly by: Program; readonly nth: number }
  | { readonly kind: 'unclaim'; readonly by: Program; readonly nth: number }
  | { readonly kind: 'complete'; readonly by: Program; readonly nth: number; readonly outcome: TaskOutcome }
  | { readonly kind: 'end'; readonly by: Program }
  | { readonly kind: 'wait'; readonly minutes: number };

const by = fc.constantFrom(...PROGRAMS);
const nth = fc.nat(3);
const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('create' as const),
      by,
      target: fc.constantFrom(...Object.keys(TARGETS)),
      ttlMinutes: fc.constantFrom(null, 1, 5),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('claim' as const), by, nth }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('unclaim' as const), by, nth }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('complete' as const),
      by,
      nth,
      outcome: fc.constantFrom<TaskOutcome>('SUCCESS', 'CANCELLED'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('end' as const), by }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('wait' as const), minutes: fc.constantFrom(1, 4, 70) }) },
);

/** After so many sequences comes another account: what thousands of them leave makes the emulator slow. */
const SEQUENCES_OF_AN_ACCOUNT = 100;

let first: World;
let w: World;
let keys: Record<Program, { apiKey: string }>;
/** The live session of each program, and when it spoke last. */
let live: Map<Program, string>;
let tasks: Map<string, Model>;
let made = 0;

beforeAll(async () => {
  first = await aWorld();
});
afterAll(() => first.close());

async function openAccount(): Promise<void> {
  w = await aWorld({ beside: first });
  keys = { alice: await w.aKey('alice'), bob: await w.aKey('bob') };
  for (const programId of PROGRAMS) await w.call('updateProgram', { programId, groups: ['all'] });
}

test('any sequence of calls, time, deaths and sweeps leaves the tasks and the counts that the model says', async () => {
  let sequences = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(command, { minLength: 3, maxLength: 14 }), async (commands) => {
      if (sequences++ % SEQUENCES_OF_AN_ACCOUNT === 0) await openAccount();
      live = new Map();
      tasks = new Map();
      for (const one of commands) {
        if (one.kind === 'wait') await passTime(one.minutes);
        else if (one.kind === 'end') await endSession(one.by);
        else await carryOut(one);
        await expectAsModelled(one);
      }
      await passTime(70);
      await expectAsModelled({ kind: 'wait', minutes: 70 });
      for (const taskId of tasks.keys()) await refusal(w.call('completeTask', { taskId, outcome: 'SKIPPED' }));
    }),
    { numRuns, seed },
  );
});

const now = () => w.clock.now().getTime();
const isPending = (task: Model) => task.state === 'pending' && now() < task.expiresAt;

/** The clock ends what waits for too long. */
function expire(): void {
  for (const task of tasks.values()) {
    if (task.state !== 'pending' || isPending(task)) continue;
    Object.assign(task, { state: 'done', outcome: 'CANCELLED', byClock: true });
  }
}

async function carryOut(one: Exclude<Command, { kind: 'wait' | 'end' }>): Promise<void> {
  if (one.kind === 'create') {
    const ttl = one.ttlMinutes === null ? {} : { ttlSeconds: one.ttlMinutes * 60 };
    const { taskId } = await w.call(
      'createTask',
      { title: 'x', target: one.target, ...ttl, taskId: `t${made++}` },
      keys[one.by],
    );
    tasks.set(taskId, {
      target: one.target,
      creator: one.by,
      expiresAt: one.ttlMinutes === null ? Number.POSITIVE_INFINITY : now() + one.ttlMinutes * 60_000,
      ...{ state: 'pending', holder: null, session: null, last: null, attempt: 0, outcome: null, byClock: false },
    });
    return;
  }
  const [taskId, task] = [...tasks][one.nth % Math.max(1, tasks.size)] ?? [];
  if (taskId === undefined || task === undefined) return;
  if (one.kind === 'claim') await speak(one.by);
  const call =
    one.kind === 'claim'
      ? w.call('claimTask', { taskId }, keys[one.by])
      : one.kind === 'unclaim'
        ? w.call('unclaimTask', { taskId }, keys[one.by])
        : w.call('completeTask', { taskId, outcome: one.outcome }, keys[one.by]);
  const answer = await refusal(call);
  expect({ one, answer }).toEqual({ one, answer: expected(task, one) });
}

/** What a call is answered, and does to the model. */
function expected(task: Model, one: Extract<Command, { kind: 'claim' | 'unclaim' | 'complete' }>): string {
  const mayClaim = TARGETS[task.target]?.includes(one.by);
  const over = `failed-precondition ${task.byClock ? 'TASK_EXPIRED' : 'TASK_DONE'}`;
  if (one.kind === 'claim') {
    if (!mayClaim) return 'permission-denied NOT_TARGET';
    if (task.state === 'done') return over;
    const session = live.get(one.by) ?? null;
    if (task.state === 'claimed' && task.holder !== one.by) return 'failed-precondition ALREADY_CLAIMED';
    if (task.state === 'claimed') {
      if (task.session === null || ![...live.values()].includes(task.session)) task.session = session ?? task.session;
      return 'accepted';
    }
    Object.assign(task, { state: 'claimed', holder: one.by, session, attempt: task.attempt + 1 });
    return 'accepted';
  }
  if (!mayClaim && task.creator !== one.by) return 'permission-denied NOT_OWNER';
  if (one.kind === 'unclaim') {
    if (task.state === 'done') return over;
    if (task.state === 'pending') return 'accepted';
    if (task.holder !== one.by) return 'failed-precondition NOT_HOLDER';
    release(task);
    return 'accepted';
  }
  const mayEnd =
    task.holder === null
      ? task.last === one.by || (task.creator === one.by && one.outcome === 'CANCELLED')
      : task.holder === one.by;
  if (!mayEnd) return 'failed-precondition NOT_HOLDER';
  if (task.state === 'done') return task.outcome === one.outcome ? 'accepted' : 'failed-precondition TASK_DONE';
  Object.assign(task, { state: 'done', outcome: one.outcome });
  return 'accepted';
}

function release(task: Model): void {
  if (now() >= task.expiresAt) Object.assign(task, { state: 'done', outcome: 'CANCELLED', byClock: true });
  else Object.assign(task, { state: 'pending', last: task.holder, holder: null, session: null });
}

/** A program that works has a session, most of the time. */
async function speak(program: Program): Promise<void> {
  if (live.has(program) || made % 3 === 0) return;
  const { sessionId } = await w.call('createSession', { name: 'x' }, keys[program]);
  live.set(program, sessionId);
}

async function endSession(program: Program): Promise<void> {
  const sessionId = live.get(program);
  if (sessionId === undefined) return;
  live.delete(program);
  await w.call('updateSession', { sessionId, status: 'x', state: 'complete' }, keys[program]);
  await visit();
}

/** A visit returns what sessions that are gone had claimed. */
async function visit(): Promise<void> {
  await sweepAccount(w.account, w.app.ports);
  for (const [program, sessionId] of live) {
    const { session } = await w.call('getSession', { sessionId });
    if (session.endedAt !== null) live.delete(program);
  }
  const sessions = [...live.values()];
  for (const task of tasks.values()) {
    if (task.state === 'claimed' && task.session !== null && !sessions.includes(task.session)) release(task);
  }
}

async function passTime(minutes: number): Promise<void> {
  const until = now() + minutes * 60_000;
  for (;;) {
    const due = (await w.stored(documents.account(w.account)))?.nextSweepAt?.toMillis();
    if (due === undefined || due > until) break;
    w.clock.advance({ seconds: Math.max(0, due - now()) / 1000 });
    expire();
    await visit();
  }
  w.clock.advance({ seconds: (until - now()) / 1000 });
  expire();
}

async function expectAsModelled(step: Command): Promise<void> {
  // A fleet that was computed at this very moment counts as fresh.
  w.clock.advance({ seconds: 0.001 });
  expire();
  for (const [taskId, { state, holder, session, attempt, outcome }] of tasks) {
    const { task } = await w.call('getTask', { taskId });
    const { status, claimedBy, sessionId } = task;
    expect({ step, status, claimedBy, sessionId, attempt: task.attempt, outcome: task.outcome }).toEqual({
      ...{ step, status: state, claimedBy: holder, sessionId: session, attempt, outcome },
    });
  }
  const { programs } = await w.call('getFleetHealth', { maxAgeSeconds: 0 });
  for (const programId of PROGRAMS) {
    const waiting = [...tasks.values()].filter((task) => isPending(task) && TARGETS[task.target]?.includes(programId));
    const listed = await w.call('getTasks', { target: programId, limit: 50 });
    const booted = await w.call('boot', {}, keys[programId]);
    expect({
      step,
      list: listed.tasks.length,
      fleet: programs.find((row) => row.programId === programId)?.pendingTasks,
      boot: [booted.pendingTasks, booted.tasks.length],
    }).toEqual({ step, list: waiting.length, fleet: waiting.length, boot: [waiting.length, waiting.length] });
  }
}
