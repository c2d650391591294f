import { collections, documents } from '@quarterdeck/contract';
import { sweepAccount } from '../../functions/src/operations/sweep-account.js';
import type { Cost } from '../support/firestore-spy.js';
import { rendezvous } from '../support/rendezvous.js';
import { anInstance, aWorld, caller, refusal, type World } from '../support/world.js';

let w: World;
let builder: { apiKey: string };
let reviewer: { apiKey: string };

beforeEach(async () => {
  w = await aWorld();
  builder = await w.aKey('builder');
  reviewer = await w.aKey('reviewer');
});
afterEach(() => w.close());

const sweep = () => sweepAccount(w.account, w.app.ports);
const forBuilder = { title: 'Fix the build', target: 'builder' } as const;

/** Time passes as in production: the sweep comes at every moment that the account asked for. */
async function passMinutes(minutes: number): Promise<void> {
  const until = w.clock.now().getTime() + minutes * 60_000;
  for (;;) {
    const due = (await w.stored(documents.account(w.account)))?.nextSweepAt?.toMillis();
    if (due === undefined || due > until) break;
    w.clock.advance({ seconds: Math.max(0, due - w.clock.now().getTime()) / 1000 });
    await sweep();
  }
  w.clock.advance({ seconds: (until - w.clock.now().getTime()) / 1000 });
}

async function aGroup(group: string, ...programs: string[]): Promise<void> {
  for (const programId of programs) await w.call('updateProgram', { programId, groups: [group] });
}

/** What is said to wait for a program by the list, the fleet and boot. */
async function pendingFor(programId: string): Promise<number[]> {
  // A fleet that was computed at this very moment counts as fresh.
  w.clock.advance({ seconds: 0.001 });
  const { tasks } = await w.call('getTasks', { target: programId, limit: 50 });
  const { programs } = await w.call('getFleetHealth', { maxAgeSeconds: 0 });
  const { pendingTasks } = await w.call('boot', { programId });
  return [tasks.length, programs.find((row) => row.programId === programId)?.pendingTasks ?? -1, pendingTasks];
}

