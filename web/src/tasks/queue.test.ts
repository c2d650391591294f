import type { Task } from '@quarterdeck/contract';
import { type Queue, queueOf, searched } from './queue.js';

const START = new Date('2026-03-02T10:00:00.000Z');
const after = ({ hours = 0, minutes = 0, seconds = 0 }) =>
  new Date(START.getTime() + ((hours * 60 + minutes) * 60 + seconds) * 1000);

function aTask(taskId: string, fields: Partial<Task> = {}): Task {
  return {
    ...{ taskId, title: taskId, target: 'builder', targets: ['builder'], audience: ['builder'], instructions: null },
    ...{ priority: 'normal', status: 'pending', attempt: 0, createdAt: START, createdBy: 'person/u' },
    ...{ creatorProgramId: null, expiresAt: null, claimedBy: null, sessionId: null, claimedAt: null },
    ...{ lastClaimedBy: null, outcome: null, result: null, completedAt: null, completedBy: null, deleteAt: null },
    ...fields,
  };
}

const done = (taskId: string, minutes: number) =>
  aTask(taskId, { status: 'done', outcome: 'SUCCESS', completedAt: after({ minutes }) });
const ids = (queue: Queue) => Object.values(queue).map((tasks) => tasks.map(({ taskId }: Task) => taskId));

const waits = aTask('waits');
const short = aTask('short', { expiresAt: after({ minutes: 5 }) });
const stored: Queue = {
  pending: [short, waits],
  claimed: [
    aTask('first', { status: 'claimed', claimedAt: after({ minutes: 1 }) }),
    aTask('second', { status: 'claimed', claimedAt: after({ minutes: 2 }) }),
  ],
  done: [done('early', 3), done('late', 9)],
};

test('a task waits until its time to live is over, and is done from that moment on', () => {
  const lists = [
    ['second', 'first'],
    ['late', 'early'],
  ];
  expect(ids(queueOf(stored, after({ minutes: 5, seconds: -1 })))).toEqual([['short', 'waits'], ...lists]);
  expect(ids(queueOf(stored, after({ minutes: 5 })))).toEqual([
    ['waits'],
    ['second', 'first'],
    ['late', 'short', 'early'],
  ]);
});

test('a claimed task is not over when its time to live is', () => {
  const held = aTask('held', { status: 'claimed', claimedAt: START, expiresAt: after({ minutes: 1 }) });
  expect(ids(queueOf({ pending: [], claimed: [held], done: [] }, after({ hours: 1 })))).toEqual([[], ['held'], []]);
});

test('while nothing changes, nothing is drawn anew', () => {
  const before = queueOf(stored, START);
  expect(queueOf(stored, after({ minutes: 1 }), before)).toBe(before);
  const next = queueOf(stored, after({ minutes: 5 }), before);
  expect(next).not.toBe(before);
  expect(next.claimed).toBe(before.claimed);
  expect(next.pending).not.toBe(before.pending);
});

test('a search looks at what is to be done, for whom, by whom, and what came of it', () => {
  const told = {
    ...stored,
    pending: [aTask('a', { instructions: 'The deploy failed' }), aTask('b', { target: 'group:council' })],
    claimed: [aTask('c', { status: 'claimed', claimedBy: 'reviewer', sessionId: 'night-shift' })],
    done: [aTask('d', { status: 'done', outcome: 'FAILED', result: 'No rights' })],
  };
  expect(ids(searched(told, 'DEPLOY'))).toEqual([['a'], [], []]);
  expect(ids(searched(told, 'council'))).toEqual([['b'], [], []]);
  expect(ids(searched(told, 'reviewer shift'))).toEqual([[], ['c'], []]);
  expect(ids(searched(told, 'failed rights'))).toEqual([[], [], ['d']]);
  expect(ids(searched(told, ''))).toEqual([['a', 'b'], ['c'], ['d']]);
});
