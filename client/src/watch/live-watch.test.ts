import type { QuarterdeckError } from '../errors.js';
import { LiveWatch, type Observer } from './live-watch.js';

/** Time is jest's; the listeners are played by the test. */

const START = new Date('2026-03-02T10:00:00.000Z');
const seconds = (count: number) => new Date(START.getTime() + count * 1000);

beforeEach(() => jest.useFakeTimers({ now: START }));
afterEach(() => jest.useRealTimers());

interface Update {
  readonly shown: string;
  readonly asOf: Date;
  readonly staleSince: Date | null;
}

interface Options {
  readonly onError?: (error: QuarterdeckError) => void;
  readonly nextChangeAt?: (asOf: Date) => Date | null;
}

/** A watch of two sources, of which each shows a letter. */
function aWatch({ onError, nextChangeAt = () => null }: Options = {}) {
  const updates: Update[] = [];
  const listeners = new Map<string, Observer<string>>();
  const ended: string[] = [];
  const listenTo = (name: string) => (observer: Observer<string>) => {
    listeners.set(name, observer);
    return () => ended.push(name);
  };
  let tellNetwork: (isOnline: boolean) => void = () => {};
  let closings = 0;
  const watch = new LiveWatch<{ left: string; right: string }, Update>({
    operation: 'watch_letters',
    sources: { left: listenTo('left'), right: listenTo('right') },
    view: ({ left, right }, asOf, staleSince) => ({
      update: { shown: left + right, asOf, staleSince },
      nextChangeAt: nextChangeAt(asOf),
    }),
    onUpdate: (update) => updates.push(update),
    onError,
    now: () => new Date(),
    network: (onChange) => {
      tellNetwork = onChange;
      return () => ended.push('network');
    },
    onClosed: () => {
      closings++;
    },
  });
  const source = (name: 'left' | 'right') => listeners.get(name) as Observer<string>;
  return {
    watch,
    updates,
    ended,
    left: source('left'),
    right: source('right'),
    network: (isOnline: boolean) => tellNetwork(isOnline),
    closings: () => closings,
    /** Both have spoken. */
    live() {
      source('left').next('a', true, true);
      source('right').next('b', true, true);
    },
  };
}

async function isOpen({ opened }: { opened: Promise<void> }): Promise<boolean> {
  return Promise.race([opened.then(() => true), Promise.resolve().then(() => Promise.resolve(false))]);
}

describe('before the server has spoken', () => {
  test('nothing is told of what only a cache says, nor before every source has spoken', async () => {
    const { watch, left, right, updates } = aWatch();
    left.next('', false, true);
    right.next('', false, true);
    left.next('a', true, true);
    expect([updates, await isOpen(watch), watch.staleSince]).toEqual([[], false, START]);
    right.next('b', true, false);
    expect(updates).toEqual([{ shown: 'ab', asOf: START, staleSince: null }]);
    expect([await isOpen(watch), watch.staleSince]).toEqual([true, null]);
  });

  test('opening waits ten seconds for it, then goes on without; the first update comes when it comes', async () => {
    const { watch, live, updates } = aWatch();
    jest.advanceTimersByTime(9999);
    expect(await isOpen(watch)).toBe(false);
    jest.advanceTimersByTime(1);
    expect([await isOpen(watch), watch.staleSince, updates]).toEqual([true, START, []]);
    live();
    expect(updates).toEqual([{ shown: 'ab', asOf: seconds(10), staleSince: null }]);
  });

  test('an error goes to onError and opens the watch; where nobody listens for it, opening rejects', async () => {
    const onError = jest.fn();
    const heard = aWatch({ onError });
    heard.left.error({ code: 'permission-denied' });
    expect([await isOpen(heard.watch), onError.mock.calls.length, heard.updates]).toEqual([true, 1, []]);
    const unheard = aWatch();
    unheard.left.error({ code: 'permission-denied' });
    await expect(unheard.watch.opened).rejects.toMatchObject({ code: 'permission-denied', reason: 'WATCH_ENDED' });
  });
});