describe('from the queue to the end', () => {
  test('a task is made, claimed by its program for its current session, and completed', async () => {
    await w.call('createSession', { name: 'x', sessionId: 's1' }, builder);
    const asked = { ...forBuilder, instructions: 'Green by noon.', priority: 'high' } as const;
    const { taskId, task } = await w.call('createTask', asked, reviewer);
    expect(task).toMatchObject({ ...asked, status: 'pending', attempt: 0, createdBy: 'program/reviewer' });
    expect(await pendingFor('builder')).toEqual([1, 1, 1]);
    const claimed = await w.call('claimTask', { taskId }, builder);
    expect(claimed.task).toMatchObject({ status: 'claimed', claimedBy: 'builder', sessionId: 's1', attempt: 1 });
    expect(await pendingFor('builder')).toEqual([0, 0, 0]);
    w.clock.advance({ minutes: 3 });
    await w.call('completeTask', { taskId, outcome: 'SUCCESS', result: 'Green.' }, builder);
    expect((await w.call('getTask', { taskId }, reviewer)).task).toMatchObject({
      status: 'done',
      outcome: 'SUCCESS',
      result: 'Green.',
      completedBy: 'program/builder',
      completedAt: w.clock.now().toISOString(),
    });
    const events = await w.db.collection(collections.events(w.account)).orderBy('time').get();
    const told = events.docs.map((doc) => doc.get('type') as string).filter((type) => type.startsWith('task.'));
    expect(told.sort()).toEqual(['task.claimed', 'task.completed', 'task.created']);
    expect((await w.stored(documents.task(w.account, taskId)))?.deleteAt.toDate()).toEqual(
      new Date(w.clock.now().getTime() + 30 * 86_400_000),
    );
  });

  test('the same taskId makes one task; another task of that id is refused', async () => {
    const asked = { ...forBuilder, taskId: 'own', ttlSeconds: 3600 };
    expect((await w.call('createTask', asked, reviewer)).message).toBe('Task created');
    w.clock.advance({ minutes: 1 });
    expect((await w.call('createTask', asked, reviewer)).message).toBe('Task exists already');
    for (const other of [{ title: 'x' }, { target: 'reviewer' }, { priority: 'low' as const }, { ttlSeconds: 60 }]) {
      expect(await refusal(w.call('createTask', { ...asked, ...other }, reviewer))).toBe('already-exists TASK_EXISTS');
    }
    expect(await refusal(w.call('createTask', asked, builder))).toBe('already-exists TASK_EXISTS');
    expect(await pendingFor('builder')).toEqual([1, 1, 1]);
  });

  test('a target has to be there: an unknown or retired program, or an empty group, is refused', async () => {
    const ask = (target: string) => refusal(w.call('createTask', { title: 'x', target }));
    expect(await ask('nobody')).toBe('not-found PROGRAM_UNKNOWN');
    expect(await ask('group:nobody')).toBe('not-found GROUP_EMPTY');
    await aGroup('reviewers', 'reviewer');
    expect(await ask('group:reviewers')).toBe('accepted');
    await w.call('retireProgram', { programId: 'reviewer' });
    expect(await ask('group:reviewers')).toBe('not-found GROUP_EMPTY');
    expect(await ask('reviewer')).toBe('not-found PROGRAM_UNKNOWN');
  });

  test('a task for a group waits for each of its members until one claims it; who joins later was not meant', async () => {
    await aGroup('makers', 'builder', 'reviewer');
    const late = await w.aKey('late');
    const { taskId } = await w.call('createTask', { title: 'x', target: 'group:makers' });
    await aGroup('makers', 'late');
    expect([await pendingFor('builder'), await pendingFor('reviewer'), await pendingFor('late')]).toEqual([
      [1, 1, 1],
      [1, 1, 1],
      [0, 0, 0],
    ]);
    expect(await refusal(w.call('claimTask', { taskId }, late))).toBe('permission-denied NOT_TARGET');
    await w.call('claimTask', { taskId }, reviewer);
    expect([await pendingFor('builder'), await pendingFor('reviewer')]).toEqual([
      [0, 0, 0],
      [0, 0, 0],
    ]);
    expect((await w.call('getTasks', { target: 'group:makers', status: 'all' })).tasks).toHaveLength(1);
  });

  test('an admin may claim for a program that it names', async () => {
    const { taskId } = await w.call('createTask', forBuilder);
    expect(await refusal(w.call('claimTask', { taskId }))).toBe('invalid-argument INVALID_FIELD');
    expect(await refusal(w.call('claimTask', { taskId, programId: 'reviewer' }))).toBe('permission-denied NOT_TARGET');
    expect(await refusal(w.call('claimTask', { taskId, programId: 'builder' }, reviewer))).toBe(
      'permission-denied NOT_OWNER',
    );
    const { task } = await w.call('claimTask', { taskId, programId: 'builder' });
    expect(task).toMatchObject({ claimedBy: 'builder', sessionId: null });
  });

  test('only a live session of the program can hold a task', async () => {
    const { taskId } = await w.call('createTask', forBuilder);
    await w.call('createSession', { name: 'x', sessionId: 'theirs' }, reviewer);
    await w.call('createSession', { name: 'x', sessionId: 'over', state: 'complete' }, builder);
    const claim = (sessionId: string) => refusal(w.call('claimTask', { taskId, sessionId }, builder));
    expect(await claim('nowhere')).toBe('not-found SESSION_UNKNOWN');
    expect(await claim('theirs')).toBe('permission-denied NOT_OWNER');
    expect(await claim('over')).toBe('failed-precondition SESSION_ENDED');
  });

  test('a program that claims again changes nothing, unless the session that held the task is gone', async () => {
    await w.call('createSession', { name: 'x', sessionId: 's1' }, builder);
    const { taskId } = await w.call('createTask', forBuilder);
    const first = (await w.call('claimTask', { taskId }, builder)).task;
    w.clock.advance({ minutes: 1 });
    await w.call('createSession', { name: 'x', sessionId: 's2' }, builder);
    const again = await w.call('claimTask', { taskId }, builder);
    expect(again).toMatchObject({ message: 'Task is claimed by this program already', task: first });
    await w.call('updateSession', { sessionId: 's1', status: 'x', state: 'complete' }, builder);
    expect((await w.call('claimTask', { taskId }, builder)).task).toEqual({ ...first, sessionId: 's2' });
    await sweep();
    expect((await w.call('getTask', { taskId })).task.status).toBe('claimed');
  });

  test('its holder or an admin puts it back, and nobody else', async () => {
    await aGroup('makers', 'builder', 'reviewer');
    const { taskId } = await w.call('createTask', { title: 'x', target: 'group:makers' });
    await w.call('claimTask', { taskId }, builder);
    expect(await refusal(w.call('unclaimTask', { taskId }, reviewer))).toBe('failed-precondition NOT_HOLDER');
    expect((await w.call('unclaimTask', { taskId }, builder)).task).toMatchObject({
      status: 'pending',
      claimedBy: null,
    });
    expect((await w.call('unclaimTask', { taskId }, builder)).message).toBe('Task was not claimed');
    expect((await w.call('claimTask', { taskId }, reviewer)).task.attempt).toBe(2);
    expect((await w.call('unclaimTask', { taskId })).message).toBe('Task returned');
    await w.call('completeTask', { taskId, outcome: 'SKIPPED' });
    expect(await refusal(w.call('unclaimTask', { taskId }))).toBe('failed-precondition TASK_DONE');
  });
});

