import { isPending, SessionCommand, type Task, type TaskOutcome, viewTask } from '@quarterdeck/contract';
import { aClaimedTask, after, aTask, START } from '../../../test/support/builders.js';
import type { Caller } from './caller.js';
import { DomainError } from './domain-error.js';
import { claimTask, completeTask, newTask, releaseTask, unclaimTask } from './task.js';

const NOW = after({ hours: 1 });

const aCaller = (fields: Partial<Caller>): Caller => ({
  ...{ account: 'abcdefghijklmnopqrst', role: 'program', programId: 'builder', uid: 'key:x' },
  ...{ keyHash: 'x', operator: false, token: null },
  ...fields,
});
const callers = {
  holder: aCaller({}),
  other: aCaller({ programId: 'reviewer' }),
  maker: aCaller({ programId: 'planner' }),
  admin: aCaller({ role: 'admin', programId: null }),
  adminKey: aCaller({ role: 'admin', programId: 'planner' }),
} as const;
type CallerName = keyof typeof callers;

const made = { target: 'group:makers', targets: ['group:makers', 'builder', 'reviewer'], creatorProgramId: 'planner' };
const waiting = aTask(made);
const held = aClaimedTask(made);
const returned = aTask({ ...made, attempt: 1, lastClaimedBy: 'builder' });
const expired = aTask({ ...made, expiresAt: NOW });
const done = (outcome: TaskOutcome, fields: Partial<Task> = held): Task =>
  aTask({ ...fields, status: 'done', outcome, completedAt: after({ minutes: 30 }), completedBy: 'program/builder' });

function answerOf(decide: () => unknown): string {
  try {
    return decide() === undefined ? 'unchanged' : 'changed';
  } catch (error) {
    if (error instanceof DomainError) return error.reason;
    throw error;
  }
}

test.each<[title: string, task: Task, programId: string, answer: string]>([
  ['one that waits', waiting, 'builder', 'changed'],
  ['one that waits, by another member of the group', waiting, 'reviewer', 'changed'],
  ['one that waits, by its maker', waiting, 'planner', 'NOT_TARGET'],
  ['one that waits, by a program of the name of its group', waiting, 'makers', 'NOT_TARGET'],
  ['one that it holds', held, 'builder', 'unchanged'],
  ['one that another holds', held, 'reviewer', 'ALREADY_CLAIMED'],
  ['one that came back', returned, 'reviewer', 'changed'],
  ['one at the end of its time to live', expired, 'builder', 'TASK_EXPIRED'],
  ['one just before it', aTask({ ...made, expiresAt: new Date(NOW.getTime() + 1) }), 'builder', 'changed'],
  ['one that it holds, past its time to live', aClaimedTask({ ...made, expiresAt: START }), 'builder', 'unchanged'],
  ['one that is done', done('SUCCESS'), 'builder', 'TASK_DONE'],
  ['one that the sweep closed', aTask({ ...done('CANCELLED'), completedBy: 'sweep' }), 'builder', 'TASK_EXPIRED'],
])('claiming %s', (_title, task, programId, answer) => {
  const claimer = { programId, sessionId: 'session-2', command: null, actor: `program/${programId}` };
  expect(answerOf(() => claimTask(task, claimer, NOW))).toBe(answer);
});

describe.each(SessionCommand.options)('a session that was told to %s', (name) => {
  const command = { name, by: 'person/ada', at: START };

  test.each<[title: string, task: Task, programId: string, answer: string]>([
    ['claims nothing new', waiting, 'builder', 'SESSION_DRAINING'],
    ['claims nothing that came back', returned, 'builder', 'SESSION_DRAINING'],
    ['keeps what it holds', held, 'builder', 'unchanged'],
    ['is told of who was faster', held, 'reviewer', 'ALREADY_CLAIMED'],
    ['is told what is not for it', waiting, 'planner', 'NOT_TARGET'],
    ['is told what is over', done('SUCCESS'), 'builder', 'TASK_DONE'],
  ])('%s', (_title, task, programId, answer) => {
    const claimer = { programId, sessionId: 'session-2', command, actor: `program/${programId}` };
    expect(answerOf(() => claimTask(task, claimer, NOW))).toBe(answer);
  });

  test('reads in the refusal by whom, and since when', () => {
    const claimer = { programId: 'builder', sessionId: 'session-2', command, actor: 'program/builder' };
    const since = START.toISOString();
    expect(() => claimTask(waiting, claimer, NOW)).toThrow(
      expect.objectContaining({ details: { sessionId: 'session-2', command: name, by: 'person/ada', since } }),
    );
  });
});

test('a claim notes who, since when, for which session, and counts', () => {
  const change = claimTask(
    returned,
    { programId: 'reviewer', sessionId: 's9', command: null, actor: 'program/reviewer' },
    NOW,
  );
  expect(change?.patch).toEqual({
    ...{ status: 'claimed', claimedBy: 'reviewer', sessionId: 's9', claimedAt: NOW, attempt: 2 },
  });
  expect(change?.events).toEqual([
    {
      type: 'task.claimed',
      subject: 'task/task-1',
      actor: 'program/reviewer',
      data: { taskId: 'task-1', programId: 'reviewer', sessionId: 's9', attempt: 2 },
    },
  ]);
});

