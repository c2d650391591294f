import { wait, waitBeforeRetry } from './retry.js';

test.each([
  [0, 1, undefined, 200],
  [1, 1, undefined, 400],
  [2, 0.5, undefined, 400],
  [10, 1, undefined, 5000],
  [3, 0, undefined, 0],
  [0, 0.5, 3, 3100],
])('repetition %d with chance %d, asked for %p seconds, waits %d ms', (attempt, random, asked, ms) => {
  expect(waitBeforeRetry(attempt, random, asked)).toBe(ms);
});

test('a wait that is given up ends at once, with the reason', async () => {
  const giveUp = new AbortController();
  const waiting = wait(60_000, giveUp.signal);
  giveUp.abort(new Error('enough'));
  await expect(waiting).rejects.toThrow('enough');
  await expect(wait(60_000, giveUp.signal)).rejects.toThrow('enough');
});