describe('the time to live', () => {
  test('from its very end nobody can claim, no count has it, and the sweep closes it', async () => {
    const { taskId } = await w.call('createTask', { ...forBuilder, ttlSeconds: 60 }, reviewer);
    w.clock.advance({ seconds: 59.99 });
    expect(await pendingFor('builder')).toEqual([1, 1, 1]);
    w.clock.advance({ seconds: 0.009 });
    expect(await pendingFor('builder')).toEqual([0, 0, 0]);
    expect(await refusal(w.call('claimTask', { taskId }, builder))).toBe('failed-precondition TASK_EXPIRED');
    const unswept = (await w.call('getTask', { taskId })).task;
    expect(unswept).toMatchObject({ status: 'done', outcome: 'CANCELLED', result: 'Its time to live is over.' });
    w.clock.advance({ seconds: 30 });
    await sweep();
    expect((await w.call('getTask', { taskId })).task).toEqual(unswept);
    expect((await w.call('getTasks', { status: 'done' })).tasks).toHaveLength(1);
    expect(await refusal(w.call('claimTask', { taskId }, builder))).toBe('failed-precondition TASK_EXPIRED');
  });

  test('an idle account is visited when a task expires, and only then', async () => {
    const visit = async () => (await w.stored(documents.account(w.account)))?.nextSweepAt?.toDate() ?? null;
    await w.call('createTask', forBuilder);
    expect(await visit()).toBeNull();
    const late = new Date(w.clock.now().getTime() + 7_200_000);
    const soon = new Date(w.clock.now().getTime() + 3_600_000);
    await w.call('createTask', { ...forBuilder, ttlSeconds: 7200 });
    expect(await visit()).toEqual(late);
    await w.call('createTask', { ...forBuilder, ttlSeconds: 3600 });
    expect(await visit()).toEqual(soon);
    w.clock.advance({ hours: 1 });
    await sweep();
    expect(await visit()).toEqual(late);
    w.clock.advance({ hours: 1 });
    await sweep();
    expect(await visit()).toBeNull();
    expect(await pendingFor('builder')).toEqual([1, 1, 1]);
  });

  test('a task that is put back after its account has fallen idle is visited when it expires', async () => {
    const { taskId } = await w.call('createTask', { ...forBuilder, ttlSeconds: 600 });
    const expiresAt = w.clock.now().getTime() + 600_000;
    await w.call('claimTask', { taskId }, builder);
    await w.db.doc(documents.account(w.account)).update({ nextSweepAt: w.clock.now() });
    expect((await sweep()).nextSweepAt).toBeNull();
    await w.call('unclaimTask', { taskId }, builder);
    expect((await w.stored(documents.account(w.account)))?.nextSweepAt?.toMillis()).toBe(expiresAt);
  });

  test('a task that is made, or put back, while a visit lets the account fall idle is not forgotten', async () => {
    const { taskId } = await w.call('createTask', { ...forBuilder, ttlSeconds: 600 });
    await w.call('claimTask', { taskId }, builder);
    w.clock.advance({ seconds: 60 });
    const { tasks } = w.app.ports;
    const open = async (account: string) => {
      const found = await tasks.open(account);
      // What comes after the visit has looked.
      await w.call('unclaimTask', { taskId }, builder);
      await w.call('createTask', { ...forBuilder, ttlSeconds: 300 });
      return found;
    };
    const blind = Object.assign(Object.create(tasks), { open });
    const { nextSweepAt } = await w.app.ports.sweeps
      .schedule(w.account, null, null, w.clock.now(), false)
      .then(() => sweepAccount(w.account, { ...w.app.ports, tasks: blind }));
    expect(nextSweepAt).toBeNull();
    expect((await w.stored(documents.account(w.account)))?.nextSweepAt?.toDate()).toEqual(
      new Date(w.clock.now().getTime() + 300_000),
    );
  });

  test('a task that is put back after its time to live is over', async () => {
    const { taskId } = await w.call('createTask', { ...forBuilder, ttlSeconds: 60 });
    await w.call('claimTask', { taskId }, builder);
    w.clock.advance({ minutes: 2 });
    await sweep();
    expect((await w.call('getTask', { taskId })).task.status).toBe('claimed');
    expect((await w.call('unclaimTask', { taskId }, builder)).message).toContain('time to live');
    expect((await w.call('getTask', { taskId })).task).toMatchObject({ status: 'done', outcome: 'CANCELLED' });
  });
});

