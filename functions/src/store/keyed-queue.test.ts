import { KeyedQueue } from './keyed-queue.js';

/** Work that waits until it is told to end. */
function aTask(log: string[], name: string) {
  let end = (): void => undefined;
  const gate = new Promise<void>((resolve) => {
    end = resolve;
  });
  const work = async () => {
    log.push(`${name} begins`);
    await gate;
    log.push(`${name} ends`);
    return name;
  };
  return { work, end: () => end() };
}

/** Lets everything that is ready run. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

test('work on one key runs one after another, in the order it came', async () => {
  const queue = new KeyedQueue();
  const log: string[] = [];
  const tasks = ['a', 'b', 'c'].map((name) => aTask(log, name));
  const results = tasks.map(({ work }) => queue.run('key', work));
  // Ended in the wrong order: the queue decides, not the work.
  for (const { end } of [...tasks].reverse()) end();
  expect(await Promise.all(results)).toEqual(['a', 'b', 'c']);
  expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
});

test('work on another key does not wait', async () => {
  const queue = new KeyedQueue();
  const log: string[] = [];
  const slow = aTask(log, 'slow');
  const waiting = queue.run('one', slow.work);
  expect(await queue.run('other', async () => 'done')).toBe('done');
  expect(log).toEqual(['slow begins']);
  slow.end();
  await waiting;
});

test('work that fails fails for its caller alone, and the next runs', async () => {
  const queue = new KeyedQueue();
  const failing = queue.run('key', async () => {
    throw new Error('no');
  });
  const next = queue.run('key', async () => 'yes');
  await expect(failing).rejects.toThrow('no');
  expect(await next).toBe('yes');
});

test('work that throws before its first await counts as failed', async () => {
  const queue = new KeyedQueue();
  const thrower = () => {
    throw new Error('at once');
  };
  await expect(queue.run('key', thrower)).rejects.toThrow('at once');
  expect(await queue.run('key', async () => 'yes')).toBe('yes');
});

test('a key is forgotten when its last work is done: memory does not grow with keys', async () => {
  const queue = new KeyedQueue();
  const size = () => (queue as unknown as { tails: Map<string, unknown> }).tails.size;
  const log: string[] = [];
  const task = aTask(log, 'a');
  const first = queue.run('key', task.work);
  const second = queue.run('key', async () => undefined);
  expect(size()).toBe(1);
  task.end();
  await Promise.all([first, second]);
  await settled();
  expect(size()).toBe(0);
});