describe('when the stream breaks', () => {
  test('the update is told again, once, of the moment of the break; and again when all of it is back', () => {
    const { watch, left, right, live, updates } = aWatch();
    live();
    jest.advanceTimersByTime(5000);
    left.next('a', false, false);
    jest.advanceTimersByTime(1000);
    right.next('b', false, false);
    expect(updates.slice(1)).toEqual([{ shown: 'ab', asOf: seconds(5), staleSince: seconds(5) }]);
    expect(watch.staleSince).toEqual(seconds(5));
    left.next('A', true, true);
    expect(updates.at(-1)).toEqual({ shown: 'Ab', asOf: seconds(5), staleSince: seconds(5) });
    right.next('b', true, false);
    expect(updates.slice(3)).toEqual([{ shown: 'Ab', asOf: seconds(6), staleSince: null }]);
  });

  test('a browser that says it is offline breaks it before the stream does', () => {
    const { live, network, updates } = aWatch();
    live();
    jest.advanceTimersByTime(2000);
    network(false);
    network(false);
    network(true);
    expect(updates.slice(1).map(({ staleSince }) => staleSince)).toEqual([seconds(2), null]);
  });

  test('what is told twice without a difference is told once', () => {
    const { left, live, updates } = aWatch();
    live();
    left.next('a', true, false);
    expect(updates).toHaveLength(1);
  });
});

describe('what changes by time alone', () => {
  const staleAt = (moment: Date) => (asOf: Date) => (asOf <= moment ? moment : null);

  test('is told just after its moment, without a word from the server, and keeps no process alive', () => {
    const timers = jest.spyOn(globalThis, 'setTimeout');
    const { live, updates } = aWatch({ nextChangeAt: staleAt(seconds(45)) });
    live();
    const timer: NodeJS.Timeout | undefined = timers.mock.results.at(-1)?.value;
    expect(timer?.hasRef()).toBe(false);
    jest.advanceTimersByTime(45_000);
    expect(updates).toHaveLength(1);
    jest.advanceTimersByTime(1);
    expect(updates.slice(1).map(({ asOf }) => asOf.getTime() - seconds(45).getTime())).toEqual([1]);
    jest.runAllTimers();
    expect(updates).toHaveLength(2);
  });

  test('is not told while nothing is heard: the silence may be ours', () => {
    const { left, live, updates } = aWatch({ nextChangeAt: staleAt(seconds(45)) });
    live();
    left.next('a', false, false);
    jest.advanceTimersByTime(100_000);
    expect(updates).toHaveLength(2);
    left.next('a', true, false);
    expect(updates.at(-1)).toMatchObject({ asOf: seconds(100), staleSince: null });
  });

  test('may be a month ahead, further than a timer can wait', () => {
    const month = 30 * 86_400;
    const { live, updates } = aWatch({ nextChangeAt: staleAt(seconds(month)) });
    live();
    jest.advanceTimersByTime(month * 1000);
    expect(updates).toHaveLength(1);
    jest.advanceTimersByTime(1);
    expect(updates).toHaveLength(2);
  });
});

describe('the end of a watch', () => {
  test.each([
    ['permission-denied', 'permission-denied', /^Access has ended/],
    ['unauthenticated', 'unauthenticated', /^Access has ended/],
    ['resource-exhausted', 'resource-exhausted', /^The watch has ended: quota/],
    ['data-loss', 'internal', /^The watch has ended: quota/],
  ])('a listener that ends with %s ends the watch for good, told as %s', (given, code, message) => {
    const errors: QuarterdeckError[] = [];
    const { watch, left, right, live, updates, ended } = aWatch({ onError: (error) => errors.push(error) });
    live();
    jest.advanceTimersByTime(3000);
    left.error(Object.assign(new Error('quota'), { code: given }));
    right.error(new Error('the other one, too'));
    right.next('c', true, true);
    expect(errors).toEqual([expect.objectContaining({ code, reason: 'WATCH_ENDED', operation: 'watch_letters' })]);
    expect(errors[0]?.message).toMatch(message);
    expect(updates.slice(1)).toEqual([{ shown: 'ab', asOf: seconds(3), staleSince: seconds(3) }]);
    expect(watch.staleSince).toEqual(seconds(3));
    expect(ended.sort()).toEqual(['left', 'network', 'right']);
  });

  test('closing ends every listener and every timer, once, and nothing is told afterwards', () => {
    const { watch, left, live, updates, ended, closings } = aWatch({ nextChangeAt: () => seconds(45) });
    live();
    watch.close();
    watch[Symbol.dispose]();
    left.next('z', true, true);
    expect([updates.length, closings(), jest.getTimerCount()]).toEqual([1, 1, 0]);
    expect(ended.sort()).toEqual(['left', 'network', 'right']);
    expect(watch.staleSince).toEqual(START);
  });

  test('it may be closed out of its own update, and a timer does not outlive that', () => {
    const opened = aWatch({ nextChangeAt: () => seconds(45) });
    const { updates } = opened;
    updates.push = (...given) => {
      opened.watch.close();
      return Array.prototype.push.apply(updates, given);
    };
    opened.live();
    expect([updates.length, jest.getTimerCount()]).toEqual([1, 0]);
  });
});