describe('when the holder is gone', () => {
  async function heldTask(): Promise<string> {
    await aGroup('makers', 'builder', 'reviewer');
    await w.call('createSession', { name: 'x', sessionId: 's1' }, builder);
    const { taskId } = await w.call('createTask', { title: 'x', target: 'group:makers' });
    await w.call('claimTask', { taskId }, builder);
    return taskId;
  }

  test.each([
    ['died', 66, false],
    ['said that it was complete', 16, true],
  ])('the task of a session that %s returns to the queue, with its attempts', async (_how, minutes, completes) => {
    const taskId = await heldTask();
    if (completes) await w.call('updateSession', { sessionId: 's1', status: 'x', state: 'complete' }, builder);
    await passMinutes(minutes);
    expect((await w.call('getTask', { taskId })).task).toMatchObject({
      status: 'pending',
      attempt: 1,
      claimedBy: null,
    });
    expect([await pendingFor('builder'), await pendingFor('reviewer')]).toEqual([
      [1, 1, 1],
      [1, 1, 1],
    ]);
  });

  test('what its holder has finished since the visit looked stays finished', async () => {
    const taskId = await heldTask();
    await w.call('updateSession', { sessionId: 's1', status: 'x', state: 'complete' }, builder);
    const { tasks } = w.app.ports;
    const open = async (account: string) => {
      const found = await tasks.open(account);
      await w.call('completeTask', { taskId, outcome: 'SUCCESS' }, builder);
      return found;
    };
    await sweepAccount(w.account, { ...w.app.ports, tasks: Object.assign(Object.create(tasks), { open }) });
    expect((await w.call('getTask', { taskId })).task).toMatchObject({ status: 'done', outcome: 'SUCCESS' });
  });

  test('what a session claims that has started since the visit looked stays claimed', async () => {
    await aGroup('makers', 'builder', 'reviewer');
    const { taskId } = await w.call('createTask', { title: 'x', target: 'group:makers' });
    const { sweeps } = w.app.ports;
    const live = async (account: string) => {
      const found = await sweeps.live(account);
      await w.call('createSession', { name: 'x', sessionId: 'new' }, builder);
      await w.call('claimTask', { taskId }, builder);
      return found;
    };
    await sweepAccount(w.account, { ...w.app.ports, sweeps: Object.assign(Object.create(sweeps), { live }) });
    expect((await w.call('getTask', { taskId })).task).toMatchObject({ status: 'claimed', sessionId: 'new' });
  });

  test('what the last holder says late counts until somebody else has claimed, and no longer', async () => {
    const taskId = await heldTask();
    await passMinutes(66);
    await w.call('claimTask', { taskId }, reviewer);
    const late = () => w.call('completeTask', { taskId, outcome: 'SUCCESS' }, builder);
    expect(await refusal(late())).toBe('failed-precondition NOT_HOLDER');
    await w.call('unclaimTask', { taskId }, reviewer);
    expect(await refusal(late())).toBe('failed-precondition NOT_HOLDER');
    const second = await w.call('createTask', { title: 'y', target: 'group:makers' });
    await w.call('claimTask', { taskId: second.taskId }, builder);
    await w.call('unclaimTask', { taskId: second.taskId }, builder);
    await w.call('completeTask', { taskId: second.taskId, outcome: 'SUCCESS' }, builder);
    expect((await w.call('getTask', { taskId: second.taskId })).task.outcome).toBe('SUCCESS');
  });

  test('an older attempt of the same program is refused when it names its attempt', async () => {
    const taskId = await heldTask();
    await w.call('unclaimTask', { taskId }, builder);
    await w.call('claimTask', { taskId }, builder);
    const complete = (attempt: number) =>
      refusal(w.call('completeTask', { taskId, outcome: 'FAILED', attempt }, builder));
    expect(await complete(1)).toBe('failed-precondition NOT_HOLDER');
    expect(await complete(2)).toBe('accepted');
  });
});