test('who is too late is told who was faster, and since when', () => {
  const claim = () =>
    claimTask(held, { programId: 'reviewer', sessionId: null, command: null, actor: 'program/reviewer' }, NOW);
  const since = after({ minutes: 1 }).toISOString();
  expect(claim).toThrow(expect.objectContaining({ details: { claimedBy: 'builder', sessionId: 'session-1', since } }));
});

test.each<[title: string, task: Task, who: CallerName, outcome: TaskOutcome, answer: string]>([
  ['its holder', held, 'holder', 'SUCCESS', 'changed'],
  ['another', held, 'other', 'SUCCESS', 'NOT_HOLDER'],
  ['its maker, while it is held', held, 'maker', 'CANCELLED', 'NOT_HOLDER'],
  ['its maker, while it waits, cancelling', waiting, 'maker', 'CANCELLED', 'changed'],
  ['its maker, while it waits, with success', waiting, 'maker', 'SUCCESS', 'NOT_HOLDER'],
  ['one that never held it', waiting, 'holder', 'SUCCESS', 'NOT_HOLDER'],
  ['its last holder, late', returned, 'holder', 'SUCCESS', 'changed'],
  ['another than its last holder', returned, 'other', 'SUCCESS', 'NOT_HOLDER'],
  ['an admin', held, 'admin', 'FAILED', 'changed'],
  ["an admin's key", waiting, 'adminKey', 'SUCCESS', 'changed'],
  ['its holder again', done('SUCCESS'), 'holder', 'SUCCESS', 'unchanged'],
  ['its holder again, otherwise', done('SUCCESS'), 'holder', 'FAILED', 'TASK_DONE'],
  ['another, when it is done', done('SUCCESS'), 'other', 'SUCCESS', 'NOT_HOLDER'],
  ['its maker, when it has expired', expired, 'maker', 'CANCELLED', 'unchanged'],
  ['an admin, when it has expired', expired, 'admin', 'SUCCESS', 'TASK_DONE'],
])('completing a task by %s', (_title, task, who, outcome, answer) => {
  expect(answerOf(() => completeTask(task, { outcome }, callers[who], 'x', NOW))).toBe(answer);
});

test.each<[title: string, attempt: number | undefined, answer: string]>([
  ['the attempt', 1, 'changed'],
  ['an older attempt', 0, 'NOT_HOLDER'],
  ['an attempt to come', 2, 'NOT_HOLDER'],
  ['no attempt', undefined, 'changed'],
])('a completion that names %s', (_title, attempt, answer) => {
  const completion = { outcome: 'SUCCESS', attempt } as const;
  expect(answerOf(() => completeTask(held, completion, callers.holder, 'x', NOW))).toBe(answer);
});

test.each<[title: string, task: Task, who: CallerName, answer: string]>([
  ['one that is held, by its holder', held, 'holder', 'changed'],
  ['one that is held, by another', held, 'other', 'NOT_HOLDER'],
  ['one that is held, by its maker', held, 'maker', 'NOT_HOLDER'],
  ['one that is held, by an admin', held, 'admin', 'changed'],
  ['one that waits', waiting, 'other', 'unchanged'],
  ['one that has expired', expired, 'other', 'TASK_EXPIRED'],
  ['one that is done', done('SUCCESS'), 'holder', 'TASK_DONE'],
])('returning %s', (_title, task, who, answer) => {
  expect(answerOf(() => unclaimTask(task, callers[who], 'x', NOW))).toBe(answer);
});

test.each<[title: string, expiresAt: Date | null, status: Task['status']]>([
  ['without a time to live', null, 'pending'],
  ['before its time to live is over', new Date(NOW.getTime() + 1), 'pending'],
  ['when its time to live is over', NOW, 'done'],
])('a task that is released %s is %s', (_title, expiresAt, status) => {
  const { patch, events } = releaseTask({ ...held, expiresAt }, 'x', NOW);
  expect(patch.status).toBe(status);
  expect(events.map(({ type }) => type)).toEqual([status === 'done' ? 'task.completed' : 'task.released']);
  expect(isPending({ ...held, expiresAt, ...patch }, NOW)).toBe(status === 'pending');
});

test('a task whose time to live is over reads the same before and after the sweep has written it', () => {
  const { patch } = releaseTask({ ...held, expiresAt: START }, 'sweep', NOW);
  const swept = { ...expired, expiresAt: START, ...patch };
  expect(viewTask({ ...expired, expiresAt: START }, NOW)).toEqual(viewTask(swept, NOW));
});

test.each<[title: string, creatorProgramId: string | null, audience: readonly string[]]>([
  ['a person', null, ['builder', 'reviewer']],
  ['a program that it is not for', 'planner', ['builder', 'reviewer', 'planner']],
  ['a program that it is for', 'builder', ['builder', 'reviewer']],
])(
  'a task for a group that %s makes is read by the programs it is for and its maker',
  (_title, creatorProgramId, audience) => {
    const input = { title: 'x', target: 'group:makers', priority: 'normal' } as const;
    const origin = { taskId: 't', programIds: ['builder', 'reviewer'], actor: 'x', creatorProgramId };
    const task = newTask(input, origin, NOW);
    expect(task.audience).toEqual(audience);
    expect(task.targets).toEqual(['group:makers', 'builder', 'reviewer']);
  },
);