describe('who sees what', () => {
  test('a program sees what is for it and what it made; overseers see all', async () => {
    const auditor = await w.aKey('audit', 'auditor');
    const made = await w.call('createTask', { title: 'a', target: 'reviewer' }, builder);
    await w.call('createTask', { title: 'b', target: 'builder' }, reviewer);
    await w.call('createTask', { title: 'c', target: 'reviewer' });
    const titles = async (input: Parameters<typeof w.call<'getTasks'>>[1], who = builder as object) =>
      (await w.call('getTasks', input, who)).tasks.map(({ title }) => title);
    expect(await titles({})).toEqual(['b']);
    expect(await titles({ mine: true })).toEqual(['b']);
    expect(await titles({ createdBy: 'builder' })).toEqual(['a']);
    expect((await titles({}, auditor)).sort()).toEqual(['a', 'b', 'c']);
    expect((await titles({ target: 'reviewer' }, w.admin)).sort()).toEqual(['a', 'c']);
    const ask = (input: Parameters<typeof w.call<'getTasks'>>[1], who: object = builder) =>
      refusal(w.call('getTasks', input, who));
    expect(await ask({ target: 'reviewer' })).toBe('permission-denied NOT_OWNER');
    expect(await ask({ createdBy: 'reviewer' })).toBe('permission-denied NOT_OWNER');
    expect(await ask({ mine: true }, w.admin)).toBe('invalid-argument INVALID_FIELD');
    expect(await ask({ mine: true, createdBy: 'builder' })).toBe('invalid-argument INVALID_FIELD');
    const third = await w.aKey('third');
    for (const who of [builder, reviewer, auditor, w.admin])
      expect(await refusal(w.call('getTask', { taskId: made.taskId }, who))).toBe('accepted');
    expect(await refusal(w.call('getTask', { taskId: made.taskId }, third))).toBe('permission-denied NOT_OWNER');
    expect(await refusal(w.call('getTask', { taskId: 'nowhere' }))).toBe('not-found TASK_UNKNOWN');
    expect(await refusal(w.call('completeTask', { taskId: made.taskId, outcome: 'FAILED' }, third))).toBe(
      'permission-denied NOT_OWNER',
    );
  });

  test('pending tasks come most urgent first, then oldest; done ones newest first; pages join', async () => {
    const made: string[] = [];
    for (const priority of ['low', 'normal', 'high', 'normal', 'high'] as const) {
      w.clock.advance({ seconds: 1 });
      made.push((await w.call('createTask', { ...forBuilder, priority })).taskId);
    }
    const [low, normal, high, normal2, high2] = made;
    const paged = async (status: 'pending' | 'done' | 'all') => {
      const ids: string[] = [];
      let pageToken: string | undefined;
      do {
        const page = await w.call('getTasks', { status, limit: 2, ...(pageToken ? { pageToken } : {}) }, builder);
        ids.push(...page.tasks.map(({ taskId }) => taskId));
        pageToken = page.nextPageToken;
      } while (pageToken !== undefined);
      return ids;
    };
    expect(await paged('pending')).toEqual([high, high2, normal, normal2, low]);
    expect(await paged('all')).toEqual([...made].reverse());
    for (const taskId of made) await w.call('completeTask', { taskId, outcome: 'SKIPPED' });
    expect(await paged('done')).toEqual([...made].reverse());
  });

  test('pages of pending tasks pass over those that have expired', async () => {
    for (let i = 0; i < 6; i++)
      await w.call('createTask', { ...forBuilder, taskId: `t${i}`, ...(i % 2 === 0 ? { ttlSeconds: 60 } : {}) });
    w.clock.advance({ minutes: 1 });
    const { tasks, nextPageToken } = await w.call('getTasks', { limit: 2 }, builder);
    expect(tasks.map(({ taskId }) => taskId)).toEqual(['t1', 't3']);
    const rest = await w.call('getTasks', { limit: 2, pageToken: nextPageToken as string }, builder);
    expect([rest.tasks.map(({ taskId }) => taskId), rest.nextPageToken]).toEqual([['t5'], undefined]);
  });

  test('its maker may cancel a task as long as nobody holds it, and say nothing else of it', async () => {
    const { taskId } = await w.call('createTask', forBuilder, reviewer);
    const complete = (outcome: 'CANCELLED' | 'SUCCESS', who: object) =>
      refusal(w.call('completeTask', { taskId, outcome }, who));
    expect(await complete('SUCCESS', reviewer)).toBe('failed-precondition NOT_HOLDER');
    expect(await complete('SUCCESS', builder)).toBe('failed-precondition NOT_HOLDER');
    await w.call('claimTask', { taskId }, builder);
    expect(await complete('CANCELLED', reviewer)).toBe('failed-precondition NOT_HOLDER');
    await w.call('unclaimTask', { taskId }, builder);
    expect(await complete('CANCELLED', reviewer)).toBe('accepted');
    expect((await w.call('completeTask', { taskId, outcome: 'CANCELLED' }, reviewer)).message).toBe(
      'Task was completed before',
    );
    expect(await complete('SUCCESS', w.admin)).toBe('failed-precondition TASK_DONE');
    expect(await refusal(w.call('claimTask', { taskId }, builder))).toBe('failed-precondition TASK_DONE');
  });
});

describe('what it costs', () => {
  async function costOf(call: () => Promise<unknown>): Promise<Pick<Cost, 'reads' | 'writes' | 'deletes'>> {
    w.spy.since();
    await call();
    const { reads, writes, deletes } = w.spy.since();
    return { reads, writes, deletes };
  }

  test('each change is one or two reads and two writes, whatever was done before', async () => {
    for (const done of [0, 20]) {
      for (let i = 0; i < done; i++) {
        const { taskId } = await w.call('createTask', forBuilder);
        await w.call('completeTask', { taskId, outcome: 'SKIPPED' });
      }
      const key = await w.aKey('fresh');
      await w.call('createSession', { name: 'x' }, key);
      await w.call('createTask', { title: 'warm', target: 'fresh', taskId: `warm${done}` }, key);
      const taskId = `t${done}`;
      const create = { title: 'x', target: 'fresh', taskId };
      expect(await costOf(() => w.call('createTask', create, key))).toEqual({ reads: 1, writes: 2, deletes: 0 });
      expect(await costOf(() => w.call('claimTask', { taskId }, key))).toEqual({ reads: 2, writes: 2, deletes: 0 });
      expect(await costOf(() => w.call('claimTask', { taskId }, key))).toEqual({ reads: 2, writes: 0, deletes: 0 });
      expect(await costOf(() => w.call('unclaimTask', { taskId }, key))).toEqual({ reads: 1, writes: 2, deletes: 0 });
      const complete = { taskId, outcome: 'CANCELLED' } as const;
      expect(await costOf(() => w.call('completeTask', complete, key))).toEqual({ reads: 1, writes: 2, deletes: 0 });
      expect(await costOf(() => w.call('getTask', { taskId }, key))).toEqual({ reads: 1, writes: 0, deletes: 0 });
      expect(await costOf(() => w.call('getTasks', {}, key))).toEqual({ reads: 1, writes: 0, deletes: 0 });
      await w.call('completeTask', { taskId: `warm${done}`, outcome: 'CANCELLED' }, key);
      await w.call('retireProgram', { programId: 'fresh' });
    }
  });

  test('a visit and a new fleet read the open tasks once and no done ones', async () => {
    for (let i = 0; i < 5; i++) {
      const { taskId } = await w.call('createTask', forBuilder);
      if (i < 3) await w.call('completeTask', { taskId, outcome: 'SKIPPED' });
    }
    await sweep();
    // The open tasks, no live session, the fleet, the account, no session that ended, no message; letting it fall idle looks again for sessions and tasks.
    expect((await costOf(sweep)).reads).toBe(2 + 1 + 1 + 1 + 1 + 1 + 2);
    expect((await costOf(() => w.call('getFleetHealth', {}))).reads).toBe(1);
    await w.call('getAccount', {}); // what it remembers of the account is as old as the rest
    expect((await costOf(() => w.call('getFleetHealth', { maxAgeSeconds: 0 }))).reads).toBe(1 + 2 + 1 + 1 + 1);
  });

  test('boot reads the ten tasks that it names and, for further ones, one count', async () => {
    for (let i = 0; i < 12; i++)
      await w.call('createTask', { ...forBuilder, taskId: `t${i}`, ...(i === 11 ? { ttlSeconds: 60 } : {}) });
    await w.call('boot', {}, builder);
    w.spy.since();
    await w.call('boot', {}, builder);
    // Four that find nothing of sessions, state and messages, and ten tasks.
    expect(w.spy.since()).toMatchObject({ reads: 4 + 10, counts: 1, writes: 0 });
    const { pendingTasks, tasks, brief } = await w.call('boot', {}, builder);
    expect([pendingTasks, tasks.length]).toEqual([12, 10]);
    expect(brief).toContain('… and 2 more');
    w.clock.advance({ minutes: 1 });
    expect((await w.call('boot', {}, builder)).pendingTasks).toBe(11);
  });
});

test('100 programs claim one task at once on four instances: one gets it; when its session dies, all counts agree', async () => {
  const programs = Array.from({ length: 100 }, (_, i) => `p${i}`);
  for (const programId of programs) await w.call('createProgram', { programId, groups: ['crowd'] });
  const sessionOf = (programId: string) => `s-${programId}`;
  for (const programId of programs)
    await w.call('createSession', { name: 'x', programId, sessionId: sessionOf(programId) });
  const { taskId } = await w.call('createTask', { title: 'x', target: 'group:crowd' });
  const gate = rendezvous(4);
  const instances = Array.from({ length: 4 }, () => anInstance({ clock: w.clock, gate }));
  const outcomes = await Promise.all(
    programs.map((programId, i) => {
      const { app } = instances[i % 4] as (typeof instances)[number];
      return refusal(caller(app)('claimTask', { taskId, programId }, w.admin));
    }),
  );
  const winners = programs.filter((_, i) => outcomes[i] === 'accepted');
  expect(winners).toHaveLength(1);
  expect(outcomes.filter((outcome) => outcome === 'failed-precondition ALREADY_CLAIMED')).toHaveLength(99);
  const [winner = ''] = winners;
  const { task } = await w.call('getTask', { taskId });
  expect(task).toMatchObject({ claimedBy: winner, sessionId: sessionOf(winner), attempt: 1 });
  const events = await w.db.collection(collections.events(w.account)).where('type', '==', 'task.claimed').get();
  expect(events.size).toBe(1);
  await passMinutes(66);
  expect((await w.call('getTask', { taskId })).task).toMatchObject({ status: 'pending', attempt: 1 });
  for (const programId of [winner, 'p0', 'p99']) expect(await pendingFor(programId)).toEqual([1, 1, 1]);
  const { programs: rows } = await w.call('getFleetHealth', { maxAgeSeconds: 0 });
  expect(rows.filter(({ pendingTasks }) => pendingTasks === 1)).toHaveLength(100);
  await Promise.all(instances.map((instance) => instance.close()));
});
